"""What is sent to an engine elsewhere for a query, and in what form its answer is to come back."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wijk.engine import Ask, formats, gate
from wijk.engine.remote import texts
from wijk.engine.remote.kinds import Kind

Fields = Mapping[str, str | list[str]]
_NOWHERE = "urn:x-wijk:nowhere"


@dataclass(frozen=True)
class Request:
    """The fields of a form POST, the media type to ask for, and whether a yes comes as rows."""

    fields: Fields
    media_type: str
    rows_of_ask: bool = False


def request(
    kind: Kind,
    ask: Ask,
    form: str | None,
    base: str | None,
    strangers: Sequence[str],
    seconds: float,
) -> Request:
    """A query as this kind of engine takes it, with the graphs that are not ours left out.

    Raises:
        QueryRefused: it calls what the engine keeps for itself.
    """
    whole = ask.default_graphs is None and ask.named_graphs is None
    text = texts.bound(ask.text if whole else texts.without_dataset(ask.text), ask.bindings)
    fields: dict[str, str | list[str]] = {"query": texts.prepared(text, kind, base, strangers)}
    if whole and not gate.names_dataset(ask.text):
        fields |= kind.parameters
    fields |= _dataset(ask)
    if kind.timeout:
        fields[kind.timeout] = f"{math.ceil(seconds) * kind.timeout_unit:g}"
    rows_of_ask = kind.odd_rows and form == "ASK"
    given = formats.JSON if rows_of_ask else kind.instead.get(ask.media_type, ask.media_type)
    return Request(fields, given, rows_of_ask)


def _dataset(ask: Ask) -> dict[str, str | list[str]]:
    """The data set of the protocol; an empty half is a graph that is not there."""
    if ask.default_graphs is None and ask.named_graphs is None:
        return {}
    return {
        "default-graph-uri": list(ask.default_graphs or (_NOWHERE,)),
        "named-graph-uri": list(ask.named_graphs or (_NOWHERE,)),
    }
