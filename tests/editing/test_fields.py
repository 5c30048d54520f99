"""The fields are what the shapes say, and each of them helps who fills it in."""

import pytest
from wijk.editing.fields import Field, fields, names
from wijk.editing.kinds import KINDS, PARTS
from wijk.snapshot import Snapshot

ALL = (*KINDS, *PARTS)
# What would need the name of a person for an example.
WITHOUT = {"naam-van-de-initiatiefnemer", "auteur"}


def field(taken: Snapshot, kind: str, key: str) -> Field:
    """The field of that key."""
    return next(each for each in fields(taken, kind) if each.key == key)


@pytest.mark.parametrize("kind", ALL)
def test_each_field_has_a_name_and_help_in_two_languages_and_an_example(
    shipped: Snapshot, kind: str
) -> None:
    for each in fields(shipped, kind):
        for said in (each.name, each.help, each.heading):
            assert list(said) == ["nl", "en"], each.key
            assert all(said.values()), each.key
        assert bool(each.example) == (each.key not in WITHOUT), each.key
        assert all(text.endswith((".", "?")) for text in each.help.values()), each.key


@pytest.mark.parametrize("kind", ALL)
def test_no_two_fields_of_a_kind_have_the_same_key_or_property(
    shipped: Snapshot, kind: str
) -> None:
    found = fields(shipped, kind)
    assert len({each.key for each in found}) == len({each.path for each in found}) == len(found)


@pytest.mark.parametrize("kind", ALL)
def test_a_field_takes_choices_things_or_plain_values_and_only_texts_have_languages(
    shipped: Snapshot, kind: str
) -> None:
    for each in fields(shipped, kind):
        assert (each.value == "choice") == bool(each.choices), each.key
        assert (each.value == "thing") == bool(each.kinds), each.key
        assert not each.languages or each.value in ("line", "text"), each.key
        assert all(choice.label and choice.about for choice in each.choices), each.key


def test_every_value_of_the_shipped_graph_is_of_a_field_or_of_a_property_left_out(
    shipped: Snapshot,
) -> None:
    left = {"type", "modified", "hasGeometry"}
    for document in shipped.documents.values():
        if document.kind in KINDS:
            paths = {each.path for each in fields(shipped, document.kind)}
            said = {
                str(property)
                for thing, property in document.graph.subject_predicates()
                if not str(thing).startswith(f"{shipped.base}id/{document.kind}/{document.slug}#")
            }
            assert {each.rpartition("/")[2].rpartition("#")[2] for each in said - paths} <= left


def test_the_fields_of_a_case_are_those_of_its_shape(shipped: Snapshot) -> None:
    keys = [each.key for each in fields(shipped, "case")]
    assert keys[:4] == ["bundel", "nummer", "titel", "samenvatting"]
    title, place = field(shipped, "case", "titel"), field(shipped, "case", "plek")
    assert (title.value, title.languages, title.required, title.many) == (
        *("line", ("nl", "fy"), True, False),
    )
    assert (place.value, place.kinds, place.many, place.evidence) == (
        "thing",
        ("place",),
        True,
        True,
    )
    assert field(shipped, "case", "nummer").value == "integer"
    assert field(shipped, "case", "vindt-online-plaats").value == "boolean"
    assert field(shipped, "case", "samenvatting").value == "text"
    assert field(shipped, "case", "initiatief").wanted
    assert field(shipped, "initiative", "begin").value == "date"
    assert field(shipped, "place", "elders").value == "address"


def test_choices_stand_in_the_order_of_their_list_with_their_meaning(shipped: Snapshot) -> None:
    basis = field(shipped, "evidence", "grondslag").choices
    assert sorted(each.label for each in basis) == ["afgeleid", "toegekend", "vermeld"]
    theme = field(shipped, "case", "thema").choices
    assert theme[0].label == "samenleven"
    assert theme[0].about.startswith("Alles over contact")


def test_a_kind_has_a_name_in_two_languages(shipped: Snapshot) -> None:
    assert names(shipped, "case") == {"nl": "casus", "en": "case"}
    assert names(shipped, "media")["nl"] == "uiting"


def test_who_writes_a_note_for_editors_is_told_that_everyone_reads_it(shipped: Snapshot) -> None:
    said = field(shipped, "case", "notitie-voor-de-redactie").help
    assert "iedereen" in said["nl"]
    assert "everyone" in said["en"]
