"""The pages of editors, in a browser: with and without a script, by keyboard, in every width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from wijk.editing.desk.desk import Desk

from ..harvest import node
from ..harvest.server import serving
from .looking import PATIENCE, Eyes, View
from .test_html import SETTINGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VIEWS = (View(1280, "light"), View(390, "dark"), View(320, "light"))
SOURCE = "https://www.movisie.nl/wijindewijk"


class Desks:
    """A server with a home, and who may edit there."""

    def __init__(self, address: str, home: Path, browser: Browser) -> None:
        self.address, self.desk, self._browser = address, Desk(home), browser
        self.token = self.desk.accounts.add("Noor", "editor", date(2026, 11, 23))

    def entered(self, **more: Any) -> Page:
        """A browser of who has just come in, by the page for that."""
        context = self._browser.new_context(**more)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(f"{self.address}/redactie")
        page.get_by_label("Je token").fill(self.token)
        page.get_by_role("button", name="Kom binnen").click()
        page.wait_for_url(f"{self.address}/redactie")
        return page


@pytest.fixture(scope="module")
def desks(
    root: Path, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desks]:
    """A server over the graph as shipped, with one editor."""
    home = tmp_path_factory.mktemp("home")
    with serving(root, "--home", str(home)) as address:
        yield Desks(address, home, chromium)


@pytest.fixture(scope="module")
def paths(desks: Desks) -> dict[str, str]:
    """Pages in the states that they have, by what they are called in a message."""
    page = desks.entered()
    began(page, "Pluktuin Zuid")
    blank = path(page)
    page.get_by_label("Nummer").fill("tweeduizend")
    page.get_by_label("Plek", exact=False).first.fill("Zuidwijk")
    page.get_by_role("button", name="Voeg een betrokkene toe").click()
    page.get_by_role("button", name="Nieuwe les").click()
    page.get_by_role("button", name="Nieuwe bron").last.click()
    page.locator('[name="vast.b0.bron"]').fill("De wijkkrant")
    page.locator('[name$=".webadres"]').fill(f"https://www.krant.example/{'overdepluktuin' * 4}")
    page.get_by_role("button", name="Sla op", exact=True).first.click()
    page.get_by_text("Bron: “De wijkkrant” is hier nog niet bekend").wait_for()
    page.goto(f"{desks.address}/redactie/wijzig/case/boefjes-en-baristas")
    page.get_by_role("button", name="Begin een verbetering").click()
    page.wait_for_url("**/redactie/concept/**")
    found = {
        "list": "/redactie?zoek=boefjes",
        "nothing found": "/redactie?zoek=qqqq",
        "faults": f"{blank}?opgeslagen=1",
        "filled": f"{path(page)}?opgeslagen=1&samen=Sam&les=x&erbij=0.plek",
        "begin": "/redactie/wijzig/case/boefjes-en-baristas",
    }
    page.context.close()
    return found


def began(page: Page, title: str) -> None:
    page.get_by_label("Hoe heet het?").fill(title)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/redactie/concept/**")


def path(page: Page) -> str:
    return "/redactie/" + page.url.partition("/redactie/")[2].partition("?")[0].partition("#")[0]


@pytest.mark.browser
@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_nothing_is_in_the_way_of_anybody(desks: Desks, paths: dict[str, str], view: View) -> None:
    page = desks.entered()
    inside: Any = page.context.storage_state()
    page.context.close()
    eyes = Eyes(desks._browser, desks.address)
    found = eyes.faults("/redactie/binnen", view)
    for each in paths.values():
        found += eyes.faults(each, view, storage_state=inside)
    assert found == []


@pytest.mark.harvest
def test_every_page_is_valid_html(desks: Desks, paths: dict[str, str], tmp_path: Path) -> None:
    page = desks.entered(java_script_enabled=False)
    for name, each in paths.items():
        page.goto(desks.address + each)
        body = page.request.get(desks.address + each).body()
        (tmp_path / f"{name}.html").write_bytes(body)
    body = page.request.get(f"{desks.address}/redactie/binnen").body()
    (tmp_path / "in.html").write_bytes(body)
    page.context.close()
    found = node.html(tmp_path, SETTINGS)
    assert [f"{it['name']}:{it['line']} {it['rule']}: {it['message']}" for it in found] == []


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_a_case_is_entered_from_blank_to_nothing_wrong(desks: Desks, script: bool) -> None:
    from playwright.sync_api import expect

    page = desks.entered(java_script_enabled=script)
    began(page, f"Moestuin {script}")
    page.get_by_label("Bron", exact=True).first.fill(SOURCE)
    page.get_by_label(re.compile("^Bundel")).fill("Wij in de wijk 1")
    page.get_by_label(re.compile("^Samenvatting")).fill("Bewoners tuinieren hier samen.")
    page.get_by_label(re.compile("^Stand")).select_option("naam bekend")
    page.get_by_label("groen", exact=True).check()
    page.get_by_label(re.compile("^plek, nog een")).fill("De Muntel")
    page.get_by_label(re.compile("^initiatief, nog een")).fill("De tuinders")
    page.get_by_role("button", name="Nieuw initiatief").click()
    initiative = page.get_by_role("heading", name="Initiatief: De tuinders")
    expect(initiative).to_have_count(1)
    page.get_by_role("button", name="Sla op", exact=True).last.click()
    expect(page.get_by_role("status").first).to_have_text("Opgeslagen. Er zijn geen fouten.")
    expect(initiative).to_have_count(1)
    draft = desks.desk.draft(page.url.partition("concept/")[2].partition("?")[0])
    assert draft is not None
    assert (draft.state, draft.slug) == ("checked", f"moestuin-{script}".lower())
    page.context.close()


@pytest.mark.browser
def test_faults_come_first_and_lead_to_their_fields_by_keyboard(desks: Desks) -> None:
    from playwright.sync_api import expect

    page = desks.entered()
    began(page, "Speeltuin")
    page.get_by_label(re.compile("^Nummer")).fill("veel")
    page.keyboard.press("Enter")
    page.wait_for_url("**opgeslagen=1**")
    expect(page.locator(".foutenlijst")).to_be_focused()
    link = page.locator(".foutenlijst a", has_text="veel")
    link.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label(re.compile("^Nummer"))
    expect(field).to_be_focused()
    page.keyboard.type("7")
    expect(field).to_have_value(re.compile("7"))
    assert field.get_attribute("aria-invalid") == "true"
    told = [page.locator(f'[id="{it}"]') for it in field.get_attribute("aria-describedby").split()]
    assert any("geen heel getal" in it.inner_text() for it in told)
    page.context.close()


@pytest.mark.browser
def test_who_leaves_with_something_unsaved_is_asked(desks: Desks) -> None:
    from playwright.sync_api import expect

    page = desks.entered()
    began(page, "Dorpsplein")
    page.wait_for_load_state()
    asked: list[str] = []
    page.on("dialog", lambda it: (asked.append(it.type), it.accept()))
    page.get_by_label(re.compile("^Samenvatting")).press_sequentially("Twaalf tekens")
    expect(page.locator(".teller").first).to_contain_text("13 tekens")
    page.get_by_role("link", name="Redactie").click()
    page.wait_for_url("**/redactie")
    assert asked == ["beforeunload"]
    page.context.close()


@pytest.mark.browser
def test_what_was_typed_survives_a_lost_session(desks: Desks) -> None:
    from playwright.sync_api import expect

    page = desks.entered()
    began(page, "Buurthuis")
    page.get_by_label(re.compile("^Samenvatting")).fill("Regel een\nregel twee & <b>")
    page.context.clear_cookies()
    page.get_by_role("button", name="Sla op", exact=True).last.click()
    page.get_by_label("Je token").fill(desks.token)
    page.get_by_role("button", name="Kom binnen").click()
    page.get_by_role("button", name="Ga verder en sla op").click()
    text = page.get_by_label(re.compile("^Samenvatting"))
    expect(text).to_have_value("Regel een\nregel twee & <b>")
    page.context.close()


@pytest.mark.browser
def test_the_cookie_is_for_these_pages_and_no_script_reads_it(desks: Desks) -> None:
    page = desks.entered()
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Strict")
    assert cookie["path"] == "/redactie"
    assert page.evaluate("document.cookie") == ""
    page.context.close()
