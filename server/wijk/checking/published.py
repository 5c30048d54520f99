"""What the log says of the documents: only a publication writes when a document was published."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS

from wijk import changelog, stamps, tombstones, turtle
from wijk.changelog import ChangeLog
from wijk.checking import withdrawn
from wijk.checking.findings import Finding
from wijk.checking.places import Places
from wijk.errors import ChangeLogError
from wijk.snapshot import Document, Reading, Snapshot

_STAMP = {
    "nl": "Haal deze regel weg: `wijk publish` schrijft wanneer een document is gepubliceerd.",
    "en": "Take this line out: `wijk publish` writes when a document was published.",
}
_STAMPED = frozenset((DCTERMS.modified,))
_LINE = {
    "nl": "Het logboek klopt hier niet ({reason}). Zet dit bestand terug zoals het in git staat; "
    "alleen `wijk publish` schrijft erin.",
    "en": "The log is wrong here ({reason}). Put this file back as it was in git; only "
    "`wijk publish` writes in it.",
}
_EDITED = {
    "nl": "Dit document is gewijzigd na de laatste publicatie. Publiceer het met `wijk publish`.",
    "en": "This document was changed after the last publication. Publish it with `wijk publish`.",
}
_NEW = {
    "nl": "Dit document is nog niet gepubliceerd. Publiceer het met `wijk publish`.",
    "en": "This document was not published yet. Publish it with `wijk publish`.",
}
_GONE = {
    "nl": "{value} is gepubliceerd en heeft geen bestand meer. Zet het bestand terug, of trek het "
    "in met `wijk withdraw`.",
    "en": "{value} was published and has no file any more. Put the file back, or withdraw it with "
    "`wijk withdraw`.",
}


def findings(reading: Reading, places: Places) -> Iterator[Finding]:
    """All that differs between the log and the documents; nothing when there is no log yet.

    Raises:
        GraphFolderError: a file of the log cannot be read.
    """
    taken = reading.snapshot
    try:
        log = changelog.read(taken.root)
    except ChangeLogError as error:
        yield _broken(error)
        return
    yield from stamped_otherwise(taken, log, places, taken.documents.values())
    everyone = tuple(taken.documents.values())
    yield from remarked(reading, log, everyone, everyone)


def remarked(
    reading: Reading, log: ChangeLog, edited: Iterable[Document], told: Iterable[Document]
) -> Iterator[Finding]:
    """Which of some documents are not published, what has no file any more, and what is left.

    The last is looked for in the documents that are `told`.
    """
    if log.entries:
        yield from _unpublished(edited, log)
        yield from _gone(reading, log)
        yield from withdrawn.findings(reading.snapshot, log, told)


def stamps_of(
    taken: Snapshot, places: Places, changed: Iterable[Document], everyone: Iterable[Document]
) -> Iterator[Finding]:
    """The same of what changed, and of those of all whose file has another stamp than the log."""
    try:
        log = changelog.read(taken.root)
    except ChangeLogError as error:
        yield _broken(error)
        return
    part = {document.iri: document for document in changed}
    for document in everyone:
        entry = log.latest.get(document.iri) if stamps.is_logged(document.path) else None
        stamp = stamps.time_of(document.source, document.iri)
        if stamp and (entry is None or entry.stamp != stamp):
            part[document.iri] = document
    yield from stamped_otherwise(taken, log, places, part.values())


def stamped_otherwise(
    taken: Snapshot, log: ChangeLog, places: Places, part: Iterable[Document]
) -> Iterator[Finding]:
    """The stamps that only a publication can have written, and did not."""
    start = f"{taken.base}doc/"
    for document in part:
        entry = log.latest.get(document.iri) if stamps.is_logged(document.path) else None
        right = (URIRef(document.iri), entry.stamp if entry else None)
        for subject, property, value in document.graph:
            if property not in _STAMPED or not str(subject).startswith(start):
                continue
            if (subject, str(value)) != right:
                yield Finding(
                    "stamp",
                    "violation",
                    _STAMP,
                    str(document.path),
                    places.line(document, subject, property, value),
                    str(subject),
                    str(property),
                    turtle.term(value) if isinstance(value, URIRef | Literal) else "",
                )


def is_edited(document: Document, log: ChangeLog) -> bool:
    """Whether a document is otherwise than it was published, or was never published."""
    entry = log.latest.get(document.iri)
    if not stamps.is_logged(document.path) or not log.entries:
        return False
    if tombstones.of(document) is not None:
        return entry is not None and entry.type != "Delete"
    return entry is None or entry.digest != document.digest


def _unpublished(documents: Iterable[Document], log: ChangeLog) -> Iterator[Finding]:
    for document in documents:
        if is_edited(document, log):
            said = _EDITED if document.iri in log.latest else _NEW
            thing = document.iri.replace("/doc/", "/id/", 1)
            yield Finding("unpublished", "warning", said, str(document.path), 1, thing)


def _gone(reading: Reading, log: ChangeLog) -> Iterator[Finding]:
    broken = {file.path for file in reading.broken}
    for entry in log.present:
        if entry.document not in reading.snapshot.documents and entry.path not in broken:
            said = {lang: text.replace("{value}", entry.thing) for lang, text in _GONE.items()}
            yield Finding("published-gone", "warning", said, str(entry.path), None, entry.thing)


def _broken(error: ChangeLogError) -> Finding:
    said = {lang: text.replace("{reason}", error.reason) for lang, text in _LINE.items()}
    path = str(PurePosixPath(error.path))
    return Finding("log-line", "violation", said, path, error.line)
