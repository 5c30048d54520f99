"""Between proposals and the folder: what it knows of a place, and the files once they are taken."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import DC, DCTERMS, GEO, SDO, SKOS
from rdflib.term import Node

from wijk.linking import wikidata, writing
from wijk.linking.proposals import Area, Known, Proposal
from wijk.linking.writing import Block
from wijk.namespaces import WIJK, document_iri
from wijk.snapshot import Document, Snapshot

_RELATIONS = (WIJK.exactArea, WIJK.closeArea, WIJK.hasPartArea, WIJK.withinArea)
_ORDER = (
    *(RDF.type, SDO.name, SDO.alternateName, WIJK.placeKind, SDO.containedInPlace),
    *(*_RELATIONS, WIJK.governedBy, SDO.sameAs, GEO.hasGeometry, DCTERMS.source),
)
_PARTS = dict(zip(_RELATIONS, ("exact-area", "close-area", "has-part", "within"), strict=True))
_POINT = re.compile(r"POINT\((\S+) (\S+)\)")


@dataclass(frozen=True)
class _Service:
    """What is told of a service as a source."""

    slug: str
    iri: URIRef
    title: str
    publisher: str
    rights: str
    read: str
    note: str


_SERVICES = {
    "locatieserver": _Service(
        "pdok-locatieserver",
        URIRef("https://api.pdok.nl/bzk/locatieserver/search/v3_1/ui/"),
        "Locatieserver",
        "PDOK",
        "Gegevens van CBS, Kadaster en gemeenten; noem de bron.",
        "Alleen de antwoorden op de namen van onze plekken.",
        "Gevonden met de Locatieserver op {on}: {reason}.",
    ),
    "wikidata": _Service(
        "wikidata-p382",
        URIRef(wikidata.PROPERTY),
        "Gemeentecode (P382)",
        "Wikidata",
        "CC0.",
        "Alleen de items met de codes van onze gemeenten.",
        "Gevonden in Wikidata op {on}: {reason}.",
    ),
}


def areas(taken: Snapshot) -> dict[str, list[Area]]:
    """The areas of the graph by their code."""
    found: dict[str, list[Area]] = {}
    for document in taken.documents.values():
        iri = URIRef(document.iri.replace("/doc/", "/id/", 1))
        code = document.graph.value(iri, WIJK.code) if document.kind == "area" else None
        if code is not None:
            year = document.graph.value(iri, WIJK.divisionYear)
            name = str(document.graph.value(iri, SDO.name) or code)
            of = int(str(year)) if year is not None else None
            same = frozenset(_things(document.graph, iri, SDO.sameAs))
            area = Area(iri, str(code), name, of, same)
            found.setdefault(str(code), []).append(area)
    return found


def known(taken: Snapshot, slug: str) -> Known:
    """What the graph says of a place."""
    iri = URIRef(f"{taken.base}id/place/{slug}")
    graph = taken.documents[f"{taken.base}doc/place/{slug}"].graph
    linked = {relation: frozenset(_things(graph, iri, relation)) for relation in _RELATIONS}
    around = [
        taken.labels.get(str(area), "")
        for relation in (SDO.containedInPlace, WIJK.withinArea)
        for area in sorted(graph.objects(iri, relation), key=str)
        if "/area/pv" not in str(area)
    ]
    return Known(
        iri,
        tuple(
            str(name) for one in (SDO.name, SDO.alternateName) for name in graph.objects(iri, one)
        ),
        str(graph.value(iri, WIJK.placeKind)).endswith("/gemeente"),
        tuple(dict.fromkeys(filter(None, around))),
        linked,
        tuple(_points(taken, [iri, *linked[WIJK.exactArea], *linked[WIJK.closeArea]])),
    )


def without_area(taken: Snapshot) -> list[str]:
    """The places that have no area yet, and no reason why not."""
    found = []
    for slug in taken.slugs("place"):
        graph = taken.documents[f"{taken.base}doc/place/{slug}"].graph
        thing = URIRef(f"{taken.base}id/place/{slug}")
        said = {*graph.predicates(thing)}
        if said.isdisjoint((*_RELATIONS[:3], SKOS.scopeNote)):
            found.append(slug)
    return found


def written(taken: Snapshot, accepted: Sequence[Proposal], on: date) -> dict[Path, bytes]:
    """The files as they become when these proposals are taken, by their path."""
    made: dict[Path, bytes] = {}
    for thing in dict.fromkeys(proposal.thing for proposal in accepted):
        document = taken.documents[document_iri(str(thing), taken.base)]
        mine = [proposal for proposal in accepted if proposal.thing == thing]
        source, graph = _without_candidates(document.source, document.graph, mine)
        main = Block(thing, [(each.predicate, each.value) for each in mine])
        parts = list(_evidence(graph, mine, taken.base, on))
        text = writing.added(source, main, parts, taken.prefixes, _ORDER)
        made[taken.root / document.path] = text
    for proposal in accepted:
        if proposal.make is not None:
            made |= _area(taken, proposal)
        made |= _source(taken, _SERVICES[proposal.by])
    return made


def _evidence(graph: Graph, accepted: Iterable[Proposal], base: str, on: date) -> Iterable[Block]:
    names = {*graph.subjects()}
    for proposal in accepted:
        service = _SERVICES[proposal.by]
        part = _PARTS.get(proposal.predicate, "same-as")
        subject = writing.name(names, URIRef(f"{proposal.thing}#e-{part}"))
        names.add(subject)
        note = service.note.format(on=on.isoformat(), reason=proposal.reason)
        pairs: list[tuple[URIRef, Node]] = [
            *((RDF.type, WIJK.Evidence), (RDF.subject, proposal.thing)),
            *((RDF.predicate, proposal.predicate), (RDF.object, proposal.value)),
            (WIJK.basis, URIRef(f"{base}id/basis/inferred")),
            (WIJK.status, URIRef(f"{base}id/status/asserted")),
            *((DCTERMS.source, service.iri), (SKOS.note, Literal(note, lang="nl"))),
        ]
        yield Block(subject, pairs)


def _without_candidates(
    source: bytes, graph: Graph, accepted: Iterable[Proposal]
) -> tuple[bytes, Graph]:
    """The document without the candidates that are now confirmed."""
    confirmed = {(each.predicate, each.value) for each in accepted}
    gone = [
        one
        for one in graph.subjects(RDF.type, WIJK.Evidence)
        if str(graph.value(one, WIJK.status)).endswith("/candidate")
        and (graph.value(one, RDF.predicate), graph.value(one, RDF.object)) in confirmed
    ]
    return (writing.without(source, gone), graph) if gone else (source, graph)


def _area(taken: Snapshot, proposal: Proposal) -> dict[Path, bytes]:
    """The file of an area that has none yet, with the service as its source."""
    area = proposal.make
    if area is None:
        return {}
    kind = {"WK": "wijk", "BU": "buurt", "GM": "gemeente"}[area.code[:2]]
    year = Literal(str(area.year), datatype=XSD.gYear)
    pairs: list[tuple[URIRef, Node]] = [
        *((RDF.type, WIJK.Area), (SDO.name, Literal(area.name, lang="nl"))),
        (WIJK.placeKind, URIRef(f"{taken.base}id/place-kind/{kind}")),
        (WIJK.withinArea, URIRef(f"{taken.base}id/area/gm{area.code[2:6]}")),
        (DCTERMS.source, _SERVICES[proposal.by].iri),
        *((WIJK.code, Literal(area.code)), (WIJK.divisionYear, year)),
    ]
    path = taken.root / "data" / "areas" / f"{str(area.iri).rpartition('/')[2]}.ttl"
    return {path: writing.document(area.iri, [Block(area.iri, pairs)], taken.prefixes)}


def _source(taken: Snapshot, service: _Service) -> dict[Path, bytes]:
    """The file of the service as a source, when it has none yet."""
    if any((service.iri, RDF.type, SDO.WebPage) in each.graph for each in _sources(taken)):
        return {}
    thing = URIRef(f"{taken.base}id/source/{service.slug}")
    pairs: list[tuple[URIRef, Node]] = [
        *((RDF.type, SDO.WebPage), (DCTERMS.title, Literal(service.title, lang="nl"))),
        *(
            (DC.publisher, Literal(service.publisher)),
            (DCTERMS.rights, Literal(service.rights, "nl")),
        ),
        (WIJK.whatWasRead, Literal(service.read, lang="nl")),
    ]
    path = taken.root / "data" / "sources" / f"{service.slug}.ttl"
    return {path: writing.document(thing, [Block(service.iri, pairs)], taken.prefixes)}


def _sources(taken: Snapshot) -> Iterable[Document]:
    return (each for each in taken.documents.values() if each.kind == "source")


def _things(graph: Graph, thing: URIRef, relation: URIRef) -> list[URIRef]:
    return [value for value in graph.objects(thing, relation) if isinstance(value, URIRef)]


def _points(taken: Snapshot, things: Iterable[URIRef]) -> Iterable[tuple[float, float]]:
    for thing in things:
        document = taken.documents.get(document_iri(str(thing), taken.base))
        graph = document.graph if document else Graph()
        for geometry in graph.objects(thing, GEO.hasGeometry):
            found = _POINT.fullmatch(str(graph.value(geometry, GEO.asWKT)))
            if found:
                yield float(found[1]), float(found[2])
