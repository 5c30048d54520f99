"""Things and documents: every address, every format, from the files."""

import html
import re
from itertools import islice

import pytest
from rdflib import DCTERMS, XSD, Literal, URIRef
from rdflib.namespace import GEO
from wijk import days, turtle
from wijk.namespaces import ONTOLOGY
from wijk.web.numbers import as_written
from wijk.web.suffixes import SUFFIXES

CASE = "case/boefjes-en-baristas"
AS_RDF = {suffix: kind for suffix, kind in SUFFIXES.items() if suffix != ".html"}


def shown(graph):
    """The documents to look at: of the hundreds of wijken and lists of figures, a few."""
    rest = re.compile(r"/(area/2022-wk(?!0362)|figure/2022-(?!gm0285|nl00|missing|pop))")
    return [it for iri, it in graph.documents.items() if not rest.search(iri)]


def address(iri: str) -> str:
    """Where a document is on the server."""
    path = iri.replace("https://w3id.org/wijindewijk", "").replace("https://w3id.org/wijk", "")
    return path.replace("/id/", "/doc/", 1)


@pytest.fixture(scope="module", params=["some", pytest.param("all", marks=pytest.mark.whole)])
def looked_at(request, graph):
    """The documents to look at: all of them, or one of each kind and a share of the rest."""
    documents = shown(graph)
    if request.param == "all":
        return documents
    kinds = {it.kind: it for it in documents}.values()
    return [*{it.iri: it for it in (*kinds, *documents[::20])}.values()]


@pytest.fixture(scope="module")
def pages(client, looked_at):
    """The answer to a browser that asks for a document or for a concept in it."""
    kinds = {"Accept": "text/html"}
    iris = [iri for it in looked_at for iri in (it.iri, *it.told.concepts)]
    return {path: client.get(path, headers=kinds) for path in map(address, iris)}


@pytest.mark.parametrize("suffix", AS_RDF)
@pytest.mark.parametrize(
    "path",
    ["doc/" + CASE, "doc/theme/groen", "doc/scheme/role", "doc/catalog", "def", "shape"],
)
def test_a_document_is_the_same_graph_in_every_format(client, graph, told, path, suffix):
    by_suffix = client.get(f"/{path}{suffix}")
    by_accept = client.get(f"/{path}", headers={"Accept": AS_RDF[suffix]})
    iri = f"{graph.base}{path}" if path.startswith("doc/") else f"https://w3id.org/wijk/{path}"
    assert by_suffix.headers["content-type"].partition(";")[0] == AS_RDF[suffix]
    assert by_suffix.content == by_accept.content
    assert by_accept.headers["content-location"] == f"/{path}{suffix}"
    assert by_accept.headers["vary"].split(", ")[0] == "Accept"
    lines = "".join(turtle.lines(graph.find(iri).graph)).encode()
    assert told(by_suffix.content, AS_RDF[suffix]) == told(lines, turtle.NTRIPLES)


def test_turtle_is_the_file_itself(client, graph):
    for document in islice(graph.documents.values(), 0, None, 17):
        path = document.iri.partition("wijindewijk")[2]
        if document.kind not in ("shape", "ontology", "alignment"):
            assert client.get(f"{path}.ttl").content == document.source


def test_every_document_has_a_page_with_one_heading_and_its_own_title(pages):
    assert len(pages) > 40
    for path, page in pages.items():
        assert page.status_code == 200, path
        assert len(re.findall("<h1[ >]", page.text)) == 1
        assert '<html lang="nl">' in page.text
        scripts = re.findall(r"<script[^>]*>", page.text)
        assert all("ld+json" in each or 'src="/static/' in each for each in scripts)


def test_a_page_says_what_stands_behind_each_statement(client):
    page = client.get(f"/doc/{CASE}.html").text
    assert "eigen duiding" in page
    assert 'href="#bron-1"' in page
    assert 'id="bron-1"' in page
    assert 'href="/doc/place/de-muntel"' in page
    assert "https://w3id.org/wijindewijk/id/case/boefjes-en-baristas" in page
    assert "Eigen volgnummer." in page


@pytest.mark.parametrize(
    "path",
    [
        *(
            "lesson/blijven-investeren",
            "case/choku-gym",
            "place/hilversum",
            "bundle/wij-in-de-wijk-1",
        ),
        *("project/wij-in-de-wijk", "actor/gemeente-ede", "media/podcastserie"),
    ],
)
def test_sources_are_numbered_in_the_order_in_which_a_page_is_read(client, path):
    page = client.get(f"/doc/{path}.html").text
    pointed = dict.fromkeys(map(int, re.findall(r'class="noot" href="#bron-(\d+)"', page)))
    listed = [int(it) for it in re.findall(r'<li id="bron-(\d+)"', page)]
    assert len(pointed) > 1
    assert [*pointed] == sorted(pointed)
    assert listed == [*range(1, len(listed) + 1)]


@pytest.mark.parametrize(
    "path", ["doc/lesson/juiste-houding", "doc/area/gm0796", "doc/place/de-muntel"]
)
def test_every_statement_has_its_source_or_says_that_it_is_ours(client, path):
    page = client.get(f"/{path}.html").text
    facts = re.findall(r'<dl class="feiten">(.*?)</dl>', page.partition('class="deel"')[0], re.S)
    rows = re.findall(r"<dt>(.*?)</div>", "".join(facts), re.S)
    assert len(rows) > 3
    for row in rows:
        if not row.startswith(("Kenmerk<", "Is een<")):
            assert "#bron-" in row or "eigen duiding" in row, row


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"doc/{CASE}", ("eigen duiding", "afgeleid")),
        ("doc/place/de-muntel", ("eigen duiding", "afgeleid")),
        ("lessen", ("eigen duiding",)),
        ("doc/event/maashorst-2022", ()),
    ],
)
def test_a_word_of_a_mark_is_told_before_it_is_met(client, path, words):
    page = client.get(f"/{path}", headers={"Accept": "text/html"}).text
    told = re.findall(r'<p class="klein uitleg">(.*?)</p>', page, re.S)
    assert len(told) == (1 if words else 0)
    before, _, _ = page.partition('<p class="klein uitleg">')
    for word in ("eigen duiding", "afgeleid"):
        assert f">{word}</span>" not in before
        assert (f">{word}</span>" in "".join(told)) == (word in words)


def printed(text: str) -> str:
    """A text as it is printed in words: the quotes of a typewriter may be apostrophes."""
    return re.sub(r"(?<=\w)'(?=\w)|(?<!\w)'(?=[stnkm]\b(?!'))", "’", text)


def on_a_page(value: Literal) -> set[str]:
    """How a value may stand there; a point in words, and in degrees only."""
    if (found := re.fullmatch(r"POINT\((\S+) (\S+)\)", str(value))) is not None:
        east, north = (f"{float(it):.3f}°".replace(".", ",") for it in found.groups())
        return {f"{north} noorderbreedte, {east} oosterlengte"}
    if period := days.period(str(value)):
        return {period}
    return {str(value), as_written(str(value))}


def test_a_page_shows_every_text_and_every_source_of_its_document(client, pages, looked_at):
    for document in looked_at:
        own = html.unescape(pages[address(document.iri)].text)
        if document.iri == ONTOLOGY:  # what is in English there is on the page in English
            own += html.unescape(client.get("/en/def").text)
        for thing, predicate, value in document.graph:
            # What a list says of a concept stands on the page of the concept.
            concept = pages.get(address(str(thing)))
            page = html.unescape(concept.text) if document.kind == "scheme" and concept else own
            if isinstance(value, Literal) and value.datatype not in (XSD.date, XSD.boolean):
                if value.datatype == GEO.wktLiteral and str(value).startswith("<"):
                    continue  # the same point in the national grid
                there = any(it in page or printed(it) in page for it in on_a_page(value))
                assert there, (document.iri, predicate, value)
            elif isinstance(value, URIRef) and predicate == DCTERMS.source:
                assert str(value) in page, (document.iri, value)


def test_a_page_links_to_the_web_or_to_itself_and_names_its_parts(pages):
    for path, page in pages.items():
        targets = re.findall(r' href="([^"]*)"', page.text)
        assert targets
        assert all(target.startswith(("/", "#", "http://", "https://")) for target in targets)
        assert ' id=""' not in page.text
        assert not re.search(r"<h[13]>\s*</h|<title> ", page.text), path


def test_a_page_at_its_own_address_is_the_page_that_a_browser_gets(client, pages):
    for path, page in islice(pages.items(), 0, None, 17):
        assert client.get(f"{path}.html").text == page.text


def test_a_disputed_statement_says_that_the_sources_disagree(client):
    assert "bronnen spreken elkaar tegen" in client.get("/doc/initiative/de-oude-bieb.html").text


def test_what_is_not_confirmed_stands_apart(client):
    page = client.get("/doc/case/initiatief-in-beesd.html").text
    before, _, after = page.partition("Nog niet bevestigd")
    assert "Beesd voor elkaar</span>" not in before
    assert "Beesd voor elkaar</span>" in after


def test_a_page_lists_what_points_at_the_thing(client):
    place = client.get("/doc/place/de-muntel.html").text
    actor = client.get("/doc/actor/van-neynsel.html").text
    assert '<a href="/doc/case/boefjes-en-baristas">' in place
    assert '<a href="/doc/case/boefjes-en-baristas#de-taling">' in actor
    assert "gastheer" in actor


@pytest.mark.parametrize("thing", [CASE, "theme/groen", "scheme/theme"])
def test_a_thing_leads_to_its_document(client, thing):
    response = client.get(f"/id/{thing}", headers={"Accept": "text/turtle"})
    assert response.status_code == 303
    assert response.headers["location"] == f"/doc/{thing}"
    assert response.headers["vary"].split(", ")[0] == "Accept"
    assert response.headers["cache-control"] == "no-cache"


def test_the_ontology_answers_at_its_version_too(client):
    assert client.get("/def/0.1.0.ttl").content == client.get("/def.ttl").content
    assert client.get("/def/9.9.9").status_code == 404


def test_json_ld_is_readable(client):
    found = client.get(f"/doc/{CASE}.jsonld").json()
    assert "@context" in found
    assert client.get(f"/doc/{CASE}.jsonld").headers["content-type"] == turtle.JSONLD


def test_every_page_names_whose_area_data_these_are(client):
    page = client.get("/", headers={"Accept": "text/html"}).text
    assert "CBS, Kadaster en KOOP" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/doc/area/gm0856", ("Uden bestaat niet meer sinds 1 januari 2022", "Ging op in")),
        ("/doc/area/gm1991", ("1 januari 2022", "Vroegere gemeenten die hier nu bij horen")),
        ("/doc/event/maashorst-2022", ("Herindeling", "Hield op te bestaan", "Ontstond")),
        ("/shape", ("Melding", "Ernst", "Geldt voor")),
        ("/doc/actor-kind/bewoners", ("Is hierdoor begonnen", "Is van deze soort")),
        ("/doc/scheme/place-kind", ("Begrippenlijst", "In gewone woorden")),
        ("/doc/actor/movisie", ("Werkte mee aan",)),
    ],
)
def test_what_is_said_of_a_thing_is_said_in_dutch(client, path, words):
    page = client.get(path, headers={"Accept": "text/html"}).text
    for word in words:
        assert re.search(rf">\s*{word}", page), word
    assert "Verwijst hiernaar" not in page
    for english in ("invalidated", "generated", "targetClass", "minCount"):
        assert f"<dt>{english}</dt>" not in page


def test_an_address_elsewhere_is_shown_whole(client):
    page = client.get("/doc/media/podcastserie", headers={"Accept": "text/html"}).text
    assert re.search(r">https://[^<]+podcastserie[^<]+</a>", page)


def test_an_error_says_in_dutch_where_to_look_and_a_node_without_name_is_seen(client):
    def page(query):
        return client.get("/sparql", params={"query": query, "format": "html"}).text

    assert "Kijk op regel 2, bij teken 3." in page("ASK {\n}}")
    assert "<td>_:" in page("SELECT ?b { BIND (BNODE() AS ?b) }")


@pytest.mark.parametrize("after", ["/", "x", ".ttl", "/linkset"])
def test_a_link_set_is_at_its_own_address_alone(client, after):
    address = "/linkset/doc/case/choku-gym.linkset"
    assert client.get(address).status_code == 200
    assert client.get(address + after).status_code == 404
