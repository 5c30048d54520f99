"""Writes JSON-LD that reads back as the same literals, and that is the same every time."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rdflib import XSD, Graph, Literal
from rdflib.plugins.serializers.jsonld import Converter
from rdflib.plugins.shared.jsonld.context import Context

_SHORT = {
    XSD.integer: re.compile(r"0|-?[1-9]\d*"),
    XSD.decimal: re.compile(r"-?\d+\.\d+"),
    XSD.boolean: re.compile(r"true|false"),
}
_NATIVE = (XSD.integer, XSD.boolean)


def nodes(graph: Graph, context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The nodes of a graph as this context, what stands in `@context`, has them written."""
    written = _Exact(_read(json.dumps(context)), False, False).convert(graph)
    if isinstance(written, dict):
        written = written.get("@graph", [written])
    return sorted(map(_ordered, written), key=json.dumps)


def is_short(literal: Literal) -> bool:
    """Does the short form, in Turtle or JSON, read back as this very literal?"""
    form = _SHORT.get(literal.datatype) if literal.datatype is not None else None
    return form is not None and form.fullmatch(str(literal)) is not None


class _Exact(Converter):
    """JSON-LD that reads back as the same literals, which rdflib's own does not always do."""

    def to_raw_value(self, graph: Any, s: Any, o: Any, nodemap: Any) -> Any:
        """Bare numbers and booleans where that is safe: "01" is not 1."""
        self.use_native_types = (
            isinstance(o, Literal) and o.datatype in _NATIVE and is_short(o) and len(o) < 16
        )
        written = super().to_raw_value(graph, s, o, nodemap)
        # What counts as nothing in Python would be taken for no value at all.
        return written if written else {"@value": written}

    def type_coerce(self, o: Any, coerce_type: str) -> Any:
        """A literal is never an IRI, also where the context expects one."""
        if isinstance(o, Literal) and str(o.datatype) != coerce_type:
            return None
        coerced = super().type_coerce(o, coerce_type)
        return str(coerced) if coerced else None


@lru_cache(maxsize=8)
def _read(context: str) -> Context:
    return Context(json.loads(context))


def _ordered(value: Any) -> Any:
    """The same in an order that is the same in every run; only a list has one of its own."""
    if isinstance(value, dict):
        return {
            name: value[name] if name == "@list" else _ordered(value[name])
            for name in sorted(value, key=_rank)
        }
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=json.dumps)
    return value


def _rank(name: str) -> tuple[bool, bool, str]:
    return name not in ("@id", "id"), name not in ("@type", "type"), name
