"""The engine that comes along: a store in a process of its own, and readers that can be killed."""

import asyncio
import socket
import time
from collections.abc import Mapping
from dataclasses import replace

from wijk.engine import Answer, Ask, abilities, awaited, wire
from wijk.engine.cache import Cache
from wijk.engine.children import Started
from wijk.engine.contents import Contents, Kept, here, packed
from wijk.engine.crew import Crew
from wijk.engine.limits import GONE, TOO_COMPLEX
from wijk.engine.limits import EngineLimits as EngineLimits
from wijk.engine.line import Broken
from wijk.engine.places import Places
from wijk.engine.process import Reader, check
from wijk.engine.spool import Rest, Spool
from wijk.engine.state import State
from wijk.errors import EngineUnavailable, QueryTimeout, QueryTooLarge

_OWN_PLACES = 2
_TRIES = 4


class Embedded:
    """Answers from the data it was given last."""

    def __init__(
        self,
        prefixes: Mapping[str, str],
        base: str | None = None,
        limits: EngineLimits | None = None,
        union: bool = True,
        shared: bool = False,
        ahead: Started | None = None,
    ) -> None:
        """In the data to come, graphs may share statements when they say so (`shared`).

        Its keeper may have been started ahead.
        """
        self._limits = most = limits or EngineLimits()
        self.about = abilities.embedded(union, most)
        nothing = Contents(Kept(here(())), "", dict(prefixes), base, most.memory, shared and union)
        self._crew = Crew(nothing, most.per_reader, ahead)
        self._public = Places(most.at_once, most.queue, most.queue_seconds)
        self._own = Places(_OWN_PLACES, most.queue, most.seconds)
        self._spool = Spool(most.spool)
        self._cache = Cache(most.cache, most.cache // 16)
        self._loaded = time.time()

    @property
    def keeper_pid(self) -> int | None:
        """The process that holds the graph."""
        return self._crew.keeper.pid if self._crew.keeper else None

    def state(self) -> State:
        """How it is doing now."""
        crew = self._crew
        return State(
            places=self._public.count,
            taken=self._public.taken,
            waiting=self._public.waiting,
            idle=len(crew.idle),
            working=len(crew.working),
            readers_started=crew.readers_started,
            readers_killed=crew.readers_killed,
            keepers_started=crew.keepers_started,
            cache_bytes=self._cache.held,
            cache_answers=len(self._cache),
            cache_hits=self._cache.hits,
            cache_misses=self._cache.misses,
            digest=crew.contents.digest,
            statements=crew.keeper.statements if crew.keeper else 0,
            loaded=self._loaded,
            keeper=self.keeper_pid,
            readers=tuple(reader.pid for reader in (*crew.idle, *crew.working)),
        )

    async def start(self) -> None:
        """Begin to answer.

        Raises:
            EngineUnavailable: the process that holds the graph does not start.
        """
        await self._crew.start()

    async def load(self, nquads: bytes, digest: str) -> None:
        """Answer from these data from now on; what is under way ends on the data it began with."""
        await self.hold(Kept(packed(nquads)), digest)

    async def hold(self, nquads: Kept, digest: str) -> None:
        """The same for data that are packed; before the start they may still have to come in."""
        await self._take(self._crew.contents.loaded(nquads, digest))

    def call(self, digest: str) -> None:
        """Give what it holds its digest: that of data that came in is known when they are in."""
        self._crew.contents = replace(self._crew.contents, digest=digest)

    async def change(self, graphs: Mapping[str, bytes], digest: str) -> None:
        """The same for some graphs alone: N-Quads by the name of each, nothing for what is gone."""
        await self._take(self._crew.contents.changed(graphs, digest), graphs)

    async def draft(self) -> socket.socket:
        """The socket to a draft of its graph (`wijk.engine.draft`).

        Raises:
            EngineUnavailable: there is none to be had.
        """
        return await self._crew.draft()

    async def _take(self, contents: Contents, graphs: Mapping[str, bytes] | None = None) -> None:
        await self._crew.take(contents, graphs)
        self._cache.clear()
        self._loaded = time.time()

    async def answer(self, ask: Ask) -> Answer:
        """Answer one query.

        Raises:
            QueryRefused: the text is not a query this service takes.
            QueryTextTooLarge, QueryTimeout, QueryTooLarge: it went over a limit.
            EngineBusy, EngineUnavailable: not now.
        """
        if (known := self._cache.get(Cache.key(self._crew.contents.digest, ask))) is not None:
            return known
        passed = ask.passed or await awaited.examined(ask.text, self._limits.query)
        places = self._own if ask.own else self._public
        await places.enter()
        staying = False
        try:
            key = Cache.key(self._crew.contents.digest, ask)
            answer = await self._in_time(ask, places)
            staying = answer.rest is not None
        finally:
            if not staying:
                places.leave()
        if passed.repeatable and not staying and key[0] == self._crew.contents.digest:
            self._cache.put(key, answer)
        return answer

    async def aclose(self) -> None:
        """Stop, and leave nothing behind."""
        await self._crew.aclose()

    async def _in_time(self, ask: Ask, places: Places) -> Answer:
        until = asyncio.get_running_loop().time() + self._limits.seconds
        try:
            async with asyncio.timeout_at(until):
                reader, reply, body = await self._tried(ask)
        except TimeoutError:
            raise QueryTimeout(self._limits.seconds) from None
        check(reply)
        if not reply.get("more"):
            return Answer(ask.media_type, body)
        rest = Rest(self._spool)
        rest.work = asyncio.create_task(rest.fill(reader, until, self._limits.seconds))
        # Not in a `finally` there: a task that is cancelled before it begins never comes by it.
        rest.work.add_done_callback(lambda _: self._finished(reader, rest, places))
        return Answer(ask.media_type, body, rest)

    def _finished(self, reader: Reader, rest: Rest, places: Places) -> None:
        """The place is taken as long as the reader is at work, not until the client has it all."""
        self._crew.put_back(reader, rest.whole)
        places.leave()

    async def _tried(self, ask: Ask) -> tuple[Reader, wire.Head, bytes]:
        """Ask a reader; if somebody kills it, ask another one."""
        for attempt in range(_TRIES):
            reader = await self._crew.reader(fresh=attempt > 1)
            try:
                return reader, *await self._asked(reader, ask)
            except Broken:
                raise QueryTooLarge(TOO_COMPLEX) from None
            except ConnectionError:
                continue
        raise EngineUnavailable(GONE)

    async def _asked(self, reader: Reader, ask: Ask) -> tuple[wire.Head, bytes]:
        reply: wire.Head = {}
        well = False
        self._crew.working.add(reader)
        try:
            reply, body = await reader.ask(ask, self.about.union or ask.whole, self._limits.answer)
            well = True
            return reply, body
        finally:
            if not reply.get("more"):
                self._crew.put_back(reader, well)
