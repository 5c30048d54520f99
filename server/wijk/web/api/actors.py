"""`/api/v1/betrokkenen`: who takes part in the cases, and as what."""

from collections.abc import Sequence
from typing import Any

from wijk.questions import Param
from wijk.web.api.resource import Resource, Row, called, references, value, values


def _fields(rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "name": value(rows, "name"),
        "alternateNames": values(rows, "alternateName"),
        "kinds": references(rows, "kind"),
        "url": value(rows, "url"),
        "sameAs": values(rows, "sameAs"),
        "participations": [
            {
                "id": row["value"],
                "title": called(row),
                "roleId": row["role"],
                "role": row["roleLabel"],
            }
            for row in rows
            if row["field"] == "case"
        ],
    }


ACTORS = Resource(
    *("/betrokkenen", "actor", "actors", "Actor", _fields),
    filters=(
        Param("soort", "actor-kind", False, "zorgaanbieder", "Kind of actor, or one above it."),
        Param("rol", "role", False, "steunen", "Role in a case, or one above it."),
        Param("casus", "case", False, "holybe", "Case they take part in."),
    ),
)
