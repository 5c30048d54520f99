"""Makes the workbook that editors fill in: a sheet for each kind, from the fields alone."""

import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from wijk.loaded import Snapshot
from wijk.tables.packing import packed
from wijk.tabular import styles
from wijk.tabular.explaining import examples, explain
from wijk.tabular.layout import ABOUT, CHOICES, Table, tables
from wijk.tabular.lists import Lists, validations
from wijk.tabular.things import Things

_WHEN = datetime(2000, 1, 1)
"""Excel wants a date; the same workbook has the same one."""
Rows = Iterable[Sequence[str]]


def write(taken: Snapshot, into: IO[bytes], rows: Mapping[str, Rows] | None = None) -> None:
    """Write the workbook; the same graph gives the same bytes.

    `rows` has what is to stand on the sheet of each kind, one text for each column.
    """
    made, filled = tables(taken), rows or {}
    book = Workbook(write_only=True)
    book.properties.creator = book.properties.title = "wijk"
    book.properties.created = book.properties.modified = _WHEN
    lists = Lists(made, Things(taken))
    explain(book.create_sheet(ABOUT), made)
    for table in made:
        _table(book.create_sheet(table.name), table, lists, filled.get(table.kind, ()))
    lists.write(book.create_sheet(CHOICES))
    with tempfile.TemporaryFile() as whole:
        ExcelWriter(book, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED)).save()
        packed(whole, into)


def _table(sheet: Any, table: Table, lists: Lists, rows: Rows) -> None:
    styles.laid(sheet, table.columns)
    sheet.freeze_panes = "B2"
    styles.printed(sheet)
    for made in validations(table.columns, lists):
        sheet.data_validations.append(made)
    sheet.append(
        [
            styles.heading(sheet, f"{it.title} *" if it.required else it.title, it.required)
            for it in table.columns
        ]
    )
    widths = [styles.width(column) for column in table.columns]
    styles.high(sheet, 2, examples(table), widths)
    sheet.append([styles.example(sheet, said) for said in examples(table)])
    numbers = [column.value == "integer" for column in table.columns]
    for at, row in enumerate(rows, 3):
        styles.high(sheet, at, row, widths)
        sheet.append(
            [styles.plain(sheet, said, one) for said, one in zip(row, numbers, strict=True)]
        )
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}1"
