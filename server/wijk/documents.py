"""One named graph of the folder, its file as it was read, and what others need to know of it."""

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS, SDO
from rdflib.term import Node

from wijk import quick, turtle
from wijk.namespaces import VCARD

LABELS: Mapping[Node, int] = {
    **{RDFS.label: 0, SKOS.prefLabel: 1, DCTERMS.title: 2},
    **{SDO.name: 3, VCARD.fn: 4},
}
"""The properties that tell what people call a thing, the best first."""
# What every page needs keeps its graph, once that has been asked for.
_KEPT = ("shape", "def")
_AT_HAND = 128


@dataclass(frozen=True)
class Told:
    """What the rest of the snapshot needs to know of a document, without its graph.

    Labels are offers, the lowest is the best: Dutch before no language before any other, then by
    property. Things are the subjects with an IRI that is not a part of another one; what a document
    says of itself, such as when it was published, makes no thing of it.
    """

    labels: tuple[tuple[str, tuple[int, int, str]], ...]
    things: tuple[str, ...]
    concepts: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """One named graph: a file, the shapes together, or the view of one concept."""

    iri: str
    kind: str
    slug: str
    path: PurePosixPath
    text: "bytes | _Packed" = field(repr=False, compare=False)  # the digest tells it
    parsed: Graph | None = field(repr=False, compare=False)
    digest: str
    parts: tuple["Document", ...] = field(default=(), repr=False)

    @property
    def source(self) -> bytes:
        """Its text, as it stands in its file."""
        return self.text if isinstance(self.text, bytes) else self.text.whole()

    def pack(self, alike: bytes) -> None:
        """Keep its text packed from now on, as what differs from a text that is much like it."""
        if isinstance(self.text, bytes):
            packer = zlib.compressobj(1, zdict=alike)
            self.__dict__["text"] = _Packed(packer.compress(self.text) + packer.flush(), alike)

    @property
    def graph(self) -> Graph:
        """Its triples; not to be changed."""
        if self.parsed is not None:
            return self.parsed
        return self._own if self.kind in _KEPT else _graph(self.source, str(self.path), self.iri)

    @cached_property
    def _own(self) -> Graph:
        if self.parts:
            return quick.graph(triple for part in self.parts for triple in part.graph)
        return turtle.parse(self.source, self.path, base_of(self.iri))

    @property
    def base(self) -> str | None:
        """The base that the file declares: what the file is about."""
        return turtle.declared(self.source)[0]

    @cached_property
    def told(self) -> Told:
        """What the rest of the snapshot needs to know of it."""
        graph = self.graph
        subjects = {triple[0] for triple in graph if isinstance(triple[0], URIRef)}
        concepts = graph.subjects(RDF.type, SKOS.Concept) if self.kind == "scheme" else ()
        return Told(
            tuple(sorted(_labels(graph).items())),
            tuple(sorted(str(it) for it in subjects if self._whole(it) and str(it) != self.iri)),
            tuple(sorted(str(node) for node in concepts)),
        )

    def _whole(self, thing: URIRef) -> bool:
        """Whether this is no part of another thing; the address of a source may have a # in it."""
        page = self.kind == "source" and not thing.startswith(f"{self.base}#")
        return page or "#" not in thing

    def lines(self) -> Iterator[str]:
        """Its triples in N-Quads, sorted."""
        return turtle.lines(self.graph, self.iri)

    def light(self) -> "Document":
        """The same without its graph, which is read again from its file when it is asked for."""
        if self.parsed is None:
            return self
        parts = tuple(part.light() for part in self.parts)
        return replace(self, parsed=None, parts=parts).knowing(self.told)

    def heavy(self) -> "Document":
        """The same with its graph, for who needs it many times."""
        return self if self.parsed is not None else replace(self, parsed=self.graph)

    def knowing(self, told: Told) -> "Document":
        """The same, with what it tells known already."""
        self.__dict__["told"] = told
        return self


@dataclass(frozen=True, slots=True)
class _Packed:
    """A text, packed."""

    data: bytes
    alike: bytes

    def whole(self) -> bytes:
        """The text as it was."""
        return zlib.decompressobj(zdict=self.alike).decompress(self.data)


@dataclass(frozen=True)
class BrokenFile:
    """A file that could not be taken in, and why."""

    path: PurePosixPath
    line: int | None
    reason: str
    rule: str = "turtle-syntax"
    thing: str = ""
    source: bytes = field(default=b"", repr=False)
    twin: PurePosixPath | None = None


def hashed(source: bytes) -> str:
    """What tells one text from another."""
    return hashlib.sha256(source).hexdigest()


def base_of(iri: str) -> str:
    """The thing that a document is about, by the document's own IRI."""
    return iri.replace("/doc/", "/id/", 1)


@lru_cache(maxsize=_AT_HAND)
def _graph(source: bytes, path: str, iri: str) -> Graph:
    return turtle.parse(source, path, base_of(iri))


def label(graph: Graph, thing: str) -> str:
    """What people call a thing, by what this graph says of it; nothing when that is not there."""
    found = _labels(graph).get(thing)
    return found[2] if found else ""


def _labels(graph: Graph) -> dict[str, tuple[int, int, str]]:
    """What people call each thing: Dutch before no language before any other; never blanks."""
    best: dict[str, tuple[int, int, str]] = {}
    for thing, property, label in graph:
        rank = LABELS.get(property)
        if rank is None or not isinstance(thing, URIRef) or not isinstance(label, Literal):
            continue
        if label.strip():
            order = 0 if label.language == "nl" else 1 if label.language is None else 2
            offer = (order, rank, str(label))
            best[str(thing)] = min(best.get(str(thing), offer), offer)
    return best
