"""`/embed/…` and `/voor-portalen`: what is in a frame, and what only a frame may do."""

import html
import re

import pytest
from lxml import etree

FRAMES = ("/embed/case/boefjes-en-baristas", "/embed/list?thema=eenzaamheid", "/embed/map")
WRONG = {"/embed/case/niets": 404, "/embed/list?thema=niets": 400, "/embed/map?x=1": 400}
OTHERS = ("/", "/feeds/", "/voor-portalen", "/doc/case/boefjes-en-baristas", "/none", "/static/x")
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def parsed(text):
    return etree.fromstring(text.encode(), etree.HTMLParser())


@pytest.mark.parametrize("path", [*FRAMES, *WRONG])
def test_a_frame_may_stand_anywhere_and_has_no_script_no_cookie_and_no_style_of_its_own(
    client, path
):
    answer = client.get(path, headers=BROWSER)
    assert answer.status_code == WRONG.get(path, 200)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "set-cookie" not in answer.headers
    assert "x-frame-options" not in answer.headers
    page = parsed(answer.text)
    assert page.get("lang") == "nl"
    assert page.xpath("count(//script | //@style | //style | //form | //img | //iframe)") == 0
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert page.xpath("count(//h1)") == 1
    assert page.findtext(".//title").startswith(page.findtext(".//h1"))
    links = page.xpath("//body//a")
    assert links
    assert {(it.get("target"), "noopener" in it.get("rel")) for it in links} == {("_top", True)}


@pytest.mark.parametrize("path", OTHERS)
def test_nothing_else_may_stand_in_a_frame_of_another_site(client, path):
    policy = client.get(path, headers=BROWSER).headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy


def test_a_case_says_what_it_is_where_and_from_which_sources(client):
    page = parsed(client.get(FRAMES[0]).text)
    assert page.findtext(".//h1") == "Boefjes en Barista’s"
    facts = dict(zip(page.xpath("//dt/text()"), page.xpath("//dd[1]"), strict=True))
    assert "".join(facts["Plek"].itertext()) == (
        "De Muntel, gemeente ’s-Hertogenbosch (Noord-Brabant)"
    )
    assert "https://www.movisie.nl/wijindewijk" in page.xpath("//dd/a/@href")
    assert "/doc/case/boefjes-en-baristas" in page.xpath("//main/p/a/@href")
    assert page.xpath("//footer//a[contains(@rel, 'license')]/@href") == [
        "https://creativecommons.org/publicdomain/zero/1.0/"
    ]


def test_a_map_has_the_same_cases_as_dots_and_as_a_list_and_names_whose_outlines_it_has(client):
    page = parsed(client.get("/embed/map").text)
    assert len(page.xpath("//g[@class='land']/path")) == 12
    dots, rows = page.xpath("//svg/a[not(@aria-hidden)]"), page.xpath("//ol/li//a/@href")
    assert len(rows) == 29
    assert len(dots) > 25
    assert {dot.get("href") for dot in dots} <= {*rows, *map_places(dots)}
    assert all(dot.get("aria-label") == dot.findtext("title") for dot in dots)
    assert "CBS en Kadaster, 2022, CC BY 4.0" in "".join(page.find(".//footer").itertext())


def map_places(dots):
    return {dot.get("href") for dot in dots if "/doc/place/" in dot.get("href")}


def test_a_frame_is_not_sent_twice_and_machines_get_a_problem(client):
    first = client.get(FRAMES[1])
    assert (
        client.get(FRAMES[1], headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    )
    assert client.head(FRAMES[1]).content == b""
    told = client.get("/embed/case/niets", headers={"Accept": "application/json"})
    assert (told.status_code, told.headers["content-type"]) == (404, "application/problem+json")


ROUTES = (
    *("/embed/case/", "/embed/list", "/embed/map", "/feeds/casussen.rss", "/feeds/ingetrokken.csv"),
    *("/dump/", "/oai", "/ldes", "/catalog", "/sparql", "/api/v1/"),
)
BASE = "https://w3id.org/wijindewijk"


@pytest.fixture(scope="module")
def lines(client):
    """The lines to paste, as a browser shows them."""
    page = client.get("/voor-portalen", headers=BROWSER).text
    found = re.findall(r"<pre[^>]*><code>(.*?)</code>", page, re.DOTALL)
    return [html.unescape(line) for line in found]


def test_the_page_for_portals_has_a_line_for_every_route_and_each_is_there(client, lines):
    ours = [path for line in lines for path in re.findall(rf"{BASE}(/[^\s\"']*)", line)]
    for start in ROUTES:
        assert any(path.startswith(start) for path in ours), start
    for path in ours:
        if not path.startswith(("/dump", "/catalog")):  # they take longer, and are asked elsewhere
            assert client.get(path).status_code == 200, path


def test_a_frame_to_paste_has_a_title_and_shows_something(client, lines):
    frames = [parsed(line).find(".//iframe") for line in lines if line.startswith("<iframe")]
    assert len(frames) == 4
    for frame in frames:
        assert frame.get("title")
        assert client.get(frame.get("src").removeprefix(BASE)).status_code == 200


def test_the_page_for_portals_says_the_licence_and_whom_to_name(lines):
    for said in ("Bron: Wij in de Wijk", "https://creativecommons.org/publicdomain/zero/1.0/"):
        assert any(said in line for line in lines)
