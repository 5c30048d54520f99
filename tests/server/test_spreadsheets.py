"""No text in the CSV of a prepared question is a formula; numbers and all else stay as they are."""

import asyncio
import csv
import io
from pathlib import Path

import pytest
from httpx2 import ASGITransport, AsyncClient
from wijk import snapshot
from wijk.engine.embedded import Embedded
from wijk.web.app import create
from wijk.web.spreadsheets import without_formulas

TITLED = "?case ?theme ?title WHERE { ?case dcterms:title ?title ."
EVIL = '=HYPERLINK("https://example.org")'


def rows(body: bytes) -> list[list[str]]:
    """The cells of a table."""
    return [*csv.reader(io.StringIO(body.decode(), newline=""))]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        *((EVIL, f"'{EVIL}"), ("+a", "'+a"), ("\uff1d1", "'\uff1d1"), ("@x,y", "'@x,y")),
        *(("-5", "-5"), ("+31", "+31"), ("-1.5E-3", "-1.5E-3"), ("1,5", "1,5"), ("", "")),
        *(('a "b"', 'a "b"'), ("regel\r\n=1", "regel\r\n=1"), ("-1-1", "'-1-1")),
    ],
)
def test_only_what_a_spreadsheet_takes_for_a_formula_changes(cell: str, safe: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["naam", "nog"], [cell, "x"], ["y", cell]])
    assert rows(without_formulas(text.getvalue().encode())) == [
        *(["naam", "nog"], [safe, "x"], ["y", safe]),
    ]


def test_the_csv_of_a_question_has_no_formula_on_its_page_and_in_the_api(small: Path) -> None:
    case = small / "data" / "cases" / "pluktuin-zuid.ttl"
    evil = EVIL.replace('"', '\\"')
    case.write_text(case.read_text(encoding="utf-8").replace("Pluktuin Zuid", evil))
    question = small / "queries" / "questions" / "cases-by-theme.rq"
    text = question.read_text(encoding="utf-8").replace("?case ?theme WHERE {", TITLED)
    question.write_text(text, encoding="utf-8")
    taken = snapshot.read(small).snapshot

    async def asked() -> list[bytes]:
        app = create(taken, Embedded(taken.prefixes, f"{taken.base}sparql"))
        client = AsyncClient(transport=ASGITransport(app=app), base_url="http://wijk")
        async with app.router.lifespan_context(app), client:
            page = await client.get("/vragen/cases-by-theme.csv?theme=groen")
            api = await client.get(
                "/api/v1/vragen/cases-by-theme?theme=groen", headers={"Accept": "text/csv"}
            )
            return [page.content, api.content]

    page, api = asyncio.run(asked())
    assert page == api
    assert f"'{EVIL}" in [cell for row in rows(page) for cell in row]
