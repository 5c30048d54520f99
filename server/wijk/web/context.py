"""The context of JSON-LD, as it stands in the folder and with the case base's own measures."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wijk.errors import GraphFolderError
from wijk.namespaces import MEASURE


def with_measures(context: Mapping[str, Any], base: str) -> dict[str, Any]:
    """The context of JSON-LD with a name for the measures: they are the case base's own."""
    known = context.get("@context", context)
    return {"@context": {"measure": f"{base}id/{MEASURE}/", **known}}


def read(path: Path) -> dict[str, Any] | None:
    """The context in a file; None when there is no such file.

    Raises:
        GraphFolderError: it is not a JSON object.
    """
    if not path.is_file():
        return None
    remedy = "Correct it, or remove it; JSON-LD then has all prefixes for a context."
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise GraphFolderError(path, f"this is not JSON ({error})", remedy) from error
    if not isinstance(found, dict):
        raise GraphFolderError(path, "this is not a JSON object", remedy)
    return found
