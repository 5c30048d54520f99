"""The JSON Schemas of what `/api/v1` tells, from web/api/openapi.json."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from wijk.web.templating import HERE


@cache
def file() -> Mapping[str, Any]:
    """The file itself, as it is; not to be changed."""
    told: dict[str, Any] = json.loads((HERE / "api" / "openapi.json").read_text(encoding="utf-8"))
    return told


def properties(name: str) -> Mapping[str, Any]:
    """The properties of a schema, in their order."""
    found: dict[str, Any] = file()["components"]["schemas"][name]["properties"]
    return found
