"""A table in a workbook: what it says stays, and a file that is none is refused."""

import io
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell import WriteOnlyCell
from wijk.errors import TableError
from wijk.linking import tables
from wijk.linking.join import COLUMNS, Joiner
from wijk.linking.tally import Line, Tally
from wijk.tables import sheets

Row = Iterable[Any]
DONE = [column.title for column in COLUMNS]


def workbook(*rows: Row, other: Iterable[Row] = ()) -> bytes:
    """A workbook with these rows, and perhaps a first sheet that is not about codes."""
    book, made = openpyxl.Workbook(write_only=True), io.BytesIO()
    for title, listed in (("Toelichting", other), ("Cijfers", rows)):
        if listed:
            sheet = book.create_sheet(title)
            for row in listed:
                sheet.append([_cell(sheet, value) for value in row])
    book.save(made)
    return made.getvalue()


def _cell(sheet: Any, value: Any) -> Any:
    """A pair is a value with its format; a text is never a formula, but for one of a sum."""
    value, shown = value if isinstance(value, tuple) else (value, "General")
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "f" if value.startswith("=SUM") else "s"
    cell.number_format = shown if shown != "General" else cell.number_format
    return cell


def joined(text: bytes, code: str, joiner: Joiner) -> tuple[Any, list[Line]]:
    """The joined workbook, and the report."""
    report = list[Line]()
    table = tables.opened(io.BytesIO(text))
    pieces = table.joined(table.lay(code), joiner, Tally(report.append))
    return openpyxl.load_workbook(io.BytesIO(b"".join(pieces))), report


def values(sheet: Any) -> list[list[Any]]:
    """The values of a sheet, up to the last of each row and the last row."""
    found = []
    for cells in sheet.iter_rows():
        row = [cell.value for cell in cells]
        while row and row[-1] is None:
            row.pop()
        found.append(row)
    while found and not found[-1]:
        found.pop()
    return found


def test_rows_keep_what_they_say_and_get_columns(joiner: Callable[..., Joiner]) -> None:
    day, price = (44562.123456789, "dd-mm-yyyy"), (1.5, "0.00")
    text = workbook(
        ["Cijfers"],
        [],
        ["code", "naam", "dag", "prijs", "som"],
        ["GM0363 ", "=geen som", day, price, "=SUM(D4:D4)"],
        [363, "#N/A", True, 0.1, None],
        [],
        ["GM1671"],
    )
    book, report = joined(text, "code", joiner())
    sheet = book["Cijfers"]
    rows = values(sheet)
    assert rows[:3] == [["Cijfers"], [], ["code", "naam", "dag", "prijs", "som", *DONE]]
    assert rows[3][5:10] == ["GM0363", "exact", None, 1, "Tuin"]
    assert rows[4][:10] == [363, "#N/A", True, 0.1, None, "GM0363", "exact", None, 1, "Tuin"]
    assert rows[5] == []
    assert rows[6][:7] == ["GM1671", None, None, None, None, None, "gesplitst"]
    assert [cell.data_type for cell in sheet[4]][:5] == ["s", "s", "d", "n", "f"]
    assert [cell.number_format for cell in sheet[4]][2:4] == ["dd-mm-yyyy", "0.00"]
    assert [line[:4] for line in report] == [("GM1671", "1", "7", "gesplitst")]


def test_a_date_stays_the_number_that_it_was(joiner: Callable[..., Joiner]) -> None:
    number = 44562.1234567891
    table = tables.opened(io.BytesIO(workbook(["code", "dag"], ["GM0363", (number, "dd-mm-yyyy")])))
    text = b"".join(table.joined(table.lay("code"), joiner(), Tally(print)))
    with zipfile.ZipFile(io.BytesIO(text)) as archive:
        assert f"<v>{number!r}</v>".encode() in archive.read("xl/worksheets/sheet1.xml")


def test_the_sheet_with_the_column_is_joined_and_the_others_come_along(
    joiner: Callable[..., Joiner],
) -> None:
    text = workbook(["code"], ["GM0363"], other=[["Lees mij"], ["eerst", 2]])
    book, _ = joined(text, "code", joiner("2022-05-01"))
    assert book.sheetnames == ["Toelichting", "Cijfers", "wijk"]
    assert values(book["Toelichting"]) == [["Lees mij"], ["eerst", 2]]
    told = values(book["wijk"])
    assert [row[0] for row in told[1 : len(DONE) + 1]] == DONE
    assert ["Datum van de codes", "2022-05-01"] in told


VALUES = st.none() | st.integers(-(10**9), 10**9) | st.booleans() | st.text("a=#' é\n", max_size=4)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(VALUES, max_size=4), min_size=1, max_size=6))
def test_any_sheet_keeps_its_rows_their_order_and_their_values(
    joiner: Callable[..., Joiner], rows: list[list[Any]]
) -> None:
    text = workbook(["code"], *rows)
    before = values(openpyxl.load_workbook(io.BytesIO(text))["Cijfers"])
    book, _ = joined(text, "1", joiner())
    after = values(book["Cijfers"])
    assert [new[: len(old)] for old, new in zip(before, after, strict=False)] == before


def test_more_is_read_than_a_sheet_says_there_is(joiner: Callable[..., Joiner]) -> None:
    text = workbook(["code"], ["GM0363"], ["GM0479"])
    said = _with(
        text, "xl/worksheets/sheet1.xml", b"<sheetData", b'<dimension ref="A1"/><sheetData'
    )
    book, _ = joined(said, "code", joiner())
    assert [row[0] for row in values(book["Cijfers"])] == ["code", "GM0363", "GM0479"]


def _with(text: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The same workbook with something else in one of its parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(text)) as given, zipfile.ZipFile(made, "w") as out:
        for name in given.namelist():
            body = given.read(name)
            out.writestr(name, body.replace(old, new) if name == part else body)
    return made.getvalue()


def _zip(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in parts.items():
            out.writestr(name.replace("__", "/"), body)
    return made.getvalue()


GOOD = workbook(["code"], ["GM0363"])
BOMB = _zip(**{"[Content_Types].xml": b"<Types/>", "xl/worksheets/sheet1.xml": b" " * 30_000_000})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD[:-30], "This file is damaged. Open it in Excel"),
        (_zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "a zip file, but not"),
        (_with(GOOD, "xl/workbook.xml", b"<sheets>", b"<sheets"), "This workbook cannot be read"),
        (_with(GOOD, "xl/worksheets/sheet1.xml", b"</row>", b""), "cannot be read"),
        (_with(GOOD, "xl/worksheets/sheet1.xml", b'r="2"', b'r="99999999"'), "has no such row"),
        (BOMB, "unpacks to 30,000,008 bytes, which is too much. Keep the sheet"),
        (workbook(["a"], [1]), "There is no column 'code'"),
        (workbook(["code"], ["=SUM(A1)"]), "Row 2: the code is a formula.* paste it as values"),
    ],
)
def test_what_is_no_workbook_or_too_much_of_one_is_refused(
    joiner: Callable[..., Joiner], monkeypatch: pytest.MonkeyPatch, text: bytes, message: str
) -> None:
    monkeypatch.setattr(sheets, "LAST_ROW", 1000)
    with pytest.raises(TableError, match=message):
        joined(text, "code", joiner())


PARTS = zipfile.ZipFile(io.BytesIO(GOOD)).namelist()


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PARTS), st.floats(0, 1, exclude_max=True), st.binary(max_size=3))
def test_a_workbook_with_anything_else_in_a_part_is_read_or_refused(
    joiner: Callable[..., Joiner], part: str, where: float, other: bytes
) -> None:
    body = zipfile.ZipFile(io.BytesIO(GOOD)).read(part)
    at = int(where * len(body))
    with suppress(TableError):
        changed = _with(GOOD, part, body, body[:at] + other + body[at + 1 :])
        joined(changed, "code", joiner())


def test_parts_that_are_in_memory_have_a_limit_of_their_own() -> None:
    with pytest.raises(TableError, match="which is too much"):
        sheets.refuse(io.BytesIO(GOOD), most=100)


def test_the_command_joins_a_workbook(wijk: Callable[..., Any], tiny: Path, tmp_path: Path) -> None:
    mine, out = tmp_path / "cijfers.xlsx", tmp_path / "uit.xlsx"
    mine.write_bytes(workbook(["code", "n"], ["BU07960401", 1]))
    assert "A workbook cannot go to stdout" in wijk("join", mine, "--code", "code").stderr
    done = wijk("join", mine, "--code", "code", "--output", out, "--graph", tiny)
    assert done.stderr == "1 rij: 1 exact.\n"
    row = values(openpyxl.load_workbook(out)["Cijfers"])[1]
    assert row[:7] == ["BU07960401", 1, "BU07960401", "exact", None, 1, "Tuin"]
    assert str(date.today()) in str(values(openpyxl.load_workbook(out)["wijk"]))
