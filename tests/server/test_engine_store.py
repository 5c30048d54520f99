"""The store and the gate, in this process."""

import xml.etree.ElementTree as ET
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wijk.engine import formats, gate
from wijk.engine.local import LocalStore
from wijk.engine.tokens import tokens
from wijk.errors import QueryRefused, QueryTextTooLarge, QueryTooLarge

DATA = b"""
<http://a/1> <http://a/p> "een"@nl <http://g/1> .
<http://a/2> <http://a/p> "x\\u0001y\\rz" <http://g/2> .
<http://a/1> <http://a/q> <http://a/2> <http://g/2> .
"""


@pytest.fixture(scope="module")
def store() -> LocalStore:
    return LocalStore(DATA, {"a": "http://a/", "b": "http://b/"}, "http://base/")


def test_the_default_graph_is_the_union_of_all_documents(store):
    assert len(store.rows("SELECT ?s { ?s ?p ?o }")) == 3
    assert len(store.rows("SELECT ?s { GRAPH <http://g/2> { ?s ?p ?o } }")) == 2


def test_a_binding_fills_in_a_variable(store):
    rows = store.rows("SELECT ?s ?o { ?s <http://a/p> ?o }", {"o": '"een"@nl'})
    assert rows == [{"s": "<http://a/1>", "o": '"een"@nl'}]


@pytest.mark.parametrize("term", ["een", "<a> . <b>", "", "<http://a/1> <http://a/2>", "_:b"])
def test_a_binding_that_is_not_one_term_is_refused(store, term):
    with pytest.raises(QueryRefused):
        store.rows("SELECT ?s { ?s ?p ?o }", {"o": term})


def test_xml_stays_xml_whatever_the_strings_hold(store):
    for text, kind in (
        ("SELECT ?o { ?s ?p ?o }", formats.XML),
        ("CONSTRUCT WHERE { ?s ?p ?o }", formats.RDF_XML),
    ):
        assert "x\ufffdy\rz" in "".join(ET.fromstring(store.query(text, kind)).itertext())


def test_a_graph_repeats_nothing_and_binds_only_what_it_uses(store):
    text = "CONSTRUCT { <http://a/1> <http://a/p> 1 } WHERE { ?s ?p ?o }"
    assert store.query(text, formats.N_TRIPLES).count(b"\n") == 1
    written = store.query(text, formats.TURTLE)
    assert b"@prefix a:" in written
    assert b"@prefix b:" not in written


def test_an_answer_has_a_limit(store):
    with pytest.raises(QueryTooLarge):
        store.query("SELECT * { ?a ?b ?c . ?d ?e ?f }", formats.JSON, limit=100)


def test_a_relative_iri_is_read_against_the_base(store):
    text = "SELECT (<x> AS ?x) {}"
    assert store.rows(text) == [{"x": "<http://base/x>"}]


@pytest.mark.parametrize("kind", formats.GRAPHS)
def test_rows_are_not_given_as_a_graph(store, kind):
    with pytest.raises(QueryRefused):
        store.query("ASK {}", kind)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT*{}", "SELECT"),
        ("# SELECT\nask{}", "ASK"),
        ("BASE <http://x/> PREFIX ask: <y> DESCRIBE <z>", "DESCRIBE"),
        ("CONSTRUCT WHERE {}", "CONSTRUCT"),
        ("nonsense", None),
    ],
)
def test_the_gate_sees_the_form_of_a_query(text, form):
    assert gate.examine(text).form == form


@pytest.mark.parametrize("text", ["INSERT DATA {}", "PREFIX a: <b> LOAD <c>", "with <a> delete {}"])
def test_an_update_is_refused_because_this_service_only_reads(text):
    with pytest.raises(QueryRefused, match="only reads") as caught:
        gate.examine(text)
    assert caught.value.dutch.startswith("Hier kun je alleen vragen stellen, en niets veranderen.")


@pytest.mark.parametrize("text", ["", "  \n", "#only"])
def test_nothing_is_not_a_query(store, text):
    with pytest.raises(QueryRefused):
        store.query(text, formats.JSON)


@given(st.text())
def test_any_text_passes_or_is_refused_with_a_sentence(text):
    complaint = "."
    try:
        gate.examine(text)
    except (QueryRefused, QueryTooLarge) as error:
        complaint = str(error)
    assert complaint.endswith((".", ")"))


@pytest.mark.parametrize(
    ("clause", "whole", "named"),
    [
        ("", 3, 3),
        ("FROM <http://g/1>", 1, 0),
        ("from<http://g/1>FROM <http://g/2>", 3, 0),
        ("FROM NAMED <http://g/2>", 0, 2),
        ("FROM <http://g/1> FROM NAMED <http://g/2>", 1, 2),
        ("FROMg:1", 1, 0),
        ("FROM <http://127.0.0.1:9/none>", 0, 0),
    ],
)
def test_a_query_may_name_its_own_data_set(store, clause, whole, named):
    prologue = "PREFIX g: <http://g/> SELECT ?from "
    assert len(store.rows(f"{prologue} {clause} {{ ?from ?p ?o }}")) == whole
    assert len(store.rows(f"{prologue} {clause} {{ GRAPH ?g {{ ?from ?p ?o }} }}")) == named


@pytest.mark.parametrize("prefix", ["SERVICE:", "serviceSILENTe:"])
def test_a_call_of_another_server_is_none_the_less_one_when_a_prefix_is_named_so(
    prefix: str,
) -> None:
    head = f"PREFIX : <x:> PREFIX e: <x:> PREFIX {prefix} <urn:> "
    with pytest.raises(QueryRefused, match="SERVICE is not taken"):
        gate.examine(f"{head} SELECT * {{ {prefix}s #{{\n{{ ?s ?p ?o }} }}")
    gate.examine(f"{head} SELECT * {{ GRAPH {prefix}s {{ ?s {prefix}load ?o }} }}")


@given(st.sampled_from(["SERVICE", "service", "Service"]), st.sampled_from(["<x:>", "?x", "a:b"]))
def test_a_keyword_that_fetches_is_never_let_through(word, target):
    with pytest.raises(QueryRefused, match="SERVICE"):
        gate.examine(f"ASK {{ {{ ?s ?p 'a' }} {word} {target} {{ }} }}")


@pytest.mark.parametrize("quotes", ["'''", '"""'])
@pytest.mark.parametrize("start", ["?a<?b)#>", "?a<?b#>", "?a<#>"])
def test_quotes_in_a_comment_hide_no_keyword(start, quotes):
    hidden = f"{quotes}\n?c) SERVICE <x:> {{ }}#{quotes}\n"
    with pytest.raises(QueryRefused, match="SERVICE"):
        gate.examine(f"ASK {{ ?s ?p ?a, ?b FILTER({start}{hidden}}}")


def test_quotes_after_an_ordinary_name_hide_nothing_either():
    text = "PREFIX w: <https://w3id.org/wijk/def#> ASK { ?s w:p '''SERVICE''' }"
    assert gate.examine(text).form == "ASK"


LONG = 256 * 1024
ODD = st.text(st.sampled_from("a.:<>\"'\\?$_0%@#-eE &|^/{(+é \n"), min_size=1, max_size=4)


@given(ODD)
@settings(max_examples=10, deadline=timedelta(seconds=20))
def test_the_gate_reads_any_long_text_in_a_time_that_grows_with_its_length(odd):
    reads(odd, LONG // 4)


@pytest.mark.parametrize("odd", ["a.", "-é", "00", '"\\', "\\'", '\\"""\n', "_:a.", "a-"])
def test_the_gate_reads_once_what_looks_like_more_than_one_thing(odd):
    reads(odd, LONG)


def reads(odd: str, length: int) -> None:
    text = odd * (length // len(odd.encode()))
    found = list(tokens(text))
    assert all(text.startswith(token.text, token.start) for token in found[:1000])
    with suppress(QueryRefused, QueryTextTooLarge):
        gate.examine(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT ?x {", 'This is not SPARQL: line 1, column 12, near "{".'),
        ("ASK {\n ?s ?p ?o }\n} x", 'This is not SPARQL: line 3, column 4, near "x".'),
        ("ASK { ?x foo:bar 1 }", 'no PREFIX line declares: line 1, column 17, near "foo:bar 1 }".'),
        ("SELECT (?x AS ?x) { ?x ?y ?z }", "The SELECT overrides an existing variable using an"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "The SELECT contains a variable that is unbound"),
        ("ASK { ?s <http://a b> ?o }", "This is not SPARQL: "),
        ("SELECT (<http://x/f>(1) AS ?y) {}", "function <http://x/f> is not supported"),
    ],
)
def test_what_is_not_a_query_is_told_by_its_place_and_not_by_what_the_engine_tried(
    store, text, said
):
    with pytest.raises(QueryRefused) as caught:
        store.query(text, formats.JSON)
    assert said in str(caught.value)
    assert "expected" not in str(caught.value)
    assert "['" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "form", "said"),
    [
        ("SELECT ?s {\n ?s }", formats.JSON, "Dit is geen SPARQL: regel 2, kolom 6, bij "),
        ("CONSTRUCT {} {}", formats.JSON, "Het antwoord op CONSTRUCT of DESCRIBE kan niet als "),
        ("ASK {}", formats.TURTLE, "Het antwoord op SELECT of ASK kan niet als "),
        ("SELECT (<http://x/f>(1) AS ?y) {}", formats.JSON, "De server zegt: “"),
    ],
)
def test_what_is_refused_is_told_in_dutch_where_it_is_refused(store, text, form, said):
    with pytest.raises(QueryRefused) as caught:
        store.query(text, form)
    assert said in caught.value.dutch


def test_to_know_whether_it_is_a_query_takes_no_answer(store):
    assert store.query("SELECT ?s { ?s ?p ?o }", formats.NOTHING) == b""
    with pytest.raises(QueryRefused, match="not SPARQL"):
        store.query("SELECT", formats.NOTHING)
