"""The pages after the form: review, merging, history, withdrawal, log and workbook, for anybody."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from rdflib.namespace import DCTERMS
from wijk.editing.desk.desk import Desk
from wijk.editing.desk.drafts import Draft, typed
from wijk.editing.meaning import called
from wijk.editing.records import Record, Statement, path_of, read
from wijk.namespaces import WIJK
from wijk.snapshot import Snapshot

from ..harvest import node
from ..harvest.server import serving
from .editors import People, in_git, press
from .looking import Eyes, Then, View
from .test_html import SETTINGS
from .test_keyboard import enter, go_to

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, Page

VIEWS = (View(1280, "light"), View(390, "dark"), View(320, "light"))
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HISTORY, LEAVING = "/redactie/geschiedenis/case", "/redactie/intrekken/case"
HANDED_IN = "/redactie/werkboek/insturen"
PUBLISHED, OTHER, GONE = "boefjes-en-baristas", "de-oude-bieb", "holybe"
ABSTRACT, NUMBER = str(DCTERMS.abstract), str(WIJK.number)


@dataclass
class Looked:
    """A page to look at: where it is, as whom, its status, and what leads to it from there."""

    path: str
    inside: Any = None
    status: int = 200
    then: Then | None = None


@dataclass
class Room:
    """A server with drafts in all states, and its pages by what they are called."""

    people: People
    eyes: Eyes
    pages: Mapping[str, Looked]


@dataclass
class Drafts:
    """Makes drafts of cases as shipped, in the name of a writer."""

    desk: Desk
    shipped: Snapshot

    def of(self, slug: str, state: str, text: str) -> Draft:
        """One in which the summary of a case is otherwise."""
        document = self.shipped.documents[f"{self.shipped.base}doc/case/{slug}"]
        record = summed_up(read(document, self.shipped), text)
        bases = {str(path_of(record)): document.source.decode()}
        draft = self.desk.begin("Wil", (record,), called(record), bases)
        self.desk.move(draft, state)
        return replace(draft, state=state)


@dataclass
class Past:
    """The drafts that were made, a link to read along, a version, and a writer who came in."""

    clash: Draft
    live: Draft
    waiting: Draft
    wrong: Draft
    thrown: Draft
    token: str
    version: str
    writer: Any


def summed_up(record: Record, text: str) -> Record:
    """The record with another summary, on the ground of the same source."""
    was = record.values(ABSTRACT)[0]
    return record.having(ABSTRACT, (Statement(ABSTRACT, f'"{text}"@nl', was.evidence),))


@pytest.fixture(scope="module")
def room(
    root: Path, shipped: Snapshot, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Room]:
    """A server over a copy in git, where one change was published and one case withdrawn."""
    folder = in_git(root, tmp_path_factory.mktemp("graph"))
    home = tmp_path_factory.mktemp("home")
    with serving(folder, "--home", str(home)) as address:
        people = People(address, Desk(home), chromium)
        page = people.enter("Ada", "administrator")
        pages = looks(made(people, page, Drafts(people.desk, shipped)), people.desk)
        inside: Any = page.context.storage_state()
        for looked in pages.values():
            looked.inside = inside if looked.inside is None else looked.inside
        yield Room(people, Eyes(chromium, address), pages)


def made(people: People, page: Page, drafts: Drafts) -> Past:
    """What was done before, so that each page has something to tell."""
    desk = people.desk
    desk.accounts.add("Wil", "writer", date(2026, 11, 23))
    clash = drafts.of(PUBLISHED, "review", "Hier drinken buren sterke koffie.")
    live = drafts.of(PUBLISHED, "review", "Hier drinken buren vaak koffie.")
    waiting = drafts.of(OTHER, "review", "Bewoners leren hier van elkaar.")
    desk.remark(waiting, ABSTRACT, "Waar staat dit?", "Ada")
    desk.remark(waiting, "", "Een lang woord: " + "koffiezetapparaat" * 8, "Ada")
    wrong = drafts.of(OTHER, "returned", "Nog niet af.")
    desk.save(faulty(wrong), 1, "Wil")
    thrown = drafts.of(OTHER, "dropped", "Dit was niet nodig.")
    desk.log("weggegooid", thrown.id, "Ada")
    token, _ = desk.link(waiting, timedelta(days=1), "Wil")
    page.goto(f"{people.address}{review(live)}")
    page.get_by_label("Waarom deze verandering?").fill("De makers vroegen erom.")
    press(page, "Akkoord, publiceer", "Dit is gepubliceerd.")
    page.goto(f"{people.address}/redactie/intrekken/case/{GONE}")
    page.get_by_label("Waarom?").fill("Op verzoek van de makers.")
    press(page, "Trek de casus in", "Ingetrokken op")
    page.goto(f"{people.address}/redactie/geschiedenis/case/{PUBLISHED}")
    version = page.get_by_role("link", name="Bekijk deze versie").last.get_attribute("href")
    writer: Any = people.enter("Wia", "writer").context.storage_state()
    return Past(clash, live, waiting, wrong, thrown, token, version or "", writer)


def looks(past: Past, desk: Desk) -> dict[str, Looked]:
    """The pages, by what is seen there."""
    waiting, wrong = past.waiting, past.wrong
    nobody: Any = {}
    return {
        "review": Looked(review(waiting)),
        "review of what is wrong": Looked(review(wrong)),
        "review of what is published": Looked(review(past.live)),
        "review without a word": Looked(review(waiting), None, 422, without_a_word),
        "merging": Looked(review(past.clash, "samenvoegen"), None, 409),
        "nothing to merge": Looked(review(waiting, "samenvoegen")),
        "preview": Looked(review(waiting, "voorbeeld")),
        "a link to read along": Looked(review(waiting), None, 200, a_link),
        "reading along": Looked(f"/redactie/meelezen/{past.token}", nobody),
        "reading along no more": Looked("/redactie/meelezen/x", nobody, 404),
        "history": Looked(f"{HISTORY}/{PUBLISHED}"),
        "history of what is gone": Looked(f"{HISTORY}/{GONE}"),
        "a version": Looked(past.version),
        "withdrawing": Looked(f"{LEAVING}/{PUBLISHED}"),
        "withdrawing without a reason": Looked(f"{LEAVING}/{PUBLISHED}", None, 422, no_reason),
        "log": Looked("/redactie/logboek"),
        "log of others": Looked("/redactie/logboek", past.writer, 403),
        "refused": Looked("/redactie/nieuw", None, 405),
        "workbook": Looked(HANDED_IN),
        "workbook with mistakes": Looked(HANDED_IN, None, 422, mistaken),
        "closed meanwhile": Looked(review(wrong, ""), None, 409, lambda it: closed(it, desk)),
        "thrown away": Looked("/redactie/weggegooid"),
        "review of what is thrown away": Looked(review(past.thrown)),
        "two at once": Looked(review(wrong, ""), None, 409, lambda it: two_at_once(it, desk)),
    }


def review(draft: Draft, what: str = "beoordelen") -> str:
    """The path of a page about a draft."""
    return f"/redactie/concept/{draft.id}/{what}".rstrip("/")


def faulty(draft: Draft) -> Draft:
    """With a number that is none."""
    record = draft.record.having(NUMBER, (Statement(NUMBER, typed("veel")),))
    return replace(draft, records=(record,))


def without_a_word(page: Page) -> None:
    page.get_by_label("Wat moet er nog gebeuren?").fill(" ")
    page.get_by_role("button", name="Stuur terug").click()


def a_link(page: Page) -> None:
    page.get_by_role("button", name="Maak een link").click()


def no_reason(page: Page) -> None:
    page.get_by_label("Waarom?").fill(" ")
    page.get_by_role("button", name="Trek de casus in").click()


def mistaken(page: Page) -> None:
    """Hand in a workbook in which a number is a word and a bundle is none."""
    page_url = page.url.removesuffix("/insturen")
    book = load_workbook(io.BytesIO(page.request.get(page_url).body()))
    sheet = book["Casussen"]
    columns = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[1]}
    for name, text in {"titel": "Tuin", "nummer": "veel", "bundel": "x" * 200}.items():
        sheet.cell(3, columns[name]).value = text
    into = io.BytesIO()
    book.save(into)
    file: FilePayload = {"name": "a.xlsx", "mimeType": XLSX, "buffer": into.getvalue()}
    page.get_by_label("Bestand").set_input_files([file])
    page.get_by_role("button", name="Stuur in", exact=True).click()


def two_at_once(page: Page, desk: Desk) -> None:
    """Save what another saved otherwise a moment ago."""
    now = desk.draft(page.url.rpartition("/")[2])
    assert now is not None
    text = f"Iemand anders was hier {now.version} keer."
    desk.save(replace(now, records=(summed_up(now.record, text),)), now.version, "Wil")
    page.locator('[name="0.samenvatting.0"]').fill("Ik was hier ook.")
    page.get_by_role("button", name="Sla op", exact=True).last.click()


def closed(page: Page, desk: Desk) -> None:
    """Save what another threw away a moment ago; it is there again for who looks next."""
    now = desk.draft(page.url.rpartition("/")[2])
    assert now is not None
    desk.move(now, "dropped")
    page.locator('[name="0.samenvatting.0"]').fill("Een lang woord: " + "koffiezetapparaat" * 8)
    with page.expect_navigation():
        page.get_by_role("button", name="Sla op", exact=True).last.click()
    desk.move(replace(now, state="dropped"), now.state)


@pytest.mark.browser
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_nothing_is_in_the_way_of_anybody(room: Room, view: View) -> None:
    found = []
    for name, it in room.pages.items():
        faults = room.eyes.faults(it.path, view, it.status, it.then, storage_state=it.inside)
        # What shifts when letters come late is looked at on the pages that everybody sees.
        found += [f"{name}: {fault}" for fault in faults if " shifts by " not in fault]
    assert "\n".join(found) == ""


@pytest.mark.harvest
def test_every_page_is_valid_html(room: Room, tmp_path: Path) -> None:
    for name, it in room.pages.items():
        more: Any = {"java_script_enabled": False, "storage_state": it.inside}
        with room.eyes.visiting(it.path, VIEWS[0], **more) as visit:
            body = visit.page.request.get(visit.page.url).body()
            if it.then is not None:
                with visit.page.expect_response(lambda it: it.request.method == "POST") as coming:
                    it.then(visit.page)
                body = coming.value.body()
        (tmp_path / f"{name}.html").write_bytes(body)
    found = node.html(tmp_path, SETTINGS)
    assert [f"{it['name']}:{it['line']} {it['rule']}: {it['message']}" for it in found] == []


@pytest.mark.browser
def test_a_reviewer_says_something_of_a_field_with_the_keys_alone(room: Room) -> None:
    looked = room.pages["review"]
    with room.eyes.visiting(looked.path, VIEWS[0], storage_state=looked.inside) as visit:
        page = visit.page
        go_to(page, "Zeg iets over samenvatting", "main")
        page.keyboard.press("Enter")
        go_to(page, "Opmerking over samenvatting", "main")
        page.keyboard.type("Wie zegt dit?")
        go_to(page, "Plaats de opmerking", "main")
        enter(page, "Beoordelen")
        assert page.get_by_text("Wie zegt dit?", exact=True).count() == 1
        go_to(page, "Wat moet er nog gebeuren?", "main")


@pytest.mark.browser
def test_who_merges_chooses_with_the_keys_alone(room: Room) -> None:
    from playwright.sync_api import expect

    looked = room.pages["merging"]
    with room.eyes.visiting(looked.path, VIEWS[1], storage_state=looked.inside) as visit:
        page = visit.page
        go_to(page, "Uit dit concept", "main")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name="Wat er nu staat")).to_be_checked()
        go_to(page, "Voeg samen", "main")


@pytest.mark.browser
def test_an_earlier_version_is_read_with_the_keys_alone(room: Room) -> None:
    looked = room.pages["history"]
    with room.eyes.visiting(looked.path, VIEWS[1], storage_state=looked.inside) as visit:
        go_to(visit.page, "Bekijk deze versie", "main")
        enter(visit.page, "Boefjes")
        go_to(visit.page, "De tekst van het bestand", "main")
