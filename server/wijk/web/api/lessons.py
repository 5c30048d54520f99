"""`/api/v1/lessen`: what there is to learn, from which bundle, for whom and for which cases."""

from collections.abc import Sequence
from typing import Any

from wijk.questions import Param
from wijk.web.api.resource import Resource, Row, references, value, values


def _fields(rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "title": value(rows, "title"),
        "text": value(rows, "text"),
        "bundle": next(iter(references(rows, "bundle", "title")), None),
        "holdsFor": references(rows, "holdsFor", "title"),
        "audiences": references(rows, "audience"),
        "connections": references(rows, "connection"),
        "sources": values(rows, "source"),
    }


LESSONS = Resource(
    *("/lessen", "lesson", "lessons", "Lesson", _fields),
    filters=(
        Param("thema", "theme", False, "groen", "Theme of a case it holds for, or one above it."),
        Param("doelgroep", "audience", False, "bewoner", "Audience."),
        Param("verbinding", "connection", False, "linking", "Kind of connection."),
        Param("bundel", "bundle", False, "wij-in-de-wijk-1", "Bundle it stands in."),
        Param("casus", "case", False, "holybe", "Case it holds for."),
    ),
)
