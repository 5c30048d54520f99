"""The list of cases: its filters, its views, its pages, its files."""

import csv
import io
import json
import re
from collections.abc import Iterator

import httpx2
import pytest
from rdflib import RDF, Graph
from wijk.namespaces import WIJK

PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client(server: str) -> Iterator[httpx2.Client]:
    """A browser without script."""
    with httpx2.Client(base_url=server, headers=PAGE, timeout=30) as made:
        yield made


def _found(text: str) -> str:
    found = re.search(r'<h2 id="gevonden">([^<]*)</h2>', text)
    assert found is not None
    return found[1]


def test_the_list_has_all_cases_and_a_next_page(client: httpx2.Client) -> None:
    page = client.get("/casussen")
    assert page.status_code == 200
    assert _found(page.text) == "29 casussen gevonden"
    assert 'rel="next"' in page.text
    assert "Krachtstation Kanaleneiland" in page.text


def test_a_filter_can_be_taken_away_again(client: httpx2.Client) -> None:
    page = client.get("/casussen?jaar=2020&thema=ontmoeting").text
    assert 'href="/casussen?thema=ontmoeting"' in page
    assert 'href="/casussen?jaar=2020"' in page.replace("thema=ontmoeting&amp;", "")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("q=koffie&thema=groen&provincie=limburg", "Kies alleen “Thema: groen”"),
        ("q=koffie&provincie=limburg", "Laat “Provincie: Limburg” weg"),
        ("q=koffie&provincie=limburg", "Laat “<bdi>koffie</bdi>” weg"),
        ("jaar=2022&provincie=groningen&provincie=utrecht", "Provincie: Groningen of Utrecht"),
    ],
)
def test_what_gives_nothing_offers_what_gives_cases_the_most_first(
    client: httpx2.Client, query: str, said: str
) -> None:
    page = client.get(f"/casussen?{query}").text
    assert said in page
    told = re.findall(r'<li><a href="([^"]+)">.+?</a>. Dan vind je (\d+) casus', page)
    counts = [int(count) for _, count in told]
    assert counts == sorted(counts, reverse=True)
    for path, count in told:
        assert _found(client.get(path.replace("&amp;", "&")).text).split()[0] == count != "0"


def test_a_word_in_no_case_is_not_offered_to_be_taken_away_beside_all_cases(
    client: httpx2.Client,
) -> None:
    assert "Dan vind je" not in client.get("/casussen?q=qqqqqqqqqq").text


@pytest.mark.parametrize("view", ["lijst", "kaart", "tabel"])
def test_every_view_shows_the_same_selection(client: httpx2.Client, view: str) -> None:
    page = client.get(f"/casussen?provincie=gelderland&weergave={view}").text
    assert _found(page) == "5 casussen gevonden"
    assert "Voorst" in page


def test_a_search_marks_what_it_found(client: httpx2.Client) -> None:
    assert "<mark>" in client.get("/casussen?q=sudwest").text


@pytest.mark.parametrize("asked", ["eenzaam", "tuin", "Súdwest pipowagen", "koffie nergens"])
def test_the_list_finds_the_cases_that_the_search_over_everything_finds(
    client: httpx2.Client, asked: str
) -> None:
    found = client.get("/zoeken.json", params={"q": asked}).json()
    cases = [it["count"] for it in found["groups"] if it["kind"] == "casus" and found["allWords"]]
    count = sum(cases)
    words = "1 casus" if count == 1 else f"{count or 'Geen'} casussen"
    assert _found(client.get("/casussen", params={"q": asked}).text) == f"{words} gevonden"


def test_nothing_found_is_no_dead_end(client: httpx2.Client) -> None:
    page = client.get("/casussen?q=kofie&jaar=2022").text
    assert _found(page) == "Geen casussen gevonden"
    assert "Bedoelde je" in page
    assert "Bekijk alle 29 casussen" in page


@pytest.mark.parametrize(
    ("asked", "status"),
    [("thema=gron", 400), ("weergave=film", 400), ("pagina=0", 400), ("pagina=99", 404)],
)
def test_what_cannot_be_is_told_on_the_page(client: httpx2.Client, asked: str, status: int) -> None:
    page = client.get(f"/casussen?{asked}")
    assert page.status_code == status
    assert 'class="foutenlijst"' in page.text


def test_a_small_word_alone_is_told_to_be_too_common(client: httpx2.Client) -> None:
    assert "Het woord “<bdi>de</bdi>” komt overal voor." in client.get("/casussen?q=de").text


def test_a_page_that_is_not_there_leads_to_the_last_one(client: httpx2.Client) -> None:
    page = client.get("/casussen?thema=ontmoeting&pagina=9").text
    fault = " ".join(page.partition('class="foutenlijst"')[2].partition("</section>")[0].split())
    assert "Bladzijde 9 is er niet. <a" in fault
    assert ">Naar bladzijde 1</a>" in fault
    assert "Bedoel je" not in fault
    assert '<ol class="rijen' not in page, "no empty sheet"
    assert "Bedoel je" in client.get("/casussen?thema=gron").text


def test_what_may_have_been_meant_keeps_all_else_that_was_chosen(client: httpx2.Client) -> None:
    asked = "q=buurt&thema=gron&thema=zorg&provincie=utrecht&weergave=tabel&pagina=2"
    fault = client.get(f"/casussen?{asked}").text.partition('class="foutenlijst"')[2]
    meant = "/casussen?q=buurt&amp;thema=zorg&amp;thema=groen&amp;provincie=utrecht"
    found = set(re.findall(r'href="([^"]+)"', fault.partition("</section>")[0]))
    assert f"{meant}&amp;weergave=tabel" in found


def test_what_is_typed_is_shown_as_text(client: httpx2.Client) -> None:
    page = client.get("/casussen", params={"q": "<script>alert(1)</script>", "thema": "<b>"})
    assert "<script>alert" not in page.text
    assert "<b>" not in page.text.partition("<main")[2].replace("<b></b>", "")


def test_the_files_have_the_selection_of_the_page(client: httpx2.Client) -> None:
    def got(suffix: str) -> httpx2.Response:
        answer = client.get(f"/casussen{suffix}?jaar=2021&naam=bekend", headers={"Accept": "*/*"})
        assert answer.status_code == 200, suffix
        return answer

    rows = list(csv.DictReader(io.StringIO(got(".csv").text)))
    iris = {row["iri"] for row in rows}
    assert len(iris) == 5
    assert {it["iri"] for it in json.loads(got(".json").content)["items"]} == iris
    assert {it["id"] for it in json.loads(got(".geojson").content)["features"]} == iris
    graph = Graph().parse(data=got(".ttl").content, format="turtle")
    assert {str(it) for it in graph.subjects(RDF.type, WIJK.Case)} == iris
    assert got(".bib").text.count("@incollection") == 5
    assert got(".ris").text.count("TY  - ") == 5
    assert got(".atom").text.count("<entry>") == 5
    assert got(".xlsx").content.startswith(b"PK")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "casussen.csv"),
        ("?thema=ontmoeting", "casussen-thema-ontmoeting.csv"),
        ("?q=buurthuis&provincie=fryslan", "casussen-provincie-fryslan-met-buurthuis.csv"),
        ("?q=Caf%C3%A9%20%22%0D%0A;%20%CE%BB", "casussen-met-cafe.csv"),
        (f"?q={'woord%20' * 30}", f"casussen-met{'-woord' * 9}-en-meer.csv"),
    ],
)
def test_a_file_is_called_as_its_selection(client: httpx2.Client, query: str, name: str) -> None:
    answer = client.get(f"/casussen.csv{query}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'inline; filename="{name}"'
    assert len(name) <= 84
    assert name.isascii()


def test_a_file_of_what_cannot_be_is_refused(client: httpx2.Client) -> None:
    answer = client.get("/casussen.csv?thema=gron", headers={"Accept": "*/*"})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "Thema: “gron” kennen we niet."


def test_the_map_of_cases_and_that_of_an_answer_do_not_get_in_each_others_way(client):
    query = "PREFIX wijk: <https://w3id.org/wijk/def#> SELECT ?case { ?case a wijk:Case }"
    answer = {"query": query, "format": "html"}
    for _ in range(2):
        assert client.get("/casussen?weergave=kaart").status_code == 200
        assert "Op de kaart" in client.get("/sparql", params=answer).text


def test_a_short_word_within_a_long_one_is_no_other_spelling_of_it(client):
    assert ">koffie</a>?" in client.get("/casussen?q=kofffie").text
    assert "Bedoelde je" not in client.get("/casussen?q=xxxxofxxxx").text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/casussen?weergave=kaart",
        "/embed/map",
        "/sparql?query=SELECT * { ?s a <https://w3id.org/wijk/def%23Place> }",
    ],
)
def test_no_wide_spot_of_a_map_lies_over_a_dot(client: httpx2.Client, path: str) -> None:
    drawn = client.get(path).text.partition('<svg class="kaart"')[2].partition("</svg>")[0]
    links = re.findall(r"<a [^>]*>(?:(?!</a>).)*</a>", drawn, re.DOTALL)
    wide = ['class="raak"' in it and 'tabindex="-1" aria-hidden="true"' in it for it in links]
    dots = ['class="stip"' in it and "aria-hidden" not in it.partition(">")[0] for it in links]
    assert sum(dots) > 5
    assert wide == [True] * sum(dots) + [False] * sum(dots)
    hrefs = [href for it in links for href in re.findall(r' href="([^"]*)"', it)]
    assert hrefs[: sum(dots)] == hrefs[sum(dots) :]


def test_a_long_word_that_was_searched_breaks_on_its_chip(client: httpx2.Client) -> None:
    page = client.get(f"/casussen?q={'a' * 40}").text
    assert 'class="gekozen"' in page
    sheets = "".join(client.get(it).text for it in re.findall(r'href="([^"]*\.css[^"]*)"', page))
    assert re.search(r"\.gekozen a[^{]*\{[^}]*overflow-wrap: ?anywhere", sheets)
