"""An engine elsewhere that holds what was pushed there, asked with the same gate and limits."""

import asyncio
import math
from collections.abc import Mapping

import httpx2

from wijk.engine import About, Answer, Ask, formats, gate
from wijk.engine.embedded import Embedded, EngineLimits
from wijk.engine.places import Places
from wijk.engine.remote import replies, rewrite, texts
from wijk.engine.remote.replica import Replica
from wijk.engine.remote.target import Access, Target, target
from wijk.engine.state import State
from wijk.errors import EngineError, EngineUnavailable, QueryTimeout, QueryTooLarge

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
        self.about = About(union=True)
        self._access = access
        self._prefixes = dict(prefixes)
        self._base = base
        self._limits = most = limits or EngineLimits()
        self._public = Places(most.at_once, most.queue, most.queue_seconds)
        self._own = Places(_OWN_PLACES, most.queue, most.seconds)
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
        passed = ask.passed or await gate.examined(ask.text, self._limits.query)
        if not ask.own:
            read = Ask(ask.text, formats.NOTHING, passed=passed, own=True)
            await self._reader.answer(read)
        if ask.media_type == formats.NOTHING:
            return Answer(formats.NOTHING, b"")
        places = self._own if ask.own else self._public
        await places.enter()
        try:
            async with asyncio.timeout(self._limits.seconds):
                found = await self._ready()
                body = await self._asked(found, ask, passed.form)
        except TimeoutError:
            raise QueryTimeout(self._limits.seconds) from None
        finally:
            places.leave()
        return Answer(ask.media_type, body)

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
        return await self._received(self._target, {"query": text}, formats.JSON)

    async def _asked(self, found: Target, ask: Ask, form: str | None) -> bytes:
        kind = found.kind
        whole = ask.default_graphs is None and ask.named_graphs is None
        text = texts.bound(ask.text if whole else texts.without_dataset(ask.text), ask.bindings)
        fields: dict[str, str | list[str]] = {
            "query": texts.prepared(text, kind, self._base, self._replica.strangers),
        }
        if whole and not gate.names_dataset(ask.text):
            fields |= kind.parameters
        fields |= _dataset(ask)
        if kind.timeout:
            seconds = math.ceil(self._limits.seconds)
            fields[kind.timeout] = f"{seconds * kind.timeout_unit:g}"
        rows_of_ask = kind.odd_rows and form == "ASK"
        given = formats.JSON if rows_of_ask else kind.instead.get(ask.media_type, ask.media_type)
        body = await self._received(found, fields, given, ask.limit)
        if rows_of_ask:
            return rewrite.boolean(body, ask.media_type)
        if kind.odd_rows:
            body = rewrite.corrected(body, given)
        if given == ask.media_type:
            return body
        return await asyncio.to_thread(rewrite.anew, body, given, ask.media_type, self._prefixes)

    async def _received(
        self,
        found: Target,
        fields: Mapping[str, str | list[str]],
        media_type: str,
        limit: int | None = None,
    ) -> bytes:
        """The whole body of an answer with status 200."""
        assert self._client is not None
        most = min(limit or self._limits.answer, self._limits.answer)
        headers = {"Accept": media_type}
        seconds = self._limits.seconds
        try:
            async with self._client.stream(
                "POST", found.query, data=fields, headers=headers
            ) as said:
                well = said.status_code == 200
                if well and (error := replies.unfit(said, found.kind, media_type, seconds)):
                    raise error
                body = await _read(said, most)
                if error := replies.failure(said, body, seconds):
                    raise error
        except httpx2.RemoteProtocolError as error:
            raise replies.cut_off() from error
        except httpx2.HTTPError as error:
            self._replica.forget()
            raise replies.away(error) from error
        if not replies.whole(body, media_type):
            raise replies.cut_off()
        return body


async def _read(said: httpx2.Response, most: int) -> bytes:
    body = bytearray()
    async for part in said.aiter_bytes():
        body += part
        if len(body) > most:
            raise QueryTooLarge(
                f"The answer is longer than {most:,} bytes. "
                "Ask for fewer rows or columns, or page with LIMIT and OFFSET."
            )
    return bytes(body)


def _dataset(ask: Ask) -> dict[str, str | list[str]]:
    """The data set of the protocol; an empty half is a graph that is not there."""
    if ask.default_graphs is None and ask.named_graphs is None:
        return {}
    return {
        "default-graph-uri": list(ask.default_graphs or (_NOWHERE,)),
        "named-graph-uri": list(ask.named_graphs or (_NOWHERE,)),
    }


_NOWHERE = "urn:x-wijk:nowhere"
