"""What is proposed for a place, and why: from what was found and what the graph knows."""

from datetime import date

import pytest
from rdflib import URIRef
from rdflib.namespace import SDO
from wijk.linking.locatieserver import Found
from wijk.linking.proposals import Area, Known, Proposer, plain
from wijk.linking.register import Register
from wijk.linking.wikidata import Item
from wijk.namespaces import WIJK

BASE = "https://example.org/"
TODAY = date(2026, 11, 23)
IDS = f"{BASE}id/area/"


def area(code: str, name: str, year: int | None = None) -> Area:
    start = f"{year}-" if year else ""
    return Area(URIRef(f"{IDS}{start}{code.lower()}"), code, name, year)


AREAS = {
    "GM0796": [area("GM0796", "'s-Hertogenbosch")],
    "GM0856": [area("GM0856", "Uden")],
    "GM1991": [area("GM1991", "Maashorst")],
    "PV30": [area("PV30", "Noord-Brabant")],
    "BU07960401": [area("BU07960401", "De Muntel", 2021), area("BU07960401", "De Muntel", 2022)],
    "BU07960402": [area("BU07960402", "Een andere buurt", 2022)],
}
PLACE = Known(URIRef(f"{BASE}id/place/de-muntel"), ("De Muntel",))


def found(kind: str, code: str | None, name: str, municipality: str = "GM0796") -> Found:
    return Found(f"{kind}-{code}", kind, name, name, code, municipality, "PV30")


@pytest.fixture
def proposer(register: Register) -> Proposer:
    return Proposer(BASE, AREAS, register, TODAY)


def told(proposals):
    return [(each.predicate, str(each.value).removeprefix(IDS), each.exact) for each in proposals]


def test_one_area_of_the_same_name_is_exact_and_of_the_newest_division(proposer):
    proposals = proposer.areas_of(PLACE, [found("buurt", "BU07960401", "De Muntel")])
    assert told(proposals) == [
        (WIJK.exactArea, "2022-bu07960401", True),
        (WIJK.withinArea, "gm0796", True),
        (WIJK.withinArea, "pv30", True),
    ]
    assert "geen ander gebied daar heet zo" in proposals[0].reason


def test_two_areas_of_the_same_name_are_a_question(proposer):
    twice = [found("buurt", "BU07960401", "De Muntel"), found("wijk", "WK079604", "De Muntel")]
    exact = [each for each in proposer.areas_of(PLACE, twice) if each.predicate == WIJK.exactArea]
    assert [each.exact for each in exact] == [False, False]
    assert "wijk WK079604 heet ook zo" in " ".join(each.reason for each in exact)


@pytest.mark.parametrize(
    ("name", "relation"),
    [
        ("Wijk 04 De Muntel", WIJK.exactArea),
        ("de  múntel", WIJK.exactArea),
        ("De Muntel-Noord", WIJK.hasPartArea),
        ("De Munten", WIJK.closeArea),
        ("Vliert", None),
    ],
)
def test_the_name_decides_how_an_area_relates(proposer, name, relation):
    proposals = proposer.areas_of(PLACE, [found("buurt", "BU07960499", name)])
    links = [each for each in proposals if each.predicate != WIJK.withinArea]
    assert [each.predicate for each in links] == ([relation] if relation else [])


def test_what_lies_in_another_municipality_is_not_it(proposer):
    there = Known(
        PLACE.iri, PLACE.names, areas={WIJK.withinArea: frozenset([AREAS["GM0796"][0].iri])}
    )
    assert proposer.areas_of(there, [found("buurt", "BU19910104", "De Muntel", "GM1991")]) == []


def test_a_place_in_a_municipality_that_ended_is_found_in_what_it_became_part_of(proposer):
    uden = Known(
        PLACE.iri, ("Flatwijk",), areas={WIJK.withinArea: frozenset([AREAS["GM0856"][0].iri])}
    )
    proposals = proposer.areas_of(uden, [found("buurt", "BU19910104", "Flatwijk", "GM1991")])
    assert (WIJK.withinArea, "gm1991", True) in told(proposals)


def test_a_code_that_is_not_here_waits_for_the_year_of_its_division(register):
    new = [found("buurt", "BU07960499", "De Muntel")]
    unknown = Proposer(BASE, AREAS, register, TODAY).areas_of(PLACE, new)[-1]
    assert not unknown.exact
    assert not unknown.can_be_taken
    assert "--division" in unknown.reason
    known = Proposer(BASE, AREAS, register, TODAY, 2025).areas_of(PLACE, new)[0]
    assert (known.exact, known.can_be_taken) == (True, True)
    assert known.make == area("BU07960499", "De Muntel", 2025)


def test_a_code_that_was_of_another_area_is_not_taken_for_it(register):
    reused = [found("buurt", "BU07960402", "De Muntel")]
    same_year = Proposer(BASE, AREAS, register, TODAY, 2022).areas_of(PLACE, reused)
    (link,) = [each for each in same_year if each.predicate == WIJK.exactArea]
    assert not link.can_be_taken
    assert "heet deze code hier anders" in link.reason


def test_a_municipality_that_is_not_here_is_to_be_taken_from_the_register(proposer):
    elsewhere = found("buurt", "BU99990401", "De Muntel", "GM9999")
    proposals = proposer.areas_of(PLACE, [elsewhere])
    (link,) = [each for each in proposals if each.predicate == WIJK.exactArea]
    assert not link.can_be_taken
    assert "wijk link register" in link.reason


def test_what_is_linked_already_is_not_proposed_again(proposer):
    linked = Known(
        PLACE.iri,
        PLACE.names,
        areas={
            WIJK.closeArea: frozenset([AREAS["BU07960401"][1].iri]),
            WIJK.withinArea: frozenset([AREAS["GM0796"][0].iri, AREAS["PV30"][0].iri]),
        },
    )
    assert proposer.areas_of(linked, [found("buurt", "BU07960401", "De Muntel")]) == []


def test_a_municipality_that_ended_is_not_exact(proposer):
    uden = found("woonplaats", None, "De Muntel", "GM0856")
    (within, *_) = [each for each in proposer.areas_of(PLACE, [uden]) if "GM" in each.shown]
    assert not within.exact
    assert "niet meer" in within.reason


def test_a_whole_municipality_is_exactly_its_own_area(proposer):
    place = Known(PLACE.iri, ("Maashorst",), is_municipality=True)
    proposals = proposer.areas_of(place, [found("gemeente", "GM1991", "Maashorst", "GM1991")])
    assert (WIJK.exactArea, "gm1991", True) in told(proposals)


def test_one_item_with_the_code_is_exact_and_two_are_a_question(proposer):
    one, other = (
        Item("GM0796", f"http://www.wikidata.org/entity/Q{n}", "x", False) for n in (1, 2)
    )
    (proposal,) = proposer.same_as([one, one])
    assert (proposal.thing, proposal.predicate) == (AREAS["GM0796"][0].iri, SDO.sameAs)
    assert proposal.exact
    assert [each.exact for each in proposer.same_as([one, other])] == [False, False]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Wijk 12 Poelenburg", "poelenburg"),
        ("'s-Hertogenbosch", "s hertogenbosch"),
        ("Wijk 3", "wijk 3"),
    ],
)
def test_names_are_compared_without_signs_capitals_and_numbers(name, bare):
    assert plain(name) == bare
