"""What the first visitor of a page would wait for is made ahead, after what is served changed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from wijk.errors import WijkError

S = TypeVar("S")
Make = Callable[[S], Awaitable[object]]
"""Makes one thing of what is served, and keeps it there."""


class Warming(Generic[S]):
    """Makes these things of what is served now, one by one, as long as it stays what is served."""

    def __init__(self, makes: Sequence[Make[S]]) -> None:
        self._makes = makes
        self._served: S | None = None
        self._changed = asyncio.Event()

    def begin(self, served: S) -> None:
        """From now on this is what is served."""
        self._served = served
        self._changed.set()

    async def go_on(self) -> None:
        """Make ahead, each time that something else is served, for as long as the server lives.

        What cannot be made is left to who asks for it, who then hears why.
        """
        while True:
            await self._changed.wait()
            self._changed.clear()
            served = self._served
            for make in self._makes:
                if served is None or served is not self._served:
                    break
                with suppress(WijkError):
                    await make(served)
