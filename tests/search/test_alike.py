"""Which cases are like one, and whether the reason is true."""

import pytest
from wijk.search.alike import alike

START = "https://w3id.org/wijindewijk/id/case/"


def test_what_is_alike_shares_what_the_reason_says(shelf):
    for case in shelf.cases:
        for one in alike(shelf, case.iri):
            assert one.case.iri != case.iri
            themes = [it.label for it in case.themes if it in one.case.themes]
            here = {it.municipality for it in case.places if it.municipality}
            there = {it.municipality for it in one.case.places if it.municipality}
            shared = {it.label for it in case.connections} & {
                it.label for it in one.case.connections
            }
            assert themes or here & there or shared
            assert ("elfde gemeente" in one.reason) == bool(here & there)
            assert all(label in one.reason for label in themes[:3])


def test_the_most_alike_comes_first_and_no_more_than_asked_for(shelf):
    found = alike(shelf, f"{START}boefjes-en-baristas", 2)
    assert len(found) == 2
    assert alike(shelf, f"{START}boefjes-en-baristas", 3)[:2] == found


@pytest.mark.parametrize("slug", ["initiatief-in-oss", "is-er-niet"])
def test_a_case_of_which_nothing_is_known_is_like_none(shelf, slug):
    assert alike(shelf, START + slug) == []
