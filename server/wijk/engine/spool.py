"""What engines have produced and clients have not taken yet, bounded for all together."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress

from wijk.engine import wire
from wijk.engine.limits import GONE, TOO_COMPLEX
from wijk.engine.line import Broken
from wijk.engine.process import Reader, check
from wijk.errors import EngineError, EngineUnavailable, QueryTimeout, QueryTooLarge


class Spool:
    """So many bytes at most; who wants to add more waits until others have taken some."""

    def __init__(self, most: int) -> None:
        self.held = 0
        self._most = most
        self._freed = asyncio.Event()

    async def take(self, size: int) -> None:
        """Wait for room, and take it; one piece fits in any case."""
        while self.held and self.held + size > self._most:
            self._freed.clear()
            await self._freed.wait()
        self.held += size

    def free(self, size: int) -> None:
        """Give room back."""
        self.held -= size
        self._freed.set()


class Rest(AsyncIterator[bytes]):
    """The pieces of one answer after its first, in the order in which they came.

    Iterating raises the error that the answer ended with, if it did. Whoever does not take it all
    closes it, which also stops the work that makes it.
    """

    def __init__(self, spool: Spool) -> None:
        self.work: asyncio.Task[None] | None = None
        self._spool = spool
        self._pieces: deque[bytes] = deque()
        self._news = asyncio.Event()
        self.ended = False
        self.whole = False
        """Did it come to its end?"""
        self._error: Exception | None = None

    async def put(self, piece: bytes) -> None:
        """Add a piece as soon as there is room for it."""
        await self._spool.take(len(piece))
        self._pieces.append(piece)
        self._news.set()

    async def fill(self, reader: Reader, until: float, seconds: float) -> None:
        """Take all that a reader still has to say, in the time that is left of these seconds."""
        reply: wire.Head = {"more": True}
        try:
            async with asyncio.timeout_at(until):
                while reply.get("more"):
                    reply, piece = await reader.more()
                    check(reply)
                    await self.put(piece)
            self.end()
        except TimeoutError:
            self.end(QueryTimeout(seconds))
        except EngineError as error:
            self.end(error)
        except Broken:
            self.end(QueryTooLarge(TOO_COMPLEX))
        except ConnectionError:
            self.end(EngineUnavailable(GONE))

    def end(self, error: Exception | None = None) -> None:
        """There is no more; with an error, there should have been."""
        self.ended, self.whole = True, error is None
        # Where an error has been knows of this answer, and would keep all of it in memory.
        self._error = None if error is None else error.with_traceback(None)
        self._news.set()

    async def __anext__(self) -> bytes:
        while not self._pieces and not self.ended:
            self._news.clear()
            await self._news.wait()
        if self._error is not None:
            self._forget()
            raise self._told()
        if not self._pieces:
            raise StopAsyncIteration
        piece = self._pieces.popleft()
        self._spool.free(len(piece))
        return piece

    async def aclose(self) -> None:
        """Stop the work, and forget what nobody took."""
        work, self.work = self.work, None
        if work is not None and not work.done():
            work.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.wait({work})
        self._forget()
        if not self.ended:
            self.end(ConnectionError("the answer was not wanted any more"))

    def __del__(self) -> None:
        self._forget()

    def _told(self) -> Exception:
        """The error, which is kept no longer: it will know of this answer again."""
        told, self._error = self._error, ConnectionError("the answer was broken off")
        return told or self._error

    def _forget(self) -> None:
        while self._pieces:
            self._spool.free(len(self._pieces.popleft()))
