"""The endpoint does the same whichever engine stands behind it."""

import csv
import io
import json

import httpx2
import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from wijk.engine import formats
from wijk.snapshot import Snapshot

pytestmark = pytest.mark.engine
PREFIX = "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX wijk: <https://w3id.org/wijk/def#>\n"
CASES = PREFIX + "SELECT ?case { ?case a wijk:Case } ORDER BY ?case"
NAMED = PREFIX + "SELECT DISTINCT ?g ?case { GRAPH ?g { ?case a wijk:Case } } ORDER BY ?case"
TITLES = PREFIX + "CONSTRUCT { ?c dcterms:title ?t } WHERE { ?c a wijk:Case ; dcterms:title ?t }"


def asked(
    client: httpx2.Client, query: str, accept: str = formats.JSON, **fields: str | list[str]
) -> httpx2.Response:
    """What the endpoint says to a form POST."""
    data = {"query": query, **fields}
    return client.post("/sparql", data=data, headers={"Accept": accept})


def column(said: httpx2.Response, name: str = "case") -> list[str]:
    """One column of an answer in JSON."""
    assert said.status_code == 200, said.text
    return [row[name]["value"] for row in said.json()["results"]["bindings"] if name in row]


def test_the_default_graph_is_all_documents_and_nothing_else(
    client: httpx2.Client, shipped: Snapshot
) -> None:
    assert len(column(asked(client, CASES))) == len(shipped.slugs("case"))
    graphs = column(asked(client, "SELECT DISTINCT ?g { GRAPH ?g { ?s a ?o } }"), "g")
    assert set(graphs) <= set(shipped.documents)
    strange = asked(
        client, "SELECT ?s { ?s a <http://www.openlinksw.com/schemas/virtrdf#QuadMap> }"
    )
    assert column(strange, "s") == []


def test_the_data_set_of_the_protocol_is_taken(client: httpx2.Client, shipped: Snapshot) -> None:
    first, second = (f"{shipped.base}doc/case/{slug}" for slug in shipped.slugs("case")[:2])
    things = [iri.replace("/doc/", "/id/") for iri in (first, second)]
    both = {"default-graph-uri": [first, second]}
    assert column(asked(client, CASES, **both)) == things
    assert column(asked(client, NAMED, **both)) == []
    named = {"named-graph-uri": [first]}
    assert column(asked(client, CASES, **named)) == []
    assert column(asked(client, NAMED, **named)) == things[:1]
    unknown = {"default-graph-uri": "https://example.org/nothing"}
    assert column(asked(client, CASES, **unknown)) == []


def test_from_in_the_query_is_taken_and_the_protocol_goes_before_it(
    client: httpx2.Client, shipped: Snapshot
) -> None:
    first, second = (f"{shipped.base}doc/case/{slug}" for slug in shipped.slugs("case")[:2])
    query = CASES.replace("{", f"FROM <{first}> {{", 1)
    assert column(asked(client, query)) == [first.replace("/doc/", "/id/")]
    other = asked(client, query, **{"default-graph-uri": second})
    assert column(other) == [second.replace("/doc/", "/id/")]


@pytest.mark.parametrize("yes", [True, False])
def test_ask_is_a_boolean_in_every_format(client: httpx2.Client, yes: bool) -> None:
    query = PREFIX + f"ask {{ ?x a wijk:{'Case' if yes else 'Nothing'} }}"
    for media_type in (formats.JSON, formats.XML):
        said = asked(client, query, media_type)
        assert said.headers["content-type"].startswith(media_type)
        form = ox.QueryResultsFormat.from_media_type(media_type)
        assert bool(ox.parse_query_results(said.content, form)) is yes
    assert asked(client, query, formats.CSV).text.strip() == str(yes).lower()


def test_rows_are_the_same_in_every_format(client: httpx2.Client) -> None:
    expected = column(asked(client, CASES))
    xml = asked(client, CASES, formats.XML)
    rows = ox.parse_query_results(xml.content, ox.QueryResultsFormat.XML)
    assert [row["case"].value for row in rows] == expected
    tsv = asked(client, CASES, formats.TSV)
    assert [line.strip("<>") for line in tsv.text.splitlines()[1:]] == expected
    plain = asked(client, CASES, formats.CSV).content.decode()
    assert [row[0] for row in csv.reader(io.StringIO(plain))][1:] == expected


def test_literals_are_written_as_the_standard_has_it(client: httpx2.Client) -> None:
    query = PREFIX + "SELECT ?n { ?case wijk:number ?n } LIMIT 1"
    (row,) = asked(client, query).json()["results"]["bindings"]
    assert row["n"]["type"] == "literal"
    assert row["n"]["datatype"] == "http://www.w3.org/2001/XMLSchema#integer"


@pytest.mark.parametrize("media_type", formats.GRAPHS)
def test_construct_is_the_same_graph_in_every_format(
    client: httpx2.Client, media_type: str, shipped: Snapshot
) -> None:
    said = asked(client, TITLES, media_type)
    assert said.headers["content-type"].startswith(media_type)
    found = Graph()
    for quad in ox.parse(said.content, ox.RdfFormat.from_media_type(media_type)):
        found.parse(data=f"{quad.triple} .", format="nt")
    assert isomorphic(found, Graph() + shipped.union.query(TITLES).graph)


def test_describe_tells_of_the_thing(client: httpx2.Client, shipped: Snapshot) -> None:
    thing = f"{shipped.base}id/case/{shipped.slugs('case')[0]}"
    said = asked(client, f"DESCRIBE <{thing}>", formats.N_TRIPLES)
    subjects = {str(quad.subject) for quad in ox.parse(said.content, ox.RdfFormat.N_TRIPLES)}
    assert f"<{thing}>" in subjects


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {",
        "SELECT * { ?s unknown:p ?o }",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        'DEFINE get:soft "replace" SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }',
        "",
    ],
)
def test_what_is_no_query_for_here_is_refused(client: httpx2.Client, query: str) -> None:
    said = asked(client, query)
    assert said.status_code == 400
    assert said.headers["content-type"] == "application/problem+json"


def test_a_syntax_error_has_its_line_and_column(client: httpx2.Client) -> None:
    said = asked(client, "SELECT *\n{ ?s ?p }").json()
    assert (said["line"], said["column"]) == (2, 10)


@pytest.mark.parametrize(
    "runaway",
    [
        "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        "SELECT DISTINCT ?g { GRAPH ?g { ?a ?b ?c } GRAPH ?x { ?d ?e ?f } GRAPH ?y { ?k ?l ?m } }",
    ],
)
def test_a_query_over_its_time_is_a_504(client: httpx2.Client, runaway: str) -> None:
    said = asked(client, runaway)
    assert said.status_code == 504, said.text
    assert json.loads(said.content)["detail"].startswith("The query took longer than 6 seconds")
    assert asked(client, "ASK {}").status_code == 200


def test_relative_addresses_are_read_against_the_endpoint(
    client: httpx2.Client, shipped: Snapshot
) -> None:
    said = asked(client, "SELECT ?x { VALUES ?x { <id/case/x> } }")
    assert column(said, "x") == [f"{shipped.base}id/case/x"]


def test_pages_and_health_are_there(client: httpx2.Client) -> None:
    assert client.get("/health/ready").status_code == 200
    page = client.get("/", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<li" in page.text
