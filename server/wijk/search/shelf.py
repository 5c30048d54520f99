"""All cases side by side, by what they are filed under: what is chosen, and what is left then.

Values of one facet widen a choice (OR), facets narrow it (AND). Which cases have a value is a set
of bits, so that the counts beside all values take a millisecond with ten thousand cases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, reduce
from itertools import islice
from operator import and_, or_
from types import MappingProxyType

from rapidfuzz import process

from wijk.errors import WijkError
from wijk.harvesting.records import Named, Told
from wijk.matching import texts
from wijk.search import bits

Choice = Mapping[str, Sequence[str]]
"""What is chosen: of each facet, by its name, the slugs of some values."""


class UnknownValue(WijkError):
    """A facet has no such value; `nearest` are those that are written most like it."""

    def __init__(self, facet: "Facet", slug: str) -> None:
        known = {value.slug: value.slug for value in facet.values}
        found = process.extract(slug[:80].lower(), known, limit=3, score_cutoff=60)
        self.facet, self.slug = facet, slug
        self.nearest = tuple(facet.by[name] for name, *_ in found)
        super().__init__(f"{facet.heading}: '{slug[:40]}' is er niet.")


@dataclass(frozen=True)
class OnShelf(Told):
    """One case as the folder has it now: published, edited since, or not published yet.

    `path` is that of its page, `line` one sentence about it, `where` its places in words. Of who
    began it and who takes part are the kinds, and of who takes part the names. `modified` is its
    last publication, in UTC; None when there was none yet.
    """

    path: str
    line: str
    where: str
    starters: tuple[Named, ...]
    actor_kinds: tuple[Named, ...]
    actors: tuple[Named, ...]
    connections: tuple[Named, ...]
    modified: datetime | None

    @property
    def name_known(self) -> bool:
        """Whether it is known which initiative it is about."""
        return bool(self.initiatives)


@dataclass(frozen=True)
class Value:
    """One value of a facet and the positions of the cases that have it.

    A value that has narrower ones has the cases of those too; `depth` is how far it is below the
    widest, `code` that of CBS for an area.
    """

    slug: str
    label: str
    at: tuple[int, ...] = field(repr=False)
    iri: str = ""
    code: str = ""
    parent: str = ""
    depth: int = 0

    @cached_property
    def bits(self) -> int:
        """The same positions as a set."""
        return bits.of(self.at)


@dataclass(frozen=True)
class Facet:
    """One thing to choose by: its name in addresses, its heading, its values in their order.

    One that is not `listed` has too many values for a form: pages link to a value of it. Of one
    that is, the values `beside` stand in the form under another heading.
    """

    name: str
    heading: str
    values: tuple[Value, ...]
    listed: bool = True
    beside: frozenset[str] = frozenset()

    @cached_property
    def by(self) -> Mapping[str, Value]:
        """Each value by its slug, and areas by their code as well."""
        codes = {value.code.lower(): value for value in self.values if value.code}
        return MappingProxyType(codes | {value.slug: value for value in self.values})

    def value(self, slug: str) -> Value:
        """The value that is called so in addresses.

        Raises:
            UnknownValue: there is none.
        """
        found = self.by.get(slug.strip().lower())
        if found is None:
            raise UnknownValue(self, slug)
        return found


@dataclass(frozen=True)
class Shelf:
    """The cases by number, then by title, and the facets to choose them by."""

    cases: tuple[OnShelf, ...]
    facets: tuple[Facet, ...]

    @cached_property
    def by(self) -> Mapping[str, Facet]:
        """Each facet by its name."""
        return MappingProxyType({facet.name: facet for facet in self.facets})

    @cached_property
    def at(self) -> Mapping[str, int]:
        """Where each case stands, by its IRI."""
        return MappingProxyType({case.iri: at for at, case in enumerate(self.cases)})

    @cached_property
    def all(self) -> int:
        """The set of all positions."""
        return (1 << len(self.cases)) - 1

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The facets that part the cases as one before them does, by name: one is enough."""
        seen: set[frozenset[int]] = set()
        found = []
        for facet in (it for it in self.facets if it.listed):
            parts = frozenset(value.bits for value in facet.values if value.at)
            if parts in seen:
                found.append(facet.name)
            seen.add(parts)
        return frozenset(found)

    @cached_property
    def orders(self) -> Mapping[str, Sequence[int]]:
        """The positions in every other order than that of the shelf, by the name of the order."""
        cases = self.cases
        places = range(len(cases))

        def newest(at: int) -> float:
            moment = cases[at].modified
            return -moment.timestamp() if moment else float("-inf")

        return MappingProxyType(
            {
                "titel": sorted(places, key=lambda at: texts.sorted_as(cases[at].title)),
                "plaats": sorted(places, key=lambda at: _place(cases[at])),
                "jaar": sorted(places, key=lambda at: -(cases[at].year or 0)),
                "gewijzigd": sorted(places, key=newest),
            }
        )

    def choose(self, choice: Choice, text_hits: int | None = None) -> "Chosen":
        """What has one of the values of every facet that is chosen by; of all, or of those hits.

        Raises:
            UnknownValue: a facet has no such value.
        """
        picked = {
            facet.name: reduce(or_, (facet.value(slug).bits for slug in slugs))
            for facet in self.facets
            if (slugs := choice.get(facet.name))
        }
        begin = self.all if text_hits is None else self.all & text_hits
        return Chosen(self, begin, MappingProxyType(picked))


@dataclass(frozen=True)
class Chosen:
    """A choice: what it begins with, and what each facet that is chosen by leaves of all."""

    shelf: Shelf
    begin: int = field(repr=False)
    picked: Mapping[str, int] = field(repr=False)

    @cached_property
    def bits(self) -> int:
        """The set of the cases that are chosen."""
        return self.without("")

    @cached_property
    def count(self) -> int:
        """How many cases are chosen."""
        return self.bits.bit_count()

    def without(self, facet: str) -> int:
        """The set of the cases that would be chosen without what one facet says."""
        others = (found for name, found in self.picked.items() if name != facet)
        return reduce(and_, others, self.begin)

    def cases(
        self, start: int = 0, length: int | None = None, order: Sequence[int] | None = None
    ) -> tuple[OnShelf, ...]:
        """Some of the cases that are chosen, by number or in an order of all positions."""
        found = bits.members(self.bits, self.shelf.cases, order)
        return tuple(islice(found, start, None if length is None else start + length))

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Of every listed facet, by name: how many cases each value would give, by its slug."""
        return MappingProxyType(
            {facet.name: self.counted(facet) for facet in self.shelf.facets if facet.listed}
        )

    def counted(self, facet: Facet) -> Mapping[str, int]:
        """How many cases each value of one facet would give beside the other facets."""
        left = self.without(facet.name)
        return {value.slug: (value.bits & left).bit_count() for value in facet.values}


def _place(case: OnShelf) -> tuple[bool, str]:
    """Where a case stands among the others by place; what has none comes last."""
    return not case.places, texts.sorted_as(case.where)
