"""The records of the cases of a version, from its documents: a few thousand at a time."""

from collections.abc import Iterator
from pathlib import Path

from wijk.engine import formats
from wijk.engine.local import LocalStore
from wijk.harvesting import gathering
from wijk.harvesting.dumps.content import Content
from wijk.harvesting.dumps.statements import Read
from wijk.harvesting.records import Record
from wijk.harvesting.rights import dataset_of
from wijk.harvesting.statements import Row, read
from wijk.loaded import Snapshot

_TOGETHER = 20_000_000
"""Bytes of N-Quads that are asked at once: a document is asked about itself alone."""


class Asked:
    """What a query says of each document, in the order of the documents."""

    def __init__(self, query: str, base: str) -> None:
        self._query = query
        self._lines: list[str] = []
        self._size = 0
        self._rows: list[Row] = []
        self._base = base

    def add(self, read: Read) -> None:
        """Ask about a document; not about figures, of which there are many."""
        if dataset_of(read.part.kind) == "figures" or read.part.kind == "source":
            return
        self._lines += read.lines
        self._size += sum(map(len, read.lines))
        if self._size > _TOGETHER:
            self._rows += self._taken()

    def records(self, content: Content) -> Iterator[Record]:
        """The records of all that was asked about, by number within bundles, then by IRI."""
        self._rows += self._taken()
        nothing = Snapshot(Path(), self._base, {}, "")
        found = gathering.records(self._rows, nothing, content.log).all
        yield from sorted(found, key=_place)

    def _taken(self) -> list[Row]:
        """The rows about what was gathered so far."""
        store = LocalStore("".join(self._lines).encode(), known=True)
        self._lines, self._size = [], 0
        return read(store.query(self._query, formats.JSON))


def _place(record: Record) -> tuple[str, int, str]:
    bundle = record.bundle.iri if record.bundle else "~"
    return bundle, record.number or 0, record.iri
