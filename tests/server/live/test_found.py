"""What `make fuzz` ever found, each as one request."""

import pytest

PAGE = {"Accept": "text/html"}
ELSEWHERE = "SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }"


@pytest.mark.parametrize(
    "text",
    [
        # "Less than", a variable and a string for the engine; an IRI and the rest of the line for
        # who reads no further than the next sign.
        f"ASK {{ ?s ?p ?o . FILTER(?s<?o&&'>'!=?o) {ELSEWHERE} }}",
        f"ASK {{ ?s ?p ?o . FILTER(?s<?o&&'>'!=?o) FILTER EXISTS {{ {ELSEWHERE} }} }}",
        # SPARQL 1.1, 19.2: an escape may stand for any character of a query.
        f"ASK {{ {ELSEWHERE} }}".replace("E", "\\u0045"),
        f"ASK {{ {ELSEWHERE} }}".replace("S", "\\U00000053"),
    ],
)
def test_a_word_that_fetches_is_seen_behind_what_may_be_a_comparison_or_an_escape(client, text):
    response = client.get("/sparql", params={"query": text})
    assert response.status_code == 400
    assert "SERVICE" in response.json()["detail"]


def test_depth_is_seen_behind_what_may_be_a_comparison(client):
    text = f"ASK {{ ?s ?p ?o . FILTER(?s<?o&&'>'!=?o) ?s ?p {'(' * 5000}{')' * 5000} }}"
    response = client.get("/sparql", params={"query": text})
    assert response.status_code == 400
    assert "comparison" in response.json()["detail"]


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s <http://example.org/o'brien> 'SERVICE', 'LOAD' }",
        "ASK { ?s ?p ?o FILTER(?s<?o&&'>'!=?o) }",
        "ASK { ?s ?p '\\u0022', '\\u0053', '\\U0010FFFF' }",
    ],
)
def test_quotes_in_names_and_escapes_in_strings_are_taken(client, text):
    assert client.get("/sparql", params={"query": text}).status_code == 200


def test_a_page_about_a_query_that_failed_is_not_kept(client):
    response = client.get("/sparql", params={"query": "SELECT"}, headers=PAGE)
    assert response.status_code == 400
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers
