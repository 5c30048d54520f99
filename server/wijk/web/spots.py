"""The points of an answer on the map of the Netherlands.

A row is where a value of it says so: a point in WKT (in degrees or in RD New), a latitude and a
longitude, or else one of our things of which we know where it is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wijk.harvesting import points
from wijk.harvesting.embed import map
from wijk.harvesting.records import Point
from wijk.web.cells import Cell

_MOST = 300
_NAMED = 3
_NUMBER = r"([+-]?\d+(?:\.\d+)?)"
_RD = re.compile(
    r"\s*<https?://www\.opengis\.net/def/crs/EPSG/0/28992>\s*"
    rf"POINT\s*\(\s*{_NUMBER}\s+{_NUMBER}\s*\)\s*",
    re.IGNORECASE,
)
_NORTH = re.compile(r"lat|latitude|breedte(graad)?", re.IGNORECASE)
_EAST = re.compile(r"lon|long|lng|longitude|lengte(graad)?", re.IGNORECASE)
_WIDE, _HIGH = (float(it) for it in map.VIEW.split()[2:])
# Beyond these degrees the approximation of RD New is worth nothing.
_LON, _LAT = (2.5, 8.0), (50.0, 54.5)

Row = Mapping[str, Mapping[str, Any]]
Spot = tuple[float, float]


@dataclass(frozen=True)
class Dot:
    """A spot on the map with the rows that are there: what they are called, and the first row.

    `href` is the page of the one thing that is there; nothing when there are several. `lang` is the
    language of the label, when it is one and known.
    """

    x: float
    y: float
    label: str
    row: int
    count: int
    href: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Drawn:
    """The map of an answer; so many `rows` are on it, so many `beyond` its frame."""

    dots: tuple[Dot, ...]
    rows: int
    beyond: int


def drawn(
    rows: Sequence[Row], names: Sequence[Cell], known: Mapping[str, Sequence[Point]]
) -> Drawn | None:
    """The rows on the map; None when no row is anywhere on it."""
    there: dict[Spot, list[int]] = {}
    inside, beyond = set(), 0
    for number, row in enumerate(rows):
        spots = list(dict.fromkeys(_spots(row, known)))
        on = [spot for spot in spots if 0 <= spot[0] <= _WIDE and 0 <= spot[1] <= _HIGH]
        beyond += bool(spots and not on)
        inside |= {number} if on else set()
        for spot in on:
            there.setdefault(spot, []).append(number)
    listed = sorted(there.items(), key=lambda it: (it[0][1], it[0][0]))[:_MOST]
    dots = tuple(_dot(spot, here, names) for spot, here in listed)
    return Drawn(dots, len(inside), beyond) if dots else None


def _dot(spot: Spot, rows: Sequence[int], names: Sequence[Cell]) -> Dot:
    told = list(dict.fromkeys((names[row].text, names[row].href) for row in rows))
    label = ", ".join(text for text, _ in told[:_NAMED] if text)
    label += f" + {len(told) - _NAMED}" if len(told) > _NAMED else ""
    first = names[rows[0]]
    href = first.href if len(told) == 1 and not first.outside else ""
    lang = first.lang if len({names[row].lang for row in rows}) == 1 else ""
    return Dot(*spot, label, rows[0] + 1, len(told), href, lang)


def _spots(row: Row, known: Mapping[str, Sequence[Point]]) -> Iterator[Spot]:
    """Where a row is; the first way that finds a point."""
    texts = [term["value"] for term in row.values() if term["type"] != "uri"]
    if found := [spot for text in texts if (spot := _of_wkt(text)) is not None]:
        yield found[0]
    elif (pair := _pair(row)) is not None:
        yield pair
    else:
        yield from _known(row, known)


def _of_wkt(value: object) -> Spot | None:
    if not isinstance(value, str) or "POINT" not in value.upper():
        return None
    if found := _RD.fullmatch(value):
        return map.placed(float(found[1]), float(found[2]))
    if (position := points.position(value)) is not None:
        return _placed(*position)
    return None


def _pair(row: Row) -> Spot | None:
    """A latitude and a longitude in columns that are called so."""
    north = next((row[name]["value"] for name in row if _NORTH.fullmatch(name)), None)
    east = next((row[name]["value"] for name in row if _EAST.fullmatch(name)), None)
    try:
        return None if north is None or east is None else _placed(float(east), float(north))
    except (TypeError, ValueError):
        return None


def _known(row: Row, known: Mapping[str, Sequence[Point]]) -> Iterable[Spot]:
    """Where the first thing is of which that is known."""
    iris = (term["value"] for term in row.values() if term["type"] == "uri")
    found = next((known[iri] for iri in iris if iri in known), ())
    return [_placed(point.lon, point.lat) for point in found]


def _placed(lon: float, lat: float) -> Spot:
    """Where a point in degrees is in the frame; outside it when it is far away."""
    near = _LON[0] < lon < _LON[1] and _LAT[0] < lat < _LAT[1]
    return map.placed(*points.rd(lon, lat)) if near else (-1.0, -1.0)
