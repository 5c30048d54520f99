"""`/api/v1/casussen`: the cases with their places, themes and points; an online case has none."""

from collections.abc import Sequence
from typing import Any

from wijk.web.api import geojson
from wijk.web.api.resource import Resource, Row, positions, references, value


def _fields(rows: Sequence[Row]) -> dict[str, Any]:
    number = value(rows, "number")
    return {
        "title": value(rows, "title"),
        "number": int(number) if number is not None else None,
        "abstract": value(rows, "abstract"),
        "bundle": next(iter(references(rows, "bundle", "title")), None),
        "initiative": next(iter(references(rows, "initiative")), None),
        "online": value(rows, "online") in ("true", "1"),
        "places": references(rows, "place"),
        "themes": references(rows, "theme"),
        "geometry": geojson.geometry(positions(rows)),
    }


CASES = Resource("/api/v1/casussen", "case", "cases", _fields)
