"""Lists that are too long for the page: what fits is suggested while one types, or by a button."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from wijk.editing.desk.desk import Desk
from wijk.web.redactie.lists import MOST

from ..harvest.server import serving
from .editors import FOLDERS, People
from .test_keyboard import go_to

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser
FIELD = "0-0.betrokkene.0"


@pytest.fixture(scope="module")
def people(
    root: Path, chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[People]:
    """Editors of the graph as shipped with more actors than stand in a page."""
    folder, home = tmp_path_factory.mktemp("graph"), tmp_path_factory.mktemp("home")
    for name in FOLDERS:
        shutil.copytree(root / name, folder / name)
    actors = folder / "data" / "actors"
    one = (actors / "accolade.ttl").read_text(encoding="utf-8")
    one = re.sub(r"\n<[^>]+> dcterms:modified .*\n", "", one)  # it is not published
    for number in range(MOST + 1):
        told = one.replace("/accolade>", f"/bewonersclub-{number}>")
        told = told.replace('"Accolade"', f'"Bewonersclub {number}"')
        (actors / f"bewonersclub-{number}.ttl").write_text(told, encoding="utf-8")
    with serving(folder, "--home", str(home)) as address:
        yield People(address, Desk(home), chromium)


def with_a_participation(page: Page) -> None:
    """A new case, in the form of which there is a participation to fill in."""
    page.get_by_label("Hoe heet het?").fill("Pluktuin Zuid")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Voeg een betrokkene toe").click()
    page.locator(f'[name="{FIELD}"]').wait_for()
    page.wait_for_load_state()


def named(page: Page, name: str) -> Locator:
    """What is offered under this name."""
    return page.locator(f'datalist option[value="{name}"]')


def test_what_fits_is_suggested_to_who_types_and_taken_by_the_keys_alone(people: People) -> None:
    from playwright.sync_api import expect

    page = people.enter("Noor", "writer")
    with_a_participation(page)
    field = page.locator(f'[name="{FIELD}"]')
    offered = page.locator(f"#{field.get_attribute('list')} option")
    expect(offered, "they are too many for the page").to_have_count(0)
    go_to(page, "Betrokkene", ".delen")
    page.keyboard.type("club 27")
    named(page, "Bewonersclub 271").wait_for(state="attached")
    expect(offered, "27, and 270 to 279").to_have_count(11)
    page.keyboard.type("1")
    named(page, "Bewonersclub 270").wait_for(state="detached")
    page.keyboard.press("Control+A")  # the list itself is drawn by the browser, and not in a test
    page.keyboard.type("bewonersclub 271")
    page.keyboard.press("Enter")
    page.wait_for_url("**opgeslagen=1**")
    expect(field).to_have_value("Bewonersclub 271")
    expect(page.locator(f'[id="{FIELD}.f0"]')).to_have_count(0)
    page.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_who_makes_a_slip_chooses_from_what_is_near(people: People, script: bool) -> None:
    page = people.enter(f"Wil {script}", "writer", java_script_enabled=script)
    with_a_participation(page)
    field = page.locator(f'[name="{FIELD}"]')
    field.fill("Bewonersklub 271")
    page.get_by_role("button", name="Zoek betrokkene").click()
    page.get_by_text("Bedoel je een van deze?").wait_for()
    page.get_by_label("Bewonersclub 271", exact=True).check()
    page.get_by_role("button", name="Sla op", exact=True).last.click()
    page.locator(f'[name="{FIELD}"][value="Bewonersclub 271"]').wait_for()
    page.context.close()
