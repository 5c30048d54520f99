"""The folder as loaded: every document, in memory, with a hash. It never changes."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from rdflib import Graph, URIRef
from rdflib.namespace import VOID

from wijk import namespaces, resources, turtle
from wijk.documents import BrokenFile, Document, base_of
from wijk.errors import GraphFolderError, TurtleSyntaxError

__all__ = ("BrokenFile", "Document", "Reading", "Snapshot", "of_documents", "read")


@dataclass(frozen=True)
class Snapshot:
    """All documents by the IRI of their graph."""

    root: Path
    base: str
    documents: Mapping[str, Document] = field(repr=False)
    digest: str
    labels: Mapping[str, str] = field(repr=False)
    concepts: Mapping[str, Document] = field(repr=False)
    quads: list[bytes] = field(default_factory=list, repr=False, compare=False)

    @property
    def prefixes(self) -> dict[str, str]:
        """The standard prefixes, with those of this data."""
        return namespaces.prefixes(self.base)

    @cached_property
    def union(self) -> Graph:
        """Every triple of every document but the shapes in one graph; not to be changed."""
        described = (each for iri, each in self.documents.items() if iri != namespaces.SHAPES)
        return turtle.merged(document.graph for document in described)

    def nquads(self) -> bytes:
        """The whole snapshot, a graph per document; if known already, it is handed over once."""
        if self.quads:
            return self.quads.pop()
        documents = (self.documents[iri] for iri in sorted(self.documents))
        return "".join(line for document in documents for line in document.lines()).encode()

    def light(self) -> "Snapshot":
        """The same without the graphs of its documents, which are read again when asked for."""
        documents = {iri: document.light() for iri, document in self.documents.items()}
        concepts = {iri: documents[scheme.iri] for iri, scheme in self.concepts.items()}
        return replace(
            self, documents=MappingProxyType(documents), concepts=MappingProxyType(concepts)
        )

    def find(self, iri: str) -> Document | None:
        """The document of that IRI; for a concept, a view of its scheme's file."""
        if iri in self.documents:
            return self.documents[iri]
        scheme = self.concepts.get(iri)
        return None if scheme is None else self._view(iri, scheme)

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
        return Document(iri, kind, slug, scheme.path, source, graph, _hash(source))


@dataclass(frozen=True)
class Reading:
    """What came of reading a folder: the snapshot of all that is well, and what is not."""

    snapshot: Snapshot
    broken: tuple[BrokenFile, ...] = ()

    @property
    def known(self) -> tuple[Document, ...]:
        """What need not be read again as long as its file is the same."""
        documents = self.snapshot.documents.values()
        return (*documents, *(part for document in documents for part in document.parts))

    def heavy(self) -> "Reading":
        """The same with the graph of every document, for who needs them many times."""
        taken = self.snapshot
        documents = {iri: document.heavy() for iri, document in taken.documents.items()}
        return replace(self, snapshot=of_documents(taken.root, taken.base, documents))


def read(
    root: Path,
    extra: Iterable[Path] = (),
    folders: Iterable[str] = resources.FOLDERS,
    known: Iterable[Document] = (),
) -> Reading:
    """Read the folder, and Turtle files from elsewhere as if they were in it.

    What is known already is taken as it is, if its file is still the same.

    Raises:
        GraphFolderError: no such folder, no graph in it, or a part that cannot be read.
    """
    needed = tuple(folders)
    resources.require(root, needed)
    base = _base(root)
    documents: dict[str, Document] = {}
    broken: list[BrokenFile] = []
    shapes: list[Document] = []
    before = {(document.iri, document.source): document for document in known}
    for path in (*_files(root, needed), *extra):
        document = _document(root, path, base, before)
        if isinstance(document, BrokenFile):
            broken.append(document)
        elif document.kind == "shape":
            shapes.append(document)
        elif (twin := documents.get(document.iri)) is not None:
            broken.append(_twin(document, twin.path))
        else:
            documents[document.iri] = document
    if shapes:
        documents[namespaces.SHAPES] = _together(shapes, before)
    return Reading(of_documents(root, base, documents), tuple(broken))


def of_documents(root: Path, base: str, documents: Mapping[str, Document]) -> Snapshot:
    """The snapshot that is made of these documents, by the IRI of their graph."""
    hashed = hashlib.sha256()
    for iri in sorted(documents):
        hashed.update(f"{iri} {documents[iri].digest}\n".encode())
    concepts = {
        namespaces.document_iri(concept, base): document
        for document in documents.values()
        for concept in document.told.concepts
        if concept.startswith(f"{base}id/")
    }
    return Snapshot(
        root,
        base,
        MappingProxyType(dict(documents)),
        hashed.hexdigest(),
        MappingProxyType(_labels(documents.values())),
        MappingProxyType(concepts),
    )


def _files(root: Path, folders: Iterable[str]) -> Iterator[Path]:
    for folder in ("data", "ontology", "shapes"):
        if folder in folders or (root / folder).is_dir():
            yield from resources.files(
                root / folder, ".ttl", resources.NOT_READ if folder == "data" else ()
            )


def _base(root: Path) -> str:
    """Where the IRIs of the data begin, as the catalogue says."""
    path = root / "data" / "catalog.ttl"
    remedy = 'Give the dataset in it a void:uriSpace, such as "https://example.org/cases/".'
    try:
        graph = turtle.parse(_bytes(path), path.relative_to(root))
    except TurtleSyntaxError as error:
        raise GraphFolderError(root, str(error), "Correct the catalogue first.") from error
    spaces = sorted({str(space) for space in graph.objects(None, VOID.uriSpace)})
    if len(spaces) != 1:
        raise GraphFolderError(path, f"it names {len(spaces)} uriSpaces, not one", remedy)
    return spaces[0]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise GraphFolderError(path, problem, "Check its owner and rights.") from error


_Known = Mapping[tuple[str, bytes], Document]


def _document(root: Path, path: Path, base: str, before: _Known) -> Document | BrokenFile:
    inside = path.is_relative_to(root)
    shown = PurePosixPath(path.relative_to(root).as_posix() if inside else path.as_posix())
    source = _bytes(path)
    if inside:
        iri, kind, slug = namespaces.name_of(shown, base)
    else:
        iri, kind, slug = namespaces.name_from(turtle.declared(source)[0], shown, base)
    if (same := before.get((iri, source))) is not None and same.path == shown:
        return same
    try:
        graph = turtle.parse(source, shown, base_of(iri))
    except TurtleSyntaxError as error:
        return BrokenFile(shown, error.line, error.reason, thing=base_of(iri), source=source)
    return Document(iri, kind, slug, shown, source, graph, _hash(source))


def _twin(document: Document, first: PurePosixPath) -> BrokenFile:
    reason = f"this file and {first} are about the same thing"
    thing, source = base_of(document.iri), document.source
    return BrokenFile(document.path, None, reason, "thing-in-two-documents", thing, source, first)


def _together(shapes: list[Document], before: _Known) -> Document:
    source = b"\n".join(document.source for document in shapes)
    if (same := before.get((namespaces.SHAPES, source))) is not None:
        return same
    graph = turtle.merged(document.graph for document in shapes)
    path = PurePosixPath("shapes")
    parts = tuple(shapes)
    return Document(namespaces.SHAPES, "shape", "", path, source, graph, _hash(source), parts)


def _labels(documents: Iterable[Document]) -> dict[str, str]:
    best: dict[str, tuple[int, int, str]] = {}
    for document in documents:
        for thing, offer in document.told.labels:
            best[thing] = min(best.get(thing, offer), offer)
    return {thing: label for thing, (_, _, label) in best.items()}


def _hash(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()
