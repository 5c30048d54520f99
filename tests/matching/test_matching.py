"""What a text may stand for: laws of the comparison, of the index, and of who is sure."""

from collections.abc import Collection, Mapping

from hypothesis import given
from hypothesis import strategies as st
from wijk.matching import Entity, Given, Index, Value, Wanted, judged
from wijk.matching.texts import code, likeness, meant_as_code, pieces, plain

WORDS = st.text(st.sampled_from("abeéÉ-' &ß."), max_size=12)
ENTITIES = st.lists(
    st.builds(
        Entity,
        id=st.integers(0, 9).map(lambda n: f"place/{n}"),
        name=WORDS.filter(plain),
        types=st.just(("place",)),
        others=st.lists(WORDS, max_size=2).map(tuple),
        codes=st.lists(st.sampled_from(["GM0001", "WK000112", "x-1"]), max_size=1).map(tuple),
    ),
    max_size=6,
    unique_by=lambda entity: entity.id,
)
OSS = Entity("place/oss", "Oss", ("place",), codes=("GM0828",))
CASE = Entity("case/oss", "Oss", ("case",))


def any_fits(entity: Entity) -> bool:
    return True


def nothing_known(identifier: str, name: str) -> Collection[Value]:
    return ()


@given(WORDS, WORDS)
def test_texts_are_alike_from_nothing_to_the_same(one, other):
    one, other = plain(one), plain(other)
    assert plain(one) == one
    assert 0 <= likeness(one, other) <= 100
    assert likeness(one, other) == likeness(other, one)
    assert (likeness(one, other) == 100) == (one == other)


def test_spelling_does_not_count():
    assert plain("  Súdwest-Fryslân ") == plain("sudwest FRYSLAN")
    assert plain("Boefjes & Barista\u2019s") == plain("boefjes en baristas")
    assert plain("'s-Hertogenbosch") == "s hertogenbosch"
    assert pieces("de muntel") >= {"  d", "mun", "el "}


def test_a_code_may_be_written_in_many_ways_but_digits_alone_are_none():
    assert code(" gm0828") == code("GM 0828") == "GM0828"
    assert code("2022bu07960401") == "BU07960401"
    assert code("0828") == "0828"
    assert meant_as_code("828") == meant_as_code("0828") == "GM0828"
    assert meant_as_code("l1-1") == "L1-1"


@given(ENTITIES)
def test_whatever_something_is_called_finds_it_exactly(entities):
    index = Index(entities)
    for entity in entities:
        for text in (entity.id, entity.name, *entity.others, *entity.codes):
            found = index.find(text, any_fits)
            assert len({one.entity.id for one in found}) == len(found)
            assert entity in [one.entity for one in found if one.exact] or not plain(text)
            assert [one.alike for one in found] == sorted(one.alike for one in found)[::-1]
        assert entity in index.beginning(entity.name[:3], any_fits) or not plain(entity.name[:3])
        assert index.find(entity.name, lambda each: False) == []


@given(ENTITIES, WORDS)
def test_one_match_at_most_and_it_is_exact_and_first(entities, text):
    candidates = judged(Index(entities).find(text, any_fits), (), nothing_known)
    assert [one.score for one in candidates] == sorted(one.score for one in candidates)[::-1]
    assert [one.match for one in candidates[1:]] == [False] * len(candidates[1:])
    if candidates and candidates[0].match:
        assert candidates[0].score == 100
        assert sum(one.exact for one in candidates) == 1


def test_of_namesakes_the_one_that_is_not_spoken_against_is_sure():
    there: Mapping[tuple[str, str], Collection[Value]] = {
        ("place/oss", "province"): [Value("Noord-Brabant", code="PV30")],
        ("case/oss", "province"): [Value("Groningen", code="PV20")],
    }
    found = Index([OSS, CASE]).find("oss", any_fits)
    wanted = [Wanted("province", (Given("noord brabant"),))]
    sure, other = judged(found, wanted, lambda *of: there.get(of, ()))
    assert (sure.entity, sure.match, sure.score) == (OSS, True, 100)
    assert (other.exact, other.score) < (True, 90)
    assert not any(one.match for one in judged(found, wanted, nothing_known))
    assert {one.score for one in judged(found, wanted, nothing_known)} == {91.0}


def test_a_code_beside_a_name_makes_it_sure_when_the_name_is_near():
    def codes(identifier: str, name: str) -> Collection[Value]:
        return [Value("GM0828", code="GM0828")] if identifier == OSS.id else ()

    index = Index([OSS, Entity("place/ede", "Ede", ("place",))])
    wanted = [Wanted("code", (Given("828"),))]
    [near, *_] = judged(index.find("Osss", any_fits), wanted, codes)
    assert (near.entity, near.match) == (OSS, True)
    [far, *_] = judged([index.entities["place/ede"], OSS], wanted, codes)
    assert far.entity == OSS


def test_a_name_that_many_have_is_found_among_them():
    many = [Entity(f"case/{n}", f"Buurthuis {n}", ("case",)) for n in range(5000)]
    index = Index([*many, Entity("case/x", "Buurthuis de Kersenboom", ("case",))])
    assert index.find("buurthuis kersenbom", any_fits)[0].entity.id == "case/x"
    assert index.find("Buurthuis 4321", any_fits)[0].entity.id == "case/4321"
    assert index.find("buurthuizz", any_fits)
