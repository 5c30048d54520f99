"""Case 30: from blank to published, read along, reviewed, in a browser."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from wijk.editing.desk.desk import Desk

from ..harvest.server import serving
from .editors import People, fill, git, in_git, press, until
from .publics import AS, Told

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet
    from playwright.sync_api import Browser, FilePayload, Page

pytestmark = pytest.mark.browser
BASE = "https://w3id.org/wijindewijk/"
SOURCE = "https://www.movisie.nl/wijindewijk"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MISTAKES = {
    "nummer": ("tweeduizend", "40"),
    "bundel": ("Wij in de wijkk 1", "Wij in de wijk 1"),
    "plek": ("De Muntl", "De Muntel"),
    "thema": ("groenn", "groen"),
    "stand": ("bekent", "naam bekend"),
}
"""What is typed in a cell, and what it should have been."""


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return in_git(root, tmp_path_factory.mktemp("graph"))


@pytest.fixture(scope="module")
def people(
    folder: Path, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[People]:
    """A server of that graph, with nobody at its desk yet."""
    home = tmp_path_factory.mktemp("home")
    with serving(folder, "--home", str(home)) as address:
        yield People(address, Desk(home), chromium)


@pytest.mark.parametrize("script", [False, True], ids=["without script", "with script"])
def test_case_30_goes_from_blank_to_published_by_the_form(
    people: People, folder: Path, script: bool
) -> None:
    with_or = "Met" if script else "Zonder"
    told = Told(people.address, BASE, f"koffietuin-{with_or.lower()}", f"Koffietuin {with_or}")
    writer, reviewer = (
        people.enter(f"{name} {with_or}", role, java_script_enabled=script)
        for name, role in (("Wil", "writer"), ("Rik", "editor"))
    )
    form = entered(writer, told)
    read_along(writer, people, told)
    press(writer, "Stuur in voor beoordeling", "Wacht op een beoordeling.")
    assert not any(told.here().values()), "nothing is told before someone else looked"
    sent_back(reviewer, form)
    mended(writer, form)
    published(reviewer, form)
    until(lambda: all(told.here().values()), f"{told.here()} is there")
    assert git(folder, "log", "-1", "--format=%an") == f"Wil {with_or}"
    assert git(folder, "status", "--porcelain") == ""
    withdrawn_and_restored(people, folder, told, script)
    for page in (writer, reviewer):
        page.context.close()


def entered(writer: Page, told: Told) -> str:
    """The address of the form of a case with its initiative, in which nothing is wrong."""
    writer.get_by_label("Hoe heet het?").fill(told.title)
    writer.get_by_role("button", name="Begin", exact=True).click()
    writer.locator('[name="vast.b0.bron"]').fill(SOURCE)
    fill(writer, bundel="Wij in de wijk 1", samenvatting="Bewoners drinken hier samen koffie.")
    fill(writer, plek="De Muntel", initiatief=told.title)
    writer.locator('[name="0.stand.0"]').select_option("naam bekend")
    writer.locator('[name="actie"][value="nieuw:0.initiatief.0:initiative"]').click()
    writer.locator('[name="1.naam.0"]').wait_for()
    press(writer, "Sla op", "Opgeslagen. Er zijn geen fouten.")
    form = writer.url.partition("?")[0].partition("#")[0]
    writer.goto(f"{form}/beoordelen")
    return form


def read_along(writer: Page, people: People, told: Told) -> None:
    """Somebody without a token reads it by a link."""
    press(writer, "Maak een link", "Kopieer deze link nu")
    link = writer.get_by_label("De link").input_value()
    reader = people.page()
    reader.goto(people.address + "/redactie/" + link.partition("/redactie/")[2])
    assert told.title in reader.locator("h1").inner_text()
    assert "Bewoners drinken hier samen koffie." in reader.locator("main").inner_text()
    reader.context.close()
    writer.get_by_role("link", name="Terug naar het concept").click()


def sent_back(reviewer: Page, form: str) -> None:
    """Someone else says something of a field, and sends it back."""
    reviewer.goto(f"{form}/beoordelen")
    about = reviewer.locator("details.zeg", has_text="Zeg iets over samenvatting").first
    about.locator("summary").click()
    about.get_by_role("textbox").fill("Noem de tuin.")
    about.get_by_role("button", name="Plaats de opmerking").click()
    reviewer.get_by_text("Noem de tuin.").first.wait_for()
    reviewer.get_by_label("Wat moet er nog gebeuren?").fill("Lees de opmerking.")
    press(reviewer, "Stuur terug", "Terug met opmerkingen.")


def mended(writer: Page, form: str) -> None:
    """Who wrote it reads both, and sends it in again."""
    writer.goto(form)
    for said in ("Noem de tuin.", "Lees de opmerking."):
        assert said in writer.locator("main").inner_text()
    fill(writer, samenvatting="Bewoners drinken koffie in hun tuin.")
    press(writer, "Sla op", "Opgeslagen. Er zijn geen fouten.")
    writer.goto(f"{form}/beoordelen")
    press(writer, "Stuur in voor beoordeling", "Wacht op een beoordeling.")


def published(reviewer: Page, form: str) -> None:
    """It goes live once, also for who presses twice."""
    reviewer.goto(f"{form}/beoordelen")
    reviewer.get_by_label("Waarom deze verandering?").fill("Casus 30 is er.")
    reviewer.get_by_role("button", name="Akkoord, publiceer").dblclick(no_wait_after=True)
    reviewer.get_by_text("Dit is gepubliceerd.").wait_for()


def withdrawn_and_restored(people: People, folder: Path, told: Told, script: bool) -> None:
    """An administrator takes it away with a reason, everywhere, and puts it back."""
    from playwright.sync_api import expect

    name = f"Ada {'met' if script else 'zonder'}"
    ada = people.enter(name, "administrator", java_script_enabled=script)
    ada.goto(f"{people.address}/redactie/intrekken/case/{told.slug}")
    ada.get_by_label("Waarom?").fill("De tuin is weg.")
    press(ada, "Trek de casus in", "Ingetrokken op")
    expect(ada.locator("main")).to_contain_text(f"Door {name}")
    until(lambda: not any(told.here().values()), f"{told.here()} is nowhere")
    assert told.oai() is True
    assert told.ldes() == f"{AS}Delete"
    gone = ada.request.get(f"{people.address}/doc/case/{told.slug}")
    assert gone.status == 410
    assert "De tuin is weg." in gone.text()
    assert told.title not in gone.text()
    assert git(folder, "log", "-1", "--format=%an") == name
    ada.locator("form", has_text="Waarom zet je deze versie terug?").first.get_by_role(
        "button"
    ).click()
    ada.get_by_text("Geplaatst op").nth(1).wait_for()
    until(lambda: all(told.here().values()), f"{told.here()} is back")
    ada.context.close()


def test_a_workbook_with_five_mistakes_is_told_all_of_them_and_then_comes_in(
    people: People, folder: Path
) -> None:
    told = Told(people.address, BASE, "leeszaal-oost", "Leeszaal Oost")
    writer, reviewer = people.enter("Wout", "writer"), people.enter("Ruth", "editor")
    writer.goto(f"{people.address}/redactie/werkboek/insturen")
    given = downloaded(writer, "Leeg werkboek")
    before = git(folder, "rev-parse", "HEAD")
    hand_in(writer, filled(given, told, 0))
    listed = told_wrong(writer)
    for wrong, _ in MISTAKES.values():
        assert any(wrong in it and "Blad Casussen, cel" in it for it in listed), (wrong, listed)
    copy = downloaded(writer, "Haal je werkboek met uitleg bij de cellen")
    sheet = load_workbook(io.BytesIO(copy))["Casussen"]
    assert len([cell for cell in sheet[3] if cell.comment]) == len(MISTAKES)
    assert git(folder, "rev-parse", "HEAD") == before
    assert people.desk.drafts() == ()
    hand_in(writer, filled(given, told, 1))
    writer.get_by_role("link", name=told.title, exact=True).click()
    writer.wait_for_url("**/redactie/concept/*")
    form = writer.url
    writer.goto(f"{form}/beoordelen")
    press(writer, "Stuur in voor beoordeling", "Wacht op een beoordeling.")
    published(reviewer, form)
    until(lambda: all(told.here().values()), "it is there")
    for page in (writer, reviewer):
        page.context.close()


def downloaded(page: Page, link: str) -> bytes:
    """The file behind a link."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=link).click()
    return Path(coming.value.path()).read_bytes()


def hand_in(writer: Page, content: bytes) -> None:
    """Hand in a workbook, and see what comes of it."""
    file: FilePayload = {"name": "casussen.xlsx", "mimeType": XLSX, "buffer": content}
    writer.get_by_label("Bestand").set_input_files([file])
    writer.get_by_role("button", name="Stuur in", exact=True).click()
    writer.locator(".foutenlijst, main .status").first.wait_for()


def told_wrong(writer: Page) -> list[str]:
    """What is told of each mistake in a workbook."""
    from playwright.sync_api import expect

    faults = writer.locator("main li", has=writer.get_by_text("Fout", exact=True))
    expect(faults).to_have_count(len(MISTAKES))
    return faults.all_inner_texts()


def filled(given: bytes, told: Told, right: int) -> bytes:
    """The empty workbook with one case, wrong (0) or right (1)."""
    book: Workbook = load_workbook(io.BytesIO(given))
    rest = {"bron van deze rij": SOURCE, "grondslag van deze rij": "vermeld"}
    values = {name: pair[right] for name, pair in MISTAKES.items()}
    more = {"titel": told.title, "samenvatting": "Hier lezen buren voor.", "initiatief": told.title}
    written(book["Casussen"], values | more | rest)
    written(book["Initiatieven"], {"naam": told.title} | rest)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def written(sheet: Worksheet, values: dict[str, str]) -> None:
    """Fill in the first row below the example."""
    columns = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[1]}
    for name, text in values.items():
        sheet.cell(3, columns[name]).value = text
