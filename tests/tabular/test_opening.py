"""What an editor hands in is read as people see it, or it is told why not."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import pytest
from wijk.tabular import grid
from wijk.tabular.grid import Unreadable
from wijk.tabular.opening import opened


def ods(rows: str, settings: str = "") -> bytes:
    """A workbook of LibreOffice with one sheet of these rows."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    content = (
        f"<office:document-content {names}>{settings}<office:body><office:spreadsheet>"
        f'<table:table table:name="Casussen">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return into.getvalue()


def cell(text: str, more: str = "") -> str:
    """A cell of a row of LibreOffice."""
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_table_in_text_is_read_in_any_usual_encoding_and_with_any_separator(
    encoding: str, sign: str
) -> None:
    text = f'titel{sign}plek\r\nCafé ’t Hoekje{sign}"Oost{sign} ""West"""\r\n'
    book = opened(text.encode(encoding))
    assert book.sheets[0].rows == {
        1: ["titel", "plek"],
        2: ["Café ’t Hoekje", f'Oost{sign} "West"'],
    }


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("windows-1252", "Café"),
        ("mac-roman", "CafŽ"),
        ("cp850", "Caf\N{SINGLE LOW-9 QUOTATION MARK}"),
    ],
)
def test_how_letters_were_read_is_told_when_a_table_is_not_in_utf_8(
    encoding: str, shown: str
) -> None:
    (only,) = opened("titel\nTuin\nCafé\n".encode(encoding)).problems
    assert (only.code, only.level, only.spot.cell) == ("codering", "tip", "A3")
    assert f"gelezen als Windows-1252. Kijk of dat klopt, bijvoorbeeld hier: “{shown}”" in only.text
    assert opened("titel\nCafé\n".encode()).problems == []


def test_a_quote_that_does_not_close_is_told_with_its_row() -> None:
    with pytest.raises(Unreadable) as told:
        opened(b'titel;plek\nTuin;Oost\n"Tuin;West\n')
    assert told.value.problem.spot.row == 3
    assert "aanhalingsteken" in told.value.problem.text


def test_values_are_as_a_person_would_type_them(workbook: Callable[..., bytes]) -> None:
    row = [30, 12.5, date(2021, 2, 3), datetime(2021, 2, 3), True, 2e21, "  a\u00a0", "x\r\ny"]
    sheet = opened(workbook({"Casussen": [row]})).sheets[0]
    assert sheet.rows[1] == [
        *("30", "12,5", "2021-02-03", "2021-02-03", "ja"),
        *("2000000000000000000000", "a", "x\ny"),
    ]


def test_hidden_rows_merged_cells_and_formulas_are_told(workbook: Callable[..., bytes]) -> None:
    def after(book: openpyxl.Workbook) -> None:
        sheet = book["Casussen"]
        sheet.row_dimensions[2].hidden = True
        sheet.merge_cells("A3:A4")
        sheet["B2"] = "=1+1"

    rows = [["titel", "nummer"], ["a", 1], ["b", 2], ["c", 3]]
    sheet = opened(workbook({"Casussen": rows}, after)).sheets[0]
    told = {problem.code: problem for problem in grid.oddities(sheet, 2, [1, 2])}
    assert told["formule-leeg"].spot.cell == "B2"
    assert told["samengevoegd"].spot.cell == "A3"
    assert "A3:A4" in told["samengevoegd"].text
    assert "Rij 2 is verborgen" in told["verborgen"].text


def test_what_came_out_of_a_formula_is_used_and_told() -> None:
    outcome = cell("30", 'table:formula="of:=15*2" office:value-type="float" office:value="30"')
    rows = (
        f"<table:table-row>{cell('nummer')}</table:table-row>"
        f"<table:table-row>{outcome}</table:table-row>"
    )
    sheet = opened(ods(rows)).sheets[0]
    assert sheet.cell(2, 1) == "30"
    (told,) = grid.oddities(sheet, 2, [1])
    assert (told.code, told.level) == ("formule", "let op")
    assert "“30” is gebruikt" in told.text


@pytest.mark.parametrize("kept", ['"float" office:value="0"', '"string" office:string-value=""'])
@pytest.mark.parametrize("shown", ["#DEEL/0!", "Err:502"])
def test_a_formula_that_failed_has_no_outcome_whatever_is_kept_of_it(kept: str, shown: str) -> None:
    failed = cell(shown, f'table:formula="of:=1/0" office:value-type={kept}')
    sheet = opened(ods(f"<table:table-row>{failed}</table:table-row>")).sheets[0]
    (told,) = grid.oddities(sheet, 1, [1])
    assert (told.code, told.value) == ("formule-mislukt", shown)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        *((said, "formule-mislukt") for said in ("#REF!", "#N/B", "#DEEL/0!", "#NAAM?", "Err:502")),
        ("=A1", "formule-leeg"),
    ],
)
def test_a_formula_in_a_table_in_text_is_no_text(said: str, code: str) -> None:
    sheet = opened(f"titel;plek\n{said};#REF! en meer\n".encode()).sheets[0]
    (told,) = grid.oddities(sheet, 2, [1, 2])
    assert (told.code, told.spot.cell, told.value) == (code, "A2", said)


def test_a_workbook_of_libreoffice_is_read_as_it_is_shown() -> None:
    rows = (
        "<table:table-row>"
        f"{cell('titel')}{cell('begin')}"
        '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2" table:visibility="collapse">'
        "<table:table-cell><office:annotation><text:p>niet dit</text:p></office:annotation>"
        '<text:p>Een <text:span>tuin</text:span><text:s text:c="2"/>hier</text:p>'
        "<text:p>en daar</text:p></table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="2021-02-03">'
        "<text:p>3 feb</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
        "</table:table-row>"
    )
    sheet = opened(ods(rows)).sheets[0]
    read = ["Een tuin  hier\nen daar", "2021-02-03"]
    assert sheet.rows == {1: ["titel", "begin"], 2: read, 3: read}
    assert sheet.hidden == [2, 3]


def test_macros_are_told_and_not_run(workbook: Callable[..., bytes]) -> None:
    into = io.BytesIO(workbook({"Casussen": [["titel"], ["Tuin"]]}))
    with zipfile.ZipFile(into, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    book = opened(into.getvalue())
    assert book.sheets[0].cell(2, 1) == "Tuin"
    assert [problem.code for problem in book.problems] == ["macro"]


def without(content: bytes, *parts: str) -> bytes:
    """The same workbook without some of its parts."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(into, "w") as archive:
        for name in whole.namelist():
            if name not in parts:
                archive.writestr(name, whole.read(name))
    return into.getvalue()


def test_a_sheet_that_is_gone_from_the_file_is_told(workbook: Callable[..., bytes]) -> None:
    whole = workbook({"Casussen": [["titel"], ["Tuin"]], "Lessen": [["tekst"], ["Begin klein"]]})
    parts = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
    (told,) = opened(without(whole, parts[1])).problems
    assert (told.code, told.level, told.spot.sheet) == ("beschadigd", "fout", "Lessen")
    assert opened(whole).problems == []
    with pytest.raises(Unreadable, match="beschadigd"):
        opened(without(whole, *parts))


def bomb() -> bytes:
    """A small file that unpacks to far more."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    return into.getvalue()


def other() -> bytes:
    """A zip file that is no workbook."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("foto.txt", "niets")
    return into.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leeg"),
        (b" \n", "leeg"),
        (b"\xd0\xcf\x11\xe0 an old one", "vóór 2007"),
        (b"%PDF-1.7", "pdf"),
        (b"PK\x03\x04 broken", "beschadigd"),
        (bomb(), "veel te groot"),
        (other(), "geen werkboek"),
        (b"\x00\x01\x02\x03", "niet te lezen"),
        (ods('<table:table-row table:number-rows-repeated="90000">' + cell("a")
             + "</table:table-row>"), "na rij 50000"),
        (ods("<table:table-row>" + cell("a", 'table:number-columns-repeated="900"')
             + "</table:table-row>"), "meer dan 200 cellen"),
        (ods("<table:table-row>"), "beschadigd"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_one_sentence_or_two(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as told:
        opened(content)
    assert said in told.value.problem.text
    assert told.value.problem.level == "fout"


def test_an_entity_that_reads_a_file_reads_nothing(tmp_path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    whole = ods(f"<table:table-row>{cell('a &amp;')}</table:table-row>")
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        content = archive.read("content.xml").decode()
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", declared + content.replace("&amp;", "&e;"))
    try:
        rows = opened(into.getvalue()).sheets[0].rows
    except Unreadable:
        rows = {}
    assert "geheim" not in str(rows)
