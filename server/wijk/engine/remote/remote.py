"""An engine elsewhere that holds what was pushed there, asked with the same gate and limits."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from functools import partial

import httpx2

from wijk.engine import About, Answer, Ask, awaited, formats
from wijk.engine.embedded import Embedded, EngineLimits
from wijk.engine.output import FIRST
from wijk.engine.places import Places
from wijk.engine.remote import replies, rewrite
from wijk.engine.remote.passing import Passage, Piece, failure, joined, pieces
from wijk.engine.remote.replica import Replica
from wijk.engine.remote.requests import Request, request
from wijk.engine.remote.target import Access, Target, target
from wijk.engine.spool import Spool
from wijk.engine.state import State
from wijk.errors import EngineError, EngineUnavailable, QueryTooLarge

_OWN_PLACES = 2
_CONNECT_SECONDS = 5.0


class Remote:
    """Asks an engine by the SPARQL 1.1 Protocol; it may come, go and change while this lives."""

    def __init__(
        self,
        access: Access,
        prefixes: Mapping[str, str],
        data: str,
        base: str | None = None,
        limits: EngineLimits | None = None,
    ) -> None:
        """`data` is how the IRIs of the case base begin; `base` is for relative IRIs in a query."""
        self._access = access
        self._prefixes = dict(prefixes)
        self._base = base
        self._limits = most = limits or EngineLimits()
        self.about = About(union=True, seconds=most.seconds, answer=most.answer)
        self._public = Places(most.at_once, most.queue, most.queue_seconds)
        self._own = Places(_OWN_PLACES, most.queue, most.seconds)
        self._spool = Spool(most.spool)
        # Reads the text of a query, over no data: what it does not take, goes nowhere.
        self._reader = Embedded(prefixes, base, most)
        self._target: Target | None = None
        self._client: httpx2.AsyncClient | None = None
        self._replica = Replica(data)
        self._finding = asyncio.Lock()

    def state(self) -> State:
        """How it is doing now."""
        return State(
            places=self._public.count,
            taken=self._public.taken,
            waiting=self._public.waiting,
            digest=self._replica.digest,
        )

    async def start(self) -> None:
        """Begin to answer, also when the engine is not there yet."""
        await self._reader.start()

    async def load(self, nquads: bytes, digest: str) -> None:
        """Answer from now on only when the engine holds this snapshot."""
        self._replica.expect(digest)

    async def change(self, graphs: Mapping[str, bytes], digest: str) -> None:
        """The same: what is to be changed there, is pushed there."""
        self._replica.expect(digest)

    async def problem(self) -> str:
        """Why no query can be answered now; nothing when it can."""
        try:
            async with asyncio.timeout(self._limits.seconds):
                await self._ready()
        except EngineError as error:
            return str(error)
        except TimeoutError:
            return "The engine behind this service does not answer in time."
        return ""

    async def answer(self, ask: Ask) -> Answer:
        """Answer one query.

        Raises:
            QueryRefused: the text is not a query that this service or the engine takes.
            QueryTextTooLarge, QueryTimeout, QueryTooLarge: it went over a limit.
            EngineBusy, EngineUnavailable, EngineRefuses: not now, with why.
        """
        passed = ask.passed or await awaited.examined(ask.text, self._limits.query)
        if not ask.own:
            read = Ask(ask.text, formats.NOTHING, passed=passed, own=True)
            await self._reader.answer(read)
        if ask.media_type == formats.NOTHING:
            return Answer(formats.NOTHING, b"")
        places = self._own if ask.own else self._public
        await places.enter()
        passage = Passage(self._spool, self._limits.seconds, places.leave)
        return await passage.begin(ask.media_type, self._pieces(ask, passed.form))

    async def aclose(self) -> None:
        """Stop, and leave nothing behind."""
        await self._reader.aclose()
        if self._client is not None:
            await self._client.aclose()

    async def _ready(self) -> Target:
        """The engine, found and in step with the folder."""
        async with self._finding:
            if self._target is None or self._client is None:
                try:
                    self._target = await asyncio.to_thread(target, self._access)
                except EngineUnavailable as error:
                    raise replies.away(error) from error
                self._client = httpx2.AsyncClient(
                    auth=self._target.auth,
                    timeout=httpx2.Timeout(None, connect=_CONNECT_SECONDS),
                    limits=httpx2.Limits(max_connections=None),
                )
            await self._replica.require(self._target, self._small)
        return self._target

    async def _small(self, text: str) -> bytes:
        """The rows of a small query of our own, in JSON."""
        assert self._target is not None
        sent = Request({"query": text}, formats.JSON)
        return await joined(self._received(self._target, sent, self._limits.answer))

    async def _pieces(self, ask: Ask, form: str | None) -> AsyncGenerator[Piece]:
        """An answer as it is to be sent; what is written anew is read whole before that."""
        found = await self._ready()
        seconds = self._limits.seconds
        sent = request(found.kind, ask, form, self._base, self._replica.strangers, seconds)
        most = min(ask.limit or self._limits.answer, self._limits.answer)
        async with aclosing(self._received(found, sent, most)) as received:
            if sent.rows_of_ask:
                yield rewrite.boolean(await joined(received), ask.media_type), False
            elif sent.media_type != ask.media_type:
                yield await self._anew(received, sent, ask), False
            else:
                mend = rewrite.Mend(sent.media_type if found.kind.odd_rows else "")
                async for piece, more in received:
                    yield mend(piece, more), more

    async def _anew(self, received: AsyncGenerator[Piece], sent: Request, ask: Ask) -> bytes:
        given, wanted = sent.media_type, ask.media_type
        try:
            body = rewrite.Mend(given)(await joined(received), more=False)
        except QueryTooLarge as error:
            raise QueryTooLarge(
                f"{error} It is measured as {given}, which this engine gives and of which "
                f"{wanted} is made here, from the whole of it."
            ) from error
        return await asyncio.to_thread(rewrite.anew, body, given, wanted, self._prefixes)

    async def _received(self, found: Target, sent: Request, most: int) -> AsyncGenerator[Piece]:
        """The body of an answer with status 200."""
        assert self._client is not None
        headers = {"Accept": sent.media_type}
        seconds = self._limits.seconds
        unfinished = partial(
            replies.unfinished, kind=found.kind, media_type=sent.media_type, seconds=seconds
        )
        begun = False
        try:
            async with self._client.stream(
                "POST", found.query, data=sent.fields, headers=headers
            ) as said:
                begun = True
                if said.status_code != 200:
                    body = await joined(pieces(said.aiter_bytes(), FIRST, lambda end: None))
                    raise replies.failure(said, body, seconds)
                if error := replies.unfit(said, found.kind, sent.media_type, seconds):
                    raise error
                async for piece in pieces(said.aiter_bytes(), most, unfinished):
                    yield piece
        except httpx2.HTTPError as error:
            failed = failure(error, begun)
            if isinstance(failed, EngineUnavailable):
                self._replica.forget()
            raise failed from error
