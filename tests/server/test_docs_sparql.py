"""The user's documentation of the endpoint says what really happens."""

import re
from pathlib import Path

import pytest
from wijk.engine import formats
from wijk.engine.gate import examine
from wijk.engine.local import LocalStore
from wijk.errors import QueryRefused

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "sparql.md").read_text(encoding="utf-8")
SENTENCES = (DOCS / "sparql-sentences.md").read_text(encoding="utf-8")
DATA = re.findall(r"```nquads\n(.*?)```", TEXT, re.DOTALL)
EXAMPLES = re.findall(r"```sparql\n(.*?)\n```\n\n```tsv\n(.*?)```", TEXT, re.DOTALL)
HEADINGS = [re.sub(r"\W+", "-", said)[:40] for said in re.findall(r"^\*\*(.*?)\*\*", TEXT, re.M)]


@pytest.fixture(scope="module")
def store() -> LocalStore:
    [data] = DATA
    return LocalStore(data.encode(), base="https://w3id.org/wijindewijk/sparql")


@pytest.mark.parametrize(("query", "answer"), EXAMPLES, ids=HEADINGS[: len(EXAMPLES)])
def test_an_example_gives_what_the_documentation_says(store, query, answer):
    examine(query)
    assert store.query(query, formats.TSV).decode() == answer


def test_each_example_is_run():
    assert len(EXAMPLES) == TEXT.count("```sparql") == TEXT.count("```tsv") >= 9


def test_a_language_tag_is_found_whatever_its_case(store):
    assert len(store.rows('SELECT ?s { ?s ?p "fiets"@nl-NL }')) == 1
    assert not store.rows('SELECT ?s { ?s ?p ?o FILTER (LANG(?o) = "nl-NL") }')


@pytest.mark.parametrize("union", ["FROM <{0}> FROM <{0}>", "FROM <{0}> FROM <{1}>", ""])
def test_a_statement_in_two_graphs_counts_once(store, union):
    graphs = ("https://example.org/g1", "https://example.org/g2")
    text = f'SELECT ?s {union.format(*graphs)} {{ ?s ?p "boek" }}'
    store.settle()
    assert len(store.rows(text)) == 1
    asked = text.replace(union.format(*graphs), "") if union else text
    assert store.query(asked, formats.CSV, default_graphs=graphs).count(b"\n") == 2


@pytest.mark.parametrize("text", ["\\u0053ELECT ?a {}", "SELECT ?\\u0061 { ?\\u0061 ?b ?c }"])
def test_an_escape_in_a_keyword_or_a_name_is_not_read(store, text):
    with pytest.raises(QueryRefused):
        store.query(text, formats.JSON)
    assert store.rows('SELECT ("\\u0061" AS ?a) {}') == [{"a": '"a"'}]


def test_an_aggregate_in_an_aggregate_is_taken(store):
    assert store.query("SELECT (SUM(COUNT(?x)) AS ?y) { ?x ?y2 ?z }", formats.JSON)


def test_lateral_is_there(store):
    text = "SELECT ?n ?m { VALUES ?n { 1 2 } LATERAL { BIND(?n + 1 AS ?m) } }"
    assert len(store.rows(text)) == 2


def test_each_test_in_the_list_of_sentences_is_there_and_each_of_the_protocol_is_in_it():
    here = Path(__file__).parent
    files = {path.name: path.read_text(encoding="utf-8") for path in here.rglob("test_*.py")}
    named = set(re.findall(r"`(test_\w+(?:\.py)?)`", SENTENCES))
    known = {name for text in files.values() for name in re.findall(r"^def (test_\w+)", text, re.M)}
    assert named <= known | files.keys()
    protocol = re.findall(r"^def (test_\w+)", files["test_sparql11_protocol.py"], re.MULTILINE)
    assert set(protocol) <= named
