"""Wikidata is asked for municipalities by their code, and its answers are read."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from wijk.linking.errors import SourceRefuses, SourceUnreadable
from wijk.linking.wikidata import Item, Wikidata

from .stubs import items

ROOT = Path(__file__).parents[2]
UDEN = {"code": "0856", "item": "http://www.wikidata.org/entity/Q9872", "ended": "true"}
UTRECHT = {
    "code": "0344",
    "item": "http://www.wikidata.org/entity/Q1",
    "label": "Utrecht",
    "ended": "false",
}


def test_the_codes_are_in_the_query_without_gm_and_the_items_come_back(service, fetcher):
    service.answers("/sparql", items(UTRECHT, UTRECHT, UDEN))
    found = Wikidata(fetcher, f"{service.url}/sparql").municipalities(["GM0856", "GM0344"])
    assert found == (
        Item("GM0344", UTRECHT["item"], "Utrecht", False),
        Item("GM0856", UDEN["item"], "", True),
    )
    (asked,) = service.asked
    assert asked.query["format"] == "json"
    assert 'VALUES ?code { "0344" "0856" }' in asked.query["query"]
    assert "wdt:P382" in asked.query["query"]


def test_only_codes_of_municipalities_are_asked(service, fetcher):
    wikidata = Wikidata(fetcher, f"{service.url}/sparql")
    assert wikidata.municipalities(["PV30", 'GM"} DROP', "WK079604"]) == ()
    assert service.asked == []


def test_an_error_of_the_service_is_told(service, fetcher, reply):
    service.answers("/sparql", reply("Query timeout limit reached", 400))
    with pytest.raises(SourceRefuses, match="Query timeout"):
        Wikidata(fetcher, f"{service.url}/sparql").municipalities(["GM0344"])


def test_the_query_is_sparql_that_finds_an_item_and_whether_it_ended():
    told = """
        @prefix p: <http://www.wikidata.org/prop/> .
        @prefix pq: <http://www.wikidata.org/prop/qualifier/> .
        @prefix ps: <http://www.wikidata.org/prop/statement/> .
        @prefix wd: <http://www.wikidata.org/entity/> .
        @prefix wdt: <http://www.wikidata.org/prop/direct/> .
        wd:Q1 wdt:P382 "0000" ; p:P31 wd:s1 . wd:s1 ps:P31 wd:Q2039348 .
        wd:Q2 wdt:P382 "0000" ; p:P31 wd:s2 . wd:s2 ps:P31 wd:Q2039348 ; pq:P582 "2021" .
        wd:Q3 wdt:P382 "0000" ; p:P31 wd:s3 . wd:s3 ps:P31 wd:Q515 .
    """
    text = (ROOT / "queries" / "elsewhere" / "municipalities-by-code.rq").read_text()
    store = ox.Store()
    store.load(told.encode(), format=ox.RdfFormat.TURTLE)
    rows = [(row["item"].value[-2:], row["ended"].value) for row in store.query(text)]
    assert rows == [("Q1", "false"), ("Q2", "true")]


@pytest.mark.parametrize("said", [{}, {"results": []}, items({"item": "x"})])
def test_an_answer_of_another_form_is_told_as_such(service, fetcher, said):
    service.answers("/sparql", said)
    with pytest.raises(SourceUnreadable, match="SPARQL results"):
        Wikidata(fetcher, f"{service.url}/sparql").municipalities(["GM0344"])
