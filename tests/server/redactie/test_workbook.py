"""A workbook at the desk: fetched, filled in with five mistakes, mended, and then drafts."""

import io
from collections.abc import Callable, Mapping

import openpyxl
import pytest
from wijk.editing.desk.desk import Desk
from wijk.tabular.importing import Taken
from wijk.tabular.problems import FOUT, Problem, Spot
from wijk.web.redactie import workbook

from .conftest import Editor

pytestmark = pytest.mark.process
HAND_IN = "/redactie/werkboek/insturen"
WEB = "https://example.org/pluktuin"
PROOF = {"bron van deze rij": WEB, "grondslag van deze rij": "vermeld"}
CASE = {
    "bundel": "wij-in-de-wijk-1",
    "nummer": 30,
    "titel": "Pluktuin Zuid",
    "samenvatting": "Bewoners maakten van een leeg grasveld een tuin waar iedereen mag plukken.",
    "stand": "naam bekend",
    "thema": "ontmoeting",
    "plek": "De Muntel",
    "initiatief": "Pluktuin Zuid",
    **PROOF,
}
START = {"naam": "Pluktuin Zuid", "begin": 2021, "soort betrokkene": "bewonersinitiatief", **PROOF}
SOURCE = {"webadres": WEB, "site": "example.org", "wat is gelezen": "De hele pagina."}
ROLE = {"betrokkene": "Pluktuin Zuid", "rol": "het initiatief zelf", "bron": WEB}
ROLE |= {"bij casus": "Pluktuin Zuid", "grondslag": "vermeld", "zekerheid": "zeker"}


Row = dict[str, object]


def filled(template: bytes, rows: Mapping[str, Row | list[Row]]) -> bytes:
    """The workbook with a row, or several, on these sheets."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    for name, given in rows.items():
        sheet = book[name]
        columns = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[1]}
        for number, row in enumerate(given if isinstance(given, list) else [given], 3):
            for heading, value in row.items():
                sheet.cell(number, columns[heading]).value = value
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def test_a_workbook_with_five_mistakes_is_mended_and_becomes_a_draft(
    enter: Callable[[str, str], Editor], desk: Desk
) -> None:
    noor = enter("Noor", "writer")
    answer = noor.client.get("/redactie/werkboek", headers=noor.headers)
    assert "casussen.xlsx" in answer.headers["content-disposition"]
    right = {"Casussen": CASE, "Initiatieven": START, "Bronnen": SOURCE, "Deelnames": ROLE}
    wrong = {
        **right,
        "Casussen": {**CASE, "thema": "ontmoetn", "nummer": "dertig", "plek": "De Muntl"},
        "Initiatieven": {**START, "begin": "tweeduizend", "soort betrokkene": "bewonrs"},
    }
    status, page = sent(noor, filled(answer.content, wrong))
    assert status == 422
    assert "5 fouten" in page
    assert desk.drafts() == ()
    status, page = sent(noor, filled(answer.content, right))
    assert status == 200, page
    (draft,) = desk.drafts()
    assert [record.slug for record in draft.records][:2] == ["pluktuin-zuid", "pluktuin-zuid"]
    assert f"/redactie/concept/{draft.id}" in page
    assert "hetzelfde adres" not in page


def test_a_workbook_that_is_handed_in_twice_makes_one_draft_and_a_changed_one_is_told(
    enter: Callable[[str, str], Editor], desk: Desk
) -> None:
    noor, rik = enter("Noor", "writer"), enter("Rik", "editor")
    template = noor.client.get("/redactie/werkboek", headers=noor.headers).content
    right = {"Casussen": CASE, "Initiatieven": START, "Bronnen": SOURCE, "Deelnames": ROLE}
    pages = [sent(noor, filled(template, right))[1] for _ in range(2)]
    (draft,) = desk.drafts()
    assert ["Dit concept had je al." in page for page in pages] == [False, True]
    assert all(f"/redactie/concept/{draft.id}" in page for page in pages)
    assert "hetzelfde adres" not in pages[1]
    _, page = sent(noor, filled(template, {**right, "Casussen": {**CASE, "nummer": 31}}))
    assert len(desk.drafts()) == 2
    own = "Je eigen concept maakt dit ook nieuw, op hetzelfde adres."
    path = f"/redactie/concept/{draft.id}/beoordelen"
    for text in (page, noor.get(path).answer.text):
        assert own in text
        assert "Gooi het andere weg." in text
    assert "Een concept van Noor maakt dit ook nieuw" in rik.get(path).answer.text
    _, page = sent(rik, filled(template, right))
    assert len(desk.drafts()) == 3
    assert "Een concept van Noor maakt dit ook nieuw" in page
    assert "Overleg wie verdergaat." in page
    text = noor.get(path).answer.text
    assert own in text
    assert "Een concept van Rik maakt dit ook nieuw" in text, "each of them is told"


def test_cases_that_share_what_is_new_are_one_draft_with_both_their_names(
    enter: Callable[[str, str], Editor], desk: Desk
) -> None:
    noor = enter("Noor", "writer")
    template = noor.client.get("/redactie/werkboek", headers=noor.headers).content
    winter = {**CASE, "titel": "Pluktuin in de winter", "nummer": 31}
    cases, roles = [CASE, winter], [ROLE, {**ROLE, "bij casus": "Pluktuin in de winter"}]
    rows = {"Casussen": cases, "Initiatieven": START, "Bronnen": SOURCE, "Deelnames": roles}
    status, page = sent(noor, filled(template, rows))
    assert status == 200, page
    (draft,) = desk.drafts()
    for path in (None, "/redactie"):
        page = noor.get(path).answer.text if path else page
        assert "Pluktuin in de winter en Pluktuin Zuid" in page
    noor.send(
        noor.get(f"/redactie/concept/{draft.id}"),
        f"/redactie/concept/{draft.id}",
        actie="weggooien",
    )
    assert "Pluktuin in de winter en Pluktuin Zuid" in noor.get("/redactie/weggegooid").answer.text


def sent(noor: Editor, book: bytes) -> tuple[int, str]:
    """Hand a workbook in; the status and the page that comes back."""
    form = noor.get(HAND_IN).form(HAND_IN)
    files = {"file": ("mijn.xlsx", book)}
    made = noor.client.post(HAND_IN, data=form, files=files, headers=noor.headers)
    return made.status_code, made.text


def test_a_file_that_is_not_taken_is_said_to_be_gone(enter: Callable[[str, str], Editor]) -> None:
    noor = enter("Noor", "writer")
    files = {"file": ("mijn.xlsx", b"x")}
    for cookie, told in ((noor.cookie, "Kies je bestand opnieuw"), ("", "kies het opnieuw")):
        headers = {**noor.headers, "Cookie": f"wijk-redactie={cookie}"}
        given = {"csrf": "that of a page of yesterday"}
        answer = noor.client.post(HAND_IN, data=given, files=files, headers=headers)
        assert answer.status_code == 403
        assert "Je bestand is niet bewaard." in answer.text
        assert told in answer.text
        assert "staat klaar" not in answer.text


def test_the_copies_of_the_last_ten_who_handed_in_are_kept() -> None:
    handed = workbook.HandedIn()
    problem = Problem("x", FOUT, "Fout.", Spot())
    found = Taken((), (problem,))
    content = filled_nothing()
    for number in range(12):
        assert handed._keep(str(number), content, found)
    assert list(handed._copies) == [str(number) for number in range(2, 12)]


def filled_nothing() -> bytes:
    """A workbook with nothing in it."""
    into = io.BytesIO()
    openpyxl.Workbook().save(into)
    return into.getvalue()


def test_a_file_that_is_none_is_told_and_nothing_is_kept(
    enter: Callable[[str, str], Editor], desk: Desk
) -> None:
    noor = enter("Noor", "writer")
    form = noor.get(HAND_IN).form(HAND_IN)
    for content, said in ((b"PK\x03\x04 broken", "beschadigd"), (b"%PDF-1.4", "pdf")):
        files = {"file": ("x.xlsx", content)}
        answer = noor.client.post(HAND_IN, data=form, files=files, headers=noor.headers)
        assert answer.status_code == 422
        assert said in answer.text
    assert noor.client.post(HAND_IN, data=form, headers=noor.headers).status_code == 422
    assert desk.drafts() == ()
