"""`/api/v1/plaatsen`: the places of the cases, the areas they are linked to, and their points."""

from collections.abc import Sequence
from typing import Any

from wijk.web.api import geojson
from wijk.web.api.resource import Resource, Row, positions, references, value

_RELATIONS = ("exactArea", "closeArea", "hasPartArea", "withinArea")


def _fields(rows: Sequence[Row]) -> dict[str, Any]:
    areas = [row for row in rows if row["field"] in _RELATIONS]
    return {
        "name": value(rows, "name"),
        "kind": value(rows, "kind"),
        "containedInPlace": references(rows, "containedInPlace"),
        "areas": [_area(row) for row in areas],
        "cases": references(rows, "case", "title"),
        "geometry": geojson.geometry(positions(rows)),
    }


def _area(row: Row) -> dict[str, Any]:
    return {
        "relation": row["field"],
        "id": row["value"],
        "code": row["code"],
        "name": row["label"],
        "divisionYear": row.get("year"),
    }


PLACES = Resource("/api/v1/plaatsen", "place", "places", _fields)
