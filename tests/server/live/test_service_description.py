"""The service says of itself what is there: each of its statements is held to what it does."""

import json

import pytest
from rdflib import RDF, Graph, Namespace, URIRef

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMAT = Namespace("http://www.w3.org/ns/formats/")
ENTAILMENT = Namespace("http://www.w3.org/ns/entailment/")
VOID = Namespace("http://rdfs.org/ns/void#")
GEOF = "http://www.opengis.net/def/function/geosparql/"
XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS = {
    FORMAT.SPARQL_Results_JSON: "application/sparql-results+json",
    FORMAT.SPARQL_Results_XML: "application/sparql-results+xml",
    FORMAT.SPARQL_Results_CSV: "text/csv",
    FORMAT.SPARQL_Results_TSV: "text/tab-separated-values",
}
GRAPHS = {
    FORMAT.Turtle: "text/turtle",
    FORMAT["N-Triples"]: "application/n-triples",
    FORMAT["JSON-LD"]: "application/ld+json",
    FORMAT.RDF_XML: "application/rdf+xml",
    FORMAT.TriG: "application/trig",
    FORMAT["N-Quads"]: "application/n-quads",
}
WKT = '"{}"^^<http://www.opengis.net/ont/geosparql#wktLiteral>'
SQUARE, OTHER = (WKT.format(f"POLYGON(({a} {a},{a} 3,3 3,3 {a},{a} {a}))") for a in (0, 1))
UNIT = "<http://www.opengis.net/def/uom/OGC/1.0/{}>"
ARGUMENTS = (
    [SQUARE, OTHER],
    [SQUARE],
    [SQUARE, UNIT.format("metre")],
    [SQUARE, UNIT.format("square_metre")],
    [WKT.format("POINT(0 0)"), WKT.format("POINT(1 0)"), UNIT.format("metre")],
    [SQUARE, OTHER, '"T********"'],
)
CASTS = {
    **{"date": "2020-01-01", "time": "00:00:00", "duration": "P1D", "gYear": "2020"},
    **{"yearMonthDuration": "P1Y", "dayTimeDuration": "P1D", "gYearMonth": "2020-01"},
    **{"gMonth": "--01", "gMonthDay": "--01-01", "gDay": "---01"},
}
# Functions of GeoSPARQL 1.1 and casts that the engine has not, as far as we know.
ELSEWHERE = [
    *(f"{GEOF}{name}" for name in ("asWKT", "asGML", "asKML", "boundary", "buffer", "geometryN")),
    *(f"{GEOF}{name}" for name in ("is3D", "maxX", "minY", "numGeometries", "transform")),
    *(f"{GEOF}{name}" for name in ("geometryType", "metricArea", "concaveHull", "aggUnion")),
    *(f"{XSD}{name}" for name in ("int", "long", "anyURI", "QName")),
]


def ask(client, text, accept="application/json", **given):
    return client.get("/sparql", params={"query": text, **given}, headers={"Accept": accept})


def rows(client, text, **given):
    found = ask(client, text, **given).json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


@pytest.fixture(scope="module")
def description(client):
    response = client.get("/sparql")
    here = f"{client.base_url}/sparql".replace("//sparql", "/sparql")
    return Graph().parse(data=response.content, format="turtle", publicID=here)


@pytest.fixture(scope="module")
def service(description):
    return description.value(None, RDF.type, SD.Service)


def test_there_is_one_service_and_its_endpoint_is_where_it_was_asked(client, description, service):
    assert list(description.subjects(RDF.type, SD.Service)) == [service]
    endpoint = description.value(service, SD.endpoint)
    assert str(endpoint) == str(client.base_url).rstrip("/") + "/sparql"
    assert client.get(str(endpoint), params={"query": "ASK {}"}).json() == {
        "head": {},
        "boolean": True,
    }


def test_parameters_that_mean_nothing_change_no_endpoint(client, description):
    here = str(client.base_url).rstrip("/") + "/sparql?a=b"
    again = Graph().parse(data=client.get(here).content, format="turtle", publicID=here)
    assert set(again) == set(description)


def test_each_result_format_is_really_returned(client, description, service):
    listed = set(description.objects(service, SD.resultFormat))
    assert listed == {*ROWS, *GRAPHS}
    for formats, text in ((ROWS, "SELECT * { ?s ?p ?o } LIMIT 1"), (GRAPHS, "DESCRIBE <x:x>")):
        for kind in formats.values():
            response = ask(client, text, kind)
            assert response.status_code == 200
            assert response.headers["content-type"].partition(";")[0] == kind


def test_each_function_really_works_and_no_other_of_its_kind(client, description, service):
    listed = {str(function) for function in description.objects(service, SD.extensionFunction)}
    assert {str(it) for it in description.subjects(RDF.type, SD.Function)} == listed
    assert len(listed) > 40
    for function in listed:
        name = function.rpartition("#")[2].rpartition("/")[2]
        choices = [[f'"{CASTS[name]}"']] if name in CASTS else ARGUMENTS
        calls = [f"<{function}>({', '.join(choice)})" for choice in choices]
        found = (ask(client, f"SELECT ({call} AS ?x) {{}}") for call in calls)
        assert any(it.json()["results"]["bindings"][0] for it in found if it.is_success), function
    for function in ELSEWHERE:
        assert function not in listed
        response = ask(client, f"SELECT (<{function}>({SQUARE}) AS ?x) {{}}")
        assert (response.status_code, "not supported" in response.text) == (400, True)


def test_each_language_is_read(client, description, service):
    assert set(description.objects(service, SD.supportedLanguage)) == {
        *(SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL12Query)
    }
    for text in (
        "PREFIX : <x:> SELECT ?s { ?s :p ?o OPTIONAL { ?o :q ?r } FILTER (!bound(?r)) }",
        "SELECT (COUNT(*) AS ?n) { ?s <x:a>/^<x:b>* ?o MINUS { ?s ?p 1 } } HAVING (?n > 0)",
        'VERSION "1.2" ASK { ?r <x:p> ?o ~ <x:r> {| <x:q> "a"@ar--rtl |} }',
        "SELECT (<<( <x:a> <x:b> 1 )>> AS ?t) {}",
    ):
        assert ask(client, text).status_code == 200


def test_each_named_graph_is_there_with_as_many_statements(client, description, service, graph):
    dataset = description.value(service, SD.defaultDataset)
    assert (dataset, RDF.type, SD.Dataset) in description
    listed = {
        str(description.value(named, SD.name)): int(
            description.value(description.value(named, SD.graph), VOID.triples)
        )
        for named in description.objects(dataset, SD.namedGraph)
    }
    assert set(listed) == set(graph.documents)
    text = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    assert {row["g"]: int(row["n"]) for row in rows(client, text)} == listed


def test_the_default_graph_is_the_union_that_it_says_it_is(client, description, service):
    default = description.value(description.value(service, SD.defaultDataset), SD.defaultGraph)
    [row] = rows(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(description.value(default, VOID.triples)) == int(row["n"])
    assert (service, SD.feature, SD.UnionDefaultGraph) in description
    assert ask(client, "ASK { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }").json() == {
        "head": {},
        "boolean": False,
    }


def test_what_the_service_does_not_do_is_not_listed(client, description, service):
    assert set(description.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    for feature, text in (
        (SD.BasicFederatedQuery, "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),
        (SD.SPARQL11Update, "CLEAR ALL"),
    ):
        assert (None, None, feature) not in description
        assert ask(client, text).status_code == 400
    unknown = "http://127.0.0.1:9/x"
    assert (None, None, SD.DereferencesURIs) not in description
    assert ask(client, f"ASK FROM <{unknown}> {{ ?s ?p ?o }}").json()["boolean"] is False
    assert (None, None, SD.RequiresDataset) not in description
    assert ask(client, "ASK { ?s ?p ?o }").json()["boolean"] is True


def test_nothing_is_inferred_as_the_description_says(client, description, service):
    assert description.value(service, SD.defaultEntailmentRegime) == ENTAILMENT.Simple
    text = "ASK { ?p <http://www.w3.org/2000/01/rdf-schema#subPropertyOf> ?p }"
    assert ask(client, text).json()["boolean"] is False


def test_every_term_of_the_vocabulary_is_one_that_it_has(description):
    known = {
        *("Service", "endpoint", "feature", "defaultEntailmentRegime", "extensionFunction"),
        *("supportedLanguage", "defaultDataset", "resultFormat", "defaultGraph", "namedGraph"),
        *("name", "graph", "Function", "Dataset", "Graph", "NamedGraph"),
        *("UnionDefaultGraph", "SPARQL10Query", "SPARQL11Query", "SPARQL12Query"),
    }
    used = {term for triple in description for term in triple if str(term).startswith(SD)}
    assert {str(term).removeprefix(SD) for term in used} <= known


def test_head_says_what_get_would(client):
    for accept in ("text/turtle", "application/ld+json", "text/html"):
        get = client.get("/sparql", headers={"Accept": accept})
        head = client.head("/sparql", headers={"Accept": accept})
        assert head.content == b""
        names = ("content-type", "content-length", "etag", "vary")
        assert [head.headers[name] for name in names] == [get.headers[name] for name in names]


def test_json_ld_holds_the_same_description(client, description):
    body = client.get("/sparql", headers={"Accept": "application/ld+json"})
    assert json.loads(body.content)
    found = Graph().parse(data=body.content, format="json-ld")
    service = found.value(None, RDF.type, SD.Service)
    assert isinstance(service, URIRef)
    assert len(found) == len(description)


def test_a_plain_default_graph_and_a_public_address_are_told_as_they_are(plain_client, graph):
    for kind, name in (("text/turtle", "turtle"), ("application/rdf+xml", "xml")):
        body = plain_client.get("/sparql", headers={"Accept": kind}).content
        found = Graph().parse(data=body, format=name, publicID="http://elsewhere.example/")
        service = found.value(None, RDF.type, SD.Service)
        assert found.value(service, SD.endpoint) == URIRef("https://example.org/wijk/sparql")
        assert (service, SD.feature, None) not in found
        default = found.value(found.value(service, SD.defaultDataset), SD.defaultGraph)
        assert int(found.value(default, VOID.triples)) == 0
        assert len(set(found.subjects(RDF.type, SD.NamedGraph))) == len(graph.documents)
    assert rows(plain_client, "SELECT ?s { ?s ?p ?o }") == []
    assert len(rows(plain_client, "SELECT ?s { GRAPH ?g { ?s ?p ?o } } LIMIT 7")) == 7
    one = f"{graph.base}doc/case/holybe"
    assert rows(plain_client, "SELECT ?s { ?s ?p ?o } LIMIT 1", **{"default-graph-uri": one})
    assert "Choku Gym" in plain_client.get("/", headers={"Accept": "text/html"}).text


def test_the_endpoint_describes_itself_when_it_is_asked_for_nothing(client):
    """Service Description, 2: GET without parameters gives a description, as RDF."""
    for accept in (None, "*/*", "application/*"):
        headers = {"Accept": accept} if accept else {}
        response = client.get("/sparql", headers=headers)
        kind = response.headers["content-type"].partition(";")[0]
        assert kind in ("text/turtle", "application/n-triples")
        found = Graph().parse(data=response.content, format=kind, publicID="http://h/sparql")
        assert found.value(None, RDF.type, SD.Service) is not None


def test_the_description_is_negotiated(client):
    """Service Description, 2: content negotiation between formats of RDF."""
    tags = set()
    for kind in ("text/turtle", "application/rdf+xml", "application/ld+json"):
        response = client.get("/sparql", headers={"Accept": f"{kind}, text/html;q=0.5"})
        assert response.headers["content-type"].partition(";")[0] == kind
        assert "Accept" in response.headers["vary"]
        tags.add(response.headers["etag"])
    assert len(tags) == 3


def test_each_named_graph_is_linked_and_has_a_name(description):
    """Service Description, 3.2 and 3.3: by sd:namedGraph from the data set; sd:name in each."""
    linked = set(description.objects(None, SD.namedGraph))
    assert linked == set(description.subjects(RDF.type, SD.NamedGraph))
    for named in linked:
        [name] = description.objects(named, SD.name)
        assert isinstance(name, URIRef)


def test_the_default_graph_is_linked(description):
    """Service Description, 3.3: by sd:defaultGraph from the data set."""
    [dataset] = description.subjects(RDF.type, SD.Dataset)
    [default] = description.objects(dataset, SD.defaultGraph)
    assert (default, RDF.type, SD.Graph) in description


def test_each_format_has_the_address_that_w3c_gave_it(description, service):
    """Service Description, 3.2: a format without such an address would need its media type."""
    for format in description.objects(service, SD.resultFormat):
        assert str(format).startswith(str(FORMAT))
        assert (format, None, None) not in description
