"""What is read is what was written, and what is written reads back."""

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, XSD, Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from wijk import turtle
from wijk.characters import legal
from wijk.errors import TurtleSyntaxError, WijkError
from wijk.namespaces import prefixes

ODD = """
<> <https://schema.org/a> "01"^^xsd:integer ,
    5 , -3 , "+5"^^xsd:integer , 1.50 , "1."^^xsd:decimal ,
    1e3 , "1.0E1"^^xsd:double , true , "1"^^xsd:boolean , "2018"^^xsd:gYear , "02"^^xsd:gDay ,
    "plat" , "taal"@nl , "taal"@nl-BE , '''regels
# met een "hekje" } \\\\ en
@prefix erin'''@nl ;
    a <https://w3id.org/wijk/def#Case> ;
    <https://schema.org/b> <#e-title> , [ <https://schema.org/c> "x" ] , ( 1 "2" ) .
"""
TEXT = f"@base <https://example.org/x> . @prefix xsd: <{XSD}> .{ODD}".encode()
LITERALS = st.one_of(
    st.builds(Literal, st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))),
    st.builds(lambda t: Literal(t, lang="nl"), st.text(st.characters(codec="ascii"), max_size=9)),
    st.builds(
        lambda number, zeros: Literal("0" * zeros + str(number), datatype=XSD.integer),
        st.integers(min_value=0),
        st.integers(min_value=0, max_value=2),
    ),
    st.builds(lambda number: Literal(str(number), datatype=XSD.double), st.floats(-1e300, 1e300)),
    st.sampled_from([Literal(t, datatype=XSD.boolean) for t in ("true", "false", "0", "1")]),
)


def read_back(body: bytes, media_type: str) -> Graph:
    dataset = Dataset()
    dataset.parse(data=body, format=media_type)
    graph = Graph()
    for subject, predicate, value, _ in dataset.quads():
        graph.add((subject, predicate, value))
    return graph


@pytest.mark.parametrize("media_type", turtle.FORMATS)
def test_every_format_reads_back_as_the_same_graph(media_type: str) -> None:
    graph = turtle.parse(TEXT, "x.ttl")
    body = turtle.serialize(graph, media_type, "https://example.org/doc/x")
    assert isomorphic(read_back(body, media_type), graph)


@pytest.mark.parametrize("media_type", turtle.FORMATS)
@given(literals=st.lists(LITERALS, max_size=5))
def test_every_literal_stays_as_written(media_type: str, literals: list[Literal]) -> None:
    if media_type == turtle.RDFXML:
        literals = [text for text in literals if legal(text) == str(text)]
    graph = Graph()
    for literal in literals:
        graph.add((URIRef("https://example.org/x"), RDF.value, literal))
    body = turtle.serialize(graph, media_type, "https://example.org/doc/x")
    assert set(read_back(body, media_type)) == set(graph)


@pytest.mark.parametrize("code", [0, 1, 0x1B, 0x1F, 0xFFFE, 0xFFFF], ids=hex)
def test_what_xml_has_no_place_for_is_replaced_in_rdf_xml(code: int) -> None:
    graph = Graph()
    graph.add((URIRef("https://example.org/x"), RDF.value, Literal(f"a{chr(code)}\r\n\tb", "nl")))
    (found,) = read_back(turtle.serialize(graph, turtle.RDFXML), turtle.RDFXML)
    assert found[2] == Literal("a\ufffd\r\n\tb", "nl")


@pytest.mark.parametrize("media_type", [turtle.TRIG, turtle.NQUADS])
def test_a_format_with_graphs_names_the_graph(media_type: str) -> None:
    dataset = Dataset()
    graph = turtle.parse(b"<a:x> <a:y> <a:z> .", "x.ttl")
    body = turtle.serialize(graph, media_type, "https://example.org/doc/x")
    dataset.parse(data=body, format=media_type)
    assert [str(quad[3]) for quad in dataset.quads()] == ["https://example.org/doc/x"]


def test_turtle_uses_the_prefixes_that_it_is_given() -> None:
    graph = turtle.parse(b"<https://example.org/id/case/x> a <https://schema.org/Thing> .", "x.ttl")
    body = turtle.serialize(graph, turtle.TURTLE, prefixes=prefixes("https://example.org/"))
    assert b"case:x a schema:Thing ." in body


def test_a_format_that_is_not_there_is_refused() -> None:
    with pytest.raises(WijkError, match="text/turtle"):
        turtle.serialize(Graph(), "image/png")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<a:b> <a:c> .", 1),
        ("@prefix x: <a:> .\n\nx:a x:b z:c .", 3),
        ("<a:b> <a:c> <a:d>\n\n<a:e> <a:f> <a:g> .", 3),
        ('\n<a:b> <a:c> "d', 2),
        ("\n<a:b> <a:c> <d e> .", 2),
        ("<a:b> <a:c> <a:d> .\n@prefix", 2),
        ("\n\n<a:b> <a:c> 'x'^^ .", 3),
    ],
)
def test_a_syntax_error_has_file_and_line(text: str, line: int) -> None:
    with pytest.raises(TurtleSyntaxError) as caught:
        turtle.parse(text.encode(), "data/x.ttl")
    assert caught.value.path == "data/x.ttl"
    assert caught.value.line == line
    assert "data/x.ttl" in str(caught.value)


def test_what_is_not_text_has_a_line_too() -> None:
    with pytest.raises(TurtleSyntaxError) as caught:
        turtle.parse(b"# een\n\xff", "x.ttl")
    assert caught.value.line == 2


def test_a_literal_stays_one_where_the_context_expects_an_iri() -> None:
    context = {"object": {"@id": str(RDF.object), "@type": "@id"}}
    graph = turtle.parse(f'<a:x> <{RDF.object}> "tekst"@nl , <a:y> , false .'.encode(), "x.ttl")
    body = turtle.serialize(graph, turtle.JSONLD, context=context)
    assert set(read_back(body, turtle.JSONLD)) == set(graph)


def test_what_another_library_decides_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", True)
    graph = turtle.parse(f'<a:x> <a:y> "01"^^<{XSD.integer}> , 1e3 .'.encode(), "x.ttl")
    assert {str(value) for value in graph.objects()} == {"01", "1e3"}


def test_a_file_that_ends_halfway_is_told_in_words() -> None:
    with pytest.raises(TurtleSyntaxError, match="line 2: the file ends in the middle of"):
        turtle.parse(b'<a:x> <a:y> <a:z> ;\n    <a:y> "text"@nl', "x.ttl")
