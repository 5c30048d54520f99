"""Reading and writing RDF, every literal as it was written."""

import hashlib
import json
import logging
import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

import rdflib
from rdflib import XSD, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax, RDFSink, SinkParser, sfloat
from rdflib.plugins.serializers.turtle import TurtleSerializer
from rdflib.term import Node

from wijk import characters, jsonld, quick
from wijk.errors import TurtleSyntaxError, WijkError
from wijk.namespaces import VOCABULARIES

# "01"^^xsd:integer stays "01": rdflib decides this for the whole process, and others turn it back.
rdflib.NORMALIZE_LITERALS = False
# It tells of a wrong date with a stack trace; here that is a finding of the check.
logging.getLogger("rdflib.term").setLevel(logging.ERROR)

TURTLE = "text/turtle"
TRIG = "application/trig"
NTRIPLES = "application/n-triples"
NQUADS = "application/n-quads"
JSONLD = "application/ld+json"
RDFXML = "application/rdf+xml"
FORMATS = (TURTLE, TRIG, NTRIPLES, NQUADS, JSONLD, RDFXML)

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_PREFIX = re.compile(
    r"^[^\S\n]*(?:@prefix|PREFIX)\s+([^\s:]*):\s*<([^>]*)>", re.MULTILINE | re.IGNORECASE
)
_BASE = re.compile(r"^[^\S\n]*(?:@base|BASE)\s+<([^>]*)>", re.MULTILINE | re.IGNORECASE)


def parse(
    text: bytes,
    path: object,
    base: str = "https://wijk.invalid/",
    terms: quick.Terms | None = None,
) -> Graph:
    """Read Turtle; `base` is used when the text has no base of its own.

    Texts that are read with the same terms share them.

    Raises:
        TurtleSyntaxError: with the path and the line.
    """
    return quick.read(text, base, terms) or _by_rdflib(text, path, base)


def _by_rdflib(text: bytes, path: object, base: str) -> Graph:
    """Read any Turtle, and say where it is wrong."""
    graph = Graph(bind_namespaces="none")
    sink = _Sink(graph)
    # Blank nodes are named after the text, so that the same folder is the same everywhere.
    sink.uuid = hashlib.sha256(base.encode() + text).hexdigest()[:32]
    parser = SinkParser(sink, baseURI=base, turtle=True)
    try:
        parser.loadBuf(content := text.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        raise TurtleSyntaxError(path, line, "this is not UTF-8 text") from error
    except BadSyntax as error:
        raise TurtleSyntaxError(path, error.lines + 1, _reason(error)) from error
    except IndexError as error:
        reason = "the file ends in the middle of a statement"
        raise TurtleSyntaxError(path, parser.lines + 1, reason) from error
    except (AssertionError, ValueError) as error:  # it lost its way: a string without an end
        raise TurtleSyntaxError(path, parser.lines + 1, str(error).split(" at ^")[0]) from error
    except RecursionError as error:
        raise TurtleSyntaxError(path, parser.lines + 1, "too deeply nested") from error
    _no_odd_iris(graph, content, path)
    return graph


def declared(text: bytes) -> tuple[str | None, dict[str, str]]:
    """The base and the prefixes that a Turtle text declares."""
    content = text.decode("utf-8", "replace")
    base = _BASE.search(content)
    return (base[1] if base else None), dict(_PREFIX.findall(content))


def merged(graphs: Iterable[Iterable[tuple[Node, Node, Node]]]) -> Graph:
    """All triples of these graphs in a new one."""
    union = Graph(bind_namespaces="none")
    for triple in (triple for graph in graphs for triple in graph):
        union.add(triple)
    return union


def serialize(
    graph: Graph,
    media_type: str,
    graph_iri: str | None = None,
    context: Mapping[str, Any] | None = None,
    prefixes: Mapping[str, str] = VOCABULARIES,
) -> bytes:
    """Write a graph; TriG and N-Quads put it in the graph that is named.

    Raises:
        WijkError: a media type that is not one of FORMATS.
    """
    if media_type in (NTRIPLES, NQUADS):
        return "".join(lines(graph, graph_iri if media_type == NQUADS else None)).encode()
    bound = _bound(graph, prefixes)
    if media_type == TURTLE:
        return _turtle(bound)
    if media_type == TRIG:
        return _trig(bound, graph_iri)
    if media_type == JSONLD:
        return _jsonld(bound, context, prefixes)
    if media_type == RDFXML:
        return _rdfxml(bound)
    raise WijkError(f"Cannot write {media_type}; choose one of {', '.join(FORMATS)}.")


def lines(graph: Graph, graph_iri: str | None = None) -> Iterator[str]:
    """Sorted N-Triples, or N-Quads when a graph is named."""
    tail = f" <{graph_iri}> .\n" if graph_iri else " .\n"
    names: dict[Node, str] = {}

    def name(node: Node) -> str:
        if isinstance(node, URIRef):
            return names.get(node) or names.setdefault(node, f"<{node}>")
        return term(node) if isinstance(node, Literal) else node.n3()

    for line in sorted(f"{name(s)} {name(p)} {name(o)}" for s, p, o in graph):
        yield line + tail


def term(node: URIRef | Literal) -> str:
    """One term in N-Triples, on one line."""
    if not isinstance(node, Literal):
        return f"<{node}>"
    quoted = f'"{str(node).translate(_ESCAPES)}"'
    if node.language:
        return f"{quoted}@{node.language}"
    return f"{quoted}^^<{node.datatype}>" if node.datatype else quoted


class _Sink(RDFSink):
    """Takes literals as they are written, whatever the process has decided."""

    def newLiteral(self, s: str, dt: URIRef | None, lang: str | None) -> Literal:
        return Literal(s, datatype=dt, lang=None if dt else lang, normalize=False)

    def normalise(self, f: Any, n: Any) -> Any:
        if isinstance(n, sfloat):
            return Literal(str(n), datatype=XSD.double, normalize=False)
        return super().normalise(f, n)


class _AsWritten(TurtleSerializer):
    """The short forms of Turtle, only where they read back as the same literal."""

    def label(self, node: Node, position: int) -> str:
        if isinstance(node, Literal) and node.datatype is not None:
            return str(node) if jsonld.is_short(node) else self._typed(node)
        return super().label(node, position)

    def _typed(self, node: Literal) -> str:
        return node._literal_n3(
            use_plain=False, qname_callback=lambda datatype: self.get_pname(datatype, False)
        )


class _InOrder(Graph):
    """Tells its subjects in order, so that RDF/XML is the same in every process."""

    def subjects(
        self, predicate: Any = None, object: Any = None, unique: bool = False
    ) -> Generator[Node, None, None]:
        """Its subjects, sorted."""
        yield from sorted(super().subjects(predicate, object, unique), key=str)


def _bound(graph: Graph, prefixes: Mapping[str, str]) -> Graph:
    bound = _InOrder(bind_namespaces="none")
    for name, namespace in prefixes.items():
        bound.bind(name, namespace)
    for triple in sorted(graph, key=lambda triple: [_rank(node) for node in triple]):
        bound.add(triple)
    return bound


def _rank(node: Node) -> tuple[str, ...]:
    """By what it says; of two that say the same, by language and type."""
    if isinstance(node, Literal):
        return str(node), node.language or "", str(node.datatype or "")
    return (str(node),)


def _turtle(graph: Graph) -> bytes:
    stream = BytesIO()
    _AsWritten(graph).serialize(stream, spacious=False)
    return stream.getvalue().rstrip(b"\n") + b"\n"


def _trig(graph: Graph, graph_iri: str | None) -> bytes:
    head, body = list[str](), list[str]()
    for line in _turtle(graph).decode().split("\n"):
        (head if line.startswith("@prefix ") and not any(body) else body).append(line)
    inside = "\n".join(body).strip("\n")
    if graph_iri is None:
        return "\n".join([*head, "", inside, ""]).encode()
    return "\n".join([*head, "", f"<{graph_iri}> {{", inside, "}", ""]).encode()


def _jsonld(graph: Graph, context: Mapping[str, Any] | None, prefixes: Mapping[str, str]) -> bytes:
    chosen: Any = dict(prefixes) if context is None else dict(context)
    chosen = chosen.get("@context", chosen)
    nodes = jsonld.nodes(graph, chosen)
    body = nodes[0] if len(nodes) == 1 else {"@graph": nodes}
    return json.dumps({"@context": chosen, **body}, indent=2, ensure_ascii=False).encode() + b"\n"


def _rdfxml(graph: Graph) -> bytes:
    """RDF/XML; what XML has no place for is U+FFFD, as where the engine writes it."""
    try:
        text = graph.serialize(format="xml", encoding="utf-8").decode("utf-8", "replace")
    except ValueError as error:
        raise WijkError(f"This graph cannot be written as RDF/XML: {error}") from error
    # A bare carriage return would be read as a newline.
    return characters.legal(text, "\ufffd").replace("\r", "&#13;").encode()


def _reason(error: BadSyntax) -> str:
    """What rdflib says, without its quotation of the text."""
    why = str(error._why).strip()
    around = error._str.decode("utf-8", "replace")[error._i : error._i + 30].split("\n")[0].strip()
    return f"{why}, at '{around}'" if around else why


def _no_odd_iris(graph: Graph, content: str, path: object) -> None:
    """rdflib lets through IRIs that no other tool reads."""
    for node in {node for triple in graph for node in triple}:
        if isinstance(node, URIRef) and re.search(r'[\x00-\x20<>"{}|^`\\]', node):
            tail = re.split("[/#]", str(node).split("\n")[0])[-1]
            line = next((n for n, text in enumerate(content.split("\n"), 1) if tail in text), None)
            shown = str(node).split("\n")[0]
            raise TurtleSyntaxError(
                path, line, f"<{shown}> is not an IRI: it has a character too many"
            )
