"""The two formats of a record: unqualified Dublin Core, and the whole document as RDF/XML."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import Graph

from wijk import turtle
from wijk.changelog import Entry
from wijk.characters import legal
from wijk.documents import base_of
from wijk.errors import WijkError
from wijk.harvesting.oai import xml
from wijk.harvesting.oai.items import Item
from wijk.harvesting.records import Record
from wijk.harvesting.rights import Agent, Terms, said

DC = "oai_dc"
RDF = "rdf"
SCHEMA = "/oai/rdf.xsd"
"""The path of the schema of the second format."""


@dataclass(frozen=True)
class Format:
    """A prefix, its namespace, where its schema is, and how a record is written in it."""

    prefix: str
    namespace: str
    schema: str
    write: Callable[[Item], xml.Element]
    altered: bool


def formats(address: Callable[[str], str], terms: Terms, publisher: Agent) -> Mapping[str, Format]:
    """The formats by their prefix; `address` gives that of a route of ours."""

    def dublin_core(item: Item) -> xml.Element:
        return _dublin_core(item, terms, publisher)

    dc = Format(DC, xml.OAI_DC, xml.SCHEMAS[xml.OAI_DC], dublin_core, altered=True)
    rdf = Format(RDF, xml.RDF, address(SCHEMA), _rdf, altered=False)
    return {DC: dc, RDF: rdf}


def _dublin_core(item: Item, terms: Terms, publisher: Agent) -> xml.Element:
    made = xml.root(xml.OAI_DC, "dc", {"oai_dc": xml.OAI_DC, "dc": xml.DC})
    if item.record is not None:
        for name, text, language in _elements(item.record, terms, publisher):
            if text:
                xml.term(made, xml.DC, name, text, language)
    return made


def _elements(record: Record, terms: Terms, publisher: Agent) -> Iterator[tuple[str, str, str]]:
    """Name, text and language of each element."""
    yield "title", record.title, "nl"
    for theme in record.themes:
        yield "subject", theme.label, "nl"
        yield "subject", theme.iri, ""
    yield "description", record.abstract, "nl"
    yield "publisher", said(publisher.name), ""
    yield "date", str(record.year or ""), ""
    yield "type", "Text", ""
    yield "identifier", record.iri, ""
    for source in record.sources:
        yield "relation", source, ""
    if record.bundle:
        yield "relation", record.bundle.iri, ""
    yield "language", "nl", ""
    for place in record.places:
        yield "coverage", place.label, "nl"
    areas = (area for it in record.places for area in (it.municipality, it.province) if area)
    for area in dict.fromkeys(areas):
        yield "coverage", f"{area.label} ({area.code})", "nl"
    yield "rights", terms.licence, ""
    yield "rights", said(terms.sentence), "nl"


def _rdf(item: Item) -> xml.Element:
    return xml.read(legal(_described(item.entry)).encode())


def _described(entry: Entry) -> str:
    """The document as it was published, in RDF/XML; empty where that cannot be."""
    try:
        source = (entry.content or "").encode()
        graph = turtle.parse(source, entry.path, base_of(entry.document))
        return turtle.serialize(graph, turtle.RDFXML).decode()
    except WijkError:  # one broken document is not the end of a whole page
        return turtle.serialize(Graph(), turtle.RDFXML).decode()
