"""What a query is asked of when nobody names a data set: all graphs together, or only one."""

import asyncio
import json

import pytest
from wijk.engine import Ask, formats
from wijk.engine.embedded import Embedded
from wijk.engine.local import LocalStore

DATA = b"""
<http://a/1> <http://a/p> "unnamed" .
<http://a/2> <http://a/p> "first" <http://g/1> .
<http://a/3> <http://a/p> "second" <http://g/2> .
"""
DEFAULT = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
NAMED = "SELECT ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o"
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
