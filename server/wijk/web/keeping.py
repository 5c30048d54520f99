"""What is the same for everybody until the folder changes is made once, aside, and kept."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from wijk.web.replies import Representation

_MOST = 128 * 1024 * 1024


class Kept:
    """The last answers of one site, up to so many bytes together; one is made at a time."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._held = 0
        self._making = asyncio.Lock()
        self._answers: OrderedDict[str, Representation] = OrderedDict()

    async def made(self, path: str, make: Callable[[], Representation]) -> Representation:
        """The answer at a path; it is made in a thread when it is not here."""
        async with self._making:
            if (found := self.found(path)) is None:
                found = self.keep(path, await asyncio.to_thread(make))
            return found

    def found(self, path: str) -> Representation | None:
        """The answer at a path; None when it is not here."""
        if path in self._answers:
            self._answers.move_to_end(path)
        return self._answers.get(path)

    def keep(self, path: str, made: Representation) -> Representation:
        """Keep an answer, in place of those that were not asked for longest; the answer."""
        before = self._answers.pop(path, None)
        self._held += len(made.body) - (len(before.body) if before else 0)
        self._answers[path] = made
        while self._held > self._most and len(self._answers) > 1:
            self._held -= len(self._answers.popitem(last=False)[1].body)
        return made
