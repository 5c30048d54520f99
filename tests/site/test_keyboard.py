"""With the keys alone: from a search to a case, to a lesson of it, and away with a file."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .looking import Eyes, View

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
_MOST = 150
# What has the focus: its words, and what is wrong with how that is seen.
_FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return ["", []];
  const words = (here.getAttribute("aria-label") || here.labels?.[0]?.textContent
    || here.textContent).trim().replace(/\\s+/g, " ");
  const faults = [];
  const look = getComputedStyle(here);
  if (look.outlineStyle === "none" || parseFloat(look.outlineWidth) < 2) faults.push("no ring");
  const box = here.getBoundingClientRect();
  if (box.width < 1 || box.height < 1) faults.push("no size");
  const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  if (!inside) faults.push("out of sight");
  return [words, faults];
}"""


def go_to(page: Page, words: str, within: str = "body") -> None:
    """Press Tab until what these words name has the focus, which is seen at each step."""
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        found, faults = page.evaluate(_FOCUS)
        assert faults == [], f"{page.url}: the focus on “{found}” has {', '.join(faults)}"
        if words in found and page.evaluate("(it) => !!document.activeElement.closest(it)", within):
            return
    raise AssertionError(f"{page.url}: no “{words}” in {_MOST} steps")


def enter(page: Page, heading: str) -> None:
    """Press Enter, and stand on the page with this heading."""
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    assert heading in page.locator("h1").inner_text()


def to_the_cases(page: Page, with_word: str, folded: bool) -> None:
    """From the menu to the cases with a word; on a phone the menu and the filters are folded."""
    if folded:
        go_to(page, "Menu", "header")
        page.keyboard.press("Enter")
    go_to(page, "Casussen", "header")
    enter(page, "Casussen")
    if folded:
        go_to(page, "Zoek en filter", "main")
        page.keyboard.press("Enter")
    go_to(page, "Trefwoord", "main")
    page.keyboard.type(with_word)
    enter(page, "Casussen")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_keys_lead_from_a_search_to_a_case_to_a_lesson_to_a_file(
    eyes: Eyes, width: int, tmp_path: Path
):
    with eyes.visiting("/", View(width, "light")) as visit:
        page = visit.page
        go_to(page, "Zoek in alle casussen", "main")
        page.keyboard.type("koffie")
        enter(page, "Zoeken")
        go_to(page, "Boefjes en Barista’s", "main")
        enter(page, "Boefjes en Barista’s")
        go_to(page, "Waar geldt de les “Kneuterigheid verdient een standbeeld”", "main")
        enter(page, "Kneuterigheid verdient een standbeeld")
        to_the_cases(page, "koffie", folded=width < 1000)
        go_to(page, "CSV", ".uitvoer")
        with page.expect_download() as coming:
            page.keyboard.press("Enter")
        file = tmp_path / coming.value.suggested_filename
        coming.value.save_as(file)
    assert file.suffix == ".csv"
    with file.open(encoding="utf-8-sig", newline="") as text:
        titles = {cell for row in csv.reader(text) for cell in row}
    assert "Boefjes en Barista's" in titles


def test_a_focus_that_is_not_seen_is_found_out(eyes: Eyes):
    with eyes.visiting("/casussen", View(1280, "light")) as visit:
        sheets = "document.adoptedStyleSheets = [new CSSStyleSheet()];"
        rule = "document.adoptedStyleSheets[0].insertRule('* { outline: none !important }');"
        visit.page.evaluate(sheets + rule)
        with pytest.raises(AssertionError, match="no ring"):
            go_to(visit.page, "Trefwoord", "main")
