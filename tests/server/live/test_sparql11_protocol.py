"""SPARQL 1.1 Protocol, section by section: what it says of queries, one test for a sentence.

The docstrings give the section, and what it says in our own words.
"""

from urllib.parse import quote, urlencode

import pytest
from rdflib import Graph

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
NOWHERE = "https://example.org/no-such-graph"
SELECT, ASK = "SELECT ?s { ?s ?p ?o } LIMIT 1", "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1"
WAYS = ("get", "form", "direct")


def send(client, way, query, *pairs, accept=JSON):
    """One query in one of the three ways, with parameters where that way has them."""
    headers = {"Accept": accept}
    if way == "get":
        return client.get(f"/sparql?{urlencode([('query', query), *pairs])}", headers=headers)
    if way == "form":
        body = urlencode([*pairs, ("query", query)])
        return client.post("/sparql", content=body, headers={**headers, "Content-Type": FORM})
    headers["Content-Type"] = DIRECT
    return client.post(f"/sparql?{urlencode(pairs)}", content=query.encode(), headers=headers)


def number(response):
    assert response.status_code == 200, response.text
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


def refused(response, status=400):
    """It is a refusal, told in a sentence."""
    assert response.status_code == status, response.text
    problem = response.json()
    assert problem["detail"].endswith((".", ")"))
    return problem


@pytest.fixture(scope="module")
def two(graph):
    """Two graphs and how much they hold."""
    iris = [f"{graph.base}doc/case/{slug}" for slug in ("choku-gym", "holybe")]
    return {iri: len(graph.documents[iri].graph) for iri in iris}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_a_query_is_sent_by_get_or_post(client, method):
    """2.1: no other method; 405 names those that there are (RFC 9110, 15.5.6)."""
    response = client.request(method, f"/sparql?{urlencode({'query': ASK})}")
    refused(response, 405)
    assert {"GET", "HEAD", "POST", "OPTIONS"} == set(response.headers["allow"].split(", "))


@pytest.mark.parametrize("way", WAYS)
def test_a_request_has_exactly_one_query(client, way):
    """2.1: one, not two, however alike they are."""
    assert send(client, way, ASK).json()["boolean"] is True
    assert "more than one query" in refused(send(client, way, ASK, ("query", ASK)))["detail"]


@pytest.mark.parametrize("way", WAYS)
def test_a_query_is_not_empty(client, way):
    """2.1: a query string of nothing is not one."""
    for nothing in ("", " \n", "# only a comment"):
        refused(send(client, way, nothing))


def test_a_request_by_post_has_a_query(client):
    """2.1: not less than one either; without one, only GET has something to say."""
    for kind, body in ((FORM, b""), (FORM, b"format=json"), (DIRECT, b"")):
        refused(client.post("/sparql", content=body, headers={"Content-Type": kind}))
    refused(client.get("/sparql", params={"default-graph-uri": NOWHERE}))


@pytest.mark.parametrize("way", WAYS)
def test_a_request_may_have_any_number_of_graphs(client, two, way):
    """2.1: zero or more default graphs and named graphs, each parameter repeated."""
    default = [("default-graph-uri", iri) for iri in two]
    named = [("named-graph-uri", iri) for iri in two]
    assert number(send(client, way, COUNT, *default, *named)) == sum(two.values())
    assert number(send(client, way, NAMED, *default, *named)) == sum(two.values())
    assert number(send(client, way, NAMED, *named[:1])) == two[named[0][1]]
    assert number(send(client, way, COUNT)) > sum(two.values())


@pytest.mark.parametrize("accept", [JSON, XML, "text/csv", "text/tab-separated-values"])
def test_rows_come_in_a_format_of_results(client, accept):
    """2.1: SELECT and ASK in SPARQL Results, in the one that was negotiated."""
    for text in (SELECT, ASK):
        response = send(client, "get", text, accept=accept)
        assert response.headers["content-type"].partition(";")[0] == accept


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_a_graph_comes_in_a_format_of_rdf(client, accept):
    """2.1: CONSTRUCT and DESCRIBE in RDF, in the one that was negotiated."""
    for text in (CONSTRUCT, "DESCRIBE ?s { ?s ?p ?o } LIMIT 1"):
        response = send(client, "get", text, accept=accept)
        assert response.headers["content-type"].partition(";")[0] == accept
        assert len(Graph().parse(data=response.content, format=accept))


def test_parameters_by_get_are_percent_encoded(client):
    """2.1.1: every character, plus signs and spaces too, comes as it was before encoding."""
    text = 'SELECT ("a+b &=%25 é\\u00E9 \U0001f331" AS ?x) {}'
    for encoded in (quote(text, safe=""), quote(text).replace("%20", "+")):
        response = client.get(f"/sparql?query={encoded}", headers={"Accept": JSON})
        [row] = response.json()["results"]["bindings"]
        assert row["x"]["value"] == "a+b &=%25 éé \U0001f331"


def test_parameters_are_separated_by_ampersands_in_any_order(client, two):
    """2.1.1, 2.1.2: the order says nothing, and a semicolon separates nothing."""
    iri, size = next(iter(two.items()))
    pairs = [f"default-graph-uri={quote(iri)}", f"query={quote(COUNT)}", "a=;query=ASK{}"]
    for order in (pairs, pairs[::-1]):
        assert number(client.get(f"/sparql?{'&'.join(order)}", headers={"Accept": JSON})) == size
        body = "&".join(order)
        headers = {"Accept": JSON, "Content-Type": FORM}
        assert number(client.post("/sparql", content=body, headers=headers)) == size


def test_the_body_of_a_get_is_not_a_query(client):
    """2.1.1: a GET has no body; who sends one gets what the address asks for."""
    response = client.request(
        "GET", "/sparql", content=ASK.encode(), headers={"Content-Type": DIRECT}
    )
    assert response.headers["content-type"].startswith("text/turtle")


def test_the_parameters_of_a_form_stand_in_its_body(client, two):
    """2.1.2: there and nowhere else; a data set that is passed over would be a wrong answer."""
    headers = {"Content-Type": FORM, "Accept": JSON}
    for name in ("query", "default-graph-uri", "named-graph-uri"):
        address = f"/sparql?{urlencode({name: NOWHERE})}"
        problem = refused(client.post(address, content=f"query={quote(COUNT)}", headers=headers))
        assert name in problem["detail"]


@pytest.mark.parametrize("kind", [None, "text/plain", "application/json", "multipart/form-data"])
def test_the_content_type_of_a_post_says_which_of_the_two_ways_it_is(client, kind):
    """2.1.2, 2.1.3: it must be set, to one of these two."""
    for body in (f"query={quote(ASK)}", ASK):
        headers = {"Content-Type": kind} if kind else {}
        refused(client.post("/sparql", content=body.encode(), headers=headers), 415)


@pytest.mark.parametrize("kind", [FORM, DIRECT])
def test_a_content_type_is_read_as_http_says(client, kind):
    """RFC 9110, 8.3: case does not count, parameters may follow, a value may be quoted."""
    body = f"query={quote(ASK)}" if kind == FORM else ASK
    for written in (kind.upper(), f"{kind};charset=utf-8", f'{kind} ; Charset="UTF-8" ; x=y'):
        response = client.post("/sparql", content=body, headers={"Content-Type": written})
        assert response.status_code == 200


def test_a_query_sent_directly_is_the_body_and_nothing_else(client):
    """2.1.3: not encoded; what looks like encoding is part of the query."""
    text = 'SELECT ("a+b%20c&query=x" AS ?x) {}'
    [row] = send(client, "direct", text).json()["results"]["bindings"]
    assert row["x"]["value"] == "a+b%20c&query=x"
    refused(send(client, "direct", f"query={ASK}"))


def test_a_query_sent_directly_has_its_graphs_in_the_address(client, two):
    """2.1.3: default-graph-uri and named-graph-uri as parameters of the address."""
    iri, size = next(iter(two.items()))
    assert number(send(client, "direct", COUNT, ("default-graph-uri", iri))) == size


@pytest.mark.parametrize("kind", [FORM, DIRECT])
@pytest.mark.parametrize("charset", ["utf-16", "ISO-8859-1", "us-ascii", "x" * 500])
def test_utf_8_is_the_only_charset(client, kind, charset):
    """2.1.3: another one that is announced is refused."""
    body = f"query={quote(ASK)}" if kind == FORM else ASK
    headers = {"Content-Type": f"{kind}; charset={charset}"}
    refused(client.post("/sparql", content=body, headers=headers), 415)


@pytest.mark.parametrize(
    "wrong", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xc0\x80", b"\xf8\x88\x80\x80"]
)
def test_text_that_is_not_utf_8_is_refused(client, wrong):
    """2.1.3, RFC 3629: stray bytes, lone surrogates, and what is longer than need be."""
    body = b"ASK { ?s ?p '" + wrong + b"' }"
    refused(client.post("/sparql", content=body, headers={"Content-Type": DIRECT}))
    encoded = "query=" + quote(body)
    refused(client.post("/sparql", content=encoded, headers={"Content-Type": FORM}))
    refused(client.get(f"/sparql?{encoded}"))


@pytest.mark.parametrize("way", WAYS)
def test_no_character_of_a_query_breaks_the_service(client, way):
    """4.1 of SPARQL 1.1 Query: NUL and its like are text in a string, an error elsewhere."""
    for odd in ("\0", "\x01", "\ufffe", "\uffff", "\x7f", "\U0010ffff"):
        assert send(client, way, f"SELECT ('{odd}' AS ?x) {{}}").status_code == 200
        refused(send(client, way, f"ASK {{}} {odd}"))


@pytest.mark.parametrize("way", WAYS)
def test_the_data_set_of_the_request_goes_before_that_of_the_query(client, two, way):
    """2.1.4: when both name one, that of the protocol is the one that is asked."""
    (first, size), (second, _) = two.items()
    from_second = COUNT.replace("{", f"FROM <{second}> FROM NAMED <{second}> {{", 1)
    assert number(send(client, way, from_second, ("default-graph-uri", first))) == size
    both = NAMED.replace("{", f"FROM NAMED <{second}> {{", 1)
    assert number(send(client, way, both, ("named-graph-uri", first))) == size
    assert number(send(client, way, both, ("default-graph-uri", first))) == 0


def test_the_query_names_the_data_set_when_the_request_does_not(client, two):
    """2.1.4: FROM and FROM NAMED count when there is no parameter."""
    (first, size), (second, other) = two.items()
    clause = f"FROM <{first}> FROM NAMED <{second}>"
    assert number(send(client, "get", COUNT.replace("{", f"{clause} {{", 1))) == size
    assert number(send(client, "get", NAMED.replace("{", f"{clause} {{", 1))) == other


def test_without_default_graphs_the_default_graph_is_empty(client, two):
    """13.2 of SPARQL 1.1 Query: only named graphs given, nothing in the default graph."""
    iri = next(iter(two))
    assert number(send(client, "get", COUNT, ("named-graph-uri", iri))) == 0


def test_without_named_graphs_there_are_none(client, two):
    """13.2 of SPARQL 1.1 Query: only default graphs given, no named graphs."""
    iri = next(iter(two))
    assert number(send(client, "get", NAMED, ("default-graph-uri", iri))) == 0


def test_a_graph_that_is_not_here_is_empty(client, two):
    """2.1.4: nothing is fetched and nothing is wrong; beside another one it adds nothing."""
    (iri, size), *_ = two.items()
    unknown = ("default-graph-uri", NOWHERE)
    assert number(send(client, "get", COUNT, unknown)) == 0
    assert number(send(client, "get", COUNT, unknown, ("default-graph-uri", iri))) == size
    assert number(send(client, "get", NAMED, ("named-graph-uri", "http://127.0.0.1:9/"))) == 0


def test_a_graph_named_twice_is_one_graph(client, two):
    """13.2 of SPARQL 1.1 Query: the default graph is a merge, which repeats nothing."""
    (iri, size), *_ = two.items()
    for name, text in (("default-graph-uri", COUNT), ("named-graph-uri", NAMED)):
        assert number(send(client, "get", text, (name, iri), (name, iri))) == size


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize(
    "odd",
    [
        *("relative", "/there", "#here", "//host/x", "_:b", "a b:c", "<x:y>", "x:\n", "x:\0"),
        *("http://[::", "http://a:port/", "http://a/%zz", "x:\ufffe", "x:{y}", "1x:y", ":"),
    ],
)
def test_a_graph_is_named_by_an_absolute_iri(client, name, odd):
    """2.1: the parameters are IRIs; any other text is refused, and breaks nothing."""
    problem = refused(send(client, "get", ASK, (name, odd)))
    assert "IRI" in problem["detail"]


def test_an_empty_field_names_no_graph(client):
    """HTML forms send each field; one that was left empty is no data set."""
    empty = [("default-graph-uri", ""), ("named-graph-uri", "")]
    assert number(send(client, "get", COUNT, *empty)) == number(send(client, "get", COUNT))


@pytest.mark.parametrize("way", WAYS)
def test_a_query_that_is_answered_has_a_2xx(client, way):
    """2.1.6: a successful query is a 200, with no rows as well as with many."""
    for text in (SELECT, ASK, CONSTRUCT, "SELECT ?s { ?s <x:none> ?o }", "DESCRIBE <x:none>"):
        assert send(client, way, text, accept="*/*").status_code == 200


@pytest.mark.parametrize("text", [SELECT, ASK, CONSTRUCT])
def test_the_content_type_is_that_of_the_body(client, text):
    """2.1.6: the media type says which format was sent, whatever was asked for."""
    starts = {JSON: b"{", XML: b"<?xml", "text/turtle": b"", "application/rdf+xml": b"<?xml"}
    for accept in ("*/*", "text/plain, */*;q=0.1", "application/json", "text/xml"):
        response = send(client, "get", text, accept=accept)
        kind = response.headers["content-type"].partition(";")[0]
        start = starts.get(kind, b"")
        assert response.content.startswith(start)
        assert kind not in ("text/xml", "application/json")


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_in_the_grammar_is_a_400(client, way):
    """2.1.7: with the line and the column."""
    problem = refused(send(client, way, "SELECT ?s\nWHERE {\n  ?s ?p }"))
    assert (problem["line"], problem["column"]) in ((3, 9), (3, 10))  # the brace, or behind it
    assert "line 3" in problem["detail"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "text", ["CLEAR ALL", "INSERT DATA { <a:a> <a:b> 1 }", "PREFIX a: <b> DELETE WHERE { ?s a ?o }"]
)
def test_an_update_is_not_a_query(client, way, text):
    """2.1.7: it is not in the grammar of queries."""
    assert "only reads" in refused(send(client, way, text))["detail"]


def test_the_operation_for_updates_is_not_there(client):
    """2.2: neither as a form, nor directly, nor by GET."""
    for request in (
        {"method": "GET", "url": "/sparql?update=CLEAR+ALL"},
        {"method": "POST", "url": "/sparql", "data": {"update": "CLEAR ALL"}},
        {"method": "POST", "url": "/sparql", "data": {"update": "CLEAR ALL", "query": ASK}},
        {
            **{"method": "POST", "url": "/sparql", "content": b"CLEAR ALL"},
            "headers": {"Content-Type": "application/sparql-update"},
        },
    ):
        refused(client.request(**request))


def test_a_failure_is_told_to_people_and_to_machines(client):
    """2.1.7: what is said of a failure may be negotiated too."""
    page = send(client, "get", "SELECT", accept="text/html")
    assert (page.status_code, page.headers["content-type"][:9]) == (400, "text/html")
    told = send(client, "get", "SELECT")
    assert told.headers["content-type"] == "application/problem+json"
    assert "Accept" in told.headers["vary"]


def test_the_base_of_a_query_is_the_one_it_gives(client):
    """2.3: BASE in the query goes before all else."""
    response = send(client, "get", "BASE <http://b/c/> SELECT (<d> AS ?x) {}")
    assert response.json()["results"]["bindings"][0]["x"]["value"] == "http://b/c/d"


def test_the_service_has_a_base_of_its_own(client, graph):
    """2.3: the address of the endpoint among the data, wherever they are served."""
    text = "SELECT (<> AS ?a) (<id/case/holybe> AS ?b) (IRI('#c') AS ?c) {}"
    [row] = send(client, "get", text).json()["results"]["bindings"]
    base = f"{graph.base}sparql"
    expected = [base, f"{graph.base}id/case/holybe", f"{base}#c"]
    assert [row[name]["value"] for name in "abc"] == expected


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("APPLICATION/Sparql-Results+XML", XML),
        ("application/sparql-results+xml;charset=utf-8", XML),
        (f"{JSON};q=0, */*", XML),
        (f"{JSON};q=0.5, {XML};q=0.6", XML),
        (f"*/*, {XML}", XML),
        (f"{XML};q=0.1, */*;q=0", XML),
        ("text/*", "text/csv"),
        (f"nonsense, {XML}", XML),
    ],
)
def test_an_accept_header_is_read_as_http_says(client, accept, kind):
    """2.1.5, RFC 9110 12.5.1: case, parameters, q=0, the specific before the wildcard."""
    response = send(client, "get", SELECT, accept=accept)
    assert response.headers["content-type"].partition(";")[0] == kind
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", "text/turtle"])
def test_what_cannot_be_sent_is_a_406_with_what_can(client, accept):
    """RFC 9110, 15.5.7: rows are not there as a picture, nor as Turtle."""
    assert JSON in refused(send(client, "get", SELECT, accept=accept), 406)["detail"]


@pytest.mark.parametrize("way", WAYS)
def test_a_version_may_be_announced_once(client, way):
    """SPARQL 1.2 Protocol (draft), 2.1: zero or one version parameter."""
    version = ("version", "1.2")
    assert send(client, way, ASK, version).status_code == 200
    assert "version" in refused(send(client, way, ASK, version, version))["detail"]
    headers = {"Content-Type": f"{DIRECT};version=1.2"}
    assert client.post("/sparql", content=ASK, headers=headers).status_code == 200


def test_head_says_what_get_would_of_a_query(client):
    """RFC 9110, 9.3.2: the same fields without the body."""
    address = f"/sparql?{urlencode({'query': SELECT})}"
    get, head = client.get(address), client.head(address)
    assert head.content == b""
    for name in ("content-type", "content-length", "etag", "vary"):
        assert head.headers[name] == get.headers[name]


def test_each_format_has_a_tag_of_its_own(client):
    """RFC 9110, 8.8.3: a strong tag differs when a bit of the body does."""
    tags = {send(client, "get", ASK, accept=kind).headers["etag"] for kind in (JSON, XML)}
    assert len(tags) == 2
