"""The formats of results, by their own texts: JSON, XML, CSV and TSV; and RDF 1.2 in them."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
NS = "{http://www.w3.org/2005/sparql-results#}"
ITS = "{http://www.w3.org/2005/11/its}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS = """SELECT * { VALUES (?iri ?plain ?tagged ?typed ?number ?none) {
  (<http://x/é> "a,\\"b\\"\\n\\t\\\\c" "fiets"@nl "x"^^<http://x/type> 5 UNDEF)
} BIND(BNODE() AS ?blank) }"""
NAMES = ["iri", "plain", "tagged", "typed", "number", "none", "blank"]
PLAIN = 'a,"b"\n\t\\c'
TRIPLE = 'SELECT (<<( <http://x/s> <http://x/p> "o"@ar--rtl )>> AS ?t) ("o"@ar--rtl AS ?d) {}'
ORDERS = [
    ("SELECT * { ?z ?a ?m }", "z a m"),
    ("SELECT ?m ?z { ?z ?a ?m }", "m z"),
    ("SELECT * { ?z <x:p> ?b BIND(1 AS ?a) VALUES ?m { 2 } }", "z b a m"),
    ("SELECT * { { SELECT ?q ?b { ?b ?x ?q } } ?z ?a ?m }", "q b z a m"),
    ("SELECT * { ?z ?a ?m { SELECT * { ?y ?x ?w } } }", "z a m y x w"),
    ("SELECT * { { ?y ?x [] } UNION { ?b ?a 1 } }", "y x b a"),
    ("SELECT * { GRAPH ?z { ?y ?a () } } ORDER BY ?a", "z y a"),
    ("SELECT DISTINCT * { ?z ?a ?m } LIMIT 1", "z a m"),
    ("SELECT REDUCED * WHERE { ?z ?a ?m } VALUES ?c { 1 }", "z a m c"),
    ("SELECT * # ?c\n{ ?z <x:?d> '?e' ; ?a ?m FILTER(?z < ?a) }", "z a m"),
    ("PREFIX s: <x:*> SELECT*{$z s:a/s:b* $a}", "z a"),
    ("SELECT (1 AS ?z) (2 AS ?a) {}", "z a"),
    ("SELECT ?z (SUM(?a) AS ?b) { ?z ?c ?a } GROUP BY ?z", "z b"),
    ("SELECT * {}", ""),
]


def ask(client, text, accept):
    response = client.post("/sparql", data={"query": text}, headers={"Accept": accept})
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].partition(";")[0] == accept
    return response


@pytest.mark.parametrize(("text", "names"), ORDERS)
def test_variables_come_in_the_order_of_the_query_in_each_format(client, text, names):
    """JSON 3.1.1, XML 2.2, CSV and TSV 3, 4: the order of the query is the order of the head."""
    expected = names.split()
    text = text if "LIMIT" in text or "SUM" in text else f"{text} LIMIT 3"
    text = text.replace(" VALUES ?c { 1 } LIMIT 3", " LIMIT 3 VALUES ?c { 1 }")
    assert ask(client, text, JSON).json()["head"]["vars"] == expected
    head = ET.fromstring(ask(client, text, XML).content)[0]
    assert [variable.get("name") for variable in head] == expected
    assert ask(client, text, CSV).text.split("\r\n")[0] == ",".join(expected)
    first = ask(client, text, TSV).text.split("\n")[0]
    assert first == "\t".join(f"?{name}" for name in expected)


def test_json_has_a_member_for_each_bound_variable_only(client):
    """JSON 3.2: head and results; 3.2.2: terms by type; what is not bound is left out."""
    body = ask(client, TERMS, JSON).json()
    assert body["head"]["vars"] == NAMES
    [row] = body["results"]["bindings"]
    assert row.pop("blank")["type"] == "bnode"
    assert row == {
        "iri": {"type": "uri", "value": "http://x/é"},
        "plain": {"type": "literal", "value": PLAIN},
        "tagged": {"type": "literal", "value": "fiets", "xml:lang": "nl"},
        "typed": {"type": "literal", "value": "x", "datatype": "http://x/type"},
        "number": {"type": "literal", "value": "5", "datatype": f"{XSD}integer"},
    }


@pytest.mark.parametrize(("text", "truth"), [("ASK {}", True), ("ASK { <x:x> ?p ?o }", False)])
def test_an_ask_is_a_boolean_and_no_results(client, text, truth):
    """JSON 3.3, XML 2.3.2: a boolean beside a head, and no results."""
    body = ask(client, text, JSON).json()
    assert body["boolean"] is truth
    assert (body["head"], "results" in body) == ({}, False)
    root = ET.fromstring(ask(client, text, XML).content)
    assert [child.tag for child in root] == [f"{NS}head", f"{NS}boolean"]
    assert root[1].text == str(truth).lower()


def test_json_is_utf_8_without_a_charset(client):
    """JSON 5: the media type has no charset; the text is UTF-8."""
    response = ask(client, TERMS, JSON)
    assert response.headers["content-type"] == JSON
    assert "é" in response.content.decode("utf-8")
    assert json.loads(response.content)


def test_xml_has_a_binding_for_each_bound_variable_only(client):
    """XML 2.2: a variable each in the head; 2.3.1: terms by element, unbound ones left out."""
    root = ET.fromstring(ask(client, TERMS, XML).content)
    assert root.tag == f"{NS}sparql"
    assert [variable.get("name") for variable in root.find(f"{NS}head")] == NAMES
    [result] = root.find(f"{NS}results")
    found = {binding.get("name"): binding[0] for binding in result}
    assert "none" not in found
    assert (found["iri"].tag, found["iri"].text) == (f"{NS}uri", "http://x/é")
    assert found["blank"].tag == f"{NS}bnode"
    literals = {name: found[name] for name in ("plain", "tagged", "typed", "number")}
    assert {literal.tag for literal in literals.values()} == {f"{NS}literal"}
    assert literals["plain"].text == PLAIN
    assert literals["tagged"].get(LANG) == "nl"
    assert literals["typed"].get("datatype") == "http://x/type"
    assert literals["number"].get("datatype") == f"{XSD}integer"


def test_csv_is_that_of_rfc_4180(client):
    """CSV 3: a head without question marks, values alone, CRLF, quotes where they must be."""
    response = ask(client, TERMS, CSV)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.text.startswith("iri,plain,tagged,typed,number,none,blank\r\n")
    head, row = csv.reader(io.StringIO(response.content.decode(), newline=""))
    assert head == NAMES
    assert row[:6] == ["http://x/é", PLAIN, "fiets", "x", "5", ""]
    assert row[6].startswith("_:")


def test_tsv_has_terms_as_turtle_and_sparql_write_them(client):
    """TSV 4: question marks in the head, terms in full, a tab or a newline in one is escaped."""
    response = ask(client, TERMS, TSV)
    assert response.headers["content-type"] == "text/tab-separated-values; charset=utf-8"
    head, row, end = response.text.split("\n")
    assert (head.split("\t"), end) == ([f"?{name}" for name in NAMES], "")
    iri, plain, tagged, typed, number, none, blank = row.split("\t")
    assert (iri, tagged, typed, none) == ("<http://x/é>", '"fiets"@nl', '"x"^^<http://x/type>', "")
    assert plain == '"a,\\"b\\"\\n\\t\\\\c"'
    assert number in ("5", f'"5"^^<{XSD}integer>')
    assert blank.startswith("_:")


@pytest.mark.parametrize("accept", [JSON, XML, CSV, TSV])
def test_no_rows_is_a_whole_answer(client, accept):
    """Each format can say that there is nothing: its head is there, and no row."""
    response = ask(client, "SELECT ?a ?b { ?a <x:none> ?b }", accept)
    if accept == JSON:
        assert response.json() == {"head": {"vars": ["a", "b"]}, "results": {"bindings": []}}
    elif accept == XML:
        assert len(ET.fromstring(response.content).find(f"{NS}results")) == 0
    else:
        assert response.text.splitlines() == ["a,b" if accept == CSV else "?a\t?b"]


def test_a_blank_node_has_one_label_in_one_answer(client):
    """JSON 3.2.2, XML 2.3.1, TSV 4.1: the same node, the same label; another node, another one."""
    text = "SELECT ?a ?b ?c { BIND(BNODE() AS ?a) BIND(?a AS ?b) BIND(BNODE() AS ?c) }"
    for accept in (CSV, TSV):
        first, second, third = (
            ask(client, text, accept).text.splitlines()[1].replace("\t", ",").split(",")
        )
        assert first == second != third


def test_a_triple_term_is_there_in_json(client):
    """SPARQL 1.2 results in JSON (draft): type triple, with its three terms; a direction."""
    [row] = ask(client, TRIPLE, JSON).json()["results"]["bindings"]
    directed = {"type": "literal", "value": "o", "xml:lang": "ar", "its:dir": "rtl"}
    assert row["d"] == directed
    assert row["t"] == {
        "type": "triple",
        "value": {
            "subject": {"type": "uri", "value": "http://x/s"},
            "predicate": {"type": "uri", "value": "http://x/p"},
            "object": directed,
        },
    }


def test_a_triple_term_is_there_in_xml(client):
    """SPARQL 1.2 results in XML (draft): a triple of three elements; its:dir beside xml:lang."""
    found = ET.fromstring(ask(client, TRIPLE, XML).content)[1][0]
    triple, literal = found[0][0], found[1][0]
    assert [part.tag for part in triple] == [
        f"{NS}{it}" for it in ("subject", "predicate", "object")
    ]
    assert triple[0][0].text == "http://x/s"
    assert (literal.get(LANG), literal.get(f"{ITS}dir")) == ("ar", "rtl")


def test_a_triple_term_is_there_in_tsv(client):
    """SPARQL 1.2 results in TSV (draft): as Turtle writes it."""
    _, row = ask(client, TRIPLE, TSV).text.splitlines()
    assert row == '<<( <http://x/s> <http://x/p> "o"@ar--rtl )>>\t"o"@ar--rtl'


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_triple_term_and_a_direction_are_there_in_a_graph(client, kind, form):
    """RDF 1.2 (drafts): in each format that has them."""
    text = 'CONSTRUCT { <x:r> <x:p> <<( <x:s> <x:q> "o"@ar--rtl )>> } {}'
    [quad] = ox.parse(ask(client, text, kind).content, form)
    inner = ox.Literal("o", language="ar", direction=ox.BaseDirection.RTL)
    assert quad.object == ox.Triple(ox.NamedNode("x:s"), ox.NamedNode("x:q"), inner)


def test_json_ld_has_no_triple_terms_and_says_so(client):
    """JSON-LD 1.1 has a direction, and nothing for a triple term."""
    accept = {"Accept": "application/ld+json"}
    text = "CONSTRUCT { <x:r> <x:p> <<( <x:s> <x:q> 1 )>> } {}"
    response = client.post("/sparql", data={"query": text}, headers=accept)
    assert response.status_code == 400
    assert "JSON-LD" in response.json()["detail"]
    text = 'CONSTRUCT { <x:r> <x:p> "o"@ar--rtl } {}'
    assert '"@direction":"rtl"' in ask(client, text, "application/ld+json").text


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('LANGDIR("x"@ar--rtl)', "rtl"),
        ('STR(STRLANGDIR("x", "ar", "ltr"))', "x"),
        ('hasLANG("x"@en)', "true"),
        ('hasLANGDIR("x"@en)', "false"),
        ("isTRIPLE(<<( <x:s> <x:p> 1 )>>)", "true"),
        ("SUBJECT(TRIPLE(<x:s>, <x:p>, 1))", "x:s"),
        ("PREDICATE(<<( <x:s> <x:p> 1 )>>)", "x:p"),
        ("OBJECT(<<( <x:s> <x:p> 1 )>>)", "1"),
    ],
)
def test_the_functions_of_sparql_1_2_work(client, expression, value):
    """SPARQL 1.2 Query (draft), 17.4: with the version announced, and without."""
    for version in ("", 'VERSION "1.2" '):
        text = f"{version}SELECT ({expression} AS ?x) {{}}"
        [row] = ask(client, text, JSON).json()["results"]["bindings"]
        assert row["x"]["value"] == value
