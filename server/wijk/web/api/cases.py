"""`/api/v1/casussen`: the cases with their places, themes and points; an online case has none."""

from collections.abc import Sequence
from typing import Any

from wijk.questions import Param
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


CASES = Resource(
    *("/casussen", "case", "cases", "Case", _fields),
    filters=(
        Param("thema", "theme", False, "groen", "Theme, or one above it."),
        Param("provincie", "code", False, "PV26", "Code of CBS of a province it lies in."),
        Param("gemeente", "code", False, "GM0344", "Code of its municipality, of then or today."),
        Param("doelgroep", "audience", False, "bewoner", "Audience of a lesson that holds for it."),
        Param("soort", "actor-kind", False, "wijkcentrum", "Kind of initiative, or one above it."),
        Param("bundel", "bundle", False, "wij-in-de-wijk-1", "Bundle it stands in."),
        Param("stand", "case-state", False, "naam-bekend", "What is known of its initiative."),
    ),
)
