"""A hostile graph is shown safely and usably: nothing of it runs, and nothing of it is too much."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ..harvest.server import serving
from .hostile import LONG, UNBROKEN, hostile
from .looking import Eyes, View

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
_LARGEST = 200_000
PAGES = (
    *("/", "/casussen", "/casussen?weergave=tabel", "/betrokkenen", "/plaatsen", "/themas"),
    *("/doc/case/choku-gym", "/doc/case/boefjes-en-baristas", "/doc/case/twirre-doch-mei"),
    *("/doc/case/de-oude-bieb", "/doc/actor/accolade", "/doc/actor/elkien"),
    *("/doc/place/de-muntel", "/doc/theme/groen", "/doc/source/loopt", "/zoeken?q=script"),
    *("/vergelijk?casus=choku-gym&casus=twirre-doch-mei", "/embed/case/choku-gym"),
    *("/zoeken?q=boefjes", "/doc/place/poelenburg", "/doc/lesson/blijven-investeren"),
    *("/wijzigingen/case/choku-gym", "/doc/bundle/wij-in-de-wijk-1", "/lessen"),
    *("/vragen/cases-by-theme", "/doc/case/stichting-polka", "/doc/case/holybe"),
    *("/doc/case/kenhem-community", "/doc/initiative/kenhem-community", "/doc/actor/akte2"),
    *("/doc/place/beesd", "/doc/area/gm1960", "/doc/bundle/wij-in-de-wijk-4"),
    *("/doc/source/geonames", "/doc/event/oss-2003", "/doc/theme/ontmoeting", "/bronnen"),
    *("/doc/lesson/juiste-houding", "/doc/lesson/overal-dezelfde-vragen"),
    *("/doc/lesson/volop-positieve-dynamiek", "/zoeken?q=polka", "/zoeken?q=beesd"),
)
FILES = (
    *("/casussen.csv", "/casussen.xlsx", "/casussen.geojson", "/citeer/case/holybe.bib"),
    *("/api/v1/casussen", "/api/v1/plaatsen", "/api/v1/betrokkenen", "/api/v1/themas"),
    *("/api/v1/lessen", "/api/v1/plaatsen/beesd", "/catalog.ttl", "/reconcile?query=polka"),
    "/oai?verb=ListRecords&metadataPrefix=oai_dc",
)
_HIGHEST = 13_000
"""Pixels at a width of 390; the highest page of the graph as shipped, a case, has 9,900."""
_COMPARED = "/vergelijk?casus=boefjes-en-baristas&casus=choku-gym&casus=twirre-doch-mei"
_NAMELESS = """() => [...document.querySelectorAll("h1, a")]
  .filter((it) => it.getAttribute("href") === "" || !(it.textContent.trim() || it.ariaLabel))
  .map((it) => it.outerHTML)"""
_RUNNING = (
    "() => [...document.querySelectorAll('[href], [src], [action]')].map((it) => "
    "it.getAttribute('href') || it.getAttribute('src') || it.getAttribute('action'))"
    ".filter((it) => /^\\s*(javascript|data|vbscript):/i.test(it))"
)


@pytest.fixture(scope="module")
def bad_eyes(
    chromium: Browser, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Eyes]:
    """The browser over a server of that graph."""
    folder = tmp_path_factory.mktemp("hostile")
    with serving(
        hostile(folder / "graph", root, folder / "home"), "--home", str(folder / "home")
    ) as address:
        yield Eyes(chromium, address)


@pytest.mark.parametrize("view", [View(320, "light"), View(1280, "dark")], ids=str)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_it_is_as_good_as_any(bad_eyes: Eyes, path: str, view: View):
    assert bad_eyes.faults(path, view) == []


@pytest.mark.parametrize("path", PAGES)
def test_what_has_no_name_is_called_by_its_address_and_each_link_leads_somewhere(
    bad_eyes: Eyes, path: str
):
    with bad_eyes.visiting(path, View(1280, "light")) as visit:
        assert visit.status == 200
        assert visit.page.evaluate(_NAMELESS) == []


@pytest.mark.parametrize("path", FILES)
def test_every_file_of_it_is_made(bad_eyes: Eyes, path: str):
    with bad_eyes.visiting("/over", View(390, "light")) as visit:
        file = visit.page.request.get(visit.page.url.replace("/over", path))
        assert file.status == 200


@pytest.mark.parametrize("path", PAGES)
def test_nothing_in_it_runs_and_no_page_is_endless(bad_eyes: Eyes, path: str):
    with bad_eyes.visiting(path, View(1280, "light")) as visit:
        assert visit.page.evaluate("window.hit") is None
        assert visit.page.evaluate(_RUNNING) == []
        assert len(visit.page.content().encode()) < _LARGEST


@pytest.mark.parametrize("path", [*PAGES, _COMPARED])
def test_a_name_of_thousands_of_letters_makes_no_page_endless(bad_eyes: Eyes, path: str):
    with bad_eyes.visiting(path, View(390, "light")) as visit:
        assert visit.page.evaluate("document.documentElement.scrollHeight") < _HIGHEST
        assert visit.page.evaluate("document.title.length") < 600
        said = visit.page.inner_text("body")
        assert UNBROKEN[:200] not in said
        assert LONG[:200] not in said


@pytest.mark.parametrize(
    "path", ["/doc/case/twirre-doch-mei.ttl", "/citeer/case/twirre-doch-mei.bib"]
)
def test_the_files_of_a_thing_have_the_whole_of_its_name(bad_eyes: Eyes, path: str):
    with bad_eyes.visiting("/over", View(390, "light")) as visit:
        file = visit.page.request.get(visit.page.url.replace("/over", path))
        assert UNBROKEN in file.text()


def test_a_name_that_turns_its_letters_turns_nothing_behind_it(bad_eyes: Eyes):
    with bad_eyes.visiting("/casussen?weergave=tabel", View(1280, "light")) as visit:
        row = visit.page.locator("tr", has=visit.page.locator("a[href='/doc/case/choku-gym']"))
        places = row.locator("td, th").evaluate_all(
            "(all) => all.map((it) => getComputedStyle(it).unicodeBidi)"
        )
        assert set(places) == {"isolate"}
