"""What a search finds, in a handful of things."""

import pytest
from wijk.search.text import Text, Thing

NAMES = {
    "case/tuin": ("case", "De Buurttuin", {"place": ("Súdwest-Fryslân",)}),
    "case/bieb": ("case", "De Oude Bieb", {"theme": ("ontmoeting", "eenzaamheid")}),
    "lesson/samen": ("lesson", "Samen", {"text": ("Wie elkaar ontmoet, kent de buurt.",)}),
    "theme/tuinieren": ("theme", "tuinieren", {}),
}


@pytest.fixture(scope="module")
def text() -> Text:
    """An index over them."""
    return Text(
        [
            Thing(iri, kind, label, {"name": (label,), **texts})
            for iri, (kind, label, texts) in NAMES.items()
        ]
    )


def _found(text: Text, asked: str) -> list[str]:
    return [text.things[number].iri for number in text.find(asked).numbers]


def test_accents_and_capitals_make_no_difference(text: Text) -> None:
    assert _found(text, "SUDWEST fryslan") == ["case/tuin"]


def test_a_word_finds_its_other_forms(text: Text) -> None:
    assert set(_found(text, "ontmoeten")) == {"case/bieb", "lesson/samen"}


def test_a_word_finds_compounds_with_it(text: Text) -> None:
    assert set(_found(text, "tuin")) == {"case/tuin", "theme/tuinieren"}


def test_small_words_narrow_nothing(text: Text) -> None:
    assert _found(text, "eenzaamheid in de") == ["case/bieb"]


def test_a_small_word_alone_finds_nothing_and_is_told(text: Text) -> None:
    alone = text.find("De")
    assert (alone.numbers, alone.small) == ((), True)
    assert not text.find("de tuin").small
    assert [it.label for it in text.beginning("de", 5)] == ["De Buurttuin", "De Oude Bieb"]


def test_what_is_called_by_a_small_word_is_found_by_it() -> None:
    index = Text([Thing("actor/wij", "actor", "Wij", {"name": ("Wij",)})])
    assert index.find("wij").numbers == (0,)


def test_all_words_go_before_some_words(text: Text) -> None:
    both, some = text.find("oude eenzaamheid"), text.find("buurttuin eenzaamheid")
    assert (both.every, len(both.numbers)) == (True, 1)
    assert (some.every, len(some.numbers)) == (False, 2)


def test_an_unknown_word_has_the_nearest_known_one_beside_it(text: Text) -> None:
    assert text.find("eenzamheid").nearest == "eenzaamheid"
    assert text.find("eenzaamheid").nearest == ""


@pytest.mark.parametrize(("known", "asked"), [("vroeg", "kroeg"), ("limburg", "tilburg")])
def test_a_known_word_that_is_not_near_is_not_offered(known: str, asked: str) -> None:
    index = Text([Thing(known, "place", known, {"name": (known,)})])
    assert index.find(asked).nearest == ""
    assert index.find(f"{known[:-1]}x").nearest == known


@pytest.mark.parametrize(
    "asked", ["", "'\"*", "a OR (", "\x00", "NEAR/2", "x" * 5000, "-", "{name}:"]
)
def test_no_text_is_an_error(text: Text, asked: str) -> None:
    assert text.find(asked).asked is not None


def test_names_come_up_as_one_types(text: Text) -> None:
    assert [it.label for it in text.beginning("de bu", 8)] == ["De Buurttuin"]


def test_what_is_called_so_comes_before_what_has_other_forms_of_the_words() -> None:
    names = ("Den Hagen", "Park den haag", "Den Haag", "Fryslân")
    index = Text([Thing(it, "place", it, {"name": (it,)}) for it in names])
    assert _found(index, "den haag")[:2] == ["Den Haag", "Park den haag"]
    assert _found(index, "Friesland") == ["Fryslân"]


def test_a_rare_word_tells_more_than_many_common_ones() -> None:
    common = [Thing(f"case/{at}", "case", "Werk", {"text": ("samen werken",)}) for at in range(9)]
    rare = Thing("case/tuin", "case", "Groen", {"theme": ("tuinieren",)})
    index = Text([*common, Thing("x", "case", "Werkplaats", {"text": ("werkdag samen",)}), rare])
    assert _found(index, "samen werken tuinieren")[0] == "case/tuin"


def test_what_says_nothing_is_not_offered_and_narrows_nothing() -> None:
    told = ("om te eten", "eenzaamheid", "werkt samen")
    index = Text([Thing(it, "theme", it, {"name": (it,)}) for it in told])
    assert index.find("oma").nearest == ""
    found = index.find("wat werkt tegen eenzaamheid")
    assert (found.every, _found(index, found.asked)) == (True, ["eenzaamheid"])
    assert _found(index, "wat werkt"), "when nothing else is asked, those are searched"


def test_the_name_of_a_place_is_offered_as_it_is_written() -> None:
    index = Text([Thing(it, "place", it, {"name": (it,)}) for it in ("Nieuw-Amsterdam", "Ede")])
    assert index.find("amsterdm").nearest == "Amsterdam"


@pytest.mark.parametrize(
    ("asked", "found"),
    [("preventie", ["Buurtpreventieteams"]), ("vlotje", ["Broedvlotjes"]), ("vlot", [])],
)
def test_a_word_of_six_letters_finds_what_has_it_anywhere(asked: str, found: list[str]) -> None:
    names = ("Buurtpreventieteams", "Broedvlotjes")
    index = Text([Thing(it, "case", it, {"name": (it,)}) for it in names])
    assert _found(index, asked) == found


def test_a_known_word_finds_no_word_that_just_has_its_letters() -> None:
    names = ("De laatste kans", "Geplaatste bankjes")
    index = Text([Thing(it, "case", it, {"name": (it,)}) for it in names])
    assert _found(index, "laatste") == ["De laatste kans"]


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("energiearmoede", ("armoede", "energie")),
        ("energiearmoede Utrecht", ("armoede utrecht", "energie utrecht")),
        ("moesarmoede", ("armoede",)),
        ("energietuin", ("tuin", "energie")),
        ("moestuin", ()),
        ("zoetermeer", ()),
        ("kanaaleiland", ()),
        ("armoed", ()),
        ("armoede", ()),
        ("qqqqqqqqqq", ()),
    ],
)
def test_an_unknown_compound_offers_its_known_parts_the_last_first(
    asked: str, parts: tuple[str, ...]
) -> None:
    names = ("armoede", "energie", "tuin", "Utrecht", "wij moesten", "meer land")
    index = Text([Thing(it, "theme", it, {"name": (it,)}) for it in names])
    assert index.find(asked).parts == parts


def test_a_compound_that_is_like_a_known_word_offers_that_and_its_parts() -> None:
    index = Text([Thing(it, "theme", it, {"name": (it,)}) for it in ("buurthuis", "tuin", "buurt")])
    found = index.find("buurttuin")
    assert (found.nearest, found.parts) == ("buurthuis", ("tuin", "buurt"))
    assert index.find("buurthius").parts == ()
