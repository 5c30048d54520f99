"""The values of European code lists that the catalogue uses, with what a checker must know of them.

The lists themselves do not say that a language is a `dcterms:LinguisticSystem`, and so on; the
ranges of DCAT-AP ask it. So the catalogue says it of each value that it uses, with its label.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef

EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True)
class Code:
    """One value: the list it is in, its name there, its English label and the class it has."""

    scheme: str
    name: str
    label: str
    kind: URIRef | None = None

    @property
    def iri(self) -> URIRef:
        """Its address."""
        return URIRef(f"{EU}{self.scheme}/{self.name}")

    def triples(self) -> Iterator[tuple[URIRef, URIRef, URIRef | Literal]]:
        """What a checker must know of it."""
        yield self.iri, RDF.type, SKOS.Concept
        if self.kind is not None:
            yield self.iri, RDF.type, self.kind
        yield self.iri, SKOS.prefLabel, Literal(self.label, lang="en")
        yield self.iri, SKOS.inScheme, URIRef(f"{EU}{self.scheme}")


def _format(name: str, label: str) -> Code:
    return Code("file-type", name, label, DCTERMS.MediaTypeOrExtent)


SOCIETY = Code("data-theme", "SOCI", "Population and society")
DUTCH = Code("language", "NLD", "Dutch", DCTERMS.LinguisticSystem)
NETHERLANDS = Code("country", "NLD", "Netherlands", DCTERMS.Location)
PUBLIC = Code("access-right", "PUBLIC", "public", DCTERMS.RightsStatement)
IRREGULAR = Code("frequency", "IRREG", "irregular", DCTERMS.Frequency)
STABLE = Code("planned-availability", "STABLE", "stable")
SPARQL_RESULT = _format("SPARQLQRES", "SPARQL results")
_SINGLE = (SOCIETY, DUTCH, NETHERLANDS, PUBLIC, IRREGULAR, STABLE, SPARQL_RESULT)
_FORMATS: Mapping[str, Code] = {
    "application/atom+xml": _format("ATOM", "Atom Feed"),
    "application/feed+json": _format("JSON", "JSON"),
    "application/geo+json": _format("GEOJSON", "GeoJSON"),
    "application/json": _format("JSON", "JSON"),
    "application/ld+json": _format("JSON_LD", "JSON-LD"),
    "application/n-quads": _format("RDF_N_QUADS", "RDF N-Quads"),
    "application/n-triples": _format("RDF_N_TRIPLES", "RDF N-Triples"),
    "application/rdf+xml": _format("RDF_XML", "RDF/XML"),
    "application/rss+xml": _format("RSS", "RSS feed"),
    "application/trig": _format("RDF_TRIG", "RDF TriG"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _format("XLSX", "XLSX"),
    "text/csv": _format("CSV", "CSV"),
    "text/turtle": _format("RDF_TURTLE", "RDF Turtle"),
    "text/xml": _format("XML", "XML"),
}
_ADMS = "http://purl.org/adms/licencetype/"
_LICENCE_TYPES: Mapping[str, tuple[str, str]] = {
    "https://creativecommons.org/publicdomain/zero/1.0/": ("PublicDomain", "Public domain"),
    "https://creativecommons.org/licenses/by/4.0/": ("Attribution", "Attribution"),
}
_SCHEMES: Mapping[str, str] = {"data-theme": "Data theme"}


def format_of(media_type: str) -> Code:
    """The European file type of a media type.

    Raises:
        KeyError: a media type that nothing here is served in.
    """
    return _FORMATS[media_type]


def licence_type(licence: str) -> URIRef | None:
    """What kind of licence it is, by the list of ADMS; None for one that we do not know."""
    known = _LICENCE_TYPES.get(licence)
    return URIRef(_ADMS + known[0]) if known else None


def media_type(name: str) -> URIRef:
    """The address of a media type in the register of IANA."""
    return URIRef(IANA + name)


def explained(graph: Graph) -> Iterator[tuple[URIRef, URIRef, URIRef | Literal]]:
    """What a checker must know of each code and media type that a graph uses."""
    used = set(graph.objects())
    for code in dict.fromkeys((*_SINGLE, *_FORMATS.values())):
        if code.iri in used:
            yield from code.triples()
    for scheme, title in _SCHEMES.items():
        if URIRef(f"{EU}{scheme}") in used:
            yield URIRef(f"{EU}{scheme}"), RDF.type, SKOS.ConceptScheme
            yield URIRef(f"{EU}{scheme}"), DCTERMS.title, Literal(title, lang="en")
    for name, label in _LICENCE_TYPES.values():
        if (kind := URIRef(_ADMS + name)) in used:
            yield kind, RDF.type, SKOS.Concept
            yield kind, SKOS.prefLabel, Literal(label, lang="en")
            yield kind, SKOS.inScheme, URIRef(f"{_ADMS}1.0")
    for node in used:
        if isinstance(node, URIRef) and node.startswith(IANA):
            yield node, RDF.type, DCTERMS.MediaType
