"""What a query is asked of when nobody names a data set: all graphs together, or only one."""

import asyncio
import json

import pytest
from wijk.engine import Ask, formats, merging
from wijk.engine.embedded import Embedded
from wijk.engine.local import LocalStore

DATA = b"""
<http://a/1> <http://a/p> "unnamed" .
<http://a/2> <http://a/p> "first" <http://g/1> .
<http://a/3> <http://a/p> "second" <http://g/2> .
"""
DEFAULT = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
NAMED = "SELECT ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o"
TWICE = [(1, 1), (2, 1), (2, 2), (3, 2)]
SHARED = b"".join(b'<http://a/1> <http://a/p> "%d" <http://g/%d> .\n' % it for it in TWICE)
FIRST, BOTH, ALL = ["first"], ["first", "second"], ["first", "second", "unnamed"]


def values(body):
    return [row["o"]["value"] for row in json.loads(body)["results"]["bindings"]]


@pytest.mark.parametrize(("union", "expected"), [(True, ALL), (False, ["unnamed"])])
def test_the_default_graph_is_all_graphs_or_the_one_without_a_name(union, expected):
    async def scenario():
        engine = Embedded({}, union=union)
        await engine.load(DATA, "here")
        await engine.start()
        try:
            asks = [Ask(DEFAULT, formats.JSON), Ask(DEFAULT, formats.JSON, whole=True)]
            asks += [Ask(NAMED, formats.JSON), *asks]
            return [values((await engine.answer(ask)).body) for ask in asks], engine.about.union
        finally:
            await engine.aclose()

    found, told = asyncio.run(scenario())
    assert found == [expected, ALL, BOTH, expected, ALL]
    assert told is union


@pytest.mark.parametrize("union", [True, False])
@pytest.mark.parametrize(
    ("clause", "default", "named"),
    [
        ("FROM <http://g/1>", FIRST, []),
        ("FROM NAMED <http://g/1>", [], FIRST),
        ("FROM <http://g/1> FROM NAMED <http://g/2>", FIRST, ["second"]),
    ],
)
def test_a_query_that_names_its_data_set_is_asked_of_that_in_both(union, clause, default, named):
    store = LocalStore(DATA)
    for text, expected in ((DEFAULT, default), (NAMED, named)):
        asked = text.replace("{", f"{clause} {{", 1)
        assert values(store.query(asked, formats.JSON, union=union)) == expected


def asked(store, text, default, named=None):
    return values(store.query(text, formats.JSON, default_graphs=default, named_graphs=named))


def test_several_default_graphs_are_a_merge_in_which_nothing_comes_twice():
    store, graphs = LocalStore(SHARED), ["http://g/1", "http://g/2"]
    assert asked(store, DEFAULT, graphs) == ["1", "2", "3"]
    assert asked(store, DEFAULT, [*graphs, *graphs, "http://g/none"]) == ["1", "2", "3"]
    assert asked(store, NAMED, graphs) == []
    assert asked(store, NAMED, graphs, graphs[1:]) == ["2", "3"]
    assert asked(store, DEFAULT, graphs[:1], graphs) == ["1", "2"]
    assert asked(store, "SELECT * { ?s ?p ?o } ORDER BY ?o", graphs) == ["1", "2", "3"]


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <http://g/1> FROM <http://g/2>",
        "FROM <http://g/1> FROM <2> FROM <http://g/1>",
        "from <http://g/1> FROM g:2",
    ],
)
def test_several_from_are_a_merge_in_which_nothing_comes_twice(clause):
    store = LocalStore(SHARED, base="http://g/sparql")
    for prologue in (
        "PREFIX g: <http://g/>",
        "BASE <http://g/x> PREFIX g: <./>",
        "prefix g: <./> ",
    ):
        text = f"{prologue} {DEFAULT.replace('{', f'{clause} {{')}"
        assert values(store.query(text, formats.JSON)) == ["1", "2", "3"]
        named = f"{prologue} {NAMED.replace('{', f'{clause} FROM NAMED <http://g/2> {{', 1)}"
        assert values(store.query(named, formats.JSON)) == ["2", "3"]


def test_from_in_a_string_or_below_a_brace_is_no_data_set():
    assert merging.clauses("SELECT ('FROM' AS ?x) { ?s ?p 'FROM <http://g/1>' }", None) is None
    assert merging.clauses("SELECT * FROM x:y { }", None) is None


@pytest.mark.parametrize("changed", [False, True])
def test_the_union_of_graphs_that_share_statements_is_a_merge(changed):
    async def scenario():
        engine = Embedded({}, union=True, shared=True)
        await engine.load(DATA if changed else SHARED, "here")
        await engine.start()
        try:
            if changed:
                graphs = {f"http://g/{n}": b"" for n in (1, 2)}
                for line in SHARED.splitlines(keepends=True):
                    graphs[line.split(b"<")[-1].split(b">")[0].decode()] += line
                await engine.change(graphs, "there")
            asks = [Ask(text, formats.JSON) for text in (DEFAULT, NAMED)]
            return [values((await engine.answer(ask)).body) for ask in asks]
        finally:
            await engine.aclose()

    unnamed = ["unnamed"] if changed else []
    assert asyncio.run(scenario()) == [["1", "2", "3", *unnamed], ["1", "2", "2", "3"]]


def test_graphs_that_share_nothing_are_asked_where_they_are():
    store, graphs = LocalStore(DATA), ["http://g/1", "http://g/2"]
    assert asked(store, DEFAULT, graphs) == BOTH
