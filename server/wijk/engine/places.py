"""Places for queries: so many at once, and a short queue before them."""

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wijk.errors import EngineBusy


class Places:
    """At most `count` inside; at most `queue` waiting, each no longer than `seconds`."""

    def __init__(self, count: int, queue: int, seconds: float) -> None:
        self.count = count
        self._free = asyncio.Semaphore(count)
        self._queue = queue
        self._seconds = seconds
        self.taken = self.waiting = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place, and give it back afterwards.

        Raises:
            EngineBusy: the queue is full, or the wait was too long.
        """
        await self._enter()
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1
            self._free.release()

    async def _enter(self) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        if self.waiting >= self._queue:
            raise self._busy()
        self.waiting += 1
        try:
            await asyncio.wait_for(self._free.acquire(), self._seconds)
        except TimeoutError:
            raise self._busy() from None
        finally:
            self.waiting -= 1

    def _busy(self) -> EngineBusy:
        again = math.ceil(self._seconds)
        return EngineBusy(
            f"There are {self.count} queries under way and others waiting. "
            f"Ask again in {again} seconds."
        )
