"""The folder as loaded: every document, in memory, with a hash. It never changes."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from rdflib import Graph, URIRef

from wijk import namespaces, turtle
from wijk.documents import Document, hashed
from wijk.remarks import Remarks


@dataclass(frozen=True)
class Snapshot:
    """All documents by the IRI of their graph; and what a check said of them, when it was kept."""

    root: Path
    base: str
    documents: Mapping[str, Document] = field(repr=False)
    digest: str
    quads: list[bytes] = field(default_factory=list, repr=False, compare=False)
    remarks: Remarks | None = field(default=None, repr=False, compare=False)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The standard prefixes, with those of this data."""
        return namespaces.prefixes(self.base)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What to call each thing."""
        return MappingProxyType(_labels(self.documents.values()))

    @cached_property
    def made(self) -> dict[str, object]:
        """What others made of all of it and keep with it, by a name."""
        return {}

    @cached_property
    def concepts(self) -> Mapping[str, Document]:
        """The document that describes each concept, by the IRI of the concept's own document."""
        found = {
            namespaces.document_iri(concept, self.base): document
            for document in self.documents.values()
            for concept in document.told.concepts
            if concept.startswith(f"{self.base}id/")
        }
        return MappingProxyType(found)

    @cached_property
    def union(self) -> Graph:
        """Every triple of every document but the shapes in one graph; not to be changed."""
        described = (each for iri, each in self.documents.items() if iri != namespaces.SHAPES)
        return turtle.merged(document.graph for document in described)

    @cached_property
    def shaped(self) -> Graph:
        """The same without the figures: what the shapes look at; not to be changed."""
        described = (each for iri, each in self.documents.items() if iri != namespaces.SHAPES)
        return turtle.merged(it.graph for it in described if it.kind != namespaces.FIGURE)

    def nquads(self) -> bytes:
        """The whole snapshot, a graph per document; if known already, it is handed over once."""
        if self.quads:
            return self.quads.pop()
        documents = (self.documents[iri] for iri in sorted(self.documents))
        return b"".join("".join(document.lines()).encode() for document in documents)

    def light(self) -> "Snapshot":
        """The same without the graphs of its documents, which are read again when asked for."""
        documents = {iri: document.light() for iri, document in self.documents.items()}
        return replace(self, documents=MappingProxyType(documents))

    def pack(self) -> None:
        """Keep the texts of all documents packed: those of one kind are much alike."""
        alike: dict[str, bytes] = {}
        for document in self.documents.values():
            document.pack(alike.setdefault(document.kind, document.source))

    def find(self, iri: str) -> Document | None:
        """The document of that IRI; for a concept, a view of its scheme's file."""
        if iri in self.documents:
            return self.documents[iri]
        scheme = self.concepts.get(iri)
        return None if scheme is None else self._view(iri, scheme)

    def has(self, kind: str, slug: str) -> bool:
        """Whether there is a thing or concept of that kind with that slug."""
        document = f"{self.base}doc/{kind}/{slug}"
        return document in self.documents or document in self.concepts

    def slugs(self, kind: str) -> tuple[str, ...]:
        """The slugs of all things or concepts of a kind, sorted."""
        start = f"{self.base}doc/{kind}/"
        found = [iri for iri in (*self.documents, *self.concepts) if iri.startswith(start)]
        return tuple(sorted({iri.removeprefix(start) for iri in found}))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of things and concepts that are here."""
        start = f"{self.base}doc/"
        found = [iri for iri in (*self.documents, *self.concepts) if iri.startswith(start)]
        return frozenset(rest.partition("/")[0] for rest in (iri[len(start) :] for iri in found))

    def _view(self, iri: str, scheme: Document) -> Document:
        kind, _, slug = iri.removeprefix(f"{self.base}doc/").partition("/")
        concept = URIRef(f"{self.base}id/{kind}/{slug}")
        graph = Graph(bind_namespaces="none")
        for triple in scheme.graph:
            if triple[0] == concept or str(triple[0]).startswith(f"{concept}#"):
                graph.add(triple)
        source = turtle.serialize(graph, turtle.TURTLE, prefixes=self.prefixes)
        return Document(iri, kind, slug, scheme.path, source, graph, hashed(source))


def of_documents(root: Path, base: str, documents: Mapping[str, Document]) -> Snapshot:
    """The snapshot that is made of these documents, by the IRI of their graph."""
    whole = hashlib.sha256()
    for iri in sorted(documents):
        whole.update(f"{iri} {documents[iri].digest}\n".encode())
    return Snapshot(root, base, MappingProxyType(dict(documents)), whole.hexdigest())


def _labels(documents: Iterable[Document]) -> dict[str, str]:
    best: dict[str, tuple[int, int, str]] = {}
    for document in documents:
        for thing, offer in document.told.labels:
            best[thing] = min(best.get(thing, offer), offer)
    return {thing: label for thing, (_, _, label) in best.items()}
