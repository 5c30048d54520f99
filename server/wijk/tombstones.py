"""The tombstone of a withdrawn thing: its document without name and text.

It keeps what kind of thing it was, since when it is withdrawn and why, and what took its place:

    <> a prov:Entity ;
        dcterms:type wijk:Case ;
        prov:invalidatedAtTime "2026-11-23T09:30:00Z"^^xsd:dateTime ;
        dcterms:description "Op verzoek van de bewoners."@nl ;
        dcterms:isReplacedBy case:ander .
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV

from wijk import turtle
from wijk.documents import Document, base_of

_MARK = b"invalidatedAtTime"


@dataclass(frozen=True)
class Tombstone:
    """What is told of a thing that was withdrawn; `time` is an xsd:dateTime."""

    thing: str
    time: str
    reason: str
    kinds: tuple[str, ...] = ()
    replaced_by: str = ""

    def written(self, prefixes: Mapping[str, str]) -> bytes:
        """Its document, in the house format."""
        about = URIRef(self.thing)
        lines = [
            "<> a prov:Entity",
            *(f"dcterms:type {_short(kind, prefixes)}" for kind in self.kinds),
            f'prov:invalidatedAtTime "{self.time}"^^xsd:dateTime',
            f"dcterms:description {turtle.term(Literal(self.reason, lang='nl'))}",
        ]
        if self.replaced_by:
            lines.append(f"dcterms:isReplacedBy {_short(self.replaced_by, prefixes)}")
        body = " ;\n    ".join(lines) + " .\n"
        used = [name for name in sorted(prefixes) if f" {name}:" in body or f"^^{name}:" in body]
        head = "".join(f"@prefix {name}: <{prefixes[name]}> .\n" for name in used)
        return f"@base <{about}> .\n{head}\n{body}".encode()


def of(document: Document) -> Tombstone | None:
    """The tombstone that a document is, if it is one."""
    if _MARK not in document.source:
        return None
    return _read(document.graph, URIRef(base_of(document.iri)))


def _read(graph: Graph, thing: URIRef) -> Tombstone | None:
    times = sorted(str(time) for time in graph.objects(thing, PROV.invalidatedAtTime))
    if not times:
        return None
    return Tombstone(
        str(thing),
        times[0],
        " ".join(_texts(graph.objects(thing, DCTERMS.description))),
        _texts(graph.objects(thing, DCTERMS.type)),
        next(iter(_texts(graph.objects(thing, DCTERMS.isReplacedBy))), ""),
    )


def _texts(nodes: Iterable[object]) -> tuple[str, ...]:
    return tuple(sorted(str(node) for node in nodes))


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    for name, namespace in prefixes.items():
        local = iri.removeprefix(namespace)
        if iri.startswith(namespace) and local.replace("-", "").isalnum():
            return f"{name}:{local}"
    return f"<{iri}>"
