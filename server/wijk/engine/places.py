"""Places for queries: so many at once, and a short queue before them."""

import asyncio
import math

from wijk.counting import counted
from wijk.errors import EngineBusy


class Places:
    """At most `count` inside; at most `queue` waiting, each no longer than `seconds`."""

    def __init__(self, count: int, queue: int, seconds: float) -> None:
        self.count = count
        self._free = asyncio.Semaphore(count)
        self._queue = queue
        self._seconds = seconds
        self.taken = self.waiting = 0

    async def enter(self) -> None:
        """Wait for a place; whoever has one gives it back with `leave`.

        Raises:
            EngineBusy: the queue is full, or the wait was too long.
        """
        await self._entered()
        self.taken += 1

    async def _entered(self) -> None:
        if not self._free.locked():
            await self._free.acquire()
            return
        if self.waiting >= self._queue:
            raise self._busy()
        self.waiting += 1
        try:
            async with asyncio.timeout(self._seconds):
                await self._free.acquire()
        except TimeoutError:
            raise self._busy() from None
        finally:
            self.waiting -= 1

    def leave(self) -> None:
        """Give a place back."""
        self.taken -= 1
        self._free.release()

    def _busy(self) -> EngineBusy:
        again = math.ceil(self._seconds)
        if self.count == 1:
            busy = "There is 1 query under way and others waiting."
        else:
            busy = f"There are {self.count} queries under way and others waiting."
        return EngineBusy(f"{busy} Ask again in {counted(again, 'second')}.", again)
