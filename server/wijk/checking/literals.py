"""Values that are not of the type they claim: a thirteenth month, a year in words."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from rdflib import RDF, XSD, Literal, URIRef
from rdflib.term import Node

from wijk import turtle
from wijk.checking.findings import Finding, Other
from wijk.checking.places import Places
from wijk.snapshot import Document, Snapshot

_ZONE = r"(Z|[+-]\d\d:\d\d)?"


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text) is not None


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d" + _ZONE, text):
        return False
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


_WHOLE = ("een geheel getal, zoals 12", "a whole number, such as 12")
# Per type: what is sound, and what is wanted in Dutch and English.
_TYPES: dict[URIRef, tuple[Callable[[str], bool], str, str]] = {
    XSD.date: (
        _is_date,
        "een datum die bestaat, zoals 2020-03-31 (jaar-maand-dag)",
        "a date that exists, such as 2020-03-31 (year-month-day)",
    ),
    XSD.gYear: (
        _matches(r"-?\d{4,}" + _ZONE),
        "een jaar in vier cijfers, zoals 2020",
        "a year of four digits, such as 2020",
    ),
    XSD.integer: (_matches(r"[+-]?\d+"), *_WHOLE),
    XSD.nonNegativeInteger: (_matches(r"\+?\d+"), *_WHOLE),
    XSD.boolean: (_matches("true|false|0|1"), "true of false", "true or false"),
}
_ANY = ("een waarde van het type {type}", "a value of the type {type}")


def findings(
    snapshot: Snapshot, places: Places, part: Iterable[Document] | None = None
) -> Iterator[Finding]:
    """One finding for each value that is not of its type; its evidence goes along.

    In all documents, or only in a part of them.
    """
    for document in snapshot.documents.values() if part is None else part:
        wrong = [triple for triple in document.graph if _ill_typed(triple[2])]
        for thing, property, value in wrong:
            if property == RDF.object and _statement(document, thing, value) in wrong:
                continue
            echo = next(
                (one for one, at, same in wrong if at == RDF.object and same == value), None
            )
            yield _finding(document, (thing, property, value), echo, places)


def _ill_typed(value: Node) -> bool:
    if isinstance(value, URIRef) or not isinstance(value, Literal) or value.datatype is None:
        return False
    known = _TYPES.get(value.datatype)
    return not known[0](str(value)) if known else bool(value.ill_typed)


def _statement(document: Document, evidence: Node, value: Node) -> tuple[Node | None, ...]:
    """What the evidence is about."""
    graph = document.graph
    return graph.value(evidence, RDF.subject), graph.value(evidence, RDF.predicate), value


def _finding(
    document: Document, triple: tuple[Node, Node, Node], echo: Node | None, places: Places
) -> Finding:
    thing, property, value = triple
    assert isinstance(value, Literal)
    path = str(document.path)
    other = None
    if isinstance(echo, URIRef) and echo != thing:
        line = places.line(document, echo, RDF.object, value)
        other = Other(turtle.term(echo), path, line)
    return Finding(
        rule="ill-typed",
        severity="violation",
        message=_message(value),
        file=path,
        line=places.line(document, thing, property, value),
        thing=str(thing),
        property=str(property),
        value=turtle.term(value),
        other=other,
        constraint=str(value.datatype).removeprefix(str(XSD)),
    )


def _message(value: Literal) -> dict[str, str]:
    short = str(value.datatype).removeprefix(str(XSD))
    dutch, english = _TYPES[value.datatype][1:] if value.datatype in _TYPES else _ANY
    return {
        "nl": f"'{value}' kan hier niet. Schrijf {dutch.replace('{type}', short)}.",
        "en": f"'{value}' cannot stand here. Write {english.replace('{type}', short)}.",
    }
