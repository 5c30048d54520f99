"""Each state that the data have is told as the design says; the browser looks in test_pages.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from bs4 import BeautifulSoup

from ..harvest.server import serving
from .looking import Eyes, View
from .pages import PAGES
from .withdrawn import CASE, MAIL, REASON, without_a_case

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The page, where it says so, and what it says there; nothing where there is to be nothing.
STATES = {
    "an online case has no municipality": ("casus-online", ".bord > b", "Online"),
    "nor figures": ("casus-online", "#cijfers", ""),
    "nor a map": ("casus-online", ".minikaart", ""),
    "several places are facts": ("casus-plaatsen", ".feiten", "Budel"),
    "and not one of them": ("casus-plaatsen", ".feiten", "Maarheeze"),
    "an unknown name is said": ("casus-naamloos", ".openstaand", "Naam nog niet bekend"),
    "with its place for a title": ("casus-naamloos", "h1", "Initiatief in Oss"),
    "and an open number": ("casus-naamloos", ".nr--open", "20"),
    "what is empty is one box": ("casus-naamloos", ".gaten", "Nog niet beschreven"),
    "that asks for more": ("casus-naamloos", ".gaten a", "Vul aan"),
    "a lesson of a bundle": ("casus", ".lesblok", "Les bij alle zeven casussen van"),
    "an own reading is marked": ("casus", ".feiten .duiding", "eigen duiding"),
    "so is what is disputed": ("casus-betwist", ".duiding--strijd", "bronnen spreken elkaar tegen"),
    "a figure that is missing": ("gebied-zonder-cijfer", "#cijfers ~ *", "Niet beschikbaar"),
    "what is not known": ("casus-tabel-onbekend", ".onbekend", "Niet bekend"),
    "a municipality that ended": ("gebied-weg", "main", "hielden op te bestaan"),
    "a case there has it now": ("casus-gemeente-weg", ".feiten", "Maashorst"),
}
_AT = {**PAGES, "casus-tabel-onbekend": PAGES["casussen-tabel"]}


@pytest.fixture(scope="module")
def gone(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server from whose graph a case was withdrawn, and whose mail is read."""
    with serving(without_a_case(tmp_path_factory.mktemp("gone") / "graph", root)) as address:
        yield address


@pytest.mark.harvest
@pytest.mark.parametrize("state", STATES)
def test_a_state_of_the_data_is_said(address: str, state: str):
    page, place, words = STATES[state]
    answer = httpx2.get(address + _AT[page], headers={"Accept": "text/html"}, timeout=60)
    found = BeautifulSoup(answer.content, "lxml").select(place)
    assert bool(found) == bool(words)
    assert any(words in " ".join(each.get_text(" ").split()) for each in found or [BeautifulSoup()])


@pytest.mark.browser
def test_a_withdrawn_case_keeps_its_address_and_says_since_when_and_why(
    chromium: Browser, gone: str
):
    eyes = Eyes(chromium, gone)
    for view in (View(1280, "light"), View(320, "dark")):
        assert eyes.faults(f"/doc/case/{CASE}", view, 410) == []
    with eyes.visiting(f"/doc/case/{CASE}", View(1280, "light")) as visit:
        said = visit.page.locator("main").inner_text()
        assert REASON in said
        assert "2026" in said or "vandaag" in said
        assert visit.page.locator("main form[role=search]").count() == 1
        assert visit.page.get_by_role("link", name="Bekijk alle casussen").count() == 1
        assert visit.page.locator(".kruimel a[href='/casussen']").count() == 1
        assert "Hier stond een casus." in said


@pytest.mark.harvest
def test_a_withdrawn_case_cannot_be_compared_and_that_is_why(gone: str):
    asked = {"casus": [CASE, "choku-gym"]}
    answer = httpx2.get(f"{gone}/vergelijk", params=asked, timeout=60)
    (told,) = BeautifulSoup(answer.content, "lxml").select(".foutenlijst li")
    assert f"De casus “{CASE}” is ingetrokken op " in told.get_text()
    assert "kennen we niet" not in told.get_text(" ")
    (link,) = told.select(f"a[href='/doc/case/{CASE}']")
    assert link.get_text() == "Lees waarom deze casus er niet meer is"
    assert httpx2.get(f"{gone}{link['href']}", timeout=60).status_code == 410


@pytest.mark.harvest
def test_who_tells_of_a_fault_writes_a_mail_that_says_where_it_is(gone: str):
    about = "https://w3id.org/wijindewijk/id/case/choku-gym"
    answer = httpx2.get(f"{gone}/fout-melden", params={"over": about}, timeout=60)
    (link,) = BeautifulSoup(answer.content, "lxml").select("main a.knop")
    mail = urlsplit(str(link["href"]))
    said = parse_qs(mail.query)
    assert (mail.scheme, mail.path) == ("mailto", MAIL)
    assert said["subject"] == ["Fout in Choku Gym"]
    assert about in said["body"][0]
    assert "/doc/case/choku-gym" in said["body"][0]
    assert "nog geen adres" not in answer.text
