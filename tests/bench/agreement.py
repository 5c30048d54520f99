"""Do two answers say the same? By value, in no order."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox


def value_of(media_type: str, body: bytes) -> object:
    """What an answer says, so that equal answers are equal.

    Raises:
        ValueError: it is not of its media type.
    """
    if "json" in media_type:
        return _rows(json.loads(body))
    found = {
        str(_plain(triple))
        for triple in ox.parse(body, ox.RdfFormat.from_media_type(media_type) or _N_TRIPLES)
    }
    return frozenset(found)


_N_TRIPLES = ox.RdfFormat.N_TRIPLES


def _plain(quad: ox.Quad) -> tuple[str, str, str]:
    return str(quad.subject), str(quad.predicate), _number(str(quad.object))


def _rows(found: Mapping[str, Any]) -> object:
    if "boolean" in found:
        return bool(found["boolean"])
    return Counter(
        tuple(sorted((name, _term(term)) for name, term in row.items()))
        for row in found["results"]["bindings"]
    )


def _term(term: Mapping[str, str]) -> tuple[str, str, str]:
    kind = "literal" if "literal" in term["type"] else term["type"]
    return kind, _number(term["value"]), term.get("xml:lang", "").lower()


def _number(text: str) -> str:
    """Numbers are equal however they are written."""
    try:
        return f"{float(text):.9g}"
    except ValueError:
        return text
