"""A map of the Netherlands as the shapes of one SVG: provinces, and a dot for each place.

Frame and scale are in RD New (EPSG:28992): `VIEW` is 525 wide and 620 high, north is up.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, groupby
from math import dist
from pathlib import Path

from wijk.harvesting.points import rd
from wijk.harvesting.records import Place, Told

VIEW = "0 0 525 620"
CREDIT = "CBS en Kadaster, 2022, CC BY 4.0"
_OUTLINES = Path(__file__).parent / "provincies_2022_rd.geojson"
_WEST, _TOP = 10_000, 624_000
_SCALE = 620 / 321_000
_NEAR, _WIDE = 15, 21.5
_ROUNDS, _CROWD = 50, 60


@dataclass(frozen=True)
class Dot:
    """The cases at one spot: where that is on the map, and their places."""

    x: float
    y: float
    places: tuple[Place, ...]
    records: tuple[Told, ...]

    @property
    def label(self) -> str:
        """What it says to who cannot see it, and to who points at it."""
        where = ", ".join(dict.fromkeys(place.label for place in self.places))
        count = len(self.records)
        return f"{where}: {self.records[0].title}" if count == 1 else f"{where}: {count} casussen"


def reaches(spots: Sequence[tuple[float, float]]) -> list[float]:
    """How wide the spot around each dot is that leads where it leads: its radius, in units of VIEW.

    Where no other dot is near it is 24 pixels wide on a phone, as WCAG 2.2 asks (2.5.8).
    """
    return [
        min([_WIDE, *(max(_NEAR, round(dist(spot, it) / 2, 1)) for it in spots if it != spot)])
        for spot in spots
    ]


def apart(spots: Sequence[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """Where to draw these spots so that none is closer to another than the gap, if there is room.

    Spots that are too close move away from each other, each as far. All in units of VIEW. A crowd
    is drawn where it is.
    """
    moved = [*spots]
    for _ in range(_ROUNDS if len(spots) <= _CROWD else 0):
        pairs = combinations(range(len(moved)), 2)
        close = [(i, j) for i, j in pairs if dist(moved[i], moved[j]) < gap]
        if not close:
            break
        for i, j in close:
            moved[i], moved[j] = _pushed(moved[i], moved[j], gap + 0.5)
    return [(round(x * 2) / 2, round(y * 2) / 2) for x, y in moved]


def _pushed(
    one: tuple[float, float], other: tuple[float, float], gap: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Both this far from each other, each moved as much; of the same spot, one to the east."""
    between = dist(one, other)
    x, y = ((one[0] - other[0]) / between, (one[1] - other[1]) / between) if between else (1.0, 0.0)
    push = max(0.0, gap - between) / 2
    return (one[0] + x * push, one[1] + y * push), (other[0] - x * push, other[1] - y * push)


@cache
def provinces() -> tuple[str, ...]:
    """The outline of each province, as the data of an SVG path."""
    shapes = [each["geometry"] for each in json.loads(_OUTLINES.read_bytes())["features"]]
    return tuple(
        _path([it["coordinates"]] if it["type"] == "Polygon" else it["coordinates"])
        for it in shapes
    )


def dots(records: Iterable[Told]) -> list[Dot]:
    """A dot for each spot where cases are; the northernmost first, so that no dot hides a name."""
    spots: dict[tuple[float, float], dict[Place, list[Told]]] = {}
    for record in records:
        for place in record.places:
            if place.point is not None:
                spot = placed(*rd(place.point.lon, place.point.lat))
                spots.setdefault(spot, {}).setdefault(place, []).append(record)
    return [
        Dot(x, y, tuple(here), tuple(dict.fromkeys(it for each in here.values() for it in each)))
        for (x, y), here in sorted(spots.items(), key=lambda it: (it[0][1], it[0][0]))
    ]


def placed(east: float, north: float) -> tuple[float, float]:
    """Where a point in metres of RD New is in the frame, to half a unit."""
    return round((east - _WEST) * _SCALE * 2) / 2, round((_TOP - north) * _SCALE * 2) / 2


def _path(polygons: Sequence[Sequence[Sequence[Sequence[float]]]]) -> str:
    return "".join(part for rings in polygons for ring in rings for part in _ring(ring))


def _ring(ring: Sequence[Sequence[float]]) -> Iterator[str]:
    """A ring, in relative steps; what is too small to see is left out."""
    spots = [spot for spot, _ in groupby(placed(east, north) for east, north in ring)]
    if len(set(spots)) < 3:
        return
    x, y = spots[0]
    yield f"M{x:g} {y:g}l"
    steps = []
    for left, top in spots[1:]:
        steps.append(f"{left - x:g} {top - y:g}")
        x, y = left, top
    yield " ".join(steps) + "z"
