"""Reads workbooks (.xlsx) row by row, and refuses what is none or unpacks to too much."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from wijk.errors import TableError
from wijk.tables.records import Dialect
from wijk.tables.scanning import ROWS, Scan

if TYPE_CHECKING:
    from openpyxl import Workbook

BEGIN = b"PK\x03\x04"
"""What every workbook begins with."""
UNPACKED = 1024**3
"""Bytes that the parts of a workbook may be together, once unpacked."""
_RATIO = 200
_SMALL = 10 * 1024**2
"""Bytes, unpacked, below which no part is too much."""
_SHARED = 256 * 1024**2
"""Bytes of what is not a sheet: that is in memory as a whole."""
LAST_ROW = 1_048_576
_EXCEL = "Open it in Excel or LibreOffice and save it as .xlsx again."
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,  # a part with a password, or packed in a way that is not known
    SyntaxError,  # both readers of XML say so of what is none
    # What openpyxl takes for granted of a part, a cell or a style, and finds otherwise.
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
)
"""What openpyxl ends with when the parts of a workbook are not what they should be."""

Cells = tuple[Any, ...]


def refuse(stream: BinaryIO, most: int) -> None:
    """See what a file says that it unpacks to; its reader takes no more than that."""
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    except UNREADABLE as error:
        raise TableError(None, "this file is damaged", _EXCEL) from error
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        raise TableError(None, "this is a zip file, but not a workbook (.xlsx)", _EXCEL)
    if too_much(parts, most):
        whole = sum(part.file_size for part in parts)
        raise TableError(
            None,
            f"this workbook unpacks to {whole:,} bytes, which is too much",
            "Keep the sheet with the codes only, or save that as CSV.",
        )


def too_much(parts: Sequence[zipfile.ZipInfo], most: int) -> bool:
    """Whether these parts of a file unpack to more than so many bytes, or to far more than it is.

    The rows of .xlsx are in sheets of their own; what else there is, is in memory as a whole.
    """
    sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
    whole = sum(part.file_size for part in parts)
    shared = whole - sum(part.file_size for part in sheets)
    ratio = max((part.file_size / max(1, part.compress_size) for part in parts), default=0)
    return whole > most or shared > min(most, _SHARED) or (whole > _SMALL and ratio > _RATIO)


@contextmanager
def reading(stream: BinaryIO, values: bool = False) -> Iterator["Workbook"]:
    """The workbook, its numbers as numbers also where they are shown as dates.

    With `values` it is as people see it: dates are dates, and formulas are what came out of them.

    Raises:
        TableError: it is not what a workbook should be.
    """
    import openpyxl

    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out
            book = openpyxl.load_workbook(
                stream, read_only=True, keep_links=False, data_only=values
            )
        if not values:  # a date that is read and written again is not always the same number
            book._date_formats, book._timedelta_formats = set(), set()
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # some programs say less than there is
    except UNREADABLE as error:
        raise TableError(None, "this workbook cannot be read", _EXCEL) from error
    try:
        yield book
    finally:
        book.close()


def rows(sheet: Any) -> Iterator[Cells]:
    """The rows of a sheet, those without anything too.

    Raises:
        TableError: a row that cannot be read.
    """
    coming = iter(sheet.iter_rows())
    for number in range(1, LAST_ROW + 2):
        try:
            row = next(coming, None)
        except UNREADABLE as error:
            raise TableError(
                number, f"this row of sheet {sheet.title} cannot be read", _EXCEL
            ) from error
        if row is None:
            return
        yield row
    raise TableError(LAST_ROW + 1, "a sheet has no such row", _EXCEL)


def scan(sheet: Any) -> Scan:
    """How wide and long a sheet is, what its first rows say, and where it has formulas."""
    first: list[Sequence[str]] = []
    formulas: dict[int, int] = {}
    width = last = 0
    for number, row in enumerate(rows(sheet), 1):
        if (filled := _filled(row)) == 0:
            first += [()] if number <= ROWS else []
            continue
        width, last = max(width, filled), number
        formulas |= {at: number for at, cell in enumerate(row) if cell.data_type == "f"}
        if number <= ROWS:
            first.append([text(cell) for cell in row])
    return Scan(Dialect(), width, last, first, formulas=formulas)


def _filled(row: Cells) -> int:
    """How many cells there are up to the last with something in it."""
    return next((len(row) - at for at, cell in enumerate(reversed(row)) if text(cell)), 0)


def text(cell: Any) -> str:
    """What a cell says; a number as a code has it: municipalities have four digits."""
    value = getattr(cell, "value", None)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:04d}" if value >= 0 else str(value)
    return "" if value is None else str(value)
