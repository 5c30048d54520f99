"""What two people change in one record comes together, and where they disagree it is told."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import SKOS
from rdflib.namespace import DCTERMS
from wijk.editing.changes import changes, merged
from wijk.editing.records import Evidence, Part, Record, Statement, read
from wijk.namespaces import WIJK
from wijk.snapshot import Snapshot

BASE = "https://w3id.org/wijindewijk/"
TITLE, THEME, NOTE = str(DCTERMS.title), str(DCTERMS.subject), str(SKOS.note)
ROLE, ACTOR = str(WIJK.role), str(WIJK.actor)
SURE = Evidence("", f"{BASE}id/basis/assigned", f"{BASE}id/status/asserted")
SEEN = replace(SURE, source="https://www.movisie.nl/wijindewijk", basis=f"{BASE}id/basis/stated")
VALUES = {TITLE: ['"Een"@nl', '"Twee"@nl', '"Drie"@nl'], THEME: ["<a:a>", "<a:b>", "<a:c>"]}


def said(path: str) -> st.SearchStrategy[Statement]:
    """A statement about one field."""
    evidence = st.lists(st.sampled_from([SURE, SEEN]), max_size=2, unique=True)
    return st.builds(Statement, st.just(path), st.sampled_from(VALUES[path]), evidence.map(tuple))


def distinct(path: str, most: int) -> st.SearchStrategy[tuple[Statement, ...]]:
    """Statements about one field with different values."""
    return st.lists(said(path), max_size=most, unique_by=lambda it: it.value).map(tuple)


def part(name: str) -> st.SearchStrategy[tuple[Part, ...]]:
    """A participation, or none."""
    roles = st.sets(st.sampled_from(["<r:1>", "<r:2>"]), min_size=1)
    made = roles.map(lambda its: tuple(Statement(ROLE, it) for it in sorted(its)))
    return st.one_of(st.just(()), made.map(lambda its: (Part("participation", name, its),)))


RECORDS = st.builds(
    lambda title, themes, one, two: Record(
        "case", "tuin", f"{BASE}id/case/tuin", title + themes, one + two
    ),
    distinct(TITLE, 1),
    distinct(THEME, 3),
    part("movisie"),
    part(""),
)


@pytest.fixture(scope="module")
def case(shipped: Snapshot) -> Record:
    """A case with much in it."""
    return read(shipped.documents[f"{BASE}doc/case/boefjes-en-baristas"], shipped)


@settings(max_examples=30)
@given(base=RECORDS, other=RECORDS)
def test_what_one_of_two_changed_is_the_result(
    shipped: Snapshot, base: Record, other: Record
) -> None:
    assert merged(base, other, base, shipped).conflicts == ()
    assert not changes(other, merged(base, other, base, shipped).record)
    assert not changes(other, merged(base, base, other, shipped).record)
    if changes(base, other):
        assert merged(base, other, base, shipped).record == other
        assert merged(base, base, other, shipped).record == other


@settings(max_examples=30)
@given(base=RECORDS, one=RECORDS, other=RECORDS)
def test_it_does_not_matter_who_was_first_but_where_they_disagree(
    shipped: Snapshot, base: Record, one: Record, other: Record
) -> None:
    here, there = merged(base, one, other, shipped), merged(base, other, one, shipped)
    assert {(it.part, it.path) for it in here.conflicts} == {
        (it.part, it.path) for it in there.conflicts
    }
    if not here.conflicts:
        assert not changes(here.record, there.record)


@settings(max_examples=30)
@given(base=RECORDS, one=RECORDS, other=RECORDS)
def test_nothing_that_one_of_them_said_is_lost_without_a_word(
    shipped: Snapshot, base: Record, one: Record, other: Record
) -> None:
    found = merged(base, one, other, shipped)
    told = {(it.part, it.path) for it in found.conflicts}
    was, now = {it.value for it in base.statements}, {it.value for it in found.record.statements}
    for path in (TITLE, THEME):
        if ("", path) not in told:
            for mine in (one, other):
                assert {it.value for it in mine.values(path)} - was <= now
                assert not ({it.value for it in base.values(path)} & now) - (
                    {it.value for it in one.values(path)} | {it.value for it in other.values(path)}
                )


def test_changes_name_the_field_and_the_part(case: Record) -> None:
    title = case.values(TITLE)
    new = case.having(TITLE, (replace(title[0], value='"Boefjes"@nl'),))
    first = case.parts[0]
    less = replace(first, statements=first.statements[1:])
    found = changes(case, replace(new, parts=(less, *case.parts[1:])))
    assert [(it.part, it.path) for it in found] == [("", TITLE), (first.name, ACTOR)]
    assert found[0].before == title
    assert found[1].after == ()
    assert changes(case, case) == ()
    assert {it.path for it in changes(None, case)} >= {TITLE, THEME, NOTE, ACTOR}


def test_other_evidence_is_a_change_and_another_order_is_none(case: Record) -> None:
    title = case.values(TITLE)[0]
    fewer = case.having(TITLE, (replace(title, evidence=title.evidence[:1]),))
    assert [it.path for it in changes(case, fewer)] == [TITLE]
    turned = replace(case, statements=tuple(reversed(case.statements)))
    assert changes(case, turned) == ()


def test_two_titles_are_a_conflict_and_two_themes_are_not(shipped: Snapshot, case: Record) -> None:
    title, themes = case.values(TITLE)[0], case.values(THEME)
    groen, sport = (Statement(THEME, f"<{BASE}id/theme/{it}>") for it in ("groen", "sport"))
    ours = case.having(THEME, (*themes, groen)).having(TITLE, (replace(title, value='"A"@nl'),))
    theirs = case.having(THEME, (*themes[1:], sport))
    found = merged(case, ours, theirs, shipped)
    assert found.conflicts == ()
    assert {it.value for it in found.record.values(THEME)} == {
        *(it.value for it in (*themes[1:], groen, sport))
    }
    assert found.record.values(TITLE) == ours.values(TITLE)
    late = theirs.having(TITLE, (replace(title, value='"B"@nl'),))
    told = merged(case, ours, late, shipped)
    assert [(it.path, it.ours[0].value, it.theirs[0].value) for it in told.conflicts] == [
        (TITLE, '"A"@nl', '"B"@nl')
    ]
    assert told.record.values(TITLE) == ours.values(TITLE)


def test_a_theme_that_is_named_twice_keeps_the_evidence_of_both(shipped: Snapshot) -> None:
    base = Record("case", "tuin", f"{BASE}id/case/tuin", (Statement(THEME, "<a:a>", (SURE,)),))
    twice = (Statement(THEME, "<a:b>", (SURE,)), Statement(THEME, "<a:b>", (SEEN,)))
    ours = replace(base, statements=base.statements + twice)
    theirs = replace(base, statements=(*base.statements, Statement(THEME, "<a:c>", (SEEN,))))
    made = merged(base, ours, theirs, shipped)
    assert not made.conflicts
    (one,) = [it for it in made.record.statements if it.value == "<a:b>"]
    assert one.evidence == (SURE, SEEN)


def test_who_changes_a_participation_that_another_takes_out_is_told(
    shipped: Snapshot, case: Record
) -> None:
    first = case.parts[0]
    role = Statement(ROLE, f"<{BASE}id/role/drager>")
    ours = replace(case, parts=case.parts[1:])
    theirs = replace(
        case, parts=(replace(first, statements=(*first.statements, role)), *case.parts[1:])
    )
    found = merged(case, ours, theirs, shipped)
    assert {(it.part, it.path) for it in found.conflicts} == {(first.name, ROLE)}
