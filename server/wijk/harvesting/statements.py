"""What was published about the cases and all they refer to, a statement at a time.

The rows of queries/pages/harvest-cases.rq say what stands in the folder now, and in which
document. A document that was edited since its publication, or is not published yet, is held to
the change log: what portals take is the version of the last publication.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wijk import turtle
from wijk.changelog import ChangeLog, Entry
from wijk.documents import base_of
from wijk.engine import formats
from wijk.engine.local import LocalStore
from wijk.loaded import Snapshot

_AROUND = ("place", "area", "bundle", "scheme")
Row = Mapping[str, str]
"""One statement: `kind` and IRI of the `thing`, `field`, `value`, and its `document` if asked."""


class Statements:
    """The values of each thing by field, in order, whatever the order of the rows.

    What is empty or has only blanks is no value.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._said: dict[str, dict[str, list[str]]] = {}
        self._kinds: dict[str, dict[str, None]] = {}
        self._documents: dict[str, dict[str, None]] = {}
        for row in rows:
            fields = self._said.setdefault(row["thing"], {})
            value = row.get("value", "")
            if value.strip():
                fields.setdefault(row["field"], []).append(value)
            self._kinds.setdefault(row["kind"], {})[row["thing"]] = None
            if "document" in row:
                self._documents.setdefault(row["thing"], {})[row["document"]] = None
        for fields in self._said.values():
            for field, values in fields.items():
                if len(values) > 1:
                    fields[field] = sorted(set(values))

    def values(self, thing: str, field: str) -> list[str]:
        """All values of a field."""
        return self._said.get(thing, {}).get(field, [])

    def value(self, thing: str, field: str) -> str:
        """The first value of a field; nothing when it has none."""
        return next(iter(self.values(thing, field)), "")

    def of(self, kind: str) -> list[str]:
        """The IRIs of all things of a kind."""
        return sorted(self._kinds.get(kind, ()))

    def is_a(self, thing: str, kind: str) -> bool:
        """Whether a thing is of a kind."""
        return thing in self._kinds.get(kind, ())

    def documents(self, thing: str) -> list[str]:
        """The documents that say something of a thing."""
        return [*self._documents.get(thing, ())]


def read(answer: bytes) -> list[Row]:
    """The rows of an answer in the JSON of SPARQL results: of each term its value alone."""

    def plain(found: dict[str, Any]) -> Any:
        return found["value"] if "type" in found else found  # a term, or what terms are in

    rows: list[Row] = json.loads(answer, object_hook=plain)["results"]["bindings"]
    return rows


def published(rows: Iterable[Row], query: str, snapshot: Snapshot, log: ChangeLog) -> list[Row]:
    """The rows of the same query over what was published last.

    Of a kind of document that is in the log, only what is in the log is published.

    Raises:
        TurtleSyntaxError: the content of an entry cannot be read.
    """
    same, other = _compared(snapshot, log)
    kinds = {_kind(document, snapshot.base) for document in log.latest}
    kept = [
        row
        for row in rows
        if row["document"] in same
        or (
            row["document"] not in log.latest and _kind(row["document"], snapshot.base) not in kinds
        )
    ]
    restored = [entry for entry in other if entry.content is not None]
    return kept + _asked(query, restored) if restored else kept


@dataclass(frozen=True)
class Past:
    """The rows of what is there and of what is withdrawn, as it was last published.

    `then` has the rows as they were at the moments of some withdrawals: those after which a place,
    an area, a bundle or a scheme became another.
    """

    rows: Sequence[Row]
    then: Sequence[tuple[frozenset[datetime], Sequence[Row]]] = ()


def past(rows: Sequence[Row], query: str, log: ChangeLog, base: str) -> Past | None:
    """What withdrawn cases were in, by the same query; None when nothing is withdrawn.

    With the older versions of the lessons that named it, for a lesson lets go of what is withdrawn.

    Raises:
        TurtleSyntaxError: the content of an entry cannot be read.
    """
    gone = [*log.withdrawn]
    names = {entry.thing.rpartition("/")[2] for entry in gone}
    kept = [
        next((it for it in reversed(log.history(entry.document)) if it.content), None)
        for entry in gone
    ]
    lessons = [
        entry
        for entry in log.entries
        if entry.content is not None
        and entry != log.latest[entry.document]
        and _kind(entry.document, base) == "lesson"
        and any(name in entry.content for name in names)
    ]
    if not gone:
        return None
    whole = [*rows, *_asked(query, [*filter(None, kept), *lessons])]
    return Past(whole, tuple(_then(whole, query, log, base)))


def _then(
    rows: Sequence[Row], query: str, log: ChangeLog, base: str
) -> Iterator[tuple[frozenset[datetime], Sequence[Row]]]:
    """The rows as they were when cases were withdrawn, once for all moments they are the same."""
    moments: dict[tuple[Entry, ...], set[datetime]] = {}
    for gone in log.withdrawn:
        if _kind(gone.document, base) == "case" and (other := _otherwise(log, gone.time, base)):
            moments.setdefault(other, set()).add(gone.time)
    for entries, times in moments.items():
        changed = {entry.document for entry in entries}
        same = [row for row in rows if row["document"] not in changed]
        yield frozenset(times), [*same, *_asked(query, entries)]


def _otherwise(log: ChangeLog, moment: datetime, base: str) -> tuple[Entry, ...]:
    """What cases lie in or belong to, as it was at a moment, where it is not so any more."""
    later = (it for it in log.latest.values() if it.time > moment)
    found = (
        next((it for it in reversed(log.history(each.document)) if it.time <= moment), None)
        for each in later
        if _kind(each.document, base) in _AROUND
    )
    return tuple(entry for entry in found if entry is not None and entry.content is not None)


def _compared(snapshot: Snapshot, log: ChangeLog) -> tuple[set[str], list[Entry]]:
    """The documents that are as they were published, and the entries of those that are not."""
    same, other = set(), []
    for entry in log.present:
        document = snapshot.documents.get(entry.document)
        if document is not None and document.digest == entry.digest:
            same.add(entry.document)
        else:
            other.append(entry)
    return same, other


def _kind(document: str, base: str) -> str:
    return document.removeprefix(f"{base}doc/").partition("/")[0]


def _asked(query: str, entries: Iterable[Entry]) -> list[Row]:
    lines = "".join(line for entry in entries for line in _lines(entry))
    return read(LocalStore(lines.encode()).query(query, formats.JSON))


def _lines(entry: Entry) -> Iterator[str]:
    source = (entry.content or "").encode()
    graph = turtle.parse(source, entry.path, base_of(entry.document))
    return turtle.lines(graph, entry.document)
