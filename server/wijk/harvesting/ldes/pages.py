"""The pages of the stream: so many entries of the log each, by their place in it, for ever.

A page that is full never changes, so caches may keep it. What was taken out of the log afterwards
is the one exception: the page is written again without that member, at another address, because
the old one may live on in caches. So the address of a page holds a digest of what was taken out
of it, and nothing as long as that is nothing.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from wijk.changelog import ChangeLog, Entry

SIZE = 100
"""So many entries of the log are a page."""

_NAME = re.compile(r"([1-9]\d{0,8})(?:-[0-9a-f]{12})?", re.ASCII)


@dataclass(frozen=True)
class Page:
    """One page: its place from 1 on, its name in its address, and whether it is full.

    `first` and `last` are the times of its first and last entry, also when that was taken out.
    """

    number: int
    name: str
    full: bool
    first: datetime
    last: datetime
    entries: tuple[Entry, ...] = field(repr=False)

    @property
    def members(self) -> Iterator[Entry]:
        """The entries that are told: what was taken out is no member any more."""
        return (entry for entry in self.entries if not entry.redacted)


@dataclass(frozen=True)
class Pages:
    """All pages of a log, the oldest first."""

    all: tuple[Page, ...]

    def named(self, name: str) -> Page | None:
        """The page of that name, or the one that took its place under another name."""
        found = _NAME.fullmatch(name)
        number = int(found[1]) if found else 0
        return self.all[number - 1] if 0 < number <= len(self.all) else None

    @property
    def thinned(self) -> bool:
        """Whether anything was taken out of the log."""
        return any("-" in page.name for page in self.all)


def pages(log: ChangeLog, size: int = SIZE) -> Pages:
    """The log in pages."""
    starts = range(0, len(log.entries), size)
    return Pages(tuple(_page(at // size + 1, log.entries[at : at + size], size) for at in starts))


def _page(number: int, entries: tuple[Entry, ...], size: int) -> Page:
    taken = "".join(f"{entry.stamp} {entry.document}\n" for entry in entries if entry.redacted)
    mark = f"-{hashlib.sha256(taken.encode()).hexdigest()[:12]}" if taken else ""
    full = len(entries) == size
    return Page(number, f"{number}{mark}", full, entries[0].time, entries[-1].time, entries)
