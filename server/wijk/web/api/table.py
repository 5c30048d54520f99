"""Things as a table: CSV by RFC 4180, a row each; which columns there are does not depend on it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from wijk.harvesting.dumps.columns import harmless
from wijk.web.api import schemas
from wijk.web.api.geojson import Thing

MEDIA_TYPE = "text/csv"
BETWEEN = "|"
"""What stands between several values in a cell."""
POINT = ("longitude", "latitude")


@cache
def columns(schema: str) -> Sequence[tuple[str, str]]:
    """The columns of a kind of thing by its JSON Schema: a field, and a part of it or nothing."""
    return [
        (name, part)
        for name, told in schemas.properties(schema).items()
        for part in (POINT if name == "geometry" else _parts(told))
    ]


def written(things: Iterable[Thing], listed: Sequence[tuple[str, str]]) -> bytes:
    """The table; its first line has the names of the columns, such as `bundle.id`."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        f"{name}.{part}" if part and name != "geometry" else part or name for name, part in listed
    )
    for thing in things:
        writer.writerow(_cell(thing[name], part) for name, part in listed)
    return text.getvalue().encode()


def _parts(told: Mapping[str, Any]) -> Sequence[str]:
    told = next((each for each in told.get("oneOf", ()) if "$ref" in each), told)
    told = told.get("items", told)
    if "$ref" not in told:
        return ("",)
    return tuple(schemas.properties(told["$ref"].rpartition("/")[2]))


def _cell(value: Any, part: str) -> str:
    if part in POINT:
        return _text([each[POINT.index(part)] for each in _points(value)])
    if not part:
        return _text(value)
    several = value if isinstance(value, list) else [value] if value else []
    return _text([each[part] for each in several])


def _points(geometry: Mapping[str, Any] | None) -> Sequence[Sequence[float]]:
    if geometry is None:
        return ()
    found: Sequence[Any] = geometry["coordinates"]
    return [found] if geometry["type"] == "Point" else found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return BETWEEN.join(map(_text, value))
    if isinstance(value, str):
        return harmless(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
