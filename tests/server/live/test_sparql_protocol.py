"""The endpoint, asked by the clients people use and by hand."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)

PREFIXES = "PREFIX wijk: <https://w3id.org/wijk/def#> PREFIX dcterms: <http://purl.org/dc/terms/> "
TITLES = PREFIXES + "SELECT ?title WHERE { ?case a wijk:Case ; dcterms:title ?title }"
ASK = PREFIXES + "ASK { ?case a wijk:Case }"
CASE = "https://w3id.org/wijindewijk/id/case/choku-gym"
CONSTRUCT = (
    PREFIXES + "CONSTRUCT { ?case dcterms:title ?t } WHERE { ?case a wijk:Case ; dcterms:title ?t }"
)
WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]
ROWS = {
    "application/sparql-results+json": lambda body: len(json.loads(body)["results"]["bindings"]),
    "application/sparql-results+xml": lambda body: len(list(ET.fromstring(body)[1])),
    "text/csv": lambda body: len(list(csv.reader(io.StringIO(body.decode())))) - 1,
    "text/tab-separated-values": lambda body: body.decode().count("\n") - 1,
}
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
    "application/trig": "trig",
    "application/n-quads": "nquads",
}


def wrapper(server, text, way, form=None):
    asked = SPARQLWrapper(f"{server}/sparql")
    asked.setMethod(way[0])
    asked.setRequestMethod(way[1])
    asked.setQuery(text)
    if form:
        asked.setReturnFormat(form)
    return asked


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", [None, JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(server, cases, way, form):
    response = wrapper(server, TITLES, way, form).query()
    kind = response.info()["content-type"].partition(";")[0]
    assert ROWS[kind](response.response.read()) == cases
    assert form is None or form in kind or (form == TSV and "tab-separated" in kind)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", [JSON, XML])
def test_sparqlwrapper_reads_an_ask(server, way, form):
    found = wrapper(server, ASK, way, form).queryAndConvert()
    assert found["boolean"] is True if form == JSON else "true" in found.toxml()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", [None, XML, RDFXML, TURTLE, N3, JSONLD])
@pytest.mark.parametrize("text", [CONSTRUCT, f"DESCRIBE <{CASE}>"])
def test_sparqlwrapper_reads_a_graph(server, way, form, text):
    found = wrapper(server, text, way, form).queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found)
    assert (URIRef(CASE), URIRef("http://purl.org/dc/terms/title"), None) in graph


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_the_store(server, cases, method):
    graph = Graph(SPARQLStore(f"{server}/sparql", method=method), bind_namespaces="none")
    assert len(list(graph.query(TITLES))) == cases
    assert bool(graph.query(ASK).askAnswer)
    title = graph.value(URIRef(CASE), URIRef("http://purl.org/dc/terms/title"))
    assert str(title) == "Choku Gym"
    assert len(graph.query(CONSTRUCT).graph) == cases


@pytest.mark.parametrize("kind", ROWS)
def test_rows_come_in_each_format(client, cases, kind):
    response = client.get("/sparql", params={"query": TITLES}, headers={"Accept": kind})
    assert response.headers["content-type"].partition(";")[0] == kind
    assert ROWS[kind](response.content) == cases


@pytest.mark.parametrize("kind", GRAPHS)
def test_a_graph_comes_in_each_format(client, cases, kind):
    response = client.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": kind})
    assert response.headers["content-type"].partition(";")[0] == kind
    graph = Graph()
    graph.parse(data=response.content, format=GRAPHS[kind], publicID="urn:x")
    if kind not in ("application/trig", "application/n-quads"):
        assert len(graph) == cases
    if kind == "text/turtle":
        assert "@prefix dcterms:" in response.text
        assert "@prefix foaf:" not in response.text


def test_the_list_of_cases_with_bundle_and_place_is_one_query(client, cases):
    text = PREFIXES + (
        "SELECT ?case ?bundle (GROUP_CONCAT(?p) AS ?places) WHERE { ?case a wijk:Case ;"
        " dcterms:isPartOf ?bundle . OPTIONAL { ?case dcterms:spatial ?p } } GROUP BY ?case ?bundle"
    )
    answer = client.get("/sparql", params={"query": text}, headers={"Accept": "text/csv"}).text
    assert len(list(csv.DictReader(io.StringIO(answer)))) == cases


def test_all_variables_come_in_the_order_of_the_query(client):
    text = "SELECT * WHERE { ?z ?a ?m } LIMIT 1"
    assert client.get("/sparql", params={"query": text}).json()["head"]["vars"] == ["z", "a", "m"]


def count(client, text, **given):
    pairs = [("query", text), *((k.replace("_", "-"), v) for k, vs in given.items() for v in vs)]
    get = client.get(f"/sparql?{urlencode(pairs)}")
    post = client.post(
        "/sparql",
        content=urlencode(pairs),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert get.json() == post.json()
    return int(get.json()["results"]["bindings"][0]["n"]["value"])


def test_the_data_set_of_the_request_is_the_data_set_of_the_answer(client, graph):
    default = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    one, two = (f"{graph.base}doc/case/{slug}" for slug in ("choku-gym", "holybe"))
    sizes = [len(graph.documents[iri].graph) for iri in (one, two)]
    assert count(client, default, default_graph_uri=[one]) == sizes[0]
    assert count(client, default, default_graph_uri=[one, two]) == sum(sizes)
    assert count(client, named, default_graph_uri=[one]) == 0
    assert count(client, named, named_graph_uri=[two]) == sizes[1]
    assert count(client, default, named_graph_uri=[two]) == 0
    assert count(client, default, default_graph_uri=["https://example.org/none"]) == 0
    assert (
        count(client, default.replace("{", f"FROM <{two}> {{"), default_graph_uri=[one])
        == (sizes[0])
    )
    assert count(client, default.replace("{", "FROM <http://127.0.0.1:9/x> {")) == 0


@pytest.mark.parametrize(
    ("request_of", "status"),
    [
        ({"params": {"query": "SELECT"}}, 400),
        ({"params": {"query": ""}}, 400),
        ({"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400),
        ({"params": {"update": "CLEAR ALL"}}, 400),
        ({"params": {"query": "INSERT DATA { <a:a> <a:b> <a:c> }"}}, 400),
        ({"params": {"query": "ASK {?s ?p ?o FILTER(<http://example.org/f>(?s))}"}}, 400),
        ({"method": "POST", "content": b"ASK {}"}, 415),
        ({"method": "POST", "data": {"nothing": "here"}}, 400),
        ({"method": "PUT", "content": b"ASK {}"}, 405),
    ],
)
def test_what_is_not_of_the_protocol_is_refused_with_a_sentence(client, request_of, status):
    response = client.request(**{"method": "GET", "url": "/sparql", **request_of})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]


def test_a_long_query_goes_by_post(client, server):
    long = "ASK {} #" + "é" * 40_000
    with pytest.raises(HTTPError, match="413"):
        urlopen(f"{server}/sparql?{urlencode({'query': long})}")
    assert client.post("/sparql", data={"query": long}).status_code == 200
    assert client.post("/sparql", data={"query": long * 20}).status_code == 413


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("application/sparql-query; charset=utf-16", "ASK {}".encode("utf-16"), 415),
        ("application/sparql-query", b"ASK { ?s ?p '\xff' }", 400),
        ("application/sparql-query", b"", 400),
        ("application/sparql-update", b"CLEAR ALL", 400),
        ("application/x-www-form-urlencoded", b"query=%FF", 400),
        ("Application/SPARQL-Query;Charset=UTF-8", b"ASK {}", 200),
    ],
)
def test_a_direct_post_must_be_utf_8_and_a_query(client, kind, content, status):
    response = client.post("/sparql", content=content, headers={"Content-Type": kind})
    assert response.status_code == status


def test_a_syntax_error_says_where(client):
    problem = client.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p . }"}).json()
    assert problem["line"] == 2
    assert problem["column"] > 1


def test_without_a_query_machines_get_the_service_description(client):
    response = client.get("/sparql")
    graph = Graph().parse(data=response.content, format="turtle", publicID="http://h/sparql")
    found = set(
        graph.objects(None, URIRef("http://www.w3.org/ns/sparql-service-description#endpoint"))
    )
    assert found == {URIRef("http://h/sparql")}


def test_browsers_get_a_form_with_examples_and_the_answer_as_a_table(client, cases):
    accept = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    form = client.get("/sparql", headers=accept).text
    assert "<textarea" in form
    assert '<option value="everything-about-a-case">' in form
    filled = client.get("/sparql?voorbeeld=cases-per-bundle", headers=accept).text
    assert "PREFIX wijk:" in filled
    assert "#+ summary" not in filled
    answer = client.get("/sparql", params={"query": TITLES}, headers=accept).text
    assert f"Antwoord: {cases} rijen" in answer
    wrong = client.get("/sparql", params={"query": "SELECT <script>"}, headers=accept)
    assert wrong.status_code == 400
    assert "&lt;script&gt;" in wrong.text
    assert "<script>" not in wrong.text
