"""Workbooks as people hand them in: made with openpyxl, as text, or packed by hand."""

import io
from collections.abc import Callable, Mapping, Sequence

import openpyxl
import pytest

Sheets = Mapping[str, Sequence[Sequence[object]]]


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    """Makes a workbook (.xlsx) of sheets with rows; `after` may still change it."""

    def made(sheets: Sheets, after: Callable[[openpyxl.Workbook], object] | None = None) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        if after is not None:
            after(book)
        into = io.BytesIO()
        book.save(into)
        return into.getvalue()

    return made
