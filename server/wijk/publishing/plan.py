"""What a publication is going to do: which documents are new, otherwise or withdrawn, and when."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import PurePosixPath

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, VOID

from wijk import changelog, stamps, tombstones
from wijk.changelog import ChangeLog, Entry
from wijk.publishing.journal import File, Journal
from wijk.snapshot import Document, Snapshot

_STEP = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Change:
    """One document that is published: its entry in the log, and what it was before."""

    entry: Entry
    document: Document
    before: str | None
    """The text of the version before; None when there was none, or its content was taken out."""


@dataclass(frozen=True)
class Plan:
    """A whole publication."""

    changes: tuple[Change, ...]
    stamped: tuple[bytes, ...]
    """The files as they are to be, one for each change."""

    @property
    def time(self) -> datetime:
        """The time of the publication: that of its first entry."""
        return self.changes[0].entry.time

    @property
    def log(self) -> PurePosixPath:
        """The file that it adds to the log."""
        return changelog.FOLDER / f"{changelog.stamped(self.time).replace(':', '')}.jsonl"

    def count(self, kind: changelog.Type) -> int:
        """How many entries there are of a type."""
        return sum(change.entry.type == kind for change in self.changes)


def plan(taken: Snapshot, log: ChangeLog, now: datetime) -> Plan:
    """All that differs from the log, in the order of the documents.

    Raises:
        OutputError: a document that cannot be stamped.
    """
    moment = _beginning(taken, log, now)
    changes: list[Change] = []
    texts: list[bytes] = []
    for document in _logged(taken):
        entry = _entry(document, log, moment)
        if entry is None:
            continue
        text = stamps.stamped(document.source, document.iri, entry.stamp)
        if entry.type != "Delete":
            content = text.decode("utf-8")
            entry = replace(entry, content=content, digest=changelog.hashed(content))
        changes.append(Change(entry, document, _before(document, log)))
        texts.append(text)
        moment += _STEP
    return Plan(tuple(changes), tuple(texts))


def only(whole: Plan, paths: Collection[PurePosixPath]) -> Plan:
    """The part of a plan that is about these files."""
    chosen = [
        (change, text)
        for change, text in zip(whole.changes, whole.stamped, strict=True)
        if change.document.path in paths
    ]
    return Plan(tuple(change for change, _ in chosen), tuple(text for _, text in chosen))


def journal_of(
    made: Plan,
    message: str,
    commit: bool,
    beside: Sequence[File] = (),
    before: Mapping[PurePosixPath, str] | None = None,
    author: str = "",
) -> Journal:
    """What is to be written: the documents in order, what goes beside them, and the log last.

    `before` has the digest of each file as it is now, where that is not yet as in the plan.
    """
    there = before or {}
    files = [
        File(
            str(change.document.path),
            there.get(change.document.path, change.document.digest),
            text.decode("utf-8"),
            change.document.iri,
            change.entry.stamp,
        )
        for change, text in zip(made.changes, made.stamped, strict=True)
    ]
    files += beside
    if not made.changes:
        return Journal(tuple(files), message, commit, author)
    lines = "".join(change.entry.line() for change in made.changes)
    log = File(str(made.log), "", lines)
    return Journal((*files, log), message, commit, author)


def derived(taken: Snapshot) -> list[File]:
    """What a command derived, as it is: it goes along with what it follows from."""
    return [
        File(str(document.path), document.digest, document.source.decode("utf-8"))
        for document in taken.documents.values()
        if document.kind == "derived"
    ]


def _logged(taken: Snapshot) -> Iterator[Document]:
    documents = (taken.documents[iri] for iri in sorted(taken.documents))
    return (document for document in documents if stamps.is_logged(document.path))


def _entry(document: Document, log: ChangeLog, moment: datetime) -> Entry | None:
    """The entry that is due, without its content; none when the document is as it was."""
    last = log.latest.get(document.iri)
    there = last is not None and last.type != "Delete"
    path = PurePosixPath(document.path)
    if (stone := tombstones.of(document)) is not None:
        if not there:
            return None
        return Entry(moment, "Delete", document.iri, path, reason=stone.reason)
    if last is not None and there and last.digest == document.digest:
        return None
    return Entry(moment, "Update" if there else "Create", document.iri, path)


def _before(document: Document, log: ChangeLog) -> str | None:
    last = log.latest.get(document.iri)
    return last.content if last is not None else None


def _beginning(taken: Snapshot, log: ChangeLog, now: datetime) -> datetime:
    """When it begins: now, but after what is in the log; the first one as the data are dated."""
    now = now.astimezone(UTC)
    now = now.replace(microsecond=now.microsecond // 1000 * 1000)
    if log.last is not None:
        return max(now, log.last + _STEP)
    day = _dated(taken)
    return min(now, datetime.combine(day, time(), UTC)) if day else now


def _dated(taken: Snapshot) -> date | None:
    """The date of the dataset whose names these are, as the catalogue says."""
    catalog = taken.documents.get(f"{taken.base}catalog") or taken.documents.get(
        f"{taken.base}doc/catalog"
    )
    graph = catalog.graph if catalog else Graph()
    for dataset in sorted(map(str, graph.subjects(VOID.uriSpace))):
        for value in graph.objects(URIRef(dataset), DCTERMS.modified):
            try:
                return date.fromisoformat(str(value)[:10])
            except ValueError:
                continue
    return None
