"""`/api/v1/plaatsen`: the places of the cases, the areas they are linked to, and their points."""

from collections.abc import Sequence
from typing import Any

from wijk.questions import Param
from wijk.web.api import geojson
from wijk.web.api.resource import Resource, Row, called, positions, references, value, values

_RELATIONS = ("exactArea", "closeArea", "hasPartArea", "withinArea")


def _fields(rows: Sequence[Row]) -> dict[str, Any]:
    areas = [row for row in rows if row["field"] in _RELATIONS]
    return {
        "name": value(rows, "name"),
        "kind": value(rows, "kind"),
        "containedInPlace": references(rows, "containedInPlace"),
        "areas": [_area(row, rows) for row in areas],
        "whyNoArea": value(rows, "whyNoArea"),
        "sameAs": values(rows, "sameAs"),
        "cases": references(rows, "case", "title"),
        "geometry": geojson.geometry(positions(rows)),
    }


def _area(row: Row, rows: Sequence[Row]) -> dict[str, Any]:
    """An area, with the notes of the evidence for the link."""
    link = (row["field"], row["value"])
    noted = [each for each in rows if each["field"] == "note"]
    return {
        "relation": row["field"],
        "id": row["value"],
        "code": row["code"],
        "name": called(row),
        "divisionYear": row.get("year"),
        "governedBy": row.get("organisation"),
        "notes": [each["value"] for each in noted if (each["relation"], each["of"]) == link],
    }


PLACES = Resource(
    *("/plaatsen", "place", "places", "Place", _fields),
    filters=(
        Param("provincie", "code", False, "PV26", "Code of CBS of a province it lies in or is."),
        Param("gemeente", "code", False, "GM0344", "Code of CBS of a municipality, likewise."),
        Param("soort", "place-kind", False, "wijk", "Kind of place, or one above it."),
    ),
)
