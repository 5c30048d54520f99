"""Folders of made-up cases that are published as any other, but unchecked: that takes long."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from wijk import changelog, snapshot
from wijk.changelog import ChangeLog
from wijk.publishing import act, plan

GENERATE = Path(__file__).parents[1] / "bench" / "generate.py"


def made_up(folder: Path, cases: int) -> Path:
    """A folder with so many cases, all published at once."""
    command = [sys.executable, str(GENERATE), str(cases), str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    publish(folder)
    return folder


def publish(folder: Path, now: datetime | None = None) -> ChangeLog:
    """Make the edits in a folder official, unchecked; gives its log."""
    taken = snapshot.read(folder).snapshot
    made = plan.plan(taken, changelog.read(folder), now or datetime.now(UTC))
    if made.changes:
        act.publish(folder, plan.journal_of(taken, made, "data: publish", False))
    return changelog.read(folder)


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
