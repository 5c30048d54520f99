"""What the data hold, in VoID: sizes, classes, properties, links, files, and questions to ask.

Example questions are those of SHACL (`sh:SPARQLExecutable`), as editors of SPARQL collect them:
each is a whole query that gives an answer here as it stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import DCTERMS, FOAF, RDF, SH, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDFS, SDO, VOID

from wijk import turtle
from wijk.harvesting.catalogue.model import Catalogue, Triple
from wijk.harvesting.rights import dataset_of

PATH = "/.well-known/void"
_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_SERIALIZATIONS = ("Turtle", "JSON-LD", "N-Triples", "N-Quads", "RDF_XML", "TriG")
_DUMPS = (turtle.NQUADS, turtle.TURTLE, turtle.JSONLD)
_PREFIX = re.compile(r"^PREFIX\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE)
_FORM = re.compile(r"^(SELECT|CONSTRUCT|ASK|DESCRIBE)\b", re.MULTILINE | re.IGNORECASE)
_EXECUTABLES: Mapping[str, tuple[URIRef, URIRef]] = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
}
Row = Mapping[str, str]


@dataclass(frozen=True)
class Example:
    """A question with its example values filled in: its name, what it asks, and the query."""

    name: str
    summary: str
    text: str


def graph(
    catalogue: Catalogue, rows: Iterable[Row], examples: Iterable[Example], sparql: str
) -> Graph:
    """All of it; the rows are those of `harvest-void.rq`.

    `sparql` is where the endpoint is; empty when there is none, and then there are no examples.
    """
    told: dict[str, list[Row]] = {}
    for row in rows:
        told.setdefault(row["kind"], []).append(row)
    made = Graph(bind_namespaces="none")
    for part in (
        _of_description(catalogue),
        _of_whole(catalogue, told, sparql),
        _of_subsets(catalogue, told, sparql),
        _of_partitions(catalogue, told),
        _of_links(catalogue, told),
        _of_examples(catalogue, examples, sparql),
    ):
        for triple in part:
            made.add(triple)
    return made


def whole(catalogue: Catalogue) -> URIRef:
    """All datasets together, as one."""
    return URIRef(f"{catalogue.iri}#all")


def _of_description(catalogue: Catalogue) -> Iterator[Triple]:
    about = catalogue.url(PATH)
    yield about, RDF.type, VOID.DatasetDescription
    yield about, DCTERMS.title, Literal("Wat er in deze gegevens zit (VoID)", lang="nl")
    yield about, DCTERMS.title, Literal("What is in these data (VoID)", lang="en")
    yield about, FOAF.primaryTopic, whole(catalogue)


def _of_whole(catalogue: Catalogue, told: Mapping[str, list[Row]], sparql: str) -> Iterator[Triple]:
    about, publisher = whole(catalogue), catalogue.rights.publisher
    yield about, RDF.type, VOID.Dataset
    for subject, property, value in catalogue.written:
        if (subject, property) == (catalogue.iri, DCTERMS.title):
            yield about, DCTERMS.title, value
    if publisher.iri:
        yield about, DCTERMS.publisher, URIRef(publisher.iri)
    yield about, FOAF.homepage, catalogue.url("/")
    yield about, VOID.uriSpace, Literal(catalogue.base)
    if sparql:
        yield about, VOID.sparqlEndpoint, URIRef(sparql)
    yield about, VOID.triples, _number(sum(int(row["count"]) for row in told.get("graph", [])))
    for row in told.get("thing", []):
        yield about, VOID.entities, _number(int(row["count"]))
    yield about, VOID.classes, _number(len(told.get("class", [])))
    yield about, VOID.properties, _number(len(told.get("property", [])))
    yield about, VOID.documents, _number(len(told.get("graph", [])))
    for name in _SERIALIZATIONS:
        yield about, VOID.feature, _FORMATS[name]
    used = [row["of"] for kind in ("class", "property") for row in told.get(kind, [])]
    for space in sorted({re.sub(r"[^/#]*$", "", of) for of in used}):
        if not space.startswith(catalogue.base):
            yield about, VOID.vocabulary, URIRef(space)


def _of_subsets(
    catalogue: Catalogue, told: Mapping[str, list[Row]], sparql: str
) -> Iterator[Triple]:
    sizes: dict[str | None, int] = {}
    for row in told.get("graph", []):
        kind = row["of"].removeprefix(f"{catalogue.base}doc/").partition("/")[0]
        sizes[dataset_of(kind)] = sizes.get(dataset_of(kind), 0) + int(row["count"])
    for name, terms in catalogue.rights.datasets.items():
        about = URIRef(terms.dataset)
        yield whole(catalogue), VOID.subset, about
        yield about, RDF.type, VOID.Dataset
        for language, title in terms.title.items():
            yield about, DCTERMS.title, Literal(title, lang=language or None)
        if terms.licence:
            yield about, DCTERMS.license, URIRef(terms.licence)
        yield about, VOID.triples, _number(sizes.get(name, 0))
        if sparql:
            yield about, VOID.sparqlEndpoint, URIRef(sparql)
        for offer in catalogue.offered(name):
            if offer.size is not None and offer.media_type in _DUMPS:
                yield about, VOID.dataDump, catalogue.url(offer.path)
                if offer.media_type == turtle.NQUADS and not offer.packed:
                    yield whole(catalogue), VOID.dataDump, catalogue.url(offer.path)


def _of_partitions(catalogue: Catalogue, told: Mapping[str, list[Row]]) -> Iterator[Triple]:
    kinds = (
        ("class", VOID.classPartition, VOID["class"], VOID.entities),
        ("property", VOID.propertyPartition, VOID.property, VOID.triples),
    )
    for kind, partition, names, counts in kinds:
        for row in told.get(kind, []):
            about = URIRef(f"{catalogue.iri}#{kind}-{_slug(row['of'])}")
            yield whole(catalogue), partition, about
            yield about, names, URIRef(row["of"])
            yield about, counts, _number(int(row["count"]))


def _of_links(catalogue: Catalogue, told: Mapping[str, list[Row]]) -> Iterator[Triple]:
    for row in told.get("link", []):
        if row["space"].startswith(catalogue.base):
            continue
        about = URIRef(f"{catalogue.iri}#links-{_slug(row['of'])}-{_slug(row['space'])}")
        target = URIRef(f"{about}-target")
        yield whole(catalogue), VOID.subset, about
        yield about, RDF.type, VOID.Linkset
        yield about, VOID.linkPredicate, URIRef(row["of"])
        yield about, VOID.subjectsTarget, whole(catalogue)
        yield about, VOID.objectsTarget, target
        yield about, VOID.triples, _number(int(row["count"]))
        yield target, RDF.type, VOID.Dataset
        yield target, VOID.uriSpace, Literal(row["space"])


def _of_examples(
    catalogue: Catalogue, examples: Iterable[Example], sparql: str
) -> Iterator[Triple]:
    prefixes = URIRef(f"{catalogue.iri}#prefixes")
    declared: dict[str, str] = {}
    for example in examples:
        form = _FORM.search(example.text)
        if form is None or form[1].upper() not in _EXECUTABLES:
            continue
        kind, text = _EXECUTABLES[form[1].upper()]
        about = URIRef(f"{catalogue.iri}#{example.name}")
        yield about, RDF.type, SH.SPARQLExecutable
        yield about, RDF.type, kind
        yield about, RDFS.label, Literal(example.summary, lang="nl")
        yield about, RDFS.comment, Literal(example.summary, lang="nl")
        yield about, text, Literal(example.text)
        yield about, SH.prefixes, prefixes
        yield about, SDO.target, URIRef(sparql)
        declared |= dict(_PREFIX.findall(example.text))
    yield prefixes, RDF.type, OWL.Ontology
    for prefix, namespace in sorted(declared.items()):
        part = URIRef(f"{prefixes}-{prefix}")
        yield prefixes, SH.declare, part
        yield part, RDF.type, SH.PrefixDeclaration
        yield part, SH.prefix, Literal(prefix)
        yield part, SH.namespace, Literal(namespace, datatype=XSD.anyURI)


def _slug(iri: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", iri.partition("://")[2].lower()).strip("-")


def _number(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.integer)
