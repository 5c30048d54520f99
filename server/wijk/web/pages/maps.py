"""Cases on the map of the pages: a dot for each municipality, or for each province."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from wijk.harvesting.embed.map import VIEW, placed
from wijk.harvesting.points import rd
from wijk.harvesting.records import Area, Point, Told

_WIDTH, _HEIGHT = (float(each) for each in VIEW.split()[2:])
MANY = 60
"""So many municipalities fit on one map; with more, each province has one dot."""


@dataclass(frozen=True)
class Dot:
    """One dot: where it is (units of `VIEW`), of what place, how many cases, and where it leads.

    Without a path it is no link.
    """

    left: float
    top: float
    name: str
    count: int = 1
    href: str = ""

    @property
    def label(self) -> str:
        """What it says to who cannot see it."""
        return f"{self.name}: {self.count} {'casus' if self.count == 1 else 'casussen'}"


@dataclass
class Spot:
    """A municipality or province with cases: the middle of their points, and the cases."""

    area: Area
    points: list[tuple[float, float]] = field(default_factory=list)
    records: dict[str, Told] = field(default_factory=dict)

    def dot(self, count: int, href: str) -> Dot:
        """Its dot, for so many of its cases."""
        left, top = (sum(axis) / len(self.points) for axis in zip(*self.points, strict=True))
        return Dot(round(left * 2) / 2, round(top * 2) / 2, self.area.label, count, href)


def dot(point: Point, name: str, count: int = 1, href: str = "") -> Dot | None:
    """The dot of a point in degrees (WGS 84); None when it is not on this map."""
    left, top = placed(*rd(point.lon, point.lat))
    inside = 0 <= left <= _WIDTH and 0 <= top <= _HEIGHT
    return Dot(left, top, name, count, href) if inside else None


def spots(records: Iterable[Told]) -> Mapping[str, Spot]:
    """The municipalities where cases are today, by IRI; the provinces when those are too many."""
    listed = list(records)
    found = _spots(listed, lambda place: place.today)
    return found if len(found) <= MANY else _spots(listed, lambda place: place.province)


def dots(found: Iterable[Dot]) -> list[Dot]:
    """Dots in the order to draw them: no dot hides the name of one that is further north."""
    return sorted(found, key=lambda it: (it.top, it.left, it.name))


def on_map(records: Iterable[Told]) -> int:
    """How many cases have a place that is on the map."""
    return sum(any(_shown(place.point) for place in record.places) for record in records)


def _spots(records: Iterable[Told], area_of: Callable[..., Area | None]) -> dict[str, Spot]:
    found: dict[str, Spot] = {}
    for record in records:
        for place in record.places:
            area = area_of(place)
            if area is not None and place.point is not None and _shown(place.point):
                spot = found.setdefault(area.iri, Spot(area))
                spot.points.append(placed(*rd(place.point.lon, place.point.lat)))
                spot.records[record.iri] = record
    return found


def _shown(point: Point | None) -> bool:
    return point is not None and dot(point, "") is not None
