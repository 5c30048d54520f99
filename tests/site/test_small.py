"""Small things that only a browser can see: what stands beside what, and what is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .looking import View
from .pages import PAGES

if TYPE_CHECKING:
    from .looking import Eyes

pytestmark = pytest.mark.browser
_DAY = """(hours) => new Intl.DateTimeFormat('nl', {dateStyle: 'long'})
  .format(Date.now() + hours * 3600000)"""
_BLANK = """() => {
  const section = document.querySelector(".uitleg").getBoundingClientRect();
  const last = [...document.querySelectorAll(".uitleg li")].at(-1).getBoundingClientRect();
  return section.bottom - last.bottom;
}"""


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("path", ["/en/sparql", "/en", "/casussen"])
def test_the_button_of_the_menu_stands_beside_the_name_of_the_site(
    eyes: Eyes, path: str, width: int
):
    with eyes.visiting(path, View(width, "light")) as visit:
        name = visit.page.locator(".merk").bounding_box()
        button = visit.page.locator(".menuknop").bounding_box()
        assert name
        assert button
        assert button["y"] < name["y"] + name["height"]
        assert button["x"] >= name["x"] + name["width"]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_cases_that_are_compared_are_easy_to_read_and_to_press(eyes: Eyes, width: int):
    with eyes.visiting(PAGES["vergelijk"], View(width, "light")) as visit:
        links = visit.page.locator(".naast thead a")
        assert links.count() >= 2
        for link in links.all():
            box = link.bounding_box()
            assert box
            assert box["height"] >= 24
            assert link.evaluate("(it) => parseFloat(getComputedStyle(it).fontSize)") >= 16


@pytest.mark.parametrize("width", [1280, 390])
def test_the_link_to_ask_the_example_is_easy_to_press(eyes: Eyes, width: int):
    with eyes.visiting("/", View(width, "light")) as visit:
        box = visit.page.get_by_text("Stel deze vraag").bounding_box()
        assert box
        assert box["height"] >= 24


def test_the_doorbells_are_there_in_forced_colours(eyes: Eyes):
    bell = "(it) => getComputedStyle(it, '::before').borderTopStyle"
    with eyes.visiting(PAGES["casus"], View(1280, "light"), forced_colors="active") as visit:
        bells = visit.page.locator(".belpaneel li").all()
        assert bells
        assert {it.evaluate(bell) for it in bells} == {"double"}


@pytest.mark.parametrize("gone", ["clipboard", "nothing"])
def test_a_text_that_cannot_be_copied_is_selected_and_that_is_said(eyes: Eyes, gone: str):
    from playwright.sync_api import expect

    with eyes.visiting("/fout-melden", View(390, "light"), permissions=[]) as visit:
        page = visit.page
        if gone == "clipboard":  # as on plain http
            page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        button = page.locator("[data-kopieer=melding]")
        button.click()
        expect(button).to_have_text("Geselecteerd: kopieer nu zelf")
        text = page.locator("#melding").inner_text()
        assert page.evaluate("getSelection().toString().trim()") == text.strip()
        assert visit.said == []


def test_how_to_cite_a_case_has_the_day_on_which_it_is_read(eyes: Eyes):
    with eyes.visiting(PAGES["casus"], View(390, "light"), timezone_id="Europe/Amsterdam") as visit:
        before, after = (visit.page.evaluate(_DAY, hours) for hours in (-1, 1))
        said = visit.page.locator("#citaat").inner_text()
        days = tuple(f"(geraadpleegd op {day})" for day in (before, after))
        assert said.endswith(days), "they differ around midnight"
    with eyes.visiting(PAGES["casus"], View(390, "light"), java_script_enabled=False) as visit:
        said = visit.page.locator("#citaat").inner_text()
        assert said.endswith("(geraadpleegd op: vul de dag in)")


def test_without_a_script_no_room_is_kept_for_what_it_would_show(eyes: Eyes):
    more = {"java_script_enabled": False}
    with eyes.visiting("/sparql", View(1280, "light"), **more) as visit:
        assert visit.page.locator(".toetsen").is_hidden()
        assert visit.page.evaluate(_BLANK) < 50


def test_the_names_of_files_have_the_room_in_their_table(eyes: Eyes):
    with eyes.visiting("/gegevens", View(1280, "light")) as visit:
        visit.page.goto(visit.page.url.replace("/gegevens", "/catalog"))  # then they are made
        visit.page.goto(visit.page.url.replace("/catalog", "/gegevens"))
        table = visit.page.locator("main table").first
        whole, first = table.bounding_box(), table.locator("tbody th").first.bounding_box()
        assert whole
        assert first
        assert first["width"] > whole["width"] / 2


_BROKEN = """(heading) => {
  const broken = [];
  const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    for (const word of texts.currentNode.data.matchAll(/[^\\s/\\u2013-]+/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((it) => it.top)).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize(
    "path",
    [
        "/doc/lesson/nieuw-offensief-voor-samenlevingsopbouw",
        "/doc/case/buurtpreventieteams-cranendonck",
        "/doc/theme/talentontwikkeling",
    ],
)
def test_a_long_word_in_the_name_of_a_thing_is_not_broken(eyes: Eyes, path: str, width: int):
    with eyes.visiting(path, View(width, "light")) as visit:
        assert visit.page.locator("h1").evaluate(_BROKEN) == []
