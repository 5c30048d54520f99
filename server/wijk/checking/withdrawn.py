"""The name of a thing that was withdrawn, in the texts of what stays."""

import re
from collections.abc import Collection, Iterable, Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SDO

from wijk import stamps, tombstones, turtle
from wijk.changelog import ChangeLog
from wijk.checking.findings import Finding
from wijk.documents import Document, base_of
from wijk.snapshot import Snapshot

_NAMES = (DCTERMS.title, DCTERMS.alternative, SDO.name, SDO.alternateName)
KINDS = ("case", "initiative", "actor")
"""Of these the name goes; that of a place or a source is no more theirs than of others."""
_TOLD = {
    "nl": "Haal de naam van {value} uit deze tekst: dat is ingetrokken.",
    "en": "Take the name of {value} out of this text: that was withdrawn.",
}


def findings(taken: Snapshot, log: ChangeLog, documents: Iterable[Document]) -> Iterator[Finding]:
    """The lines of some documents that still have the name of what is withdrawn.

    What has a successor is left out, for that may be named so.
    """
    gone = {document: _logged(document, log) for document in _withdrawn(taken)}
    some = [it for it, _ in telling({name for names in gone.values() for name in names}, documents)]
    few = {document.iri: document for document in some}.values()
    seen: set[tuple[str, int]] = set()
    for document, names in gone.items():
        for other, line in telling(names, few, {document.iri}):
            if (other.iri, line) not in seen:  # a case and its initiative have one name
                seen.add((other.iri, line))
                yield _finding(base_of(document.iri), other, line)


def _withdrawn(taken: Snapshot) -> Iterator[Document]:
    """What has a tombstone, no successor, and a name of its own; by its address."""
    for _, document in sorted(taken.documents.items()):
        if document.kind in KINDS and not document.told.labels:
            stone = tombstones.of(document)
            if stone is not None and not stone.replaced_by:
                yield document


def _finding(gone: str, document: Document, line: int) -> Finding:
    said = {lang: text.replace("{value}", gone) for lang, text in _TOLD.items()}
    path, thing = str(document.path), base_of(document.iri)
    return Finding("withdrawn-still-told", "warning", said, path, line, thing, value=f"<{gone}>")


def names_of(document: str, graph: Graph) -> set[str]:
    """The names that the thing of a document has, as they are written in Turtle."""
    thing = URIRef(base_of(document))
    names = (name for property in _NAMES for name in graph.objects(thing, property))
    return {turtle.term(Literal(str(name)))[1:-1] for name in names} - {""}


def telling(
    names: Collection[str], documents: Iterable[Document], apart: Collection[str] = ()
) -> Iterator[tuple[Document, int]]:
    """The documents, with the line, in which one of these names stands; some are left apart."""
    if not names:
        return
    either = "|".join(map(re.escape, sorted(names)))
    wanted = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
    for document in documents:
        if document.iri in apart or not stamps.is_logged(document.path):
            continue
        text = document.source.decode("utf-8")
        for number, line in enumerate(text.splitlines() if wanted.search(text) else (), 1):
            if wanted.search(line):
                yield document, number


def _logged(document: Document, log: ChangeLog) -> set[str]:
    """The names of a thing by its last version in the log; none when that was redacted."""
    entries = reversed(log.history(document.iri))
    content = next((it.content for it in entries if it.type != "Delete"), None)
    if content is None:
        return set()
    return names_of(document.iri, turtle.parse(content.encode(), document.iri))
