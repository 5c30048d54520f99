"""Work of some seconds for one request: in a thread, piece by piece, and not too much at once."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from wijk.errors import EngineBusy, QueryTooLarge

_MIB = 1024 * 1024


@dataclass(frozen=True)
class TableLimits:
    """How large a table may be, in bytes, how large what is made of it, and how many at once."""

    size: int = 10 * _MIB
    answer: int = 50 * _MIB
    at_once: int = 2


class Places:
    """So many at once; who comes when all places are taken is sent away."""

    def __init__(self, what: str = "tables are being joined") -> None:
        self._what = what
        self._taken = 0

    @contextmanager
    def one(self, most: int) -> Iterator[None]:
        """Have a place.

        Raises:
            EngineBusy: there is none.
        """
        if self._taken >= most:
            raise EngineBusy(f"{most} {self._what} already. Send yours again soon.")
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1


class Made(AsyncIterator[bytes]):
    """The pieces that an iterator makes, each in a thread; `end` is called when it is over.

    Raises, when it is read:
        QueryTooLarge: they are more bytes together than they may be.
    """

    def __init__(self, pieces: Iterator[bytes], most: int, end: Callable[[], None]) -> None:
        self._pieces = pieces
        self._left = self._most = most
        self._end = end
        self._step: asyncio.Future[bytes | None] | None = None

    async def __anext__(self) -> bytes:
        self._step = asyncio.ensure_future(asyncio.to_thread(next, self._pieces, None))
        piece = await asyncio.shield(self._step)
        if piece is None:
            raise StopAsyncIteration
        self._left -= len(piece)
        if self._left < 0:
            raise QueryTooLarge(
                f"The joined table is longer than {self._most:,} bytes. Send fewer rows at once."
            )
        return piece

    async def first(self) -> bytes:
        """The first piece; what goes wrong with it, or before it, is over at once."""
        try:
            return await anext(self, b"")
        except BaseException:
            await self.aclose()
            raise

    async def aclose(self) -> None:
        """Stop, as soon as the piece that is being made is there."""
        if self._step is not None and not self._step.done():
            await asyncio.wait({self._step})
        self._end()
