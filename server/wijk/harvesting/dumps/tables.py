"""Writes the cases as a table: CSV with commas, CSV for a Dutch Excel, and a workbook."""

import csv
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wijk.changelog import stamped
from wijk.characters import legal
from wijk.harvesting.dumps.about import About
from wijk.harvesting.dumps.columns import COLUMNS, Cell, Row, harmless, joined
from wijk.tables.packing import packed

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COMMA, SEMICOLON = ",", ";"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOM = "\ufeff"
_LONGEST = 32_767
"""Characters of the longest text that a cell of Excel holds."""
_WIDTHS = {"samenvatting": 60, "titel": 36, "iri": 30, "url": 30, "themas": 30}


def write_csv(path: Path, rows: Iterable[Row], delimiter: str) -> None:
    """A table in UTF-8 after RFC 4180; with semicolons it is as a Dutch Excel reads it.

    That has a byte order mark, commas in numbers and days without a time.
    """
    dutch = delimiter == SEMICOLON
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(_BOM if dutch else "")
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(column.name for column in COLUMNS)
        for row in rows:
            writer.writerow(_text(joined(column.of(row)), dutch) for column in COLUMNS)


def _text(cell: Cell, dutch: bool) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            return cell.date().isoformat() if dutch else stamped(cell)
        case float():
            return _decimal(cell).replace(".", "," if dutch else ".")
        case int():
            return str(cell)
    return harmless(cell)


def _decimal(number: float) -> str:
    """A number without an exponent: 6 decimals of a degree are a tenth of a metre."""
    return f"{number:.6f}".rstrip("0").rstrip(".")


def write_xlsx(path: Path, rows: Iterable[Row], about: About) -> None:
    """A workbook with the table, and a sheet that says what it is; the same bytes every time."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    book.properties.creator = about.publisher_name
    book.properties.title = about.title
    book.properties.created = book.properties.modified = about.modified.replace(tzinfo=None)
    table = book.create_sheet("Casussen")
    table.freeze_panes = "B2"
    for number, column in enumerate(COLUMNS, 1):
        letter = _letter(number)
        table.column_dimensions[letter].width = _WIDTHS.get(column.name, 16)
    _filled(table, [[column.name for column in COLUMNS]])
    _filled(table, ([joined(column.of(row)) for column in COLUMNS] for row in rows))
    told = book.create_sheet("Over deze gegevens")
    told.column_dimensions["A"].width, told.column_dimensions["B"].width = 20, 90
    _filled(told, described(about))
    with tempfile.TemporaryFile() as made:
        ExcelWriter(book, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED)).save()
        packed(made, path)


def described(about: About) -> list[Sequence[Cell]]:
    """What the workbook says of itself and of its columns."""
    rows: list[Sequence[Cell]] = [
        ("wat", about.title),
        ("vast adres", about.iri),
        ("licentie", about.licence),
        ("voorwaarden", about.sentence),
        ("naamsvermelding", about.credit),
        ("uitgever", about.publisher_name),
        ("versie", about.version),
        ("laatst gewijzigd", stamped(about.modified)),
        (),
        ("kolom", "wat erin staat"),
    ]
    return [*rows, *((column.name, column.told) for column in COLUMNS)]


def _filled(sheet: "Worksheet", rows: Iterable[Sequence[Cell]]) -> None:
    from openpyxl.cell import WriteOnlyCell

    for row in rows:
        cells: list[Any] = []
        for value in row:
            if isinstance(value, datetime):
                value = value.replace(tzinfo=None)
            cell = WriteOnlyCell(sheet)
            if isinstance(value, str):
                # A text that begins with = is no formula.
                cell.value, cell.data_type = legal(value)[:_LONGEST], "s"
            else:
                cell.value = value
            cells.append(cell)
        sheet.append(cells)


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))
