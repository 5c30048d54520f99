"""The start: what it shows, where it leads, and how little it weighs."""

import gzip
import re

import pytest
from wijk.web.static import files


@pytest.fixture(scope="module")
def home(client):
    return client.get("/", headers={"Accept": "text/html"}).text


def test_the_start_is_a_way_in_by_search_map_lesson_case_and_theme(home, cases):
    assert '<form class="zoek" action="/zoeken"' in home
    assert f"{cases} casussen uit buurten, wijken en dorpen" in home
    assert f"{cases - 1} casussen op de kaart, 1 online" in home
    assert home.count('<li class="kaartje">') == 6
    for audience in ("bewoner", "professional", "beleid"):
        assert f'href="/lessen?voor={audience}"' in home


def test_dots_lead_to_the_case_or_to_the_cases_of_that_municipality(home, client):
    dots = re.findall(r'<a href="([^"]+)" aria-label="([^"]+): (\d+) casus', home)
    assert sum(int(count) for _, _, count in dots) >= 28
    for href, _, count in dots:
        assert href.startswith("/doc/case/" if count == "1" else "/casussen?gemeente=")
    single = [href for href, _, count in dots if count == "1"]
    assert client.get(single[0], headers={"Accept": "text/html"}).status_code == 200


def test_the_query_on_the_start_has_an_answer(home, client):
    address = re.search(r'href="(/sparql\?query=[^"]+)"', home)
    assert address is not None
    found = client.get(address[1], headers={"Accept": "application/sparql-results+json"}).json()
    assert len(found["results"]["bindings"]) == 2


def test_the_start_weighs_less_than_its_budgets(home):
    known = files()
    assert len(home.encode()) <= 36_000
    style, script = known["stijl.css"].body, known["site.js"].body
    assert len(style) <= 28_000
    assert len(script) <= 3_000
    letters = [known[f"letters/{name}.woff2"].body for name in ("overpass", "atkinson-next")]
    packed = sum(len(gzip.compress(it)) for it in (home.encode(), style, script))
    assert packed + sum(map(len, letters)) + len(known["merk.svg"].body) <= 100_000
