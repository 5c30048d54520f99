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


def test_several_default_graphs_are_a_merge_in_which_nothing_comes_twice(monkeypatch):
    both = b"".join(b'<http://a/1> <http://a/p> "%d" <http://g/%d> .\n' % it for it in TWICE)
    store, graphs = LocalStore(both), ["http://g/1", "http://g/2"]
    assert asked(store, DEFAULT, graphs) == ["1", "2", "3"]
    assert asked(store, DEFAULT, [*graphs, *graphs, "http://g/none"]) == ["1", "2", "3"]
    assert asked(store, NAMED, graphs) == []
    assert asked(store, NAMED, graphs, graphs[1:]) == ["2", "3"]
    assert asked(store, DEFAULT, graphs[:1], graphs) == ["1", "2"]
    assert asked(store, "SELECT * { ?s ?p ?o } ORDER BY ?o", graphs) == ["1", "2", "3"]
    monkeypatch.setattr(merging, "MOST", 3)
    assert asked(store, DEFAULT, graphs) == ["1", "2", "2", "3"]


def test_graphs_that_share_nothing_are_asked_where_they_are():
    store, graphs = LocalStore(DATA), ["http://g/1", "http://g/2"]
    assert asked(store, DEFAULT, graphs) == BOTH
