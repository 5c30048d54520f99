"""A small folder, to be published in a test."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from wijk import changelog, snapshot
from wijk.changelog import ChangeLog
from wijk.publishing import act, plan

from ..server.conftest import small_at

NOON = datetime(2027, 1, 1, 12, tzinfo=UTC)
CASE = "data/cases/pluktuin-zuid.ttl"


@pytest.fixture
def small(tmp_path: Path, root: Path) -> Path:
    """A small graph that was never published."""
    return small_at(tmp_path / "small", root)


Publish = Callable[..., ChangeLog]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def publish() -> Publish:
    """Publish a folder at a moment, unchecked; gives its log."""

    def published(folder: Path, now: datetime = NOON) -> ChangeLog:
        taken = snapshot.read(folder).snapshot
        made = plan.plan(taken, changelog.read(folder), now)
        if made.changes:
            act.publish(folder, plan.journal_of(made, "data: publish", False))
        return changelog.read(folder)

    return published


def edit(folder: Path, old: str, new: str, name: str = CASE) -> None:
    """Replace a text in a file of a folder."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
