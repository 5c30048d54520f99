"""Which cases belong to a thing, from the shelf: the first ones, and where the rest is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from wijk.search.shelf import OnShelf, Shelf, Value
from wijk.web import numbers
from wijk.web.pages import shelving
from wijk.web.site import Site

SHOWN = 20
"""So many cases a page shows; the list of cases has all."""


@dataclass(frozen=True)
class Cases:
    """The first of the cases that belong to a thing, how many there are, the path of them all."""

    rows: tuple[OnShelf, ...] = ()
    count: int = 0
    more: str = ""

    @property
    def called(self) -> str:
        """How many there are, as people write it: `2.000`."""
        return numbers.whole(self.count)


@dataclass(frozen=True)
class Filed:
    """The shelf, and the value of each facet by the IRI of what it stands for."""

    shelf: Shelf
    values: Mapping[str, Mapping[str, Value]]

    def cases(self, facet: str, iris: Iterable[str], most: int = SHOWN) -> Cases:
        """The cases that have one of these values of a facet."""
        by = self.values.get(facet, {})
        found = [by[iri] for iri in dict.fromkeys(iris) if iri in by]
        at = sorted({at for value in found for at in value.at})
        query = urlencode([(facet, value.slug) for value in found if value.at])
        return self.at(at, f"/casussen?{query}", most)

    def at(self, positions: Sequence[int], more: str = "", most: int = SHOWN) -> Cases:
        """The cases at these positions; `more` is the path of all of them."""
        rows = tuple(self.shelf.cases[at] for at in positions[:most])
        return Cases(rows, len(positions), more if len(positions) > len(rows) else "")

    def count(self, facet: str, iri: str) -> int:
        """How many cases have this value."""
        value = self.values.get(facet, {}).get(iri)
        return len(value.at) if value else 0

    def one(self, iri: str) -> OnShelf | None:
        """The case of that IRI."""
        at = self.shelf.at.get(iri)
        return None if at is None else self.shelf.cases[at]


async def filed(site: Site) -> Filed:
    """The cases of a site by what they are filed under; made once.

    Raises:
        EngineError: the engine cannot tell them.
    """
    shelf = await shelving.shelf(site)

    def made() -> Filed:
        return Filed(shelf, MappingProxyType({it.name: _by_iri(it.values) for it in shelf.facets}))

    return await site.once("filed", made)


def _by_iri(values: Iterable[Value]) -> Mapping[str, Value]:
    return MappingProxyType({value.iri: value for value in values if value.iri})
