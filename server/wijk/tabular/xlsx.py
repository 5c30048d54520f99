"""Reads a workbook (.xlsx, .xlsm): what people see in its cells, and what is odd about them."""

import warnings
import zipfile
from collections.abc import Iterator
from typing import IO, Any, BinaryIO

from lxml import etree
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import range_boundaries

from wijk.errors import TableError
from wijk.tables import sheets
from wijk.tabular.grid import Book, Sheet, Unreadable
from wijk.tabular.problems import FOUT, LET_OP, Problem, Spot

_DAMAGED = (
    "Dit bestand is beschadigd, of is geen werkboek. Open het in Excel of LibreOffice en bewaar "
    "het opnieuw als .xlsx."
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MACROS = "xl/vbaProject.bin"


def read(stream: BinaryIO) -> Book:
    """All sheets of a workbook.

    Raises:
        Unreadable: it is damaged, or a sheet is too large.
    """
    found: list[Sheet] = []
    try:
        missing = _missing(stream)
        with sheets.reading(stream, values=True) as book, zipfile.ZipFile(stream) as archive:
            macros = _MACROS in archive.namelist()
            for sheet in book.worksheets:
                made = Sheet(sheet.title, state=sheet.sheet_state)
                with archive.open(sheet._worksheet_path) as part:
                    _marks(part, made)
                _fill(made, sheet)
                found.append(made)
    except (TableError, *sheets.UNREADABLE) as error:
        raise Unreadable("beschadigd", _DAMAGED) from error
    if missing and not found:
        raise Unreadable("beschadigd", _DAMAGED)
    return Book(found, "xlsx", [*map(_gone, missing), *([_macros()] if macros else [])])


def _missing(stream: BinaryIO) -> list[str]:
    """The sheets that a workbook says it has, of which the part is not in the file."""
    reader = ExcelReader(stream, read_only=True)
    with reader.archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out
        reader.read_manifest()
        reader.read_workbook()
        there = {
            sheet.name
            for sheet, part in reader.parser.find_sheets()
            if part.target in reader.valid_files
        }
    return [sheet.name for sheet in reader.parser.sheets if sheet.name not in there]


def _gone(name: str) -> Problem:
    said = (
        f"Dit bestand is beschadigd: wat op het blad “{name}” stond, zit er niet meer in. Neem een "
        "eerdere kopie, of vul dat blad opnieuw in."
    )
    return Problem("beschadigd", FOUT, said, Spot(name))


def _macros() -> Problem:
    said = "In dit werkboek zitten macro’s. Die worden niet uitgevoerd. Bewaar het als .xlsx."
    return Problem("macro", LET_OP, said, Spot())


def _fill(made: Sheet, sheet: Any) -> None:
    for number, row in enumerate(sheets.rows(sheet), 1):
        made.put(number, (cell.value for cell in row))
        for column, cell in enumerate(row, 1):
            if cell.data_type == "e":
                made.formulas[number, column] = "error"
            elif made.formulas.get((number, column)) == "used" and cell.value is None:
                made.formulas[number, column] = "empty"


def _marks(part: IO[bytes], made: Sheet) -> None:
    """Which rows are hidden, which cells are merged, and where the formulas are."""
    for element in _elements(part):
        if element.tag == f"{_MAIN}row":
            if element.get("hidden") in ("1", "true"):
                made.hidden.append(int(element.get("r", "0")))
            for cell in element.iterchildren(f"{_MAIN}c"):
                if cell.find(f"{_MAIN}f") is not None and cell.get("r"):
                    column, row, _, _ = range_boundaries(cell.get("r", ""))
                    made.formulas[row, column] = "used"
        elif (ref := element.get("ref")) is not None:
            left, top, right, bottom = range_boundaries(ref)
            made.merged.append((top, left, bottom, right))
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _elements(part: IO[bytes]) -> Iterator[Any]:
    coming = etree.iterparse(
        part,
        tag=(f"{_MAIN}row", f"{_MAIN}mergeCell"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    for _, element in coming:
        yield element
