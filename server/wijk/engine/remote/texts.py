"""The text of a query as an engine elsewhere gets it: what we fill in, and what we keep out."""

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise

from wijk.engine.complaints import no_pattern
from wijk.engine.remote.kinds import Kind, Union
from wijk.engine.tokens import Kind as Token
from wijk.engine.tokens import tokens
from wijk.errors import QueryRefused

# What Virtuoso takes for a function or a procedure of its own, files and addresses among them.
_INSIDE = ("bif:", "sql:", "sqlval:", "xql:", "rdfs4j:")
_CODE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def filled(text: str, bindings: Mapping[str, str]) -> str:
    """A query with terms in the place of variables, at every place: for our own small calls."""
    pieces: list[str] = []
    end = 0
    for token in tokens(text):
        if token.kind is Token.VARIABLE and token.text[1:] in bindings:
            pieces += [text[end : token.start], bindings[token.text[1:]]]
            end = token.start + len(token.text)
    return "".join((*pieces, text[end:]))


def bound(text: str, bindings: Mapping[str, str]) -> str:
    """A query whose answers have these values: a row of values at the start of its pattern."""
    if not bindings:
        return text
    names = " ".join(f"?{name}" for name in bindings)
    row = f" VALUES ({names}) {{ ({' '.join(bindings.values())}) }} "
    opening = next((token for token in tokens(text) if token.text == "{"), None)
    if opening is None:
        raise no_pattern()
    return text[: opening.start + 1] + row + text[opening.start + 1 :]


def without_dataset(text: str) -> str:
    """A query without its FROM and FROM NAMED: a data set of the protocol goes before these."""
    pieces: list[str] = []
    end = depth = 0
    start: int | None = None
    for token in tokens(text):
        depth += (token.text == "{") - (token.text == "}")
        if start is not None and token.kind in (Token.IRI, Token.PREFIXED):
            pieces.append(text[end:start])
            end, start = token.start + len(token.text), None
        elif depth == 0 and token.kind is Token.WORD and token.text.upper() == "FROM":
            start = token.start
    return " ".join((*pieces, text[end:]))


def prepared(text: str, kind: Kind, base: str | None, strangers: Iterable[str]) -> str:
    """The text as this kind of engine needs it; lines and columns before it stay apart.

    Raises:
        QueryRefused: it calls what this engine keeps for itself.
    """
    begin = f"BASE <{base}> " if base else ""
    if kind.union is Union.EXCLUDING:
        _keep_out(text)
        begin = "".join(_without(graph) for graph in strangers) + begin
    return f"{begin}\n{text}"


def _without(graph: str) -> str:
    shown = re.sub(r'[<>"{}|^`\\\x00-\x20]', "", graph)
    return (
        f"DEFINE input:default-graph-exclude <{shown}> DEFINE input:named-graph-exclude <{shown}> "
    )


def _keep_out(text: str) -> None:
    found = [(token.kind, _plain(token.text)) for token in tokens(_plain(text))]
    declared = {
        name[1]: iri[1].strip("<>")
        for (word, name), (_, iri) in zip(pairwise(found), pairwise(found[1:]), strict=False)
        if word[0] is Token.WORD and word[1].upper() == "PREFIX"
    }
    for kind, shown in found:
        whole = shown.strip("<>")
        if kind is Token.PREFIXED:
            prefix, _, local = shown.partition(":")
            whole = declared.get(f"{prefix}:", f"{prefix}:") + local.replace("\\", "")
        if kind in (Token.IRI, Token.PREFIXED) and whole.lower().startswith(_INSIDE):
            raise QueryRefused(
                f"{whole[:40]} belongs to the engine itself, and is not taken here.",
                f"{whole[:40]} is van de server zelf, en kan hier niet",
            )


def _plain(text: str) -> str:
    """The text with its \\u codes read."""

    def read(match: re.Match[str]) -> str:
        number = int(match[1] or match[2], 16)
        return chr(number) if number < 0x110000 else match[0]

    return _CODE.sub(read, text)
