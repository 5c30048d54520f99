"""Reads the folder: what is well becomes a snapshot, and what is not is told."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from rdflib.namespace import VOID

from wijk import namespaces, quick, resources, tombstones, turtle
from wijk.documents import BrokenFile, Document, base_of, hashed
from wijk.errors import GraphFolderError, TurtleSyntaxError
from wijk.loaded import Snapshot, of_documents

__all__ = (
    "BrokenFile",
    "Document",
    "Reading",
    "Snapshot",
    "edited",
    "is_there",
    "of_documents",
    "read",
    "reread",
)

_READ = ("data", "ontology", "shapes")
_CATALOG = PurePosixPath("data/catalog.ttl")


@dataclass(frozen=True)
class Reading:
    """What came of reading a folder: the snapshot of all that is well, and what is not."""

    snapshot: Snapshot
    broken: tuple[BrokenFile, ...] = ()

    @property
    def parts(self) -> Iterator[Document]:
        """Each file that is well."""
        for document in self.snapshot.documents.values():
            yield from document.parts or (document,)

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
    before = {(document.path, document.digest): document for document in known}
    terms = quick.Terms()
    paths = (*_files(root, needed), *extra)
    found = [_document(root, path, base, before, terms) for path in paths]
    return _gathered(root, base, found, before)


def reread(before: Reading, changed: Iterable[Path]) -> Reading:
    """Read those files again that changed, of a folder of which the rest is as it was.

    Raises:
        GraphFolderError: as `read` does.
    """
    root, base = before.snapshot.root, before.snapshot.base
    touched = {it.path for it in before.broken} | set(_inside(root, changed))
    whole = all((root / folder).is_dir() for folder in resources.FOLDERS)
    if not whole or _CATALOG in touched:
        return read(root, known=before.known)
    gone = {path for path in touched if not os.path.lexists(root / path)}
    for folder in {(root / path).parent for path in gone}:
        if folder.exists():
            resources.files(folder, ".ttl")  # what cannot be read is not gone
    known = {
        (document.path, document.digest): document
        for document in before.known
        if document.path in touched or document.kind == "shape"
    }
    kept = [part for part in before.parts if part.path not in touched]
    found = [_document(root, root / path, base, known) for path in sorted(touched - gone)]
    return _gathered(root, base, [*kept, *found], known)


def is_there(document: str, taken: Snapshot) -> bool:
    """Whether the document of a thing, or of a concept, is in the folder and no tombstone."""
    found = taken.documents.get(document)
    return document in taken.concepts if found is None else tombstones.of(found) is None


def edited(before: Reading, files: Mapping[PurePosixPath, bytes | None]) -> Reading:
    """The folder as it would be with these files written, or gone where there is no text.

    Nothing is read or written: the rest is as it was. The paths are those of the folder, such as
    data/cases/pluktuin-zuid.ttl; the catalogue is not among them.
    """
    root, base = before.snapshot.root, before.snapshot.base
    known = {(it.path, it.digest): it for it in before.known if it.kind == "shape"}
    kept = [part for part in before.parts if part.path not in files]
    told = ((path, text) for path, text in files.items() if text is not None)
    found = [parsed(path, text, base, known) for path, text in told]
    broken = [file for file in before.broken if file.path not in files]
    made = _gathered(root, base, [*kept, *found], known)
    return replace(made, broken=tuple(sorted((*made.broken, *broken), key=lambda it: it.path)))


def _inside(root: Path, changed: Iterable[Path]) -> Iterator[PurePosixPath]:
    """Which of these files hold documents, as they are called in the folder."""
    top = Path(os.path.abspath(root))
    for path in changed:
        if path.name.endswith(".ttl") and path.is_relative_to(top):
            shown = PurePosixPath(path.relative_to(top).as_posix())
            first, second = (*shown.parts, "")[:2]
            if first in _READ and not (first == "data" and second in resources.NOT_READ):
                yield shown


def _gathered(
    root: Path, base: str, found: Iterable[Document | BrokenFile], before: "_Known"
) -> Reading:
    """The snapshot of these files, in any order."""
    documents: dict[str, Document] = {}
    broken: list[BrokenFile] = []
    shapes: list[Document] = []
    twins: list[Document] = []
    for document in found:
        if isinstance(document, BrokenFile):
            broken.append(document)
        elif document.kind == "shape":
            shapes.append(document)
        elif (twin := documents.get(document.iri)) is None:
            documents[document.iri] = document
        else:
            first, second = sorted((twin, document), key=_order)
            documents[document.iri] = first
            twins.append(second)
    broken += [_twin(document, documents[document.iri].path) for document in twins]
    if shapes:
        documents[namespaces.SHAPES] = _together(sorted(shapes, key=_order), before)
    return Reading(
        of_documents(root, base, documents), tuple(sorted(broken, key=lambda it: it.path))
    )


def _order(document: Document) -> tuple[int, PurePosixPath]:
    """Where a file comes when a folder is read; what is from elsewhere comes last."""
    first = document.path.parts[0]
    return _READ.index(first) if first in _READ else len(_READ), document.path


def _files(root: Path, folders: Iterable[str]) -> Iterator[Path]:
    for folder in _READ:
        if folder in folders or (root / folder).is_dir():
            yield from resources.files(
                root / folder, ".ttl", resources.NOT_READ if folder == "data" else ()
            )


def _base(root: Path) -> str:
    """Where the IRIs of the data begin, as the catalogue says."""
    path = root / "data" / "catalog.ttl"
    remedy = 'Give the dataset in it a void:uriSpace, such as "https://example.org/cases/".'
    try:
        graph = turtle.parse(resources.content(path), path.relative_to(root))
    except TurtleSyntaxError as error:
        raise GraphFolderError(root, str(error), "Correct the catalogue first.") from error
    spaces = sorted({str(space) for space in graph.objects(None, VOID.uriSpace)})
    if len(spaces) != 1:
        raise GraphFolderError(path, f"it names {len(spaces)} uriSpaces, not one", remedy)
    return spaces[0]


_Known = Mapping[tuple[PurePosixPath, str], Document]


def _document(
    root: Path, path: Path, base: str, before: _Known, terms: quick.Terms | None = None
) -> Document | BrokenFile:
    inside = path.is_relative_to(root)
    shown = PurePosixPath(path.relative_to(root).as_posix() if inside else path.as_posix())
    return parsed(shown, resources.content(path), base, before, inside, terms)


def parsed(
    shown: PurePosixPath,
    source: bytes,
    base: str,
    before: _Known = MappingProxyType({}),
    inside: bool = True,
    terms: quick.Terms | None = None,
) -> Document | BrokenFile:
    """A file of this text; what is known is taken as it is, if its text is the same."""
    digest = hashed(source)
    if inside:
        iri, kind, slug = namespaces.name_of(shown, base)
    else:
        iri, kind, slug = namespaces.name_from(turtle.declared(source)[0], shown, base)
    if (same := before.get((shown, digest))) is not None and same.iri == iri:
        return same
    try:
        graph = turtle.parse(source, shown, base_of(iri), terms)
    except TurtleSyntaxError as error:
        return BrokenFile(shown, error.line, error.reason, thing=base_of(iri), source=source)
    return Document(iri, kind, slug, shown, source, graph, digest)


def _twin(document: Document, first: PurePosixPath) -> BrokenFile:
    reason = f"this file and {first} are about the same thing"
    thing, source = base_of(document.iri), document.source
    return BrokenFile(document.path, None, reason, "thing-in-two-documents", thing, source, first)


def _together(shapes: list[Document], before: _Known) -> Document:
    path, parts = PurePosixPath("shapes"), tuple(shapes)
    source = b"\n".join(document.source for document in shapes)
    digest = hashed(source)
    if (same := before.get((path, digest))) is not None and same.parts == parts:
        return same
    graph = quick.graph(triple for document in shapes for triple in document.graph)
    return Document(namespaces.SHAPES, "shape", "", path, source, graph, digest, parts)
