"""What portals are told of a case, in one form for every route: records, and what was withdrawn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Literal

By = Literal["theme", "province", "municipality", "audience"]
"""What the records can be grouped by."""


@dataclass(frozen=True)
class Thing:
    """Anything with an IRI of ours."""

    iri: str

    @property
    def slug(self) -> str:
        """The last part of its IRI."""
        return self.iri.rpartition("/")[2]


@dataclass(frozen=True)
class Named(Thing):
    """A thing and its Dutch name."""

    label: str


@dataclass(frozen=True)
class Area(Named):
    """A municipality or province, with its CBS code, such as GM0796 or PV30."""

    code: str


@dataclass(frozen=True)
class Point:
    """A point on the map, in degrees (WGS 84)."""

    lat: float
    lon: float


@dataclass(frozen=True)
class Place(Named):
    """A place of a case; what is not known of it is None.

    `municipality` is that of its own time, `present` what all of that is part of today, when it is
    no longer there itself.
    """

    municipality: Area | None
    province: Area | None
    point: Point | None
    present: Area | None = None

    @property
    def municipalities(self) -> tuple[Area, ...]:
        """Where its cases are found: in the municipality of then, and in that of today."""
        return tuple(area for area in (self.municipality, self.present) if area)

    @property
    def today(self) -> Area | None:
        """The one it lies in today, as far as that is known: there it has its dot on a map."""
        return self.present or self.municipality

    @property
    def municipality_told(self) -> str:
        """The municipality of then in words, with what it became; empty when there is none."""
        return now(self.municipality, self.present) if self.municipality else ""


@dataclass(frozen=True)
class Told(Thing):
    """What is told of one case, published or not.

    The audiences are those of the lessons that hold for it, its bundle or the project.
    """

    number: int | None
    title: str
    abstract: str
    bundle: Named | None
    year: int | None
    state: Named | None
    online: bool
    themes: tuple[Named, ...]
    audiences: tuple[Named, ...]
    initiatives: tuple[Named, ...]
    places: tuple[Place, ...]

    @property
    def point(self) -> Point | None:
        """That of its first place with one."""
        return next((place.point for place in self.places if place.point), None)


@dataclass(frozen=True)
class Record(Told):
    """One published case. Times are of its first and its last publication, in UTC.

    `touched` is the last publication of it, or of anything it has its texts and groups from.
    """

    sources: tuple[str, ...]
    created: datetime
    modified: datetime
    touched: datetime


@dataclass(frozen=True)
class Withdrawn(Thing):
    """A case that was withdrawn: when, and why as far as that was said.

    `was_in` are its bundle, its themes with the broader ones, its municipalities, provinces and
    audiences when it was last published; None when that was taken out of the log.
    """

    time: datetime
    reason: str
    was_in: frozenset[str] | None = None


@dataclass(frozen=True)
class Group:
    """The cases with one theme, province, municipality or audience, and its name in addresses."""

    name: str
    about: Named
    records: tuple[Record, ...]


Groups = Mapping[By, Mapping[str, Group]]


@dataclass(frozen=True)
class Records:
    """All published cases and all withdrawn ones, what changed last first."""

    all: tuple[Record, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    groups: Groups = field(default_factory=dict, repr=False)

    def by(self, kind: By) -> Mapping[str, Group]:
        """The groups of one kind by their name in addresses, also those without cases.

        A theme has the cases of its narrower themes too.
        """
        return self.groups.get(kind, MappingProxyType({}))

    @cached_property
    def one(self) -> Mapping[str, Record]:
        """Each record by the IRI of its case."""
        return MappingProxyType({record.iri: record for record in self.all})

    @cached_property
    def gone(self) -> Mapping[str, Withdrawn]:
        """Each withdrawn case by its IRI."""
        return MappingProxyType({each.iri: each for each in self.withdrawn})

    @property
    def changed(self) -> datetime | None:
        """The time of the last change of a case."""
        times = [*(it.modified for it in self.all[:1]), *(it.time for it in self.withdrawn[:1])]
        return max(times, default=None)


def now(municipality: Area, present: Area | None) -> str:
    """What a municipality is called where it is shown: Uden (nu Maashorst)."""
    return f"{municipality.label} (nu {present.label})" if present else municipality.label


def newest_first(records: Iterable[Record]) -> tuple[Record, ...]:
    """The records by the time of their last change, the newest first."""
    return tuple(sorted(records, key=lambda it: (it.modified, it.iri), reverse=True))
