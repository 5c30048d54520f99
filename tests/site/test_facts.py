"""What stands on a page comes from the graph: from its own Turtle, or that of a page it links."""

from collections.abc import Iterator

import httpx2
import pytest
from wijk.snapshot import Snapshot

from .facts import Facts
from .pages import PAGES

CASE = PAGES["casus"]
LISTS = ("start", "les", "plaats", "betrok", "thema", "casus", "verg", "mijn", "zoek", "kader")
"""Lists of things, and pages that show some of them; the others tell of the site itself."""
OF_THE_GRAPH = [it for it in PAGES if PAGES[it].startswith("/doc/") or it.startswith(LISTS)]
OF_THE_GRAPH += ["wijzigingen-dag", "wijzigingen-casus"]


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx2.Client]:
    """Somebody who asks that server for pages and for Turtle."""
    with httpx2.Client(base_url=address, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def facts(client: httpx2.Client, shipped: Snapshot) -> Facts:
    """The graph as that server tells it."""
    return Facts(client, len(shipped.slugs("case")))


def page(client: httpx2.Client, path: str) -> bytes:
    """The page at an address, as HTML."""
    return client.get(path, headers={"Accept": "text/html"}).content


def check(facts: Facts, path: str, found: bytes) -> list[str]:
    """What a page says that the graph does not, and what it calls by its address."""
    unknown = [f"{path} states: {it}" for it in facts.unknown(path, found)]
    return unknown + [f"{path} shows: {it}" for it in facts.bare(path, found)]


@pytest.mark.harvest
@pytest.mark.parametrize("name", OF_THE_GRAPH)
def test_what_a_page_states_is_in_the_graph(facts: Facts, client: httpx2.Client, name: str):
    assert check(facts, PAGES[name], page(client, PAGES[name])) == []


@pytest.mark.long
def test_what_the_page_of_any_document_states_is_in_the_graph(
    facts: Facts, client: httpx2.Client, shipped: Snapshot
):
    start = f"{shipped.base}doc/"
    there = (*shipped.documents, *shipped.concepts)
    paths = sorted(f"/doc/{iri.removeprefix(start)}" for iri in there if iri.startswith(start))
    assert len(paths) > 900
    assert [fault for path in paths for fault in check(facts, path, page(client, path))] == []


@pytest.mark.harvest
@pytest.mark.parametrize(
    ("said", "planted"),
    [
        ("BrabantZorg</a>", "GelderlandZorg</a>"),
        ("zorgaanbieder, gastheer", "zorgaanbieder, hoofdsponsor"),
        ("vanaf 2 maart 2020", "vanaf 2 april 2020"),
        (">2018<", ">2017<"),
        ("<dd>19%", "<dd>15%"),
        ("156.538", "156.539"),
        ("Nederland 15,4%", "Nederland 15,5%"),
        ("later uit naar Eindhoven", "later uit naar Helmond"),
        (">eenzaamheid</a>", ">eenzaamheid en geluk</a>"),
        ("vraagt doorlopend onderhoud en dus geld", "vraagt nooit onderhoud"),
        ("<h1>Boefjes en Barista", "<h1>Boeven en Barista"),
    ],
)
def test_a_fact_that_is_not_in_the_graph_is_found_out(
    facts: Facts, client: httpx2.Client, said: str, planted: str
):
    true = page(client, CASE).decode()
    assert said in true
    assert len(facts.unknown(CASE, true.replace(said, planted, 1).encode())) == 1


@pytest.mark.harvest
@pytest.mark.parametrize(
    "shown", ["https://w3id.org/wijindewijk/id/actor/brabantzorg", "schema:Person", "brabantzorg"]
)
def test_an_address_in_place_of_a_name_is_found_out(
    facts: Facts, client: httpx2.Client, shown: str
):
    true = page(client, CASE).decode()
    assert facts.bare(CASE, true.replace("BrabantZorg</a>", f"{shown}</a>", 1).encode()) == [shown]
