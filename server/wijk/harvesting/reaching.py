"""What a case has its texts and groups from, and when the last of that was published."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache

from wijk.changelog import ChangeLog
from wijk.harvesting.statements import Statements

AROUND = ("within", "exact", "close")
"""How a place or an area is tied to the areas around it, the surest first."""

_FROM = ("part-of", "initiative", "place", "theme", "broader", "contained-in", *AROUND)


class Reaching:
    """Goes from cases to their bundle, initiatives, places, areas and themes."""

    def __init__(self, said: Statements, log: ChangeLog) -> None:
        self._said = said
        self._log = log
        self._withdrawn = {it.thing: it.time for it in log.withdrawn}
        self._reached = cache(self._last)  # many cases get to the same

    def touched(self, case: str, published: datetime) -> datetime:
        """The last publication of a case itself, or of anything it has its texts and groups from.

        Of two that changed, the later counts, also when the case says the same as before: a
        change of what a theme lies under touches every case with a theme of that list.
        """
        times = [self._changed(case), *map(self._reached, self._on(case))]
        return max((time for time in times if time is not None), default=published)

    def _last(self, thing: str) -> datetime | None:
        """The last publication of a thing, or of anything one gets to from it."""
        times = map(self._changed, closed([thing], self._on))
        return max((time for time in times if time is not None), default=None)

    def _changed(self, thing: str) -> datetime | None:
        """When something was said of a thing last, or when it was withdrawn, if that was later.

        What is withdrawn has no statements left, but others may still refer to it.
        """
        latest = self._log.latest
        said = [latest[it].time for it in self._said.documents(thing) if it in latest]
        gone = self._withdrawn.get(thing)
        return max((*said, gone) if gone else said, default=None)

    def _on(self, thing: str) -> Iterator[str]:
        for how in _FROM:
            yield from self._said.values(thing, how)


def closed(start: Iterable[str], on: Callable[[str], Iterable[str]]) -> list[str]:
    """These, and all that one gets to from them; the nearest first, each once."""
    found = list(dict.fromkeys(start))
    known = set(found)
    for each in found:  # it grows on the way
        for one in on(each):
            if one not in known:
                known.add(one)
                found.append(one)
    return found
