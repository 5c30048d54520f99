"""In which format a query is answered, and what is said when it is not."""

import json

import pytest

ROWS = "SELECT ?s { ?s ?p ?o } LIMIT 1"
GRAPH = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1"
WRONG = "SELECT ?s {\n  ?s ?p ] \n}"
DESCRIPTION = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


def ask(client, text, accept="*/*", **given):
    return client.get("/sparql", params={"query": text, **given}, headers={"Accept": accept})


def kind(response):
    return response.headers["content-type"].partition(";")[0]


@pytest.mark.parametrize("parameter", ["format", "output", "results"])
@pytest.mark.parametrize("text", [ROWS, GRAPH])
def test_a_format_that_nothing_has_is_told_with_the_list(client, parameter, text):
    response = ask(client, text, **{parameter: "spreadsheet"})
    assert response.status_code == 400
    for name in ("'spreadsheet'", "json", "csv", "turtle", "rdf+xml", "html"):
        assert name in response.json()["detail"]


@pytest.mark.parametrize(
    ("text", "name", "answered"),
    [
        (GRAPH, "xml", "application/rdf+xml"),
        (GRAPH, "json", "application/ld+json"),
        (GRAPH, "application/json", "application/ld+json"),
        (GRAPH, "rdf+xml", "application/rdf+xml"),
        (ROWS, "json", "application/sparql-results+json"),
        (ROWS, "text/xml", "application/sparql-results+xml"),
        (ROWS, "HTML", "text/html"),
    ],
)
def test_a_name_means_what_it_can_mean_for_this_form(client, text, name, answered):
    assert kind(ask(client, text, format=name)) == answered


@pytest.mark.parametrize(("text", "name"), [(ROWS, "turtle"), (ROWS, "json-ld"), (GRAPH, "csv")])
def test_a_format_of_the_other_form_is_not_acceptable(client, text, name):
    response = ask(client, text, format=name)
    assert response.status_code == 406
    assert f"is not answered as {name}, but as " in response.json()["detail"]


@pytest.mark.parametrize("accept", ["*/*", "text/turtle", "image/png", "text/csv", "text/html"])
def test_what_is_not_a_query_is_told_whatever_the_header_says(client, accept):
    response = ask(client, WRONG, accept)
    assert response.status_code == 400
    if accept == "text/html":
        assert "Dit is geen SPARQL: regel 2, kolom " in response.text
    else:
        assert "This is not SPARQL: line 2, column " in response.json()["detail"]
    assert "'0'" not in response.text
    assert "expected" not in response.text


def test_a_query_for_a_header_that_nothing_fits_is_not_acceptable(client):
    assert ask(client, ROWS, "image/png").status_code == 406


@pytest.mark.parametrize("accept", DESCRIPTION)
def test_the_service_describes_itself_in_each_format_of_a_graph(client, told, accept):
    response = client.get("/sparql", headers={"Accept": accept})
    assert kind(response) == accept
    here = str(client.base_url).rstrip("/") + "/sparql"
    first = told(client.get("/sparql").content, "text/turtle", here)
    assert told(response.content, accept, here) == first


def test_the_description_is_not_there_as_a_picture(client):
    response = client.get("/sparql", headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/turtle" in response.json()["detail"]
    assert kind(client.get("/sparql", headers={"Accept": "application/json"})) == (
        "application/ld+json"
    )


def test_a_table_that_is_too_long_for_a_page_is_there_as_csv(client):
    text = "SELECT ?a ?b { ?a a ?x . ?b a ?y } LIMIT 30000"
    page = ask(client, text, "text/html")
    assert page.status_code == 422
    assert "CSV" in page.text
    assert ask(client, text, "text/csv").status_code == 200


def test_only_an_address_of_the_web_is_a_link(client):
    values = "<urn:isbn:1> <javascript:alert(1)> <https://example.org/there>"
    page = ask(client, f"SELECT ?x {{ VALUES ?x {{ {values} }} }}", "text/html").text
    assert 'lang="outside"' not in page
    assert "urn:isbn:1" in page
    assert 'href="urn:' not in page
    assert 'href="javascript:' not in page
    assert 'href="https://example.org/there"' in page


def test_an_answer_by_post_is_sent_again(client):
    first = client.post("/sparql", data={"query": ROWS})
    known = {"If-None-Match": first.headers["etag"]}
    again = client.post("/sparql", data={"query": ROWS}, headers=known)
    assert again.status_code == 200
    assert json.loads(again.content) == first.json()
