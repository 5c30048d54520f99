"""The page of /sparql without script: what it teaches, shows and offers, in two languages."""

import hashlib
import html
import re
from concurrent.futures import ThreadPoolExecutor
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


def test_an_update_is_refused_in_the_language_of_the_page(client: Client) -> None:
    update = {"update": "CLEAR ALL"}
    dutch = client.post("/sparql", data=update, headers=PAGE)
    assert dutch.status_code == 400
    assert "Hier kun je alleen vragen stellen, en niets veranderen." in dutch.text
    assert '<p lang="en">' not in dutch.text
    english = client.post("/en/sparql", data=update, headers=PAGE).text
    assert "This service only reads: a query is SELECT" in english


def test_the_page_is_there_in_english_and_leads_machines_to_the_endpoint(client: Client) -> None:
    page = client.get("/en/sparql", headers=PAGE)
    assert page.headers["content-language"] == "en"
    assert '<html lang="en">' in page.text
    assert "1. Which cases are there?" in page.text
    assert "Answer: 3 rows" in asked(client, THEMES, "/en/sparql")
    led = client.get("/en/sparql", params={"query": THEMES, "format": "csv"})
    assert led.status_code == 307
    assert client.get(led.headers["location"]).headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, ""),
        ({"voorbeeld": "stap-3-tellen"}, "?voorbeeld=stap-3-tellen"),
        ({"query": "ASK {}"}, "?query=ASK+%7B%7D"),
        ({"query": "ASK {", "format": "csv"}, "?query=ASK+%7B"),
        ({"query": "ASK {}", "named-graph-uri": "x:y"}, "?query=ASK+%7B%7D&named-graph-uri=x%3Ay"),
    ],
)
def test_the_page_in_the_other_language_has_the_same_query(
    client: Client, given: dict[str, str], kept: str
) -> None:
    dutch = client.get("/sparql", params=given, headers=PAGE).text
    assert f'<a href="/en/sparql{html.escape(kept)}" hreflang="en"' in dutch
    english = client.get("/en/sparql", params=given, headers=PAGE).text
    assert f'<a href="/sparql{html.escape(kept)}" hreflang="nl"' in english


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


EVERYTHING = "SELECT * { ?a ?b ?c }"


@pytest.mark.parametrize(
    ("path", "limits", "told", "files"),
    [
        (
            "/sparql",
            "een antwoord 2 MB groot zijn; als bestand 50 MB. Deze pagina toont de eerste 1.000",
            "Deze pagina toont een antwoord van hooguit 2 MB; een bestand mag 50 MB zijn.",
            "Haal het antwoord op als bestand:",
        ),
        (
            "/en/sparql",
            "an answer 2 MB; as a file 50 MB. This page shows the first 1,000",
            "<p>This page shows an answer of at most 2 MB; a file may be 50 MB.</p>",
            "Fetch the answer as a file:",
        ),
    ],
)
def test_an_answer_too_large_for_the_page_says_so_and_can_be_fetched_as_a_file(
    client: Client, path: str, limits: str, told: str, files: str
) -> None:
    answer = client.get(path, params={"query": f"{EVERYTHING} LIMIT 20000"}, headers=PAGE)
    assert answer.status_code == 422
    assert limits in answer.text
    box = answer.text.partition('<section class="vel vel--fout')[2].partition("</section>")[0]
    assert told in box
    links = re.findall(r'<li><a href="(/sparql\?query=[^"]+)">', box.partition(files)[2])
    assert len(links) == 4
    csv = client.get(links[0].replace("&amp;", "&"), headers=PAGE)
    assert csv.status_code == 200
    assert csv.text.count("\n") > 20_000


@pytest.mark.parametrize(
    ("path", "query", "format", "said"),
    [
        ("/sparql", "SELECT ?s WHERE { ?s a }", "csv", "Dit is geen SPARQL: regel 1"),
        ("/en/sparql", "SELECT ?s WHERE { ?s a }", "csv", "The query is not taken"),
        ("/sparql", "ASK {}", "turtle", "kies CSV, TSV, JSON of XML"),
        ("/sparql", "DESCRIBE <https://a.nl>", "csv", "kies Turtle"),
        (
            "/en/sparql",
            "ASK {}",
            "turtle",
            "<p>With SELECT or ASK the answer is a table: choose CSV, TSV, JSON or XML.</p>",
        ),
        (
            "/en/sparql",
            "DESCRIBE <https://a.nl>",
            "csv",
            "<p>With CONSTRUCT or DESCRIBE the answer is a graph: choose Turtle.</p>",
        ),
    ],
)
def test_a_mistake_with_a_file_is_told_on_the_page_with_the_query(
    client: Client, path: str, query: str, format: str, said: str
) -> None:
    answer = client.get(path, params={"query": query, "format": format}, headers=PAGE)
    assert answer.status_code in (400, 406)
    assert said in answer.text
    assert f">{html.escape(query)}</textarea>" in answer.text
    assert ('<html lang="en">' in answer.text) == path.startswith("/en")
    assert ('<p lang="en">' in answer.text) is False
    machine = client.get(path, params={"query": query, "format": format}, follow_redirects=True)
    assert machine.headers["content-type"] == "application/problem+json"


def test_a_file_of_a_query_comes_from_the_page_in_english_too(client: Client) -> None:
    answer = client.get("/en/sparql", params={"query": THEMES, "format": "csv"}, headers=PAGE)
    assert answer.headers["content-type"].startswith("text/csv")


@pytest.mark.process
@pytest.mark.parametrize(
    ("path", "said"),
    [("/sparql", "te lang voor een adres"), ("/en/sparql", "Press “Run” once more")],
)
def test_a_query_too_long_for_an_address_is_kept_and_sent_in_another_way(
    tight: Client, path: str, said: str
) -> None:
    query = "ASK {} #" + "a" * 5_000
    refused = tight.get(path, params={"query": query}, headers=PAGE)
    assert refused.status_code == 413
    assert said in refused.text
    assert f'action="{path}" method="post"' in refused.text
    assert f">{query}</textarea>" in refused.text
    assert re.search(r'<a href="/(en/)?sparql" hreflang', refused.text), "nor in that of a link"
    sent = tight.post(path, data={"query": query, "format": "html"}, headers=PAGE)
    assert ("janee" in sent.text, sent.status_code) == (True, 200)


@pytest.mark.process
def test_a_server_that_is_busy_gives_no_advice_about_the_query(tight: Client) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c != ?f) }"
    with ThreadPoolExecutor(14) as several:
        answers = list(several.map(lambda _: asked(tight, slow), range(14)))
    busy = [answer for answer in answers if "De server is druk" in answer]
    assert busy
    box = busy[0].partition('<section class="vel vel--fout')[2].partition("</section>")[0]
    assert "Probeer het over een paar tellen nog eens." in box
    assert "Zo kom je verder" not in box
    assert 'lang="en"' not in box


def test_names_in_an_answer_on_the_page_in_english_are_marked_as_dutch(client: Client) -> None:
    query = (
        "PREFIX wijk: <https://w3id.org/wijk/def#> SELECT ?case (COUNT(?o) AS ?n) "
        "{ ?case a wijk:Case ; ?p ?o } GROUP BY ?case LIMIT 3"
    )
    page = asked(client, query, "/en/sparql")
    assert len(re.findall(r'<td><a href="/doc/case/[^"]+" lang="nl">', page)) == 3
    assert len(re.findall(r'<dt><a href="/doc/case/[^"]+" lang="nl">', page)) == 3
    assert len(re.findall(r'aria-label="[^"]+" lang="nl"><title>', page)) == 3
    assert 'lang="nl">' not in asked(client, query).partition("<h2")[2]
    outside = "SELECT ?it { VALUES ?it { <https://example.org/> } }"
    assert '<a href="https://example.org/" rel="external">' in asked(client, outside, "/en/sparql")


def test_an_example_that_is_not_there_is_said(client: Client) -> None:
    page = client.get("/sparql?voorbeeld=bestaatniet", headers=PAGE).text
    assert "Er is geen voorbeeld “bestaatniet”. Hier staat het eerste." in page
    english = client.get("/en/sparql?voorbeeld=bestaatniet", headers=PAGE).text
    assert "There is no example “bestaatniet”. This is the first." in english
    assert "Er is geen voorbeeld" not in client.get("/sparql", headers=PAGE).text


def test_one_that_is_beyond_the_map_is_told_as_one(client: Client) -> None:
    points = '"POINT(5.12 52.09)"^^geo:wktLiteral "POINT(12.4 41.9)"^^geo:wktLiteral'
    query = (
        "PREFIX geo: <http://www.opengis.net/ont/geosparql#> "
        f"SELECT ?point {{ VALUES ?point {{ {points} }} }}"
    )
    assert "1 van de 2 rijen staat op de kaart. 1 ligt erbuiten." in asked(client, query)
    assert "1 of 2 rows is on the map. 1 is beyond it." in asked(client, query, "/en/sparql")
