"""References: every name that is used is described here or by a known vocabulary."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache

from rdflib import RDF, BNode, Literal, URIRef
from rdflib.term import Node

from wijk import turtle
from wijk.checking.findings import Finding
from wijk.checking.places import Names, Place, Places
from wijk.checking.shapes import nearest
from wijk.namespaces import CLOSED, MEASURE, ONTOLOGY, SHAPES, VOCABULARIES, WIJK
from wijk.snapshot import Document, Snapshot

_UNDESCRIBED = {
    "nl": "{value} heeft hier geen bestand. Verbeter de naam, of maak het bestand.",
    "en": "{value} has no file here. Correct the name, or make the file.",
}
_UNKNOWN = {
    "nl": "{value} bestaat niet in de ontologie of een bekend vocabulaire. Verbeter de naam.",
    "en": "{value} is not in the ontology or a known vocabulary. Correct the name.",
}
_BASE = {
    "nl": "Laat het bestand beginnen met @base <{value}> ., want zo heet het bestand.",
    "en": "Begin the file with @base <{value}> ., because that is what the file is called.",
}
_PREFIX = {
    "nl": "Gebruik alleen de vaste voorvoegsels; {value} is er geen.",
    "en": "Use the standard prefixes only; {value} is not one.",
}
_OTHER_NAMESPACE = {
    "nl": "Laat {value} staan voor wat het overal is; hier staat er een ander adres achter.",
    "en": "Let {value} stand for what it is everywhere; here another address stands behind it.",
}
_UNNAMED = {
    "nl": "Geef dit een eigen adres in het bestand, bijvoorbeeld <#e-titel>.",
    "en": "Give this an address of its own in the file, for example <#e-title>.",
}


@dataclass(frozen=True)
class Described:
    """The terms of our own, and whether something is described anywhere."""

    own: Set[Node]
    anywhere: Callable[[URIRef], bool]


def findings(
    snapshot: Snapshot,
    places: Places,
    names: Names,
    part: Iterable[Document] | None = None,
    known: Described | None = None,
) -> Iterator[Finding]:
    """Dangling references, unknown terms, and what a file declares about itself.

    In all documents, or only in a part of them; then who calls tells what is described.
    """
    documents = tuple(snapshot.documents.values() if part is None else part)
    for document in documents:
        if document.iri != SHAPES:
            yield from declared(document, snapshot)
            yield from _unnamed(document, places)
    if known is None:
        known = Described(own(snapshot), set(_described(snapshot)).__contains__)
    yield from _dangling(documents, known.anywhere, snapshot, places, names)
    yield from _unknown(documents, known.own, snapshot, places, names)


def _described(snapshot: Snapshot) -> Iterator[Node]:
    for document in snapshot.documents.values():
        for triple in document.graph:
            yield triple[0]


def _things(snapshot: Snapshot) -> Iterator[str]:
    """What is described and no part of another thing: documents know that without their graph."""
    for document in snapshot.documents.values():
        yield from document.told.things


def _dangling(
    documents: Iterable[Document],
    described: Callable[[URIRef], bool],
    snapshot: Snapshot,
    places: Places,
    names: Names,
) -> Iterator[Finding]:
    start = f"{snapshot.base}id/"
    sound: set[URIRef] = set()
    known: list[str] | None = None
    for document in documents:
        for triple in document.graph:
            value = triple[2]
            if not isinstance(value, URIRef) or value in sound:
                continue
            if not value.startswith(start) or described(value):
                sound.add(value)
                continue
            if known is None:
                known = [iri for iri in _things(snapshot) if iri.startswith(start)]
            kind = str(value)[: str(value).find("/", len(start)) + 1]
            allowed = [names.short(iri) for iri in known if iri.startswith(kind)]
            near = nearest(names.short(value), allowed)
            yield _finding("dangling", _UNDESCRIBED, document, triple, places, names, near)


def misread(document: Document, prefixes: Mapping[str, str]) -> tuple[str, ...]:
    """The namespaces that the document puts behind a standard prefix that is not theirs."""
    _, declared = turtle.declared(document.source)
    return tuple(
        namespace
        for name, namespace in declared.items()
        if prefixes.get(name, namespace) != namespace
    )


def _unknown(
    documents: Iterable[Document],
    own: Set[Node],
    snapshot: Snapshot,
    places: Places,
    names: Names,
) -> Iterator[Finding]:
    sound: set[Node] = set()
    for document in documents:
        for triple in document.graph:
            for used in _terms(triple):
                if used in sound:
                    continue
                if used in own or _in_vocabulary(used):
                    sound.add(used)
                elif not str(used).startswith(misread(document, snapshot.prefixes)):
                    near = nearest(names.short(used), [*_vocabulary(), *map(names.short, own)])
                    about = (triple[0], triple[1], used)
                    yield _finding("unknown-term", _UNKNOWN, document, about, places, names, near)


def own(snapshot: Snapshot) -> set[Node]:
    """The terms of the ontology, and the properties that the data describe."""
    ontology = snapshot.documents.get(ONTOLOGY)
    terms = set(ontology.graph.subjects(RDF.type)) if ontology else set()
    measures = (it.graph for it in snapshot.documents.values() if it.kind == MEASURE)
    return terms.union(*(graph.subjects(RDF.type, RDF.Property) for graph in measures))


def _terms(triple: tuple[Node, Node, Node]) -> tuple[Node, ...]:
    """The terms that a triple uses: its property, its class, and any of our own."""
    _, property, value = triple
    if isinstance(value, URIRef):
        termed = property in _TERMED or (str.startswith(value, _WIJK) and value != _WIJK)
        return (property, value) if termed else (property,)
    datatype = value.datatype if isinstance(value, Literal) else None
    return (property,) if datatype is None else (property, datatype)


_TERMED = frozenset((RDF.type, RDF.predicate))
_WIJK = URIRef(WIJK)


@cache
def _in_vocabulary(used: URIRef) -> bool:
    return any(used in vocabulary for vocabulary in CLOSED) or used.startswith(f"{RDF}_")


@cache
def _vocabulary() -> tuple[str, ...]:
    names = Names(VOCABULARIES)
    return tuple(names.short(node) for vocabulary in CLOSED for node in dir(vocabulary))


def declared(document: Document, snapshot: Snapshot) -> Iterator[Finding]:
    """What a file declares about itself that is not right, or not usual."""
    base, prefixes = turtle.declared(document.source)
    lines = document.source.decode("utf-8", "replace").splitlines()
    expected = document.iri.replace("/doc/", "/id/", 1)
    if base != expected and document.slug and document.iri.startswith(f"{snapshot.base}doc/"):
        message = {lang: text.replace("{value}", expected) for lang, text in _BASE.items()}
        line = next((n for n, text in enumerate(lines, 1) if text.startswith("@base")), 1)
        yield Finding("base", "violation", message, str(document.path), line, expected)
    for name, namespace in prefixes.items():
        if snapshot.prefixes.get(name) != namespace:
            line = next((n for n, text in enumerate(lines, 1) if f"{name}:" in text), 1)
            place = Place(str(document.path), line)
            yield _prefix(name, namespace, snapshot.prefixes, place)


def _prefix(name: str, namespace: str, prefixes: Mapping[str, str], place: Place) -> Finding:
    """A standard prefix for something else, or one that is not standard."""
    right = prefixes.get(name)
    texts = _PREFIX if right is None else _OTHER_NAMESPACE
    allowed = tuple(prefixes) if right is None else (f"<{right}>",)
    same = tuple(each for each in prefixes if prefixes[each] == namespace)
    near = () if right is not None else same or nearest(name, allowed)
    return Finding(
        rule="prefix",
        severity="warning" if right is None else "violation",
        message={lang: text.replace("{value}", f"{name}:") for lang, text in texts.items()},
        file=place.file,
        line=place.line,
        value=f"<{namespace}>",
        allowed=allowed,
        nearest=near,
    )


def _unnamed(document: Document, places: Places) -> Iterator[Finding]:
    """Blank nodes in the data that nothing refers to; a rule finds the others."""
    path = str(document.path)
    subjects = {triple[0] for triple in document.graph if type(triple[0]) is BNode}
    lost = subjects - {triple[2] for triple in document.graph} if subjects else subjects
    if path.startswith("data/") and not document.iri.endswith("/catalog") and lost:
        line = places.line(document, min(lost))
        yield Finding("blank-node", "violation", _UNNAMED, path, line)


def _finding(
    rule: str,
    messages: dict[str, str],
    document: Document,
    about: tuple[Node, Node, Node],
    places: Places,
    names: Names,
    near: tuple[str, ...],
) -> Finding:
    thing, property, value = about
    return Finding(
        rule=rule,
        severity="violation",
        message={
            lang: text.replace("{value}", names.short(value)) for lang, text in messages.items()
        },
        file=str(document.path),
        line=places.line(document, thing, property, value),
        thing=str(thing),
        property=str(property),
        value=turtle.term(value) if isinstance(value, URIRef) else "",
        nearest=near,
    )
