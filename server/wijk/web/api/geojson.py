"""Things with a point as GeoJSON (RFC 7946): positions are longitude, latitude in WGS 84."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from wijk.harvesting.points import position

__all__ = ("MEDIA_TYPE", "Thing", "collection", "feature", "geometry", "position")

MEDIA_TYPE = "application/geo+json"

Thing = Mapping[str, Any]
"""A thing as its JSON says it: with its IRI as `id` and its geometry, or None, as `geometry`."""


def geometry(positions: Sequence[tuple[float, float]]) -> dict[str, Any] | None:
    """A Point, a MultiPoint when there are more, null when there is none (section 3.2)."""
    if not positions:
        return None
    if len(positions) == 1:
        return {"type": "Point", "coordinates": list(positions[0])}
    return {"type": "MultiPoint", "coordinates": [list(each) for each in positions]}


def feature(thing: Thing) -> dict[str, Any]:
    """One thing: its IRI is the identifier, all else but the geometry are properties."""
    properties = {name: value for name, value in thing.items() if name not in ("id", "geometry")}
    return {
        "type": "Feature",
        "id": thing["id"],
        "geometry": thing["geometry"],
        "properties": properties,
    }


def collection(things: Iterable[Thing]) -> dict[str, Any]:
    """Several things."""
    return {"type": "FeatureCollection", "features": [feature(thing) for thing in things]}
