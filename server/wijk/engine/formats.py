"""The media types a query can be answered in."""

from typing import Final

JSON: Final = "application/sparql-results+json"
XML: Final = "application/sparql-results+xml"
CSV: Final = "text/csv"
TSV: Final = "text/tab-separated-values"

TURTLE: Final = "text/turtle"
N_TRIPLES: Final = "application/n-triples"
JSON_LD: Final = "application/ld+json"
RDF_XML: Final = "application/rdf+xml"
TRIG: Final = "application/trig"
N_QUADS: Final = "application/n-quads"

ROWS: Final = (JSON, XML, CSV, TSV)
"""For SELECT and ASK."""

GRAPHS: Final = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)
"""For CONSTRUCT and DESCRIBE."""

NOTHING: Final = ""
"""For who wants to know whether it is a query, and no more."""
