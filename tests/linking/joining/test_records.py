"""Rows of text as bytes: the same cells as Python's csv module reads, and nothing is lost."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wijk.errors import TableError
from wijk.tables import records
from wijk.tables.records import Dialect

SEMICOLON = Dialect()
COMMA = Dialect(delimiter=b",")


def read(text: bytes, dialect: Dialect = SEMICOLON) -> list[list[str]]:
    """The cells of every row, as they are read."""
    rows = [dialect.body(row) for row in records.records(io.BytesIO(text), dialect)]
    return [[dialect.text(cell) for cell in dialect.cells(row)] if row else [] for row in rows]


@settings(deadline=None)
@given(st.text(alphabet='a1; ,\t"\n'), st.sampled_from([SEMICOLON, COMMA, Dialect(b"\t")]))
def test_any_text_has_the_cells_that_the_csv_module_reads(text: str, dialect: Dialect) -> None:
    by = dialect.delimiter.decode()
    theirs = list(csv.reader(io.StringIO(text, newline=""), delimiter=by))
    try:
        assert read(text.encode(), dialect) == theirs
    except TableError:  # a quote that does not close: they take what follows into the cell
        with pytest.raises(csv.Error, match=r"unexpected end of data|expected after"):
            list(csv.reader(io.StringIO(text, newline=""), delimiter=by, strict=True))


@settings(deadline=None)
@given(st.binary(), st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_rows_together_are_the_text_itself(text: bytes, end: bytes) -> None:
    dialect = Dialect(end=end)
    try:
        rows = list(records.records(io.BytesIO(text), dialect))
    except TableError:
        assert b'"' in text
    else:
        assert b"".join(rows) == text


@settings(deadline=None)
@given(st.text(), st.sampled_from([b";", b",", b"\t", b"|"]))
def test_what_is_written_in_a_cell_is_read_from_it(text: str, delimiter: bytes) -> None:
    dialect = Dialect(delimiter=delimiter)
    cell = dialect.written(text)
    assert dialect.cells(b"x" + delimiter + cell + b"\r\n") == [b"x", cell]
    assert dialect.text(cell) == text


def test_lines_of_a_cell_are_one_row() -> None:
    assert read(b'a;"b\r\n""c"" ;d";e\r\nf\r\n') == [["a", 'b\r\n"c" ;d', "e"], ["f"]]


def test_lines_can_end_in_a_carriage_return_alone() -> None:
    assert read(b'a;"b\rc"\rd\r', Dialect(end=b"\r")) == [["a", "b\rc"], ["d"]]


def test_a_quote_that_never_closes_is_told_with_its_row() -> None:
    text = b'a;b\nc;"d\n' + b"e;f\n" * 300_000
    with pytest.raises(TableError, match=r"Row 2: .* longer than 1,048,576 bytes.* quote"):
        read(text)


def test_a_quote_that_is_open_at_the_end_is_told_with_its_row() -> None:
    with pytest.raises(TableError, match=r"Row 2: a quote .* does not close"):
        read(b'a;b\nc;"d\ne;f\n')


def test_a_line_without_an_end_is_told_before_it_is_read_whole() -> None:
    stream = io.BytesIO(b"x" * (records.MOST * 3))
    with pytest.raises(TableError, match="Row 1: "):
        next(records.records(stream, SEMICOLON))
    assert stream.tell() < records.MOST * 2


def test_what_the_encoding_does_not_have_is_a_question_mark() -> None:
    assert (
        Dialect(encoding="windows-1252").written("Wûnseradiel €1 ≤ 2")
        == b"W\xfbnseradiel \x801 ? 2"
    )
