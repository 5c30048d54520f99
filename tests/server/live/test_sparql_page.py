"""The page of /sparql without script: what it teaches, shows and offers, in two languages."""

import hashlib
import re
from pathlib import Path

import pytest
from httpx2 import Client

VENDORED = Path(__file__).parents[3] / "server" / "wijk" / "web" / "static" / "yasgui"
PAGE = {"Accept": "text/html"}
THEMES = "SELECT ?s (COUNT(*) AS ?n) { ?s a ?t } GROUP BY ?s ORDER BY ?s LIMIT 3"


def asked(client: Client, query: str, path: str = "/sparql", **more: str) -> str:
    answer = client.get(path, params={"query": query, **more}, headers=PAGE)
    return answer.text


def test_it_begins_with_a_query_that_can_be_run(client: Client) -> None:
    page = client.get("/sparql", headers=PAGE).text
    assert "1. Welke casussen zijn er?" in page
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found
    assert "SELECT ?case ?number ?title" in found[1]


@pytest.mark.parametrize(
    ("step", "shows"),
    [
        ("stap-1-alle-casussen", ("Op de kaart", "<table>")),
        ("stap-2-een-thema", ("Op de kaart", "<table>")),
        ("stap-3-tellen", ("Grafiek van", "<table>")),
        ("stap-4-op-de-kaart", ("Op de kaart", "Grafiek van")),
        ("stap-5-wie-zegt-dat", ("<table>", 'rel="external"')),
        ("stap-6-een-eigen-graaf", ("<pre", "schema:name")),
    ],
)
def test_each_step_has_an_answer_that_shows_what_it_teaches(
    client: Client, step: str, shows: tuple[str, ...]
) -> None:
    page = client.get("/sparql", params={"voorbeeld": step}, headers=PAGE).text
    text = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert text
    query = text[1].replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"')
    answer = asked(client, query.replace("&#39;", "'"))
    assert [each for each in shows if each not in answer] == []


def test_an_answer_can_be_taken_along_in_every_format_by_a_link(client: Client) -> None:
    page = asked(client, THEMES)
    links = re.findall(r'<li><a href="(/sparql\?query=[^"]+)">', page)
    assert len(links) == 4
    for link in links:
        assert client.get(link.replace("&amp;", "&")).status_code == 200


@pytest.mark.process
def test_the_limits_are_told(tight: Client) -> None:
    assert "Een vraag mag 0,7 seconden duren en een antwoord 2 MB" in asked(tight, THEMES)


@pytest.mark.process
def test_a_stopped_query_says_why_and_offers_the_prepared_question_and_the_dump(
    tight: Client,
) -> None:
    query = (
        "PREFIX wijk: <https://w3id.org/wijk/def#> SELECT (COUNT(*) AS ?n) "
        "{ ?case a wijk:Case . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c != ?f) }"
    )
    answer = tight.get("/sparql", params={"query": query}, headers=PAGE)
    assert answer.status_code == 504
    assert "Deze vraag duurt te lang" in answer.text
    assert "?voorbeeld=" in answer.text
    assert 'href="/dump/"' in answer.text
    box = answer.text.partition('<section class="vel vel--fout')[2].partition("</section>")[0]
    assert 'href="/vragen"' in box
    assert "Een vraag mag hier 0,7 seconden duren." in box
    assert 'lang="en"' not in box
    assert "Zet er een LIMIT bij" not in box, "a count reads everything all the same"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?s WHERE { ?s a }", "Dit is geen SPARQL: regel 1, kolom "),
        ("SELECT ?s { ?s a zzz:Y }", "Er staat een prefix in zonder regel met PREFIX"),
        ("DROP ALL", "Hier kun je alleen vragen stellen, en niets veranderen."),
        ("SELECT * { SERVICE <https://a.nl> { ?s ?p ?o } }", "SERVICE kan hier niet"),
        ("SELECT (<http://x/f>(1) AS ?y) {}", "De server zegt: “"),
    ],
)
def test_a_mistake_in_a_query_is_told_in_the_language_of_the_page(
    client: Client, query: str, said: str
) -> None:
    given = {"query": query, "format": "html"}
    answer = client.get("/sparql", params=given, headers=PAGE)
    assert answer.status_code == 400
    box = answer.text.partition('<section class="vel vel--fout')[2].partition("</section>")[0]
    assert said in box
    assert 'lang="en"' not in box
    english = client.get("/en/sparql", params=given, headers=PAGE).text
    assert said not in english


def test_the_page_is_there_in_english_and_leads_machines_to_the_endpoint(client: Client) -> None:
    page = client.get("/en/sparql", headers=PAGE)
    assert page.headers["content-language"] == "en"
    assert '<html lang="en">' in page.text
    assert "1. Which cases are there?" in page.text
    assert "Answer: 3 rows" in asked(client, THEMES, "/en/sparql")
    led = client.get("/en/sparql", params={"query": THEMES, "format": "csv"})
    assert led.status_code == 307
    assert client.get(led.headers["location"]).headers["content-type"].startswith("text/csv")


def test_the_answer_alone_is_a_part_of_the_page(client: Client) -> None:
    part = asked(client, THEMES, deel="antwoord")
    assert part.lstrip().startswith("<section")
    assert "<html" not in part
    assert "Antwoord: 3 rijen" in part


def test_the_vendored_files_are_those_whose_hashes_are_written_down() -> None:
    told = dict(
        re.findall(r"`(yasgui\.min\.\w+)` \| `(\w{64})`", (VENDORED / "README.md").read_text())
    )
    assert len(told) == 2
    for name, digest in told.items():
        assert hashlib.sha256((VENDORED / name).read_bytes()).hexdigest() == digest


def test_an_editor_is_told_what_the_data_hold_most_used_first(client: Client) -> None:
    told = client.get("/sparql/termen.json").json()
    assert told["prefixes"]["wijk"] == "https://w3id.org/wijk/def#"
    counts = [term["count"] for term in told["properties"]]
    assert counts == sorted(counts, reverse=True)
    assert {"iri": "https://w3id.org/wijk/def#Case", "label": "Casus", "count": 29} in told[
        "classes"
    ]


def test_a_part_without_a_name_says_whose_it_is(client: Client) -> None:
    muntel = "<https://w3id.org/wijindewijk/id/place/de-muntel%s>"
    page = asked(client, f"SELECT ?it {{ VALUES ?it {{ {muntel % '#point'} {muntel % ''} }} }}")
    assert ">De Muntel #point</a>" in page
    assert ">De Muntel</a>" in page
