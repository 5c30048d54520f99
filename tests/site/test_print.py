"""On paper: a few sheets of A4, close together, without what one can only press."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from .looking import View
from .pages import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .looking import Eyes

pytestmark = pytest.mark.browser
SCREEN = View(1280, "light")
# The most sheets of A4 that a page may take: a case with all that can be known takes four.
SHEETS = {
    "/doc/case/krachtstation-kanaleneiland": 4,
    "/doc/case/nieuwe-buren-lemmerweg-west": 4,
    PAGES["casus-naamloos"]: 4,
    PAGES["casus"]: 4,
    PAGES["vergelijk"]: 2,
    PAGES["lessen"]: 4,
    PAGES["plaats"]: 4,
}
HIDDEN = {
    "/doc/case/krachtstation-kanaleneiland": (".menu", ".kruimel", ".casuskop .knoppen", ".vormen"),
    PAGES["vergelijk"]: ("main form", "button", ".menu"),
    PAGES["lessen"]: (".gekozen--keuze", ".menu"),
    PAGES["casussen"]: ("main form", ".weergave", ".uitvoer"),
}
_READING = "document.querySelector('.inhoud h2').getBoundingClientRect().top"


def _sheets(page: Page) -> int:
    """How many sheets of A4 come out of the printer: the objects of type Page in the file."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


@pytest.mark.parametrize("path", SHEETS)
def test_a_page_fits_on_a_few_sheets(eyes: Eyes, path: str):
    with eyes.visiting(path, SCREEN) as visit:
        assert 1 <= _sheets(visit.page) <= SHEETS[path]


@pytest.mark.parametrize("path", HIDDEN)
def test_what_one_can_only_press_is_not_printed(eyes: Eyes, path: str):
    with eyes.visiting(path, SCREEN) as visit:
        for part in HIDDEN[path]:
            assert visit.page.locator(part).first.count() == 1, f"{part} is on the page"
        visit.page.emulate_media(media="print")
        for part in HIDDEN[path]:
            assert visit.page.locator(part).locator("visible=true").count() == 0, part


@pytest.mark.parametrize(
    ("path", "told"),
    [
        *((path, path) for path in ("/lessen", "/plaatsen", "/betrokkenen", "/")),
        *(
            (f"/doc/{it}", f"/id/{it}")
            for it in (
                *("case/choku-gym", "place/de-muntel", "theme/groen", "actor/movisie"),
                *("lesson/blijven-investeren", "area/gm0796", "initiative/de-oude-bieb"),
            )
        ),
        ("/casussen?thema=groen&thema=sport", "/casussen?thema=groen&thema=sport"),
        (PAGES["vergelijk"], PAGES["vergelijk"]),
        ("/vragen/cases-by-theme?theme=groen", "/vragen/cases-by-theme?theme=groen"),
    ],
)
def test_the_address_and_the_day_stand_at_the_foot(eyes: Eyes, path: str, told: str):
    with eyes.visiting(path, SCREEN) as visit:
        foot = visit.page.locator(".voet")
        assert "Gepubliceerd op" not in foot.inner_text(), "the screen has an address of its own"
        visit.page.emulate_media(media="print")
        said = foot.inner_text()
        assert f"https://w3id.org/wijindewijk{told}\n" in said
        assert re.search(r"Gepubliceerd op \d+ \w+ 20\d\d \(geraadpleegd op \d+ \w+ 20\d\d\)", said)


def test_the_first_sheet_of_a_case_has_more_than_its_name(eyes: Eyes):
    """A4 within its margins is 178 mm wide and 261 mm high: 673 by 986 pixels of CSS."""
    with eyes.visiting("/doc/case/nieuwe-buren-lemmerweg-west", View(673, "light")) as visit:
        visit.page.emulate_media(media="print")
        assert visit.page.evaluate(_READING) < 986
