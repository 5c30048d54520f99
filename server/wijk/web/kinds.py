"""Which format a query is answered in: as a parameter says, in the way SPARQLWrapper does; else as
the Accept header says."""

from functools import lru_cache

from starlette.requests import Request

from wijk.engine import formats
from wijk.web import negotiation, replies
from wijk.web.negotiation import HTML
from wijk.web.requests import BadRequest, Wanted

_PARAMETERS = ("format", "output", "results")
_PAGE_NAMES = {"html": HTML, HTML: HTML, "application/xhtml+xml": HTML}
_ROW_NAMES = {
    **{"json": formats.JSON, "xml": formats.XML, "csv": formats.CSV, "tsv": formats.TSV},
    **{kind: kind for kind in formats.ROWS},
}
_GRAPH_NAMES = {
    **dict.fromkeys(("xml", "rdf", "rdfxml", "rdf+xml"), formats.RDF_XML),
    **dict.fromkeys(("json", "jsonld", "json-ld"), formats.JSON_LD),
    **dict.fromkeys(("turtle", "ttl", "n3"), formats.TURTLE),
    **dict.fromkeys(("nt", "ntriples", "n-triples"), formats.N_TRIPLES),
    **dict.fromkeys(("nq", "nquads", "n-quads"), formats.N_QUADS),
    "trig": formats.TRIG,
    **{kind: kind for kind in formats.GRAPHS},
}
_ROW_ALIASES = {
    "application/json": formats.JSON,
    "application/xml": formats.XML,
    "text/xml": formats.XML,
    "application/xhtml+xml": HTML,
}
_GRAPH_ALIASES = {
    "application/json": formats.JSON_LD,
    "application/xml": formats.RDF_XML,
    "text/xml": formats.RDF_XML,
    "text/plain": formats.N_TRIPLES,
    "text/n3": formats.TURTLE,
    "application/x-turtle": formats.TURTLE,
    "application/xhtml+xml": HTML,
}
_ROWS = {**_ROW_ALIASES, **_ROW_NAMES, **_PAGE_NAMES}
_GRAPHS = {**_GRAPH_ALIASES, **_GRAPH_NAMES, **_PAGE_NAMES}
_A_TABLE = (
    "With SELECT or ASK the answer is a table: choose CSV, TSV, JSON or XML.",
    "Met SELECT of ASK is het antwoord een tabel: kies CSV, TSV, JSON of XML.",
)
_A_GRAPH = (
    "With CONSTRUCT or DESCRIBE the answer is a graph: choose Turtle.",
    "Met CONSTRUCT of DESCRIBE is het antwoord een graaf: kies Turtle.",
)
_DESCRIPTION = (formats.TURTLE, formats.N_TRIPLES, formats.RDF_XML, formats.JSON_LD, HTML)


def wanted_kind(request: Request, wanted: Wanted, graph: bool) -> str | None:
    """The media type for the rows or the graph that a query gives; None when there is none.

    Raises:
        BadRequest: a parameter names a format that nothing here has.
    """
    if named := _named(wanted):
        return (_GRAPHS if graph else _ROWS).get(named)
    return _chosen(replies.accept(request), graph)


@lru_cache(maxsize=128)
def _chosen(accept: str | None, graph: bool) -> str | None:
    offered = formats.GRAPHS if graph else formats.ROWS
    aliases = _GRAPH_ALIASES if graph else _ROW_ALIASES
    return negotiation.choose(accept, (*offered, HTML), aliases)


def not_acceptable(wanted: Wanted, graph: bool, for_people: bool) -> BadRequest:
    """The refusal of a format that this form of query has not, with those it has.

    People are told those of the page; programs the media types.
    """
    plain, dutch = _A_GRAPH if graph else _A_TABLE
    form = "CONSTRUCT or DESCRIBE" if graph else "SELECT or ASK"
    there = ", ".join((*(formats.GRAPHS if graph else formats.ROWS), HTML))
    said = f"A {form} is not answered as {_named(wanted) or 'you ask'}, but as {there}."
    return BadRequest(plain if for_people else said, 406, dutch)


def of_description(request: Request) -> str:
    """The media type for what the service says of itself.

    Raises:
        BadRequest: it is not there as the client wants it.
    """
    chosen = negotiation.choose(replies.accept(request), _DESCRIPTION, _GRAPH_ALIASES)
    if chosen is None:
        there = ", ".join(_DESCRIPTION)
        raise BadRequest(f"The description of this service is there as {there}.", 406)
    return chosen


def _named(wanted: Wanted) -> str:
    """The format that the first parameter about it names, or nothing."""
    for parameter in _PARAMETERS:
        value = wanted.given.get(parameter, "").strip().lower().replace(" ", "+")
        if value and value not in _ROWS and value not in _GRAPHS:
            names = ", ".join(sorted({*_ROW_NAMES, *_GRAPH_NAMES, *_PAGE_NAMES}))
            raise BadRequest(f"'{value[:80]}' is not a format of this service. Choose of: {names}.")
        if value:
            return value
    return ""
