"""`/api/v1/themas`: the themes, what stands above and below each, and how many cases it has."""

from collections.abc import Sequence
from typing import Any

from wijk.questions import Param
from wijk.web.api.resource import Resource, Row, references, value, values


def _fields(rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "name": value(rows, "name"),
        "alternateNames": values(rows, "alternateName"),
        "definition": value(rows, "definition"),
        "comment": value(rows, "comment"),
        "broader": references(rows, "broader"),
        "narrower": references(rows, "narrower"),
        "cases": int(value(rows, "cases") or 0),
    }


THEMES = Resource(
    *("/themas", "theme", "themes", "Theme", _fields),
    filters=(Param("onder", "theme", False, "welzijn", "Theme that it is a part of."),),
)
