"""What is about to be published is kept, and settled once."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from wijk.editing.desk import store
from wijk.editing.desk.desk import Desk
from wijk.editing.desk.drafts import Draft
from wijk.editing.desk.publications import Publication
from wijk.editing.records import Record

VERSION = "https://example.org/doc/case/tuin?versie=2026-11-23T12:00:00.000Z"
MADE = Publication(
    *("data/changes/1.jsonl", (VERSION,), "Rik", "editor", "Gezien.", (("Anna", "writer"),))
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def draft(desk: Desk) -> Draft:
    """One that waits for a review."""
    begun = desk.begin(
        "Anna", (Record("case", "tuin", "https://example.org/id/case/tuin"),), "", {}
    )
    desk.move(begun, "review")
    return replace(begun, state="review")


def test_what_is_settled_twice_is_written_down_once(desk: Desk, draft: Draft) -> None:
    made = replace(MADE, draft=draft.id, version=1, why="Gezien.")
    desk.publications.begin(made)
    assert desk.publications.unsettled() == (made,)
    for _ in range(2):
        desk.publications.settle(made)
    assert desk.publications.unsettled() == ()
    assert [(it.act, it.by, it.role) for it in desk.acts(VERSION)] == [
        ("gepubliceerd", "Rik", "editor"),
        ("geschreven", "Anna", "writer"),
    ]
    assert [it.why for it in desk.acts(draft.id)] == ["Gezien."]
    now = desk.draft(draft.id)
    assert now is not None
    assert now.state == "published"


def test_a_draft_that_was_saved_after_its_review_stays_open(desk: Desk, draft: Draft) -> None:
    made = replace(MADE, draft=draft.id, version=1)
    desk.publications.begin(made)
    desk.save(replace(draft, state="draft"), 1, "Anna")
    desk.publications.settle(made)
    now = desk.draft(draft.id)
    assert now is not None
    assert now.state == "draft"


def test_a_home_of_the_version_before_gets_what_it_lacks(desk: Desk, tmp_path: Path) -> None:
    desk.log("begonnen", "iets", "Anna")
    with sqlite3.connect(tmp_path / store.NAME) as db:
        db.executescript(
            "DROP TABLE publications; DROP TRIGGER acts_are_new; DROP TABLE brought; "
            "PRAGMA user_version = 1;"
        )
    again = Desk(tmp_path)
    assert again.publications.unsettled() == ()
    assert [it.act for it in again.acts()] == ["begonnen"]


def test_a_draft_has_what_was_published_with_it_and_nothing_else(
    desk: Desk, draft: Draft, tmp_path: Path
) -> None:
    beside = desk.begin("Bas", draft.records, "", {})
    made = replace(MADE, draft=draft.id, version=1)
    desk.publications.begin(made)
    desk.publications.settle(made)
    now = desk.draft(draft.id)
    assert now is not None
    assert now.brought == ("https://example.org/doc/case/tuin",)
    with sqlite3.connect(tmp_path / store.NAME) as db:
        db.executescript("DROP TABLE brought; PRAGMA user_version = 3;")
    again = Desk(tmp_path)
    assert again.draft(draft.id) == now, "what was written down along with it says so too"
    assert again.drafts() == (beside,)
