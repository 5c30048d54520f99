"""Writes rows and graphs so that any reader of the media type can read them.

The engine writes them; what it gets wrong in XML is put right (see `xml` and `output`).
"""

from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from wijk.engine import formats, xml
from wijk.engine.output import Output

_ROWS: Final = {
    formats.JSON: ox.QueryResultsFormat.JSON,
    formats.XML: ox.QueryResultsFormat.XML,
    formats.CSV: ox.QueryResultsFormat.CSV,
    formats.TSV: ox.QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    formats.TURTLE: ox.RdfFormat.TURTLE,
    formats.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    formats.JSON_LD: ox.RdfFormat.JSON_LD,
    formats.RDF_XML: ox.RdfFormat.RDF_XML,
    formats.TRIG: ox.RdfFormat.TRIG,
    formats.N_QUADS: ox.RdfFormat.N_QUADS,
}
_PREFIXED: Final = (formats.TURTLE, formats.TRIG, formats.RDF_XML)


def rows(found: ox.QuerySolutions | ox.QueryBoolean, media_type: str, output: Output) -> None:
    """Write what a SELECT or ASK found, in one of `formats.ROWS`.

    Raises:
        QueryTooLarge: it is more than the output takes.
    """
    output.xml = media_type == formats.XML
    found.serialize(output, _ROWS[media_type])


def graph(
    found: Iterable[ox.Triple], media_type: str, prefixes: Mapping[str, str], output: Output
) -> None:
    """Write each triple once, in one of `formats.GRAPHS`, with the prefixes that they need.

    Raises:
        QueryRefused: RDF/XML has no way to write this.
        QueryTooLarge: it is more than the output takes.
    """
    triples = dict.fromkeys(found)  # a CONSTRUCT may repeat itself
    used = _used(prefixes, triples) if media_type in _PREFIXED else None
    if media_type == formats.RDF_XML:
        output.xml = True
        types = list(xml.types(triples))
        xml.require_names({iri for triple in triples for iri in xml.predicates(triple)})
        used = xml.prefixes(used or {}, types)
        if not all(map(xml.ends_in_a_name, types)):
            body = ox.serialize(triples, format=_GRAPHS[media_type], prefixes=used)
            output.write(xml.typed(body or b""))
            return
    ox.serialize(triples, output, _GRAPHS[media_type], prefixes=used)


def read_rows(body: bytes, media_type: str) -> ox.QuerySolutions | ox.QueryBoolean:
    """What these rows say, in one of `formats.ROWS`.

    Raises:
        SyntaxError, ValueError: they are not of that type.
    """
    return ox.parse_query_results(body, _ROWS[media_type])


def _used(prefixes: Mapping[str, str], triples: Iterable[ox.Triple]) -> dict[str, str]:
    heads = {_head(part) for triple in triples for part in _parts(triple)}
    return {name: iri for name, iri in prefixes.items() if iri in heads}


def _parts(triple: ox.Triple) -> Iterable[str]:
    for part in (triple.subject, triple.predicate, triple.object):
        if isinstance(part, ox.NamedNode):
            yield part.value
        elif isinstance(part, ox.Literal):
            yield part.datatype.value


def _head(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
