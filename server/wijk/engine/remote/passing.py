"""An answer of an engine elsewhere while it comes: looked at, and passed on in pieces."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing

import httpx2

from wijk.engine import Answer
from wijk.engine.output import FIRST, NEXT
from wijk.engine.remote import replies
from wijk.engine.spool import Rest, Spool
from wijk.errors import EngineError, QueryTimeout, QueryTooLarge

Piece = tuple[bytes, bool]
"""Some bytes of an answer, and whether there are more to come."""
Unfinished = Callable[[bytes], EngineError | None]
"""The error that the last bytes of an answer show, if any."""
_GONE = "the answer of the engine was not finished"


async def pieces(
    parts: AsyncIterator[bytes], most: int, unfinished: Unfinished
) -> AsyncGenerator[Piece]:
    """A body in pieces: a short one is one piece, of a long one the first is the largest.

    Raises:
        QueryTooLarge: it is longer than so many bytes.
        EngineError: its last bytes show that it is not whole.
    """
    held = bytearray()
    tail = b""
    size, count = FIRST, 0
    async for part in parts:
        held += part
        count += len(part)
        if count > most:
            raise QueryTooLarge(
                f"The answer is longer than {most:,} bytes. "
                "Ask for fewer rows or columns, or page with LIMIT and OFFSET."
            )
        if len(held) >= size:
            tail = bytes(held[-replies.TAIL :])
            yield bytes(held), True
            held.clear()
            size = NEXT
    if error := unfinished(tail + held):
        raise error
    yield bytes(held), False


async def joined(parts: AsyncIterator[Piece]) -> bytes:
    """All pieces at once."""
    return b"".join([piece async for piece, _ in parts])


class Passage:
    """One answer on its way from an engine to a client.

    A task of its own takes it from the engine, so that it ends as soon as the engine has sent all,
    or the client is gone. What goes wrong before the first piece is an error; after it, the rest
    ends with that error.
    """

    def __init__(self, spool: Spool, seconds: float, leave: Callable[[], None]) -> None:
        """`leave` is called once, when nothing more is asked of the engine."""
        self._rest = Rest(spool)
        self._seconds = seconds
        self._first: asyncio.Future[Piece] = asyncio.get_running_loop().create_future()
        self._leave = leave

    async def begin(self, media_type: str, source: AsyncGenerator[Piece]) -> Answer:
        """The answer, as soon as all of it or its first piece is there.

        Raises:
            EngineError: whatever the source raises before that.
            QueryTimeout: it took longer than the time there is for all of it.
        """
        self._rest.work = asyncio.create_task(self._fill(source))
        # Not in a `finally` there: a task that is cancelled before it begins never comes by it.
        self._rest.work.add_done_callback(self._ended)
        try:
            body, more = await self._first
            if not more:
                await asyncio.wait({self._rest.work})  # who asks again finds the place free
        except BaseException:
            await self._rest.aclose()
            raise
        return Answer(media_type, body, self._rest if more else None)

    async def _fill(self, source: AsyncGenerator[Piece]) -> None:
        try:
            async with asyncio.timeout(self._seconds), aclosing(source):
                async for piece, more in source:
                    if not self._first.done():
                        self._first.set_result((piece, more))
                    elif piece:
                        await self._rest.put(piece)
            self._rest.end()
        except TimeoutError:
            self._failed(QueryTimeout(self._seconds))
        except EngineError as error:
            self._failed(error)

    def _failed(self, error: EngineError) -> None:
        if self._first.done():
            self._rest.end(error)
        else:
            self._first.set_exception(error)

    def _ended(self, work: asyncio.Task[None]) -> None:
        self._leave()
        error = None if work.cancelled() else work.exception()
        if not self._first.done():
            self._first.set_exception(error or ConnectionError(_GONE))
            self._first.exception()  # nobody may be waiting for it any more
        if not self._rest.ended:
            self._rest.end(ConnectionError(_GONE))


def failure(error: httpx2.HTTPError, begun: bool) -> EngineError:
    """The error of a connection that fails before an answer, or when that has begun."""
    if begun or isinstance(error, httpx2.RemoteProtocolError):
        return replies.cut_off()
    return replies.away(error)
