"""How the workbook looks: colours of the site, and how wide a column is."""

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from wijk.characters import legal
from wijk.tabular.layout import Column

LONGEST = 32_767
"""Characters of the longest text that a cell of Excel holds."""
_PLATE = PatternFill("solid", fgColor="12388A")
_PLATE_REQUIRED = PatternFill("solid", fgColor="0A2459")
_TINT = PatternFill("solid", fgColor="EEF1F4")
_WHITE = Font("Calibri", 11, bold=True, color="FFFFFF")
_YELLOW = Font("Calibri", 11, bold=True, color="FFC93C")
_QUIET = Font("Calibri", 11, italic=True, color="46536E")
_BOLD = Font("Calibri", 11, bold=True, color="12388A")
_TITLE = Font("Calibri", 18, bold=True, color="12388A")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(wrap_text=True, vertical="center")
_WIDTHS = {"text": 60, "line": 30, "thing": 30, "address": 40, "choice": 24, "boolean": 12}
_NARROW = 14
_LETTER, _LINE, _MOST_LINES = 1.1, 15, 12
"""How much of its width a letter takes, points that a line is high, and lines that are shown."""


def plain(sheet: Any, said: str, number: bool = False) -> Any:
    """A cell that says this, or none; a text stays a text, also one that begins with =."""
    if not said:
        return None
    cell = WriteOnlyCell(sheet)
    if number and said.isdecimal() and len(said) < 10 and str(int(said)) == said:
        cell.value = int(said)
    else:
        cell.value, cell.data_type = legal(said)[:LONGEST], "s"
        cell.number_format = "@"
    cell.alignment = _WRAPPED
    return cell


def heading(sheet: Any, said: str, required: bool = False) -> Any:
    """A heading; that of a column that must be filled in has another colour."""
    cell = plain(sheet, said) or WriteOnlyCell(sheet)
    cell.font = _YELLOW if required else _WHITE
    cell.fill = _PLATE_REQUIRED if required else _PLATE
    cell.alignment = _MIDDLE
    return cell


def example(sheet: Any, said: str) -> Any:
    """A cell of the example row."""
    cell = plain(sheet, said) or WriteOnlyCell(sheet)
    cell.font, cell.fill = _QUIET, _TINT
    return cell


def bold(sheet: Any, said: str) -> Any:
    """A cell that names what stands beside or below it."""
    cell = plain(sheet, said)
    cell.font = _BOLD
    return cell


def title(sheet: Any, said: str) -> Any:
    """The title of a sheet."""
    cell = WriteOnlyCell(sheet, said)
    cell.font = _TITLE
    return cell


def high(sheet: Any, row: int, said: Sequence[str], widths: Sequence[int]) -> None:
    """Make a row as high as what it says; say so before the row is written."""
    lines = max(
        (
            sum(1 + int(len(line) * _LETTER / width) for line in text.split("\n"))
            for text, width in zip(said, widths, strict=False)
            if text
        ),
        default=1,
    )
    if lines > 1:
        sheet.row_dimensions[row].height = min(lines, _MOST_LINES) * _LINE


def width(column: Column) -> int:
    """How wide a column is, in letters."""
    return max(_WIDTHS.get(column.value, _NARROW), len(column.title) + 4)


def laid(sheet: Any, columns: Iterable[Column]) -> None:
    """Give each column its width; what is typed in it stays as it is typed."""
    for number, column in enumerate(columns, 1):
        made = sheet.column_dimensions[get_column_letter(number)]
        made.width = width(column)
        made.hidden = column.hidden
        made.alignment = _WRAPPED
        if column.value != "integer":
            made.number_format = "@"


def printed(sheet: Any) -> None:
    """On paper a sheet is as wide as a page, on its side."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
