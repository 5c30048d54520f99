"""What the dumps of a case base hold: every document as it was published, by its dataset."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import PurePosixPath

from rdflib import Graph
from rdflib.namespace import DCTERMS

from wijk import namespaces, stamps, turtle
from wijk.changelog import ChangeLog, Entry
from wijk.documents import base_of, hashed
from wijk.harvesting import rights
from wijk.loaded import Snapshot

FILES: Mapping[str, str] = {
    "cases": "casussen",
    "thesaurus": "thesaurus",
    "areas": "gebieden",
    "figures": "cijfers",
}
"""The datasets, by the last part of their IRI, and what the names of their files begin with."""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Part:
    """One document: its IRI, where its file is, and its Turtle as it was published."""

    iri: str
    kind: str
    path: PurePosixPath
    source: bytes = field(repr=False)

    @property
    def dataset(self) -> str | None:
        """The dataset it is of; None for what has an address of its own: ontology, shapes."""
        return rights.dataset_of(self.kind)

    @property
    def graph(self) -> Graph:
        """Its statements."""
        return turtle.parse(self.source, self.path, base_of(self.iri))


@dataclass(frozen=True)
class Content:
    """All that was published up to a moment, and the log up to there, without its contents."""

    base: str
    parts: tuple[Part, ...] = field(repr=False)
    entries: tuple[Entry, ...] = field(repr=False)
    version: str = ""
    """The name that this version was given, if it was."""

    @property
    def log(self) -> ChangeLog:
        """The log up to that moment."""
        return ChangeLog(self.entries)

    def of(self, dataset: str) -> tuple[Part, ...]:
        """The documents of a dataset, in the order of their IRIs."""
        return tuple(part for part in self.parts if part.dataset == dataset)

    def modified(self, dataset: str) -> datetime:
        """When a document of this dataset was last published or withdrawn."""
        times = [it.time for it in self.entries if _part(it, self.base).dataset == dataset]
        return max(times, default=self.log.last or _LONG_AGO)

    @cached_property
    def digest(self) -> str:
        """What tells this content from another."""
        whole = hashlib.sha256(f"{self.base} {self.log.last} {self.version}\n".encode())
        for part in self.parts:
            whole.update(f"{part.iri} {hashed(part.source)}\n".encode())
        return whole.hexdigest()


def published(snapshot: Snapshot, log: ChangeLog) -> Content:
    """What was published last: without what is withdrawn, and without what was edited since.

    A folder that was never published is taken as it is, on the day that its catalogue says.
    """
    if log.last is not None:
        return at(snapshot, log, log.last)
    entries = tuple(_as_if_published(snapshot))
    return Content(snapshot.base, _sorted(_of_folder(snapshot)), entries)


def at(snapshot: Snapshot, log: ChangeLog, moment: datetime, version: str = "") -> Content:
    """What was published up to a moment, as it was then; `version` is the name it was given.

    Content that was taken out of the log afterwards is not in it. What the log does not keep, for
    a command makes it again (figures, what is derived), is that of the folder.
    """
    entries = [entry for entry in log.entries if entry.time <= moment]
    latest = {entry.document: entry for entry in entries}
    parts = [part for part in _of_folder(snapshot) if not stamps.is_logged(part.path)]
    parts += [_part(it, snapshot.base) for it in latest.values() if it.content is not None]
    light = tuple(replace(entry, content=None) for entry in entries)
    return Content(snapshot.base, _sorted(parts), light, version)


def _part(entry: Entry, base: str) -> Part:
    _, kind, _ = namespaces.name_of(entry.path, base)
    return Part(entry.document, kind, entry.path, (entry.content or "").encode())


def _of_folder(snapshot: Snapshot) -> Iterator[Part]:
    for document in snapshot.documents.values():
        yield Part(document.iri, document.kind, document.path, document.source)


def _as_if_published(snapshot: Snapshot) -> Iterator[Entry]:
    catalog = snapshot.documents.get(f"{snapshot.base}doc/catalog")
    days = catalog.graph.objects(None, DCTERMS.modified) if catalog else ()
    moment = max(filter(None, (_moment(str(day)) for day in days)), default=_LONG_AGO)
    for part in _sorted(_of_folder(snapshot)):
        yield Entry(moment, "Create", part.iri, part.path, hashed(part.source))


def _moment(text: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text[:10]), datetime.min.time(), UTC)
    except ValueError:
        return None


def _sorted(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted((part for part in parts if part.dataset), key=lambda part: part.iri))
