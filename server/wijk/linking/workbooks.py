"""Joins a table in a workbook (.xlsx): row by row in, row by row out, the other sheets along.

Values, formulas and the formats of numbers stay; what a sheet looks like otherwise does not.
"""

import tempfile
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from wijk.errors import TableError
from wijk.linking.join import COLUMNS, Joiner
from wijk.linking.layout import Layout, added, lay
from wijk.linking.tally import LONGEST, MOST, Entry, Tally
from wijk.tables import sheets
from wijk.tables.sheets import Cells

_PIECE = 64 * 1024


class WorkbookTable:
    """The first sheet of a workbook with the wanted column, in a stream that can be read again.

    Raises, when it is made:
        TableError: it is not a workbook that can be read, or unpacks to far more than it is.
    """

    suffix = ".xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, stream: BinaryIO, most: int = sheets.UNPACKED) -> None:
        self._stream = stream
        sheets.refuse(stream, most)
        with sheets.reading(stream) as book:
            self._scans = {sheet.title: sheets.scan(sheet) for sheet in book.worksheets}
        self._chosen = ""

    def lay(self, wanted: str | None) -> Layout:
        """Where the codes stand, and where the rows begin, in the first sheet that has them.

        Raises:
            TableError: there is no such column, and then the message names those that are; or
                the codes in it are formulas.
        """
        first: TableError | None = None
        for title, found in self._scans.items():
            if not found.rows:
                continue
            try:
                layout = lay(found, wanted)
            except TableError as error:
                first = first or error
            else:
                self._chosen = title
                return layout
        raise first or TableError(
            None, "the workbook is empty", "Look whether it is the right one."
        )

    def joined(self, layout: Layout, joiner: Joiner, tally: Tally) -> Iterator[bytes]:
        """The joined workbook, in pieces; nothing comes before all of it is made."""
        from openpyxl import Workbook

        with sheets.reading(self._stream) as book, tempfile.TemporaryFile() as made:
            out = Workbook(write_only=True)
            out.epoch = book.epoch
            for sheet in book.worksheets:
                into = out.create_sheet(sheet.title)
                into.sheet_state = sheet.sheet_state
                rows = sheets.rows(sheet)
                if sheet.title == self._chosen:
                    rows = _Body(layout, joiner, tally).rows(rows)
                for row in rows:
                    into.append([_copied(into, cell) for cell in row])
            _explain(out.create_sheet("wijk"), joiner)
            out.save(made)
            made.seek(0)
            yield from iter(lambda: made.read(_PIECE), b"")


class _Body:
    """The rows of the sheet that is joined."""

    def __init__(self, layout: Layout, joiner: Joiner, tally: Tally) -> None:
        self._layout = layout
        self._joiner = joiner
        self._tally = tally
        self._known: dict[str, Entry[Cells]] = {}

    def rows(self, rows: Iterable[Cells]) -> Iterator[Cells]:
        """Every row with what is added after it; an empty row stays an empty row."""
        layout = self._layout
        for number, row in enumerate(rows):
            if not any(sheets.text(cell) for cell in row):
                yield row
                continue
            pad = (None,) * (layout.width - len(row))
            if number >= layout.begin:
                cell = row[layout.column] if len(row) > layout.column else None
                entry = self._entry(cell, number + 1)
                entry.rows += 1
                yield (*row[: layout.width], *pad, *entry.cells)
            elif number == layout.header:
                yield (*row[: layout.width], *pad, *added(layout.titles))
            else:
                yield row
        self._tally.settle(self._known.values())

    def _entry(self, cell: Any, row: int) -> Entry[Cells]:
        code = sheets.text(cell)[:LONGEST]
        if (found := self._known.get(code)) is not None:
            return found
        if len(self._known) >= MOST:
            self._tally.settle(self._known.values())
            self._known.clear()
        meaning = self._joiner.meaning(code)
        numbers = [column.datatype == "integer" for column in COLUMNS]
        cells = tuple(
            int(text) if number and text else text or None
            for text, number in zip(meaning.cells, numbers, strict=True)
        )
        entry = self._known[code] = Entry(code, meaning, cells, row)
        return entry


def _copied(sheet: Any, cell: Any) -> Any:
    """A cell to write that says the same, shown in the same way."""
    from openpyxl.cell import WriteOnlyCell

    value = getattr(cell, "value", cell)
    if value is None or value is cell:
        return value
    plain = cell.number_format == "General"
    if plain and not (isinstance(value, str) and value[:1] in ("=", "#")):
        return value
    made = WriteOnlyCell(sheet, value)
    made.data_type = cell.data_type  # a text that begins with = is no formula
    if not plain:
        made.number_format = cell.number_format
    return made


def _explain(sheet: Any, joiner: Joiner) -> None:
    """A sheet that says what was added, for which date, and from where."""
    sheet.append(["Kolom", "Wat erin staat"])
    for column in COLUMNS:
        sheet.append([column.title, column.told])
    sheet.append([])
    sheet.append(["Datum van de codes", joiner.on.isoformat()])
    for row in joiner.datasets:
        sheet.append(["Bron", row["title"], row["dataset"], row["licence"]])
