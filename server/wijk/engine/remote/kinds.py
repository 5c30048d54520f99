"""What differs between engines: one table. docs/scale-out.md says it in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from wijk.engine import formats
from wijk.errors import BadSetting


class Union(Enum):
    """How a query gets the union of all documents as its default graph."""

    NATIVE = "it is so by itself"
    PARAMETER = "a parameter of the request asks for it"
    EXCLUDING = "it is so by itself, and a pragma leaves out what is not ours"


@dataclass(frozen=True)
class Kind:
    """One kind of engine.

    Addresses are paths behind the address that is given; a given address that ends in one of them
    is taken to be that one. `server` is how its Server header begins. `partial` are header fields
    that come with an answer that is not whole. What is asked in a media type of `instead` is asked
    in another one, and written anew here. An answer that ends with `stopped` is not whole, nor is
    one in a media type of `lines` that does not end its last line. A literal of a datatype in
    `as_text` is put as plain text, because the engine would make something else of it.
    """

    name: str
    server: str
    query: str
    update: str
    store: str
    digest: bool = False
    union: Union = Union.NATIVE
    parameters: Mapping[str, str] = field(default_factory=dict)
    timeout: str = ""
    timeout_unit: float = 1.0
    partial: tuple[str, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict)
    odd_rows: bool = False
    as_text: tuple[str, ...] = ()
    stopped: bytes = b""
    lines: tuple[str, ...] = ()


_GRAPHS_ANEW = {media: formats.N_TRIPLES for media in formats.GRAPHS}

OXIGRAPH = Kind(
    *("oxigraph", "Oxigraph", "/query", "/update", "/store"),
    union=Union.PARAMETER,
    parameters={"union-default-graph": ""},
    stopped=b"The SPARQL operation has been cancelled",
    lines=(*(formats.CSV, formats.TSV), *(formats.TURTLE, formats.TRIG, formats.N_QUADS)),
)
VIRTUOSO = Kind(
    *("virtuoso", "Virtuoso", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
    digest=True,
    union=Union.EXCLUDING,
    timeout="timeout",
    timeout_unit=1000,
    partial=("X-SQL-State", "X-SPARQL-MaxRows"),
    instead={formats.CSV: formats.JSON, formats.TSV: formats.JSON, **_GRAPHS_ANEW},
    odd_rows=True,
    as_text=("http://www.opengis.net/ont/geosparql#wktLiteral",),
)
FUSEKI = Kind(*("fuseki", "Apache Jena Fuseki", "/query", "/update", "/data"), timeout="timeout")
GRAPHDB = Kind(*("graphdb", "GraphDB", "", "/statements", "/rdf-graphs/service"), timeout="timeout")
STARDOG = Kind(
    *("stardog", "Stardog", "/query", "/update", ""), timeout="timeout", timeout_unit=1000
)
NEPTUNE = Kind(
    *("neptune", "Amazon Neptune", "/sparql", "/sparql", "/sparql/gsp/"),
    timeout="queryTimeout",
    timeout_unit=1000,
)
PLAIN = Kind("plain", "", "", "", "")
"""Any other engine of the SPARQL 1.1 Protocol and the Graph Store Protocol."""

KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (OXIGRAPH, VIRTUOSO, FUSEKI, GRAPHDB, STARDOG, NEPTUNE, PLAIN)
}


def chosen(name: str) -> Kind:
    """The kind of that name.

    Raises:
        BadSetting: there is none.
    """
    if name not in KINDS:
        raise BadSetting(f"'{name}' is not a kind of engine; it must be one of {', '.join(KINDS)}.")
    return KINDS[name]


def of_server(header: str) -> Kind:
    """The kind that a Server header tells of; any engine when it tells of none we know."""
    told = (kind for kind in KINDS.values() if kind.server and header.startswith(kind.server))
    return next(told, PLAIN)
