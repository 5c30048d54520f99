"""The formats of a document, by the suffix of its address."""

from collections.abc import Mapping

from wijk import turtle
from wijk.web.negotiation import HTML

SUFFIXES: Mapping[str, str] = {
    ".html": HTML,
    ".ttl": turtle.TURTLE,
    ".trig": turtle.TRIG,
    ".jsonld": turtle.JSONLD,
    ".nt": turtle.NTRIPLES,
    ".nq": turtle.NQUADS,
    ".rdf": turtle.RDFXML,
}
"""The media type behind the suffix of an address."""
NAMES: Mapping[str, str] = {
    ".ttl": "Turtle",
    ".trig": "TriG",
    ".jsonld": "JSON-LD",
    ".nt": "N-Triples",
    ".nq": "N-Quads",
    ".rdf": "RDF/XML",
}
"""What people call the formats of RDF."""
