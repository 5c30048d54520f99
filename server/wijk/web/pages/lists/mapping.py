"""The cases of a selection on a map: a dot for each municipality of today, or each province."""

from collections.abc import Mapping
from dataclasses import dataclass

from wijk.harvesting.embed.map import dots
from wijk.harvesting.records import Place
from wijk.search.shelf import Chosen, Shelf, Value
from wijk.web.pages.lists.asked import Asked

MANY = 60
"""So many municipalities fit on one map; of more, the provinces are shown."""
Spots = Mapping[str, Mapping[str, tuple[float, float]]]


@dataclass(frozen=True)
class Dot:
    """One dot: where it is in the frame of the map, what is there, and where it leads."""

    x: float
    y: float
    name: str
    count: int
    href: str

    @property
    def label(self) -> str:
        """What it says to who cannot see it."""
        return f"{self.name}: {self.count} {'casus' if self.count == 1 else 'casussen'}"


def spots(shelf: Shelf) -> Spots:
    """The middle of the points of the cases in each municipality and province, by slug."""
    return {name: dict(_spots(shelf, name)) for name in ("gemeente", "provincie")}


def _spots(shelf: Shelf, facet: str) -> list[tuple[str, tuple[float, float]]]:
    found = []
    for value in shelf.by[facet].values:
        here = [
            (dot.x, dot.y)
            for dot in dots(shelf.cases[at] for at in value.at)
            if any(_in(place, value) for place in dot.places)
        ]
        if here:
            left, top = (sum(axis) / len(here) for axis in zip(*here, strict=True))
            found.append((value.slug, (round(left * 2) / 2, round(top * 2) / 2)))
    return found


def _in(place: Place, value: Value) -> bool:
    return value.iri in {area.iri for area in (place.today, place.province) if area}


def drawn(asked: Asked, chosen: Chosen, places: Spots) -> tuple[list[Dot], int]:
    """The dots, north first, and how many cases of the selection are at one of them."""
    shelf = asked.shelf
    facet = shelf.by["gemeente"]
    here = {it.slug: it.bits & chosen.bits for it in facet.values if it.slug in places[facet.name]}
    if sum(map(bool, here.values())) > MANY:
        facet = shelf.by["provincie"]
        there = places[facet.name]
        here = {it.slug: it.bits & chosen.bits for it in facet.values if it.slug in there}
    made, shown = [], 0
    for slug, found in here.items():
        if count := found.bit_count():
            x, y = places[facet.name][slug]
            only = shelf.cases[found.bit_length() - 1].path if count == 1 else ""
            others = tuple(it for it in asked.choice if it[0] != facet.name)
            href = only or asked.address(choice=(*others, (facet.name, (slug,))), view="lijst")
            made.append(Dot(x, y, facet.by[slug].label, count, href))
            shown |= found
    return sorted(made, key=lambda it: (it.y, it.x)), shown.bit_count()
