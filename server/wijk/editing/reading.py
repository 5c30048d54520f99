"""Reads the record of a document out of its graph."""

from collections.abc import Mapping, Sequence

from rdflib import RDF, SKOS, Literal, URIRef
from rdflib.namespace import DCTERMS, SDO
from rdflib.term import Node

from wijk import quick, turtle
from wijk.documents import Document, base_of
from wijk.editing import kinds
from wijk.editing.fields import by_path
from wijk.editing.statements import Evidence, Part, Record, Statement
from wijk.loaded import Snapshot
from wijk.namespaces import WIJK

Pairs = Sequence[tuple[URIRef, Node]]
Blocks = Mapping[URIRef, Pairs]
_ABOUT = (RDF.type, RDF.subject, RDF.predicate, RDF.object)
_KEPT = {DCTERMS.source: "source", WIJK.basis: "basis", WIJK.status: "status", SKOS.note: "note"}


def read(document: Document, taken: Snapshot) -> Record:
    """What a document says with the fields of its kind; the rest is no part of the record.

    Statements stand in the order of the fields, and within one as in the file. What is only a
    candidate is a statement too, with its evidence (see `Statement.stated`).
    """
    said = blocks(document)
    thing = about(document, said)
    evidence = _evidence(said, thing)
    by_field: dict[str, list[Statement]] = {path: [] for path in by_path(taken, document.kind)}
    for path, value in said.get(thing, ()):
        if str(path) in by_field:
            found = (*evidence.pop((path, value), ()), *evidence.get((path, None), ()))
            by_field[str(path)].append(Statement(str(path), _term(value), found))
    for (path, unsaid), told in evidence.items():
        if unsaid is not None and str(path) in by_field:
            candidates = tuple(each for each in told if each.candidate)
            if candidates:
                by_field[str(path)].append(Statement(str(path), _term(unsaid), candidates))
    statements = tuple(each for field in by_field.values() for each in field)
    parts = _parts(said, document, taken)
    return Record(document.kind, document.slug, str(thing), statements, parts)


def blocks(document: Document) -> dict[URIRef, list[tuple[URIRef, Node]]]:
    """What a document says of each thing, in the order of its file."""
    said: dict[URIRef, list[tuple[URIRef, Node]]] = {}
    told = quick.triples(document.source, base_of(document.iri))
    for thing, path, value in sorted(document.graph) if told is None else told:
        if isinstance(thing, URIRef) and isinstance(path, URIRef):
            said.setdefault(thing, []).append((path, value))
    return said


def about(document: Document, said: Blocks) -> URIRef:
    """The thing that a document is about: of a source its web address."""
    if document.kind == "source":
        page = (RDF.type, SDO.WebPage)
        return next((it for it, pairs in said.items() if page in pairs), URIRef(""))
    return URIRef(base_of(document.iri))


def evidence_for(said: Blocks, thing: URIRef) -> dict[URIRef, tuple[URIRef, Node | None]]:
    """The property, and the value unless it is for all, that each evidence is about."""
    found: dict[URIRef, tuple[URIRef, Node | None]] = {}
    for part, pairs in said.items():
        told = dict(pairs)
        path = told.get(RDF.predicate)
        if told.get(RDF.subject) == thing and isinstance(path, URIRef):
            found[part] = (path, told.get(RDF.object))
    return found


def _evidence(
    said: Blocks, thing: URIRef
) -> dict[tuple[URIRef, Node | None], tuple[Evidence, ...]]:
    """By property and value; of what is for all values, the value is None."""
    found: dict[tuple[URIRef, Node | None], tuple[Evidence, ...]] = {}
    for part, key in evidence_for(said, thing).items():
        if (each := _one(part, said[part], key[1] is None)) is not None:
            found[key] = (*found.get(key, ()), each)
    return found


def _one(part: URIRef, pairs: Pairs, whole: bool) -> Evidence | None:
    """One evidence; None when it says more than a record can."""
    told = {path: str(value) for path, value in pairs if path not in _ABOUT}
    size = sum(path not in _ABOUT for path, _ in pairs)
    if len(told) != size or not told.keys() <= _KEPT.keys() or not _is_plain(pairs):
        return None
    said = {_KEPT[path]: text for path, text in told.items()}
    name = str(part).partition("#")[2]
    return Evidence(
        source=said.get("source", ""),
        basis=said.get("basis", ""),
        status=said.get("status", ""),
        note=said.get("note", ""),
        name=name,
        whole=whole,
    )


def _is_plain(pairs: Pairs) -> bool:
    """Whether its note is Dutch, and the rest names things."""
    return all(
        (isinstance(value, Literal) and value.language == "nl") == (path == SKOS.note)
        for path, value in pairs
        if path in _KEPT
    )


def _parts(said: Blocks, document: Document, taken: Snapshot) -> tuple[Part, ...]:
    kind, base = kinds.PARTICIPATION, f"{base_of(document.iri)}#"
    found, paths = [], by_path(taken, kind)
    for part, pairs in said.items():
        if part.startswith(base) and (RDF.type, WIJK.Participation) in pairs:
            by_field: dict[str, list[Statement]] = {path: [] for path in paths}
            for path, value in pairs:
                if str(path) in by_field:
                    by_field[str(path)].append(Statement(str(path), _term(value)))
            statements = tuple(each for field in by_field.values() for each in field)
            found.append(Part(kind, part.removeprefix(base), statements))
    return tuple(found)


def _term(value: Node) -> str:
    assert isinstance(value, URIRef | Literal), "there are no blank nodes in the data"
    return turtle.term(value)
