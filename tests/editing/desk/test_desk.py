"""Drafts: nothing that was typed is lost, and nobody writes over what another saved."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wijk.editing.desk import drafts
from wijk.editing.desk.desk import Desk, Stale
from wijk.editing.desk.drafts import Draft
from wijk.editing.records import Evidence, Part, Record, Statement
from wijk.errors import DeskError

TITLE = "http://purl.org/dc/terms/title"
CASE = "https://example.org/id/case/tuin"
ANY = st.characters(exclude_categories=["Cs"])
FROM = Evidence("https://example.org/bron", "urn:basis", "urn:status", "blz. 3", "e-title")
RECORD = Record(
    *("case", "tuin", CASE),
    (Statement(TITLE, '"Tuin"@nl', (FROM,)), Statement("urn:p", drafts.typed("twee\n\"duizend'"))),
    (Part("participation", "noor", (Statement("urn:q", "<urn:r>"),)),),
)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return Desk(tmp_path, clock)


@pytest.fixture
def draft(desk: Desk) -> Draft:
    return desk.begin("Noor", (RECORD,), "Tuin", {"data/cases/tuin.ttl": "<> a <b> .\n"}, FROM)


def test_a_draft_comes_back_as_it_was(desk: Desk, draft: Draft) -> None:
    assert desk.draft(draft.id) == draft
    assert desk.draft(draft.id + "x") is None
    assert (draft.state, draft.version, draft.by, draft.author) == ("draft", 1, "Noor", "Noor")


def test_who_saves_second_is_told_and_both_versions_are_there(desk: Desk, draft: Draft) -> None:
    other = replace(draft, title="Moestuin", records=(replace(RECORD, slug="moestuin"),))
    saved = desk.save(other, 1, "Sam")
    with pytest.raises(Stale) as told:
        desk.save(replace(draft, title="Bloementuin"), 1, "Noor")
    assert told.value.theirs == saved == desk.draft(draft.id)
    base = desk.version(draft.id, 1)
    assert base is not None
    assert base.records == (RECORD,)
    assert desk.version(draft.id, 3) is None
    assert desk.writers(draft.id) == {"Noor", "Sam"}
    with pytest.raises(DeskError, match="not there"):
        desk.save(replace(draft, id="x"), 1, "Noor")


def test_what_is_done_is_listed_no_more(desk: Desk, clock: Clock, draft: Draft) -> None:
    clock.now += timedelta(minutes=1)
    other = desk.begin("Sam", (RECORD,), "Plein", {})
    assert [it.title for it in desk.drafts()] == ["Plein", "Tuin"]
    desk.save(replace(other, state="dropped"), 1, "Sam")
    assert [it.title for it in desk.drafts()] == ["Tuin"]
    assert [it.title for it in desk.drafts(("dropped",))] == ["Plein"]


def test_a_remark_stays_with_its_field_until_it_is_dealt_with(desk: Desk, draft: Draft) -> None:
    desk.remark(draft, TITLE, "Mooier?", "Sam")
    desk.remark(draft, "urn:q", "Wie?", "Sam", part="noor")
    first, second = desk.remarks(draft)
    assert (first.record, first.part, first.path, first.done) == (CASE, "", TITLE, "")
    assert second.part == "noor"
    desk.settle(draft, first.id)
    assert [bool(it.done) for it in desk.remarks(draft)] == [True, False]


def test_a_link_lets_read_for_a_while(
    desk: Desk, clock: Clock, draft: Draft, tmp_path: Path
) -> None:
    token, _ = desk.link(draft, timedelta(days=7), "Noor")
    assert desk.reading(token) == (draft, clock.now)
    assert desk.reading(token + "x") is None
    assert not [it for it in tmp_path.iterdir() if token.encode() in it.read_bytes()]
    clock.now += timedelta(days=7)
    assert desk.reading(token) is None
    token, _ = desk.link(draft, timedelta(days=7), "Noor")
    desk.unlink(draft)
    assert desk.reading(token) is None
    token, _ = desk.link(draft, timedelta(days=7), "Noor")
    desk.save(replace(draft, state="published"), 1, "Sam")
    assert desk.reading(token) is None


@settings(max_examples=30)
@given(st.text(ANY) | st.text(st.sampled_from("\\xXuUN{}0aF\"'\n\r\t^@<>. ")))
def test_what_was_typed_is_kept_to_the_letter(text: str) -> None:
    assert drafts.as_typed(drafts.typed(text)) == text
    assert drafts.source_as_typed(drafts.typed_source(text)) == text
    records = (replace(RECORD, statements=(Statement(TITLE, drafts.typed(text)),)),)
    assert drafts.from_json(drafts.to_json(records, None, {}))[0] == records


def test_what_was_not_understood_is_not_written() -> None:
    guess = replace(FROM, source=drafts.typed_source("het boek"))
    record = replace(RECORD, statements=(*RECORD.statements, Statement("urn:s", "<a:b>", (guess,))))
    known = drafts.understood(record)
    assert [it.value for it in known.statements] == ['"Tuin"@nl', "<a:b>"]
    assert known.statements[0].evidence == (FROM,)
    assert known.statements[1].evidence == ()
    assert drafts.as_typed('"Tuin"@nl') is None
    assert drafts.source_as_typed("https://example.org/") is None
