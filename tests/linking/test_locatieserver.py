"""The Locatieserver is asked as its documentation says, and its answers are read."""

from threading import Event

import pytest
from wijk.linking.errors import SourceRefuses, SourceUnavailable, SourceUnreadable
from wijk.linking.fetching import Fetcher, Patience
from wijk.linking.locatieserver import Locatieserver

from .stubs import Pdok, buurt, gemeente

MUNTEL = buurt("BU07960401", "De Muntel", "Muntel / Vliert", "'s-Hertogenbosch")
BIJLMER = buurt("BU0363TE01", "E-buurt", "Bijlmer-Oost", "Amsterdam")
DEN_BOSCH = gemeente("0796", "'s-Hertogenbosch")


def asking(pdok, service, reply, fetcher) -> Locatieserver:
    return Locatieserver(fetcher, pdok.on(service, reply))


def test_a_place_has_its_codes_as_cbs_writes_them(service, reply, fetcher):
    locatieserver = asking(Pdok([MUNTEL, DEN_BOSCH]), service, reply, fetcher)
    (found,) = locatieserver.free("De Muntel")
    assert (found.kind, found.name, found.code) == ("buurt", "De Muntel", "BU07960401")
    assert (found.municipality, found.province) == ("GM0796", "PV30")
    assert found.point == (5.309, 51.695), "longitude first"
    (whole,) = locatieserver.free("Gemeente 's-Hertogenbosch")
    assert (whole.code, whole.name) == ("GM0796", "'s-Hertogenbosch")


def test_a_code_with_letters_is_a_code(service, reply, fetcher):
    (found,) = asking(Pdok([BIJLMER]), service, reply, fetcher).free("E-buurt")
    assert (found.code, found.municipality) == ("BU0363TE01", "GM0363")


def test_wijken_and_buurten_are_asked_for_because_else_they_are_not_found(service, reply, fetcher):
    locatieserver = asking(Pdok([MUNTEL]), service, reply, fetcher)
    assert locatieserver.free("De Muntel", kinds=("gemeente", "woonplaats")) == ()
    assert len(locatieserver.free("De Muntel")) == 1
    assert service.asked[-1].query["fq"] == "type:(gemeente OR woonplaats OR wijk OR buurt)"


def test_a_suggestion_is_looked_up_for_its_codes(service, reply, fetcher):
    locatieserver = asking(Pdok([MUNTEL]), service, reply, fetcher)
    suggested = locatieserver.suggest("de mun")
    assert [one.code for one in suggested.found] == [None]
    found = locatieserver.lookup(suggested.found[0].id)
    assert found is not None
    assert found.code == "BU07960401"
    assert locatieserver.lookup("bu-none") is None


def test_other_spellings_stand_in_a_list_where_words_and_objects_alternate(service, reply, fetcher):
    locatieserver = asking(Pdok([], ["muntel", "mantel"]), service, reply, fetcher)
    assert locatieserver.suggest("muntl").spellings == ("muntel", "mantel")
    assert asking(Pdok([]), service, reply, fetcher).suggest("x").spellings == ()


def test_what_is_at_a_point_is_asked_in_degrees(service, reply, fetcher):
    locatieserver = asking(Pdok(here=[MUNTEL]), service, reply, fetcher)
    (found,) = locatieserver.reverse(5.309, 51.695)
    assert found.code == "BU07960401"
    asked = service.asked[-1].query
    assert (asked["lat"], asked["lon"], asked["type"]) == ("51.695", "5.309", "buurt")


def test_a_parameter_it_does_not_know_is_refused_and_not_asked_again(service, reply, fetcher):
    url = Pdok([MUNTEL]).on(service, reply)
    with pytest.raises(SourceRefuses, match=r"status 400: .*Unknown parameter: limit"):
        fetcher.json(f"{url}/free", {"q": "x", "limit": "3"})
    assert len(service.asked) == 1


def test_a_server_error_is_asked_again_and_then_told(service, reply, fetcher, pauses):
    service.answers("/locatieserver/free", reply("Internal Server Error", 500))
    with pytest.raises(SourceUnavailable, match="asked 4 times"):
        Locatieserver(fetcher, f"{service.url}/locatieserver").free("De Muntel")
    assert pauses == [1, 2, 4]


def test_a_service_that_is_too_slow_is_told_as_gone(service, reply):
    told = Event()

    def slowly(asked):
        told.wait(5)
        return reply({"response": {"docs": []}})

    service.makes("/locatieserver/free", slowly)
    try:
        with (
            Fetcher(Patience(tries=1, seconds=0.05)) as hasty,
            pytest.raises(SourceUnavailable, match="asked once without success"),
        ):
            Locatieserver(hasty, f"{service.url}/locatieserver").free("De Muntel")
    finally:
        told.set()


@pytest.mark.parametrize(
    "said", ["<html>", [], {}, {"response": []}, {"response": {"docs": ["x"]}}, {"error": {}}]
)
def test_an_answer_of_another_form_is_told_as_such(service, fetcher, said):
    service.answers("/locatieserver/free", said)
    with pytest.raises(SourceUnreadable):
        Locatieserver(fetcher, f"{service.url}/locatieserver").free("De Muntel")


@pytest.mark.parametrize(
    "doc",
    [
        {},
        {"type": "buurt", "buurtcode": "BU1", "gemeentecode": "PV30"},
        {"type": "adres", "centroide_ll": "POINT(4,85 52,43)", "score": None},
    ],
)
def test_what_a_document_lacks_is_absent(service, fetcher, doc):
    service.answers("/locatieserver/free", {"response": {"docs": [doc]}})
    (found,) = Locatieserver(fetcher, f"{service.url}/locatieserver").free("x")
    assert (found.code, found.municipality, found.point) == (None, None, None)
