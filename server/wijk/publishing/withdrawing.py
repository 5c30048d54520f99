"""Takes a published thing out of the graph, and puts it back."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rdflib import RDF, URIRef

from wijk import changelog, stamps, tombstones
from wijk.changelog import ChangeLog, Entry
from wijk.documents import base_of
from wijk.errors import OutputError, PublishError
from wijk.namespaces import WIJK
from wijk.snapshot import Document, Snapshot
from wijk.tombstones import Tombstone


@dataclass(frozen=True)
class Mention:
    """A statement elsewhere that names a thing."""

    document: Document
    subject: str
    property: str


def document_of(name: str, taken: Snapshot, log: ChangeLog) -> str:
    """The IRI of a document, by what people call it: `case:x`, `case/x`, its address or its file.

    Raises:
        PublishError: no document of that name was ever published.
    """
    iri = _iri(name, taken)
    if iri not in log.latest:
        there = iri in taken.documents
        remedy = (
            "It was never published, so remove its file instead."
            if there
            else "Name it as case:its-slug or by its address."
        )
        raise PublishError(f"{name} is not in the log. {remedy}")
    return iri


def _iri(name: str, taken: Snapshot) -> str:
    for document in taken.documents.values():
        if name == str(document.path):
            return document.iri
    rest = name.removeprefix(taken.base).removeprefix("id/").removeprefix("doc/")
    prefix, colon, slug = rest.partition(":")
    namespace = taken.prefixes.get(prefix, "") if colon else ""
    if namespace.startswith(f"{taken.base}id/"):
        return base_document(f"{namespace}{slug}")
    return f"{taken.base}doc/{rest}"


def base_document(thing: str) -> str:
    """The document of a thing, by the thing's own IRI."""
    return thing.replace("/id/", "/doc/", 1)


def tombstone(
    document: Document, reason: str, replaced_by: str = "", now: datetime | None = None
) -> Tombstone:
    """The tombstone that takes the place of a document.

    Raises:
        PublishError: what cannot be withdrawn: concepts, and what is withdrawn already.
    """
    thing = base_of(document.iri)
    if document.kind == "scheme":
        raise PublishError(
            f"{thing} is a list of concepts: those stay. Mark a concept with owl:deprecated."
        )
    if tombstones.of(document) is not None:
        raise PublishError(f"{thing} is withdrawn already.", "withdrawn")
    kinds = {
        str(kind)
        for it in document.told.things
        for kind in document.graph.objects(URIRef(it), RDF.type)
    }
    moment = changelog.stamped(now or datetime.now(UTC), "seconds")
    return Tombstone(thing, moment, reason, tuple(sorted(kinds)), replaced_by)


def withdrawn(document: Document, stone: Tombstone, log: ChangeLog, taken: Snapshot) -> bytes:
    """The file of a document that was withdrawn; it keeps its stamp until that is published."""
    text = stone.written(taken.prefixes)
    return stamps.stamped(text, document.iri, log.latest[document.iri].stamp)


def restored(iri: str, log: ChangeLog) -> tuple[Entry, bytes]:
    """The last version of a document with content, and its file, to be published again.

    Raises:
        PublishError: its content was taken out of the log.
    """
    last = next((it for it in reversed(log.history(iri)) if it.type != "Delete"), None)
    return restored_from(last or log.latest[iri], log)


def restored_from(version: Entry, log: ChangeLog) -> tuple[Entry, bytes]:
    """A version of a document, and its file, to be published again.

    Raises:
        PublishError: it has no content: it was a withdrawal, or that was taken out of the log.
    """
    iri = version.document
    if version.content is None:
        raise PublishError(
            f"The content of {base_of(iri)} was taken out of the log, so it cannot be put back.",
            "no-content",
        )
    return version, stamps.stamped(version.content.encode(), iri, log.latest[iri].stamp)


def edited(documents: Iterable[str], taken: Snapshot, log: ChangeLog) -> Iterator[str]:
    """The files of those documents that are not as they were published last."""
    for document in filter(None, map(taken.documents.get, documents)):
        last = log.latest[document.iri]
        if document.digest != last.digest and not _is_that(document, last):
            yield str(document.path)


def _is_that(document: Document, last: Entry) -> bool:
    """Whether a document is the tombstone that a Delete left."""
    return last.type == "Delete" and tombstones.of(document) is not None


def mentions(thing: str, taken: Snapshot) -> Iterator[Mention]:
    """What still points at a thing from another document, evidence included."""
    own = base_document(thing)
    for document in taken.documents.values():
        if document.iri == own or thing.encode().rpartition(b"/")[2] not in document.source:
            continue
        for subject, property, value in sorted(document.graph, key=str):
            if str(value).partition("#")[0] == thing and isinstance(value, URIRef):
                yield Mention(document, str(subject), str(property))


def alone_named(documents: Sequence[Document], taken: Snapshot) -> list[Document]:
    """The documents that nothing names any more when these are gone, and what goes with those.

    An actor may stay for itself, so what it names is not alone.
    """
    written = (it for it in taken.documents.values() if stamps.is_logged(it.path))
    homes = {thing: it for it in written for thing in it.told.things}
    gone = {it.iri for it in documents}
    found: dict[str, Document] = {}
    waiting = list(documents)
    while waiting:
        named = {str(value).partition("#")[0] for value in waiting.pop(0).graph.objects()}
        for thing in sorted(named & homes.keys()):
            home = homes[thing]
            known = home.iri in gone or home.iri in found
            if known or _stays(home) or _named(thing, taken, gone | {home.iri}):
                continue
            found[home.iri] = home
            if home.kind != "actor":
                gone.add(home.iri)
                waiting.append(home)
    return list(found.values())


def _stays(home: Document) -> bool:
    """Whether a document needs nobody to name it, as a row of a register."""
    codes = (str(code) for code in home.graph.objects(None, WIJK.code))
    return home.kind == "scheme" or any(code.startswith(("GM", "PV")) for code in codes)


def _named(thing: str, taken: Snapshot, gone: Collection[str]) -> bool:
    """Whether a document that stays and that people write names a thing."""
    found = (it.document for it in mentions(thing, taken))
    return any(it.iri not in gone and stamps.is_logged(it.path) for it in found)


def write(root: Path, texts: Mapping[str, bytes]) -> None:
    """Write files in a folder, each whole.

    Raises:
        OutputError: one cannot be written.
    """
    for name, text in texts.items():
        path = root / name
        aside = path.with_name(f".{path.name}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(text)
            aside.replace(path)
        except OSError as error:
            raise OutputError(f"{path} cannot be written: {error.strerror}.") from error
