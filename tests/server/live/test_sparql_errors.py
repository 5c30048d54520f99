"""What is wrong with a query is told; what is wrong with a value leaves the rest standing."""

import pytest

REFUSED = [
    "SELECT (<http://x/f>(1) AS ?y) {}",
    "SELECT ?s { ?s ?p ?o FILTER (<http://x/f>(?o)) }",
    "SELECT (<http://www.w3.org/2001/XMLSchema#int>('1') AS ?y) {}",
    "SELECT (NOSUCH(1) AS ?y) {}",
    "SELECT (MEDIAN(?s) AS ?y) { ?s ?p ?o }",
    "SELECT (STRLEN() AS ?y) {}",
    "SELECT (SUBSTR('a') AS ?y) {}",
    "SELECT ?s { ?s ?p ?o } LIMIT 99999999999999999999999999",
    "SELECT ?s { ?s ?p ?o } LIMIT -1",
    "SELECT ?s { ?s ?p ?o } OFFSET 1.5",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?o",
    "SELECT (?s AS ?s) { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } GROUP BY ?s",
    "SELECT ?s { BIND(1 AS ?s) BIND(2 AS ?s) }",
    "SELECT ?s { ?s ex:p ?o }",
    "SELECT ?s { ?s <http://a b> ?o }",
    "SELECT ?s { ?s <http://[::> ?o }",
    "SELECT ('\\uD800' AS ?x) {}",
    "SELECT ('\\x' AS ?x) {}",
    "SELECT ('a'@-nl AS ?x) {}",
    "SELECT ?s { VALUES (?s ?o) { (1) } }",
    "SELECT ?s { VALUES ?s { ?o } }",
    "SELECT ?s { ?s ?p _:a } ORDER BY",
    "ASK { _:a ?p ?o { _:a ?p ?o } }",
    "CONSTRUCT { ?s ?p } { ?s ?p ?o }",
    "CONSTRUCT { ?s 'text' ?o } { ?s ?p ?o }",
    "CONSTRUCT { GRAPH <g:g> { ?s ?p ?o } } { ?s ?p ?o }",
    "DESCRIBE",
    "DESCRIBE 'text'",
    "SELECT ?s { ?s ?p ?o } ; SELECT ?s { ?s ?p ?o }",
    "ASK {} ASK {}",
    "{ ?s ?p ?o }",
    "<?xml version='1.0'?>",
    "query=ASK{}",
    "SELECT ?s { ?s ?p 'not closed }",
    "SELECT ?s { ?s ?p '''not closed }",
    "SELECT ?s { ?s ?p ?o",
    "SELECT ?s { ?s (<a:b>|!) ?o }",
    "SELECT ?s FROM { ?s ?p ?o }",
    "JSON { 'a': ?s } { ?s ?p ?o }",
    "VERSION 1.2 ASK {}",
]
UNBOUND = [
    *("REGEX('a', '[')", "REPLACE('a', '(', 'x')", "REGEX('a', 'a', 'z')", "1 / 0", "ABS('a')"),
    *("9223372036854775807 + 1", "-9223372036854775808 / -1", "STRLANG('a', '!!')", "IRI('a b')"),
    *("IRI('http://[::')", "STRDT('a'@nl, <x:y>)", "YEAR('a')", "SUBSTR('abc', 1e300)", "!<x:y>"),
    *("'a' < 1", "?nothing", "BNODE(1)", "TRIPLE('a', <x:y>, 1)", "SUBJECT(1)", "UCASE(1)"),
    "<http://www.w3.org/2001/XMLSchema#integer>('a')",
    "<http://www.opengis.net/def/function/geosparql/distance>('a', 'b')",
    "'9999999-12-31T00:00:00'^^<http://www.w3.org/2001/XMLSchema#dateTime> + 1",
]


def ask(client, text, accept="application/json"):
    return client.post("/sparql", data={"query": text}, headers={"Accept": accept})


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_a_query_is_a_400_with_a_sentence(client, text):
    response = ask(client, text)
    assert response.status_code == 400, response.text
    problem = response.json()
    assert len(problem["detail"]) > 20
    assert ("line" in problem) == ("column" in problem)
    assert "Error" not in problem["detail"]
    assert "Traceback" not in response.text


@pytest.mark.parametrize("expression", UNBOUND)
def test_an_error_in_an_expression_leaves_its_value_out_and_no_more(client, expression):
    """SPARQL 1.1 Query, 17.2 and 18.5: unbound in SELECT and BIND, false in FILTER."""
    text = f"SELECT ?n (({expression}) AS ?x) {{ VALUES ?n {{ 1 2 }} BIND(({expression}) AS ?y) }}"
    response = ask(client, text)
    assert response.status_code == 200, response.text
    assert [list(row) for row in response.json()["results"]["bindings"]] == [["n"], ["n"]]
    filtered = ask(client, f"SELECT ?n {{ VALUES ?n {{ 1 2 }} FILTER({expression}) }}")
    assert filtered.json()["results"]["bindings"] == []


def test_a_graph_never_comes_with_a_statement_twice(client):
    text = "CONSTRUCT { <x:a> <x:b> ?n } { VALUES ?n { 1 1 2 } }"
    assert ask(client, text, "application/n-triples").text.count("\n") == 2


def test_a_statement_that_rdf_cannot_have_is_left_out(client):
    """SPARQL 1.1 Query, 16.2: an illegal or unbound one is not in the graph."""
    template = "?n <x:b> 1 . <x:a> ?n 2 . <x:a> <x:b> ?none . <x:a> <x:c> ?n"
    text = f"CONSTRUCT {{ {template} }} {{ BIND(1 AS ?n) }}"
    answer = ask(client, text, "application/n-triples").text
    assert answer == '<x:a> <x:c> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
