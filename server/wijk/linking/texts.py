"""Joins a table in text: every row as it was, byte for byte, with cells after it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from wijk.linking.join import COLUMNS, Joiner
from wijk.linking.layout import Layout, added, lay
from wijk.linking.tally import LONGEST, MOST, Entry, Tally
from wijk.tables.records import BOM, Dialect, records
from wijk.tables.scanning import Scan, scan

TOGETHER = 2000
"""Rows that are handed over at once."""


class TextTable:
    """A table in text, in a stream that can be read again from its beginning.

    Raises, when it is made:
        TableError: it is not a table in text, or has nothing in it.
    """

    suffix = ".csv"
    media_type = "text/csv"

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.scan: Scan = scan(stream)

    @property
    def dialect(self) -> Dialect:
        """How it is written."""
        return self.scan.dialect

    def lay(self, wanted: str | None) -> Layout:
        """Where its codes stand, and where its rows begin.

        Raises:
            TableError: there is no such column; the message names those that are.
        """
        return lay(self.scan, wanted)

    def joined(self, layout: Layout, joiner: Joiner, tally: Tally) -> Iterator[bytes]:
        """The joined table, in pieces of many rows.

        A row with fewer cells than the widest gets empty ones, so that what is added stands in the
        same columns in all rows. An empty line stays an empty line.

        Raises:
            TableError: a row that cannot be read.
        """
        coming = records(self._stream, self.dialect)
        mark = BOM if self.dialect.bom else b""
        yield mark + b"".join(self._head(coming, layout))
        yield from _Body(self.dialect, layout, joiner, tally).pieces(coming)

    def _head(self, coming: Iterator[bytes], layout: Layout) -> Iterator[bytes]:
        for number in range(layout.begin):
            record = next(coming)
            body = self.dialect.body(record)
            if not body or number in layout.aside:
                yield record
                continue
            cells = added(layout.titles) if number == layout.header else ("",) * len(COLUMNS)
            more = layout.width - len(self.dialect.cells(body))
            pad = self.dialect.delimiter * more
            yield body + pad + _written(self.dialect, cells) + record[len(body) :]


@dataclass
class _Body:
    """The rows with data."""

    dialect: Dialect
    layout: Layout
    joiner: Joiner
    tally: Tally
    known: dict[bytes, Entry[bytes]] = field(default_factory=dict)

    def pieces(self, coming: Iterator[bytes]) -> Iterator[bytes]:
        """The loop that a large table spends its time in: no calls that are not needed."""
        dialect, column, width = self.dialect, self.layout.column, self.layout.width
        by, upto, known = dialect.delimiter, column + 1, self.known
        pads = [by * (width - count) for count in range(width + 1)]
        written: list[bytes] = []
        for row, record in enumerate(coming, self.layout.begin + 1):
            body = dialect.body(record)
            if not body:
                written.append(record)
                continue
            if b'"' in body:
                cells = dialect.cells(body)
                count = len(cells)
            else:
                cells = body.split(by, upto)
                count = body.count(by) + 1
            code = cells[column][:LONGEST] if count > column else b""
            entry = known.get(code) or self._entry(code, row)
            entry.rows += 1
            written.append(body + pads[count] + entry.cells + record[len(body) :])
            if len(written) == TOGETHER:
                yield b"".join(written)
                written.clear()
        self.tally.settle(known.values())
        yield b"".join(written)

    def _entry(self, code: bytes, row: int) -> Entry[bytes]:
        if len(self.known) >= MOST:
            self.tally.settle(self.known.values())
            self.known.clear()
        text = self.dialect.text(code)
        meaning = self.joiner.meaning(text)
        cells = _written(self.dialect, meaning.cells)
        entry = self.known[code] = Entry(text, meaning, cells, row)
        return entry


def _written(dialect: Dialect, texts: tuple[str, ...]) -> bytes:
    """Cells to put after a row."""
    by = dialect.delimiter
    return by + by.join([dialect.written(text) if text else b"" for text in texts])
