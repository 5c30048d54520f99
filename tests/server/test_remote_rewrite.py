"""An answer of an engine elsewhere, written anew: with the same care as an answer of our own."""

import xml.etree.ElementTree as ElementTree

import pytest
from wijk.engine import formats
from wijk.engine.remote.rewrite import anew
from wijk.errors import EngineRefuses, QueryRefused


def triples(predicate: str = "https://example.org/p", said: str = "o") -> bytes:
    return f'<https://example.org/s> <{predicate}> "{said}" .\n'.encode()


def test_a_graph_with_a_control_character_becomes_well_formed_xml():
    body = anew(triples(said="a\\u0001b"), formats.N_TRIPLES, formats.RDF_XML, {})
    assert [each.text for each in ElementTree.fromstring(body)[0]] == ["a\ufffdb"]


def test_a_predicate_that_xml_has_no_name_for_is_refused():
    with pytest.raises(QueryRefused, match="1"):
        anew(triples("https://example.org/1"), formats.N_TRIPLES, formats.RDF_XML, {})


def test_rows_with_a_control_character_become_well_formed_xml():
    rows = (
        b'{"head": {"vars": ["s"]}, "results": {"bindings": '
        b'[{"s": {"type": "literal", "value": "a\\u0001b"}}]}}'
    )
    body = anew(rows, formats.JSON, formats.XML, {})
    assert "a\ufffdb" in "".join(ElementTree.fromstring(body).itertext())


def test_a_prefix_is_written_only_when_it_is_used():
    prefixes = {"ex": "https://example.org/", "other": "https://example.net/"}
    body = anew(triples(), formats.N_TRIPLES, formats.TURTLE, prefixes)
    assert b"ex:p" in body
    assert b"other" not in body


def test_what_cannot_be_read_is_the_fault_of_the_engine():
    with pytest.raises(EngineRefuses, match="cannot be read"):
        anew(b"<a", formats.N_TRIPLES, formats.TURTLE, {})
