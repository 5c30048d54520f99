"""The shelf: what is chosen by facets, how many each value would give, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from wijk.matching import texts
from wijk.search import bits, wording
from wijk.search.marking import marks
from wijk.search.shelf import Chosen, Shelf, UnknownValue


def _numbers(chosen: Chosen) -> list[int | None]:
    return [case.number for case in chosen.cases()]


def test_all_cases_stand_on_the_shelf_by_number(shelf: Shelf) -> None:
    found = _numbers(shelf.choose({}))
    assert found == sorted(found)
    assert found[:29] == list(range(1, 30)), "the shipped ones; more may have been added"


def test_values_of_one_facet_widen_and_facets_narrow(shelf: Shelf) -> None:
    groningen = shelf.choose({"provincie": ["groningen"]})
    limburg = shelf.choose({"provincie": ["limburg"]})
    both = shelf.choose({"provincie": ["groningen", "limburg"]})
    assert 0 < groningen.count < both.count == groningen.count + limburg.count
    assert shelf.choose({"provincie": ["groningen"], "jaar": ["2022"]}).count == 0


def test_a_theme_has_the_cases_of_its_narrower_themes(shelf: Shelf) -> None:
    wide = set(_numbers(shelf.choose({"thema": ["leefomgeving"]})))
    for narrow in ("groen", "biodiversiteit", "leefbaarheid"):
        assert set(_numbers(shelf.choose({"thema": [narrow]}))) < wide


def test_an_area_is_found_by_its_name_and_by_its_code(shelf: Shelf) -> None:
    by_code = shelf.choose({"gemeente": ["GM0344"]})
    assert by_code.bits == shelf.choose({"gemeente": ["utrecht"]}).bits != 0


def test_an_unknown_value_is_told_with_the_nearest(shelf: Shelf) -> None:
    with pytest.raises(UnknownValue) as caught:
        shelf.choose({"thema": ["gron"]})
    assert "groen" in [value.slug for value in caught.value.nearest]


def test_a_count_is_what_choosing_that_value_gives(shelf: Shelf) -> None:
    choice = {"thema": ["ontmoeting"], "jaar": ["2020", "2021"]}
    counts = shelf.choose(choice).counts
    for facet in filter(lambda it: it.listed, shelf.facets):
        for value in facet.values:
            alone = shelf.choose({**choice, facet.name: [value.slug]})
            assert counts[facet.name][value.slug] == alone.count, (facet.name, value.slug)


def test_hits_of_a_search_narrow_the_choice(shelf: Shelf) -> None:
    hits = bits.of([4, 9])
    assert _numbers(shelf.choose({}, hits)) == [5, 10]
    assert _numbers(shelf.choose({"naam": ["bekend"]}, hits)) == [5]


@pytest.mark.parametrize("order", ["titel", "plaats", "jaar", "gewijzigd"])
def test_every_order_has_every_case_once(shelf: Shelf, order: str) -> None:
    found = shelf.choose({}).cases(order=shelf.orders[order])
    assert sorted(_numbers(Chosen(shelf, shelf.all, {}))) == sorted(it.number for it in found)


def test_a_page_of_the_choice_goes_on_where_the_last_ended(shelf: Shelf) -> None:
    chosen = shelf.choose({"naam": ["onbekend"]})
    assert (*chosen.cases(0, 4), *chosen.cases(4)) == chosen.cases()


def test_a_lesson_of_a_bundle_holds_for_its_cases(shelf: Shelf) -> None:
    found = shelf.choose({"geleerd": ["kneuterigheid-verdient-een-standbeeld"]})
    assert _numbers(found) == list(range(1, 8))


def test_places_are_told_in_words(shelf: Shelf) -> None:
    told = {case.number: case.where for case in shelf.cases}
    assert told[17] == "Online"
    assert told[11] == "Zutphen"
    assert told[18] == "Budel en Maarheeze, Cranendonck"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Een plek. Nog een.", "Een plek."),
        ("Wijkcentrum St. Joseph is open. Ook 's avonds.", "Wijkcentrum St. Joseph is open."),
        ("Hulp, bijv. Bij post. En meer.", "Hulp, bijv. Bij post."),
        ("Zonder eind", "Zonder eind"),
        ("", ""),
    ],
)
def test_a_case_is_told_in_its_first_sentence(text: str, first: str) -> None:
    assert wording.sentence(text) == first


def test_a_sentence_without_end_is_cut_at_a_word() -> None:
    assert len(wording.sentence("woord " * 1000)) <= 241
    assert len(wording.sentence("w" * 5000)) <= 241


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("De Oude Bieb", "oude bieb"),
        ("’s-Hertogenbosch", "hertogenbosch"),
        ("Het", "het"),
        ("Deventer", "deventer"),
    ],
)
def test_names_are_sorted_without_their_article(name: str, key: str) -> None:
    assert texts.sorted_as(name) == key


def test_a_letter_is_marked_only_where_it_stands_alone() -> None:
    found = marks("Samen in ’s-Hertogenbosch", ["s", "hertogenbosch"])
    assert [part for part, searched in found if searched] == ["s", "Hertogenbosch"]


def test_what_was_searched_is_marked_whatever_its_accents() -> None:
    assert marks("In Súdwest-Fryslân", ["sudwest"]) == [
        ("In ", False),
        ("Súdwest", True),
        ("-Fryslân", False),
    ]


@given(some.text(), some.lists(some.text(), max_size=3))
def test_marking_leaves_the_text_as_it_is(text: str, words: list[str]) -> None:
    assert "".join(part for part, _ in marks(text, words)) == text


@given(some.sets(some.integers(0, 300)))
def test_a_set_of_bits_has_the_positions_it_was_made_of(positions: set[int]) -> None:
    made = bits.of(positions)
    assert made.bit_count() == len(positions)
    assert list(bits.members(made, range(301))) == sorted(positions)
