"""The items of the repository: every case that was ever published, in the order of its changes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from urllib.parse import urlsplit

from wijk.changelog import Entry
from wijk.harvesting.records import Record

# The domain in an identifier as the schema oai-identifier has it: no label begins with a digit.
_DOMAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)+")

Key = tuple[int, str]
"""Where an item is in the order of changes: its second since 1970, and its identifier."""


@dataclass(frozen=True)
class Item:
    """One case, or what is left of it when it was withdrawn; `datestamp` is in whole seconds."""

    identifier: str
    datestamp: datetime
    sets: tuple[str, ...]
    entry: Entry = field(repr=False)
    record: Record | None = field(default=None, repr=False)

    @property
    def deleted(self) -> bool:
        """Whether the case was withdrawn."""
        return self.record is None

    @property
    def key(self) -> Key:
        """Where it is in the order of changes."""
        return int(self.datestamp.timestamp()), self.identifier


@dataclass(frozen=True)
class Naming:
    """How the things of a base are called in OAI-PMH, by the guideline oai-identifier.

    After the domain comes what stands behind it in the base, for more than one case base can have
    the same domain. A base whose domain the schema does not take keeps its own IRIs.
    """

    base: str

    @cached_property
    def domain(self) -> str:
        """The domain in the identifiers; nothing when they are IRIs."""
        host = urlsplit(self.base).hostname or ""
        return host if _DOMAIN.fullmatch(host) else ""

    def identifier(self, thing: str) -> str:
        """The identifier of a thing."""
        if not self.domain:
            return thing
        local = urlsplit(self.base).path.lstrip("/") + thing.removeprefix(f"{self.base}id/")
        return f"oai:{self.domain}:{local}"


class Items:
    """All items, as a whole and per set, each in the order of changes; and the sets' names."""

    def __init__(self, items: Iterable[Item], names: Mapping[str, str]) -> None:
        self._listed: dict[str, list[Item]] = {"": sorted(items, key=lambda it: it.key)}
        for item in self._listed[""]:
            for spec in _with_parents(item.sets):
                self._listed.setdefault(spec, []).append(item)
        self._known = {item.identifier: item for item in self._listed[""]}
        used = {spec: spec.partition(":")[2] or spec for spec in self._listed if spec}
        self.sets = dict(sorted({**used, **names}.items()))

    def one(self, identifier: str) -> Item | None:
        """The item of that identifier."""
        return self._known.get(identifier)

    @property
    def any(self) -> Item | None:
        """One of them, for an example."""
        return next(iter(self._listed[""]), None)

    @property
    def earliest(self) -> datetime | None:
        """The first datestamp there is."""
        return self._listed[""][0].datestamp if self._listed[""] else None

    @property
    def latest(self) -> datetime | None:
        """The last datestamp there is."""
        return self._listed[""][-1].datestamp if self._listed[""] else None

    def window(self, chosen: str, first: int, last: int) -> "Window":
        """The items of a set, or all, from one second up to another, both included."""
        listed = self._listed.get(chosen, [])
        low = bisect_left(listed, (first, ""), key=lambda it: it.key)
        high = bisect_right(listed, last, key=lambda it: it.key[0])
        return Window(listed, low, max(low, high))


@dataclass(frozen=True)
class Window:
    """A part of a list of items."""

    items: Sequence[Item] = field(repr=False)
    low: int
    high: int

    def __len__(self) -> int:
        return self.high - self.low

    def after(self, key: Key, count: int) -> list[Item]:
        """So many of them that come after that place in the order."""
        start = max(self.low, bisect_right(self.items, key, key=lambda it: it.key))
        return list(self.items[start : min(self.high, start + count)])


def _with_parents(specs: Iterable[str]) -> Iterator[str]:
    """These sets, and those they are part of: `thema:groen` is part of `thema`."""
    found: dict[str, None] = {}
    for spec in specs:
        found[spec.partition(":")[0]] = None
        found[spec] = None
    return iter(found)


START = datetime(1970, 1, 1, tzinfo=UTC)
"""Before all datestamps."""
