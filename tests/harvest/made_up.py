"""Folders of made-up cases that are published as any other, but unchecked: that takes long."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from wijk import changelog, remembered, snapshot
from wijk.changelog import ChangeLog
from wijk.namespaces import prefixes
from wijk.publishing import act, plan
from wijk.tombstones import Tombstone

BASE = "https://w3id.org/wijindewijk/"
GENERATE = Path(__file__).parents[1] / "bench" / "generate.py"


def made_up(folder: Path, cases: int, home: Path | None = None) -> Path:
    """A folder with so many cases, all published at once; what is known of it is in a home.

    So a server with that home, if there is one, begins as if it had checked them.
    """
    command = [sys.executable, str(GENERATE), str(cases), str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    publish(folder)
    if home is None:
        return folder
    reading = snapshot.read(folder)
    nquads = reading.snapshot.nquads()
    remembered.remember(reading, lambda path: path.write_bytes(nquads), home)
    return folder


def publish(folder: Path, now: datetime | None = None) -> ChangeLog:
    """Make the edits in a folder official, unchecked; gives its log."""
    taken = snapshot.read(folder).snapshot
    made = plan.plan(taken, changelog.read(folder), now or datetime.now(UTC))
    if made.changes:
        act.publish(folder, plan.journal_of(made, "data: publish", False))
    return changelog.read(folder)


def lone_case(folder: Path) -> Path:
    """A case without initiative that no lesson mentions: it can be withdrawn just like that."""
    lessons = (folder / "data" / "lessons").glob("*.ttl")
    said = "".join(path.read_text(encoding="utf-8") for path in lessons)
    cases = sorted((folder / "data" / "cases").glob("*.ttl"))
    alone = (path for path in cases if "schema:about" not in path.read_text(encoding="utf-8"))
    return next(path for path in alone if f"case:{path.stem} " not in said)


def withdraw(path: Path) -> str:
    """Put a tombstone in the place of a case; gives the IRI of the case."""
    thing = f"{BASE}id/case/{path.stem}"
    kind = "https://w3id.org/wijk/def#Case"
    stone = Tombstone(thing, "2026-11-23T00:00:00Z", "Op verzoek.", (kind,))
    path.write_bytes(stone.written(prefixes(BASE)))
    return thing


def awaited(happens: Callable[[], bool]) -> None:
    """Wait until a server has taken a change of its folder: two minutes at most."""
    deadline = time.monotonic() + 120
    while not happens():
        assert time.monotonic() < deadline, "the server does not take the change"
        time.sleep(0.1)


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
