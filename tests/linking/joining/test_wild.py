"""Tables as met in the wild: what they are written in, where their header is, what is wrong."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wijk.errors import TableError
from wijk.linking import csvw
from wijk.linking.join import COLUMNS
from wijk.linking.texts import TextTable

from .conftest import WILD, Join, described, plain

TITLES = [column.title for column in COLUMNS]
Rows = list[list[str]]


@pytest.mark.parametrize("text", WILD.values(), ids=WILD)
def test_a_table_as_met_in_the_wild_keeps_its_bytes_and_gets_its_columns(
    join: Join, text: bytes
) -> None:
    written, _ = join(text, "code")
    table = TextTable(io.BytesIO(text))
    by, encoding = table.dialect.delimiter.decode(), table.dialect.encoding
    after = io.StringIO(plain(written, encoding), newline="")
    rows = list(csv.reader(after, delimiter=by))
    header = next(row for row in rows if "code" in row)
    place, title = header.index("code"), header.index(next(t for t in header if t in TITLES[1:]))
    joined = [row for row in rows if len(row) > place and row[place].strip() == "GM0363"]
    assert joined
    assert all(row[title] == "exact" and row[title + 3] == "Tuin" for row in joined)
    assert len(set(map(len, [header, *joined]))) == 1
    kept = written.split(table.dialect.end)
    assert len(kept) == len(text.split(table.dialect.end))
    pairs = zip(text.split(table.dialect.end), kept, strict=True)
    assert all(new.startswith(old) for old, new in pairs)


def test_titles_that_are_taken_get_a_number(join: Join) -> None:
    written, _ = join(WILD["our own titles"], "code")
    assert written.startswith(b"wijk_code;code;wijk_code_2;wijk_uitkomst;")


@pytest.mark.parametrize(
    ("text", "code", "header", "column"),
    [
        (b"a;b\n1;GM0363\n2;GM0479\n", "2", 0, 1),
        (b"a;b\n1;363\n2;479\n", "2", 0, 1),
        (b"2;1\n1;GM0363\n", "2", 0, 0),
        (b"1;GM0363\n2;GM0479\n", "2", None, 1),
        (b"1;0363\n2;0479\n", "2", None, 1),
        (b"\n\na;b\n1;0363\n", "2", 2, 1),
        (b"sep=;\ncode\nGM0363\n", "1", 1, 0),
        (b"a;;code\n1;2;fout\n3;4;GM0363\n", "3", 0, 2),
        (b"Tabel 2\na;b\n2;GM0363\n", "2", 1, 1),
        (b"Tabel b\nb;a\nGM0363;b\n", " B ", 1, 0),
    ],
)
def test_a_column_has_a_name_or_else_a_number(
    text: bytes, code: str, header: int | None, column: int
) -> None:
    layout = TextTable(io.BytesIO(text)).lay(code)
    assert (layout.header, layout.column) == (header, column)


def test_a_long_cell_is_no_code_and_is_not_repeated_whole(join: Join) -> None:
    for cell in (b"x" * 9000, b'"' + b"x;" * 4000 + b'"'):
        written, report = join(b"code\n" + cell + b"\nGM0363\n", "code")
        assert written.splitlines()[1].startswith(cell + b";")
        assert len(written) < len(cell) + 3000
        assert [(len(line[0]) <= 256, line[3]) for line in report] == [(True, "geen code")]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
# A row without cells is an empty line.
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS | st.just("GM0363 "), max_size=width), min_size=1)
)


@settings(deadline=None)
@given(TABLES, st.sampled_from(";,\t|"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_table_keeps_its_rows_their_order_and_their_cells(
    join: Join, table: Rows, by: str, end: str, bom: bool
) -> None:
    written = io.StringIO(newline="")
    # With "\n", the writer leaves a carriage return bare, and the reader ends a row there.
    quoting = csv.QUOTE_ALL if end == "\n" else csv.QUOTE_MINIMAL
    csv.writer(written, delimiter=by, lineterminator=end, quoting=quoting).writerows(table)
    text = written.getvalue().encode("utf-8-sig" if bom else "utf-8")
    if not text.removeprefix(b"\xef\xbb\xbf").strip():
        return
    found = TextTable(io.BytesIO(text)).scan
    joined, _ = join(text)
    dialect = {"delimiter": found.dialect.delimiter.decode(), "lineterminator": end}
    assert found.dialect.encoding == "utf-8"
    before = list(csv.reader(io.StringIO(plain(text), newline=""), **dialect))
    after = list(csv.reader(io.StringIO(plain(joined), newline=""), **dialect))
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert new[: len(old)] == old
        assert len(new) in (len(old), found.width + len(COLUMNS))


@pytest.mark.parametrize("name", [name for name in WILD if name != "lines as of old"])
def test_a_reader_of_csvw_reads_every_joined_table(join: Join, tmp_path: Path, name: str) -> None:
    table = TextTable(io.BytesIO(WILD[name]))
    layout = table.lay("code")
    (tmp_path / "tabel.csv").write_bytes(join(WILD[name], "code")[0])
    made = csvw.metadata("tabel.csv", table.dialect, layout, {})
    metadata = tmp_path / "tabel.csv-metadata.json"
    metadata.write_text(json.dumps(made), encoding="utf-8")
    found = [row for row in described(metadata) if str(row["code"]).strip() == "GM0363"]
    assert found
    assert {row.get("wijk_code_2", row["wijk_code"]) for row in found} == {"GM0363"}
    assert all(row["wijk_casussen"] == ["Tuin"] for row in found)
    assert all(row["wijk_casussen_aantal"] == 1 for row in found)


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        (b"a;b\n1;2\n", "c", "no column 'c' in this table.*There are 2 columns: 1 a, 2 b"),
        (b"a;gebiedscode\n1;2\n", "gebiedcode", "Did you mean gebiedscode"),
        (b"a;b\n1;2\n", "3", "no column '3'"),
        (b"a;b;b\n1;2;3\n", "b", "Row 1: columns 2 and 3 are called 'b'. Give its number"),
        (b"a;b\n1;GM0363\n2;GM0479\n", None, 'Column 2 looks like it; .* give "b" for code'),
        (b"a;b;b\n1;1;GM0363\n2;2;GM0479\n", None, "give 3 for code"),
        (b"1;GM0363\n2;GM0479\n", None, "give 2 for code"),
        (b"a;b\n1;2019\n2;2020\n", None, "Name one for code. There are 2 columns"),
        (b"a;b\n1;2\n", "9" * 5000, "no column '9{80}…' in this table"),
        (b"a" * 500 + b";b\n1;2\n", "c", "There are 2 columns: 1 a{80}…, 2 b"),
        (b" \n", "1", "The table is empty"),
        (b"a\0b\n", "1", "not a table in UTF-8 or Windows-1252. Save it as CSV in UTF-8"),
        (b"\xff\xfea\0;\0", "1", "not a table in UTF-8 or Windows-1252"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "1", r"of before 2007 \(\.xls\)"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_what_to_do(
    text: bytes, code: str | None, message: str
) -> None:
    with pytest.raises(TableError, match=message):
        TextTable(io.BytesIO(text)).lay(code)
