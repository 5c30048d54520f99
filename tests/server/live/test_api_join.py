"""`/api/v1/join`: a table goes in, and comes back with columns."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx2
import openpyxl
import pytest
from wijk.linking.join import COLUMNS

PATH = "/api/v1/join"
CSV = {"Content-Type": "text/csv"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLE = b"naam;code\r\nMuntel;BU07960401\r\nniets;GM1671\r\n"
EXTRACT = Path(__file__).parents[2] / "linking/extracts/ses_woa_2019_amsterdam_zuidoost.csv"


def sent(client: httpx2.Client, body: bytes = TABLE, **asked: str) -> httpx2.Response:
    """The answer to a table in text."""
    accept = asked.pop("accept", "*/*")
    return client.post(PATH, params=asked, content=body, headers={**CSV, "Accept": accept})


def workbook() -> bytes:
    """The same table in a workbook."""
    book, made = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet("Cijfers")
    for row in csv.reader(TABLE.decode().splitlines(), delimiter=";"):
        sheet.append(row)
    book.save(made)
    return made.getvalue()


def test_a_table_comes_back_with_columns(client: httpx2.Client) -> None:
    response = sent(client, code="code", datum="2022-01-01")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="met-casussen.csv"'
    assert response.headers["link"] == f'<{PATH}>; rel="describedby"'
    before, after = TABLE.splitlines(), response.content.splitlines()
    assert all(new.startswith(old + b";") for old, new in zip(before, after, strict=True))
    assert b"Boefjes en Barista's" in after[1]


def test_a_table_comes_back_in_its_own_encoding(client: httpx2.Client) -> None:
    response = sent(client, "naam;code\nSúdwest;GM1900\n".encode("windows-1252"), code="code")
    assert response.headers["content-type"] == "text/csv; charset=windows-1252"
    assert response.text.splitlines()[1].startswith("Súdwest;GM1900;")


def test_a_large_table_is_sent_while_it_is_made(client: httpx2.Client) -> None:
    body = b"code\n" + b"GM0285\n" * 30_000
    with client.stream("POST", PATH, params={"code": "1"}, content=body, headers=CSV) as response:
        assert response.headers.get("transfer-encoding") == "chunked"
        assert sum(piece.count(b"\n") for piece in response.iter_bytes()) == 30_001


def test_everything_about_it_is_in_a_zip_file(client: httpx2.Client) -> None:
    response = sent(client, code="2", accept="application/zip")
    assert response.headers["content-disposition"] == 'attachment; filename="met-casussen.zip"'
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "met-casussen.csv",
            "met-casussen.csv-metadata.json",
            "met-casussen-rapport.csv",
        ]
        report = archive.read("met-casussen-rapport.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(report, newline=""), delimiter=";")
    assert (row["code"], row["uitkomst"], row["mogelijke_codes"]) == (
        *("GM1671", "gesplitst", "GM0796 GM0828"),
    )


def test_a_form_has_the_table_as_its_file(client: httpx2.Client) -> None:
    given = {"code": "Regiocode (gemeente, wijk, buurt) (code)", "datum": "2022-01-01"}
    response = client.post(PATH, data=given, files={"file": ("t.csv", EXTRACT.read_bytes())})
    assert response.status_code == 200
    assert len(response.content.splitlines()) == 57


def test_a_workbook_comes_back_as_one(client: httpx2.Client) -> None:
    response = client.post(
        PATH, params={"code": "code"}, content=workbook(), headers={"Content-Type": XLSX}
    )
    assert response.headers["content-type"] == XLSX
    sheet = openpyxl.load_workbook(io.BytesIO(response.content))["Cijfers"]
    assert [cell.value for cell in sheet[2]][:4] == ["Muntel", "BU07960401", "BU07960401", "exact"]


def test_what_is_added_and_taken_can_be_asked(client: httpx2.Client) -> None:
    told = client.get(PATH).json()
    assert [each["title"] for each in told["columns"]] == [column.title for column in COLUMNS]
    assert told["accepts"] == ["text/csv", XLSX, "multipart/form-data"]
    assert told["limit"] == 10 * 1024 * 1024


@pytest.mark.parametrize(
    ("body", "asked", "headers", "status", "detail"),
    [
        (TABLE, {}, CSV, 400, 'Column 2 looks like it; if that is right, give "code" for code'),
        (TABLE, {"code": "plaats"}, CSV, 400, "There is no column 'plaats' in this table"),
        (TABLE, {"code": "2", "datum": "nu"}, CSV, 400, "'nu' is not a date. Write it as 2022"),
        (TABLE, {"code": "2", "date": "2022-01-01"}, CSV, 400, "There is no parameter 'date'"),
        (b"", {"code": "2"}, CSV, 400, "The table is empty"),
        (b'a;b\n1;"2\n', {"code": "2"}, CSV, 400, "Row 2: a quote"),
        (b"PK\3\4", {"code": "2"}, CSV, 400, "This file is damaged"),
        (TABLE, {"code": "2"}, {"Content-Type": "image/png"}, 415, "text/csv, application/vnd"),
        (TABLE, {"code": "2"}, {"Content-Type": "multipart/form-data"}, 400, "boundary"),
        (TABLE, {"code": "2"}, {**CSV, "Accept": "image/png"}, 406, "text/csv and application/zip"),
        (
            *(b'--x\r\nContent-Disposition: form-data; name="code"\r\n\r\n2\r\n--x--', {}),
            *({"Content-Type": "multipart/form-data; boundary=x"}, 400, "no file in this form"),
        ),
    ],
)
def test_what_cannot_be_joined_is_a_problem_with_what_to_do(
    client: httpx2.Client,
    body: bytes,
    asked: dict[str, str],
    headers: dict[str, str],
    status: int,
    detail: str,
) -> None:
    response = client.post(PATH, params=asked, content=body, headers=headers)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert detail in response.json()["detail"]


@pytest.mark.process
def test_a_table_that_is_too_large_is_refused(tight: httpx2.Client) -> None:
    response = sent(tight, b"code\n" + b"GM0285\n" * 3000, code="code")
    assert response.status_code == 413
    assert "longer than 20,000 bytes" in response.json()["detail"]


@pytest.mark.process
def test_an_answer_that_becomes_too_large_is_broken_off(tight: httpx2.Client) -> None:
    with pytest.raises((httpx2.ReadError, httpx2.RemoteProtocolError)):
        sent(tight, b"code\n" + b"GM0363\n" * 2800, code="code")


@pytest.mark.process
def test_a_client_that_hangs_up_gives_its_place_to_another(
    tight: httpx2.Client, until: Callable[[Callable[[], bool]], bool]
) -> None:
    slow = {"params": {"code": "code"}, "headers": CSV, "content": b"code\n" + b"GM0363\n" * 2400}
    with tight.stream("POST", PATH, **slow) as one:
        assert one.status_code == 200
    assert until(lambda: sent(tight, code="code").status_code == 200)
