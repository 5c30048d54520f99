"""XML that any parser takes, whatever the data hold; and what XML cannot hold is said."""

import xml.etree.ElementTree as ET

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from wijk.engine import formats
from wijk.engine.local import LocalStore
from wijk.errors import QueryRefused

PREFIXES = {"a": "http://x/", "b": "http://x/a/", "xml": "http://x/", "1": "http://x/b#"}
ENDS = st.text(st.sampled_from("a1.-_:/#?é·;=&'()~@!$*+,\u200b\u0300"), max_size=4)
IRIS = ENDS.map(lambda end: f"<http://x/{end}>")
CONTROLS = "".join(map(chr, [*range(1, 32), 0x7F, 0x85, 0x2028, 0xFFFE, 0xFFFF]))


@pytest.fixture(scope="module")
def store() -> LocalStore:
    return LocalStore(b"", PREFIXES, "http://base/")


def triples(body, form):
    return {quad.triple for quad in ox.parse(body, form)}


@given(st.lists(st.tuples(IRIS, st.just("a") | IRIS, IRIS, st.booleans()), max_size=4))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_graph_is_well_formed_and_the_same_in_xml_or_its_property_is_named(store, parts):
    texts = [f"{s} {p} {o}" for s, p, o, _ in parts]
    texts += [f"<x:t> <x:p> <<( {s} {p} {o} )>>" for s, p, o, inside in parts if inside]
    text = f"CONSTRUCT {{ {' . '.join(texts)} }} {{}}"
    try:
        plain = store.query(text, formats.N_TRIPLES)
        body = store.query(text, formats.RDF_XML)
    except QueryRefused as error:
        said = str(error)
        event("refused")
        assume("does not end in a name" not in said and "not SPARQL" not in said)
        raise
    ET.fromstring(body)
    assert triples(body, ox.RdfFormat.RDF_XML) == triples(plain, ox.RdfFormat.N_TRIPLES)


@pytest.mark.parametrize("iri", ["http://x/1", "http://x/", "http://x/a/", "urn:x:2"])
def test_a_property_without_a_name_at_its_end_is_refused_in_xml_only(store, iri):
    text = f"CONSTRUCT {{ <http://x/s> <{iri}> 1 }} {{}}"
    with pytest.raises(QueryRefused, match="RDF/XML cannot hold") as caught:
        store.query(text, formats.RDF_XML)
    assert f"<{iri}>" in str(caught.value)
    assert store.query(text, formats.TURTLE)


@pytest.mark.parametrize("iri", ["Description", "li", "RDF", "about"])
def test_a_word_of_the_format_itself_is_no_property_in_it(store, iri):
    text = f"CONSTRUCT {{ <a:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#{iri}> 1 }} {{}}"
    with pytest.raises(QueryRefused):
        store.query(text, formats.RDF_XML)


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT ?o {{ BIND({} AS ?o) }}", formats.XML),
        ("SELECT ?o {{ BIND(<<( <a:a> <a:b> {} )>> AS ?o) }}", formats.XML),
        ("CONSTRUCT {{ <a:a> <a:b> {} }} {{}}", formats.RDF_XML),
        ("CONSTRUCT {{ <a:a> <a:b> <<( <a:a> <a:b> {} )>> }} {{}}", formats.RDF_XML),
    ],
)
@pytest.mark.parametrize("tag", ["", "@nl", "@ar--rtl", "^^<a:type>"])
def test_a_character_that_xml_has_no_place_for_never_breaks_it(store, query, form, tag):
    escaped = "".join(f"\\u{ord(character):04X}" for character in CONTROLS)
    body = store.query(query.format(f'"<{escaped}&]]>"{tag}'), form)
    found = "".join(ET.fromstring(body).itertext()).strip()
    expected = "".join(c if c in "\t\n\r" or "\x1f" < c < "\ufffe" else "\ufffd" for c in CONTROLS)
    assert f"<{expected}&]]>" in found
