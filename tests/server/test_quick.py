"""The quick reader says what rdflib says, to the letter, or leaves the text to it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Graph
from wijk import quick, turtle

ROOT = Path(__file__).parents[2]
BASE = "https://example.org/id/case/een"
HEAD = "@prefix x: <https://example.org/x/> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
FILES = sorted(
    path
    for folder in ("data", "ontology", "shapes")
    for path in (ROOT / folder).rglob("*.ttl")
    if path.parent.name not in ("figures", "areas")
)


@pytest.fixture
def careful(monkeypatch):
    """Read as rdflib does."""

    def read(text):
        with monkeypatch.context() as patch:
            patch.setattr(quick, "read", lambda source, base, terms=None: None)
            return turtle.parse(text, "text", BASE)

    return read


def same(text, careful):
    """Whether the quick reader passed, or said the same."""
    found = quick.read(text, BASE)
    return found is None or exactly(found) == exactly(careful(text))


def exactly(graph):
    """The triples, in which "a" and "a"^^xsd:string are not the same; a graph has no order.

    What has no name is what is said of it and of what it leads to.
    """
    return sorted([told(graph, node) for node in triple] for triple in graph)


def told(graph, node, known=()):
    """What a term says: all of it, so that two terms are the same only if this is."""
    if not isinstance(node, BNode):
        return f"{type(node).__name__} {node} {_kind(node)}"
    if node in known:
        return f"round {len(known) - known.index(node)}"
    deeper = (*known, node)
    said = sorted(
        (str(name), told(graph, it, deeper)) for name, it in graph.predicate_objects(node)
    )
    return f"[{said} {len([*graph.subject_predicates(node)])}]"


def _kind(node):
    return (getattr(node, "language", None), str(getattr(node, "datatype", None)))


def test_the_folder_is_read_the_same_and_nearly_all_of_it_quickly(careful):
    texts = [path.read_bytes() for path in FILES]
    assert all(same(text, careful) for text in texts)
    passed = [path.parent.name for path in FILES if quick.read(path.read_bytes(), BASE) is None]
    assert passed == []


VALUES = [
    *("5", "05", "-5", "+5", "1.50", "0.5", ".5", "5.", "-0.0", "1e3", "1.0E3", "true", "false"),
    *(
        '"a"',
        '"a"@nl',
        '"a"@NL',
        '"a"@nl-NL',
        '"a"@en--ltr',
        '"a"^^xsd:string',
        "'a'",
        '"""a\nb"""',
    ),
    *(
        "[ x:a [ x:b () ], [] ; x:c _:b ]",
        "( [ x:a ( 1 ) ] ( ) ( x:a [] ) )",
        "[ x:a 05 ]",
        "[ a x:b",
    ),
    *('"05"^^xsd:integer', '"x"^^xsd:date', '"1"^^xsd:boolean', '"a\\"b"', '"\\u0041"', '"é"'),
    *(
        "x:a",
        "x:a.b",
        "x:a%20b",
        "x:\\-a",
        "x:",
        "<#deel>",
        "<>",
        "<ander>",
        "<../ander>",
        "</ander>",
    ),
    *("<https://example.org/a/../b>", "<https://example.org/a b>", "<https://example.org/\\u0041>"),
    *("[]", "[ x:a 1 ]", "( 1 2 )", "()", "_:a", "<<( x:a x:b x:c )>>", "x:a {| x:b x:c |}", "y:a"),
    *("<https://example.org>", "<https://EXAMPLE.org/A>", "<urn:a>", '"a"^^<urn:b>', "x:a , x:b"),
]


@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_read_the_same_or_left_to_rdflib(value, careful):
    assert same(f"{HEAD}<> x:p {value} .\n".encode(), careful)


@pytest.mark.parametrize(
    "text",
    [
        b"\xef\xbb\xbf@prefix x: <https://example.org/x/> . <> x:p 1 .",
        b"@base <https://example.org/b#c> . <> <#d> <> .",
        b"@base <https://example.org/b> . <> <#d> <> .",
        b"BASE <https://example.org/b>\n<> <#d> <> .",
        b'VERSION "1.2"\n<#a> <#b> <#c> .',
        b"# only this\n",
        b"[] <#a> <#b> .",
        b"[ <#a> <#b> ] .",
        b"[ <#a> <#b> ] <#c> [ <#a> <#b> ], [ <#a> <#b> ] .",
        b"( <#a> [] ) <#b> ( () ) .",
        b"_:a <#b> _:c . _:c <#b> _:a .",
        b"[] .",
        b"<#a> [] <#c> .",
        b"<#a> <#b> [",
        b"",
        b"\xff",
        b"<#a> <#b> <#c>",
        b"<#a> a <#c> ; ; .",
        b"PREFIX x: <https://example.org/x/>\nx:a x:b x:c . x:a x:b x:c .",
        b"@prefix x: <https://example.org/x/> . @prefix x: <urn:y:> . x:a x:b x:c .",
    ],
)
def test_a_text_is_read_the_same_or_left_to_rdflib(text, careful):
    if quick.read(text, BASE) is not None:
        assert same(text, careful)


@given(st.text(max_size=40))
def test_any_text_in_a_literal_comes_out_as_it_went_in(text):
    graph = Graph().add((turtle.URIRef(BASE), turtle.URIRef(BASE), turtle.Literal(text, lang="nl")))
    written = f"<{BASE}> <{BASE}> {turtle.term(turtle.Literal(text, lang='nl'))} .".encode()
    found = quick.read(written, BASE)
    assert found is None or {*found} == {*graph}


def test_what_is_wrong_is_told_as_before(careful):
    with pytest.raises(turtle.TurtleSyntaxError, match="line 3"):
        turtle.parse(f'{HEAD}<> x:p "a .\n'.encode(), "text")


def test_what_has_no_name_is_named_by_its_document_and_not_by_what_was_read_before():
    one, two = b"<#a> <#b> [ <#c> ( 1 2 ) ] .", b"<#a> <#b> [ <#c> [] ] ."
    alone = [quick.triples(text, BASE) for text in (one, two)]
    terms = quick.Terms()
    assert [quick.triples(text, BASE, terms) for text in (one, two)] == alone
    nameless = [{it for triple in told for it in triple if isinstance(it, BNode)} for told in alone]
    assert [len(each) for each in nameless] == [3, 2]
    assert not nameless[0] & nameless[1]


def test_brackets_within_many_others_are_left_to_rdflib():
    deep = "<#a> <#b> " + "[ <#b> " * 5000 + "1" + " ]" * 5000 + " ."
    assert quick.read(deep.encode(), BASE) is None
    with pytest.raises(turtle.TurtleSyntaxError, match="too deeply nested"):
        turtle.parse(deep.encode(), "text")


@pytest.mark.parametrize("more", ["", "<#x> <#y> 1 ." * 2 + " <#x> <#z> 2 . " + "<#y> <#y> <#x> ."])
def test_a_graph_says_whether_it_has_a_statement_indexed_or_not(more):
    read = quick.read(f'<#a> <#b> <#c>, "05" . {more}'.encode(), BASE)
    about = [turtle.URIRef(f"{BASE}#{name}") for name in "abcxyz"] + [None]
    asked = [(s, p, o) for s in about for p in about for o in (*about, turtle.Literal("05"))]
    before = [each in read for each in asked]
    indexed = [next(read.triples(each), None) is not None for each in asked]
    assert before == indexed == [each in read for each in asked]
    assert any(before)
    assert not all(before)
