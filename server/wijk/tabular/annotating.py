"""Writes what was found on the cells that it is about, in a copy of the workbook."""

import io
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from wijk.characters import legal
from wijk.tables import sheets
from wijk.tabular.grid import Book
from wijk.tabular.opening import opened
from wijk.tabular.problems import FOUT, Problem, Spot

_AUTHOR = "wijk"
_FILLS = {FOUT: PatternFill("solid", fgColor="FBEAE4")}
_OTHER = PatternFill("solid", fgColor="FFF5D6")
_WIDTH, _HEIGHT, _LINE = 360, 60, 20
_SHEET = "Blad1"


def annotated(content: bytes, problems: Iterable[Problem]) -> bytes:
    """A copy (.xlsx) of a file with each finding as a comment on its cell.

    What is about a row stands in its first cell; what is about more, in the first cell of the
    sheet. Rows in which the same is wrong have the comment too.

    Raises:
        Unreadable: nothing of the file can be read.
    """
    read = opened(content)
    book = (_loaded(content) if read.kind == "xlsx" else None) or _copied(read)
    for problem in problems:
        for spot in _spots(problem):
            sheet = book[spot.sheet] if spot.sheet in book.sheetnames else book.worksheets[0]
            _put(sheet, max(1, spot.row), max(1, spot.column), problem)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _spots(problem: Problem) -> Iterator[Spot]:
    spot = problem.spot
    yield spot
    for row in problem.also:
        yield Spot(spot.sheet, row, spot.column)


def _loaded(content: bytes) -> Workbook | None:
    """The workbook with all that is in it; None when more is read than its cells, and damaged."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it leaves out
        try:
            return load_workbook(io.BytesIO(content), keep_links=False)
        except sheets.UNREADABLE:
            return None


def _copied(read: Book) -> Workbook:
    """The same sheets as a workbook: text alone, as it was read."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in read.sheets:
        made = book.create_sheet(sheet.name or _SHEET)
        for number, cells in sheet.rows.items():
            for column, said in enumerate(cells, 1):
                if said:
                    cell = made.cell(number, column)
                    cell.value, cell.data_type = legal(said), "s"
    return book


def _put(sheet: Any, row: int, column: int, problem: Problem) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        return
    said = f"{problem.level}: {problem.text}"
    if cell.comment is not None and cell.comment.text != said:
        said = f"{cell.comment.text}\n\n{said}"
    lines = sum(1 + len(line) // 50 for line in said.split("\n"))
    cell.comment = Comment(said, _AUTHOR, height=_HEIGHT + _LINE * lines, width=_WIDTH)
    cell.fill = _FILLS.get(problem.level, _OTHER)
