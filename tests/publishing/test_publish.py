"""A publication is whole or did not happen, and the log rises strictly."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from wijk import changelog, snapshot, stamps
from wijk.errors import PublishError
from wijk.publishing import act, journal, plan

from .conftest import CASE, NOON, Publish, Run, edit

DOCUMENT = "https://example.org/buurten/doc/case/pluktuin-zuid"


def test_the_first_publication_creates_every_document_in_order(
    small: Path, publish: Publish
) -> None:
    log = publish(small)
    assert [entry.type for entry in log.entries] == ["Create"] * 3
    assert [entry.document.partition("/doc/")[2] for entry in log.entries] == [
        "bundle/een",
        "case/pluktuin-zuid",
        "scheme/theme",
    ]
    assert [entry.time - NOON for entry in log.entries] == [
        timedelta(milliseconds=count) for count in range(3)
    ]


def test_every_document_is_then_equal_to_its_entry(small: Path, publish: Publish) -> None:
    log = publish(small)
    for document in snapshot.read(small).snapshot.documents.values():
        if stamps.is_logged(document.path):
            entry = log.latest[document.iri]
            assert entry.content is not None
            assert entry.content.encode() == document.source
            assert stamps.said(document.graph, document.iri) == (entry.stamp,)


def test_the_first_publication_has_the_date_of_the_dataset(small: Path, publish: Publish) -> None:
    dated = 'void:uriSpace "https://example.org/buurten/" ;\n'
    dated += '    dcterms:modified "2026-02-03"^^xsd:date .'
    edit(small, 'void:uriSpace "https://example.org/buurten/" .', dated, "data/catalog.ttl")
    log = publish(small)
    assert log.entries[0].stamp == "2026-02-03T00:00:00.000Z"
    edit(small, "Pluktuin Zuid", "Pluktuin")
    assert publish(small).entries[-1].time == NOON


def test_two_who_publish_the_same_folder_first_have_the_same_log(
    small: Path, publish: Publish, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(small, tmp_path / "other"))
    assert publish(small) == publish(other)
    (one,), (two,) = ([*(it / "data" / "changes").iterdir()] for it in (small, other))
    assert one.name == two.name
    assert one.read_bytes() == two.read_bytes()


def test_only_what_changed_is_updated(small: Path, publish: Publish) -> None:
    publish(small)
    edit(small, "Pluktuin Zuid", "Pluktuin")
    log = publish(small, NOON + timedelta(hours=1))
    assert [(entry.type, entry.document) for entry in log.entries[3:]] == [("Update", DOCUMENT)]
    assert publish(small) == log


def test_a_clock_that_is_behind_gives_the_next_millisecond(small: Path, publish: Publish) -> None:
    before = publish(small)
    edit(small, "Pluktuin Zuid", "Pluktuin")
    log = publish(small, datetime(2020, 1, 1, tzinfo=UTC))
    assert before.last is not None
    assert log.last == before.last + timedelta(milliseconds=1)


def test_a_file_of_the_log_is_named_by_its_time(small: Path, publish: Publish) -> None:
    publish(small)
    assert [path.name for path in (small / "data" / "changes").iterdir()] == [
        "2027-01-01T120000.000Z.jsonl"
    ]


def test_who_edits_while_it_is_finished_keeps_the_edit(small: Path) -> None:
    taken = snapshot.read(small).snapshot
    made = plan.plan(taken, changelog.read(small), NOON)
    prepared = plan.journal_of(made, "", False)
    journal.begin(small, prepared, lambda step: None)
    edit(small, "Pluktuin Zuid", "Pluktuin Noord")
    told: list[str] = []
    act.recovered(small, told.append)
    assert "finished now: 4 files" in told[0]
    text = (small / CASE).read_text(encoding="utf-8")
    assert "Pluktuin Noord" in text
    entry = changelog.read(small).latest[DOCUMENT]
    assert stamps.time_of(text.encode(), DOCUMENT) == entry.stamp
    assert "Pluktuin Zuid" in str(entry.content)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, dict]:
    """What was left of a publication whose process was killed, after each step."""
    from ..server.conftest import small_at

    folder = small_at(tmp_path_factory.mktemp("killed") / "small", root)
    script = Path(__file__).with_name("killed.py")
    environ = {**os.environ, "PYTHONPATH": str(root / "server")}
    done = subprocess.run(
        [sys.executable, str(script), str(folder)], capture_output=True, env=environ, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.process
def test_a_publication_that_is_killed_is_whole_or_did_not_happen(killed: dict[str, dict]) -> None:
    after = killed["after"]
    placed = [f"placed {count}" for count in range(4)]
    assert [*after] == ["prepared", "begun", *placed, "settled", "done"]
    for step, left in after.items():
        assert left["killed"], step
        if step == "prepared":
            assert left["as_before"]
            assert "nothing was changed" in left["told"][0]
        else:
            assert left["files"] == killed["whole"], step
            assert bool(left["told"]) is (step != "done")


@pytest.mark.parametrize("begun", [True, False])
def test_a_dry_run_tells_of_a_publication_that_was_broken_off_and_writes_nothing(
    small: Path, wijk: Run, begun: bool
) -> None:
    taken = snapshot.read(small).snapshot
    prepared = plan.journal_of(plan.plan(taken, changelog.read(small), NOON), "", False)
    if begun:
        journal.begin(small, prepared, lambda step: None)
    else:
        (small / ".publishing.new").write_text("half")
    before = contents(small)
    done = wijk("publish", "--dry-run", "--graph", small)
    assert done.returncode == (1 if begun else 0)
    assert "Nothing was written." in done.stderr
    if begun:
        assert "The next `wijk publish` first finishes it" in done.stderr
        assert all(f"    {path}\n" in done.stderr for path in prepared.paths)
        assert "would be published" not in done.stderr
    else:
        assert "the next `wijk publish` takes it away" in done.stderr
        assert "3 new would be published" in done.stderr
    assert contents(small) == before
    assert wijk("publish", "--graph", small).returncode == 0
    assert len(changelog.read(small).entries) == 3


def contents(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """Every file of a folder, and when it was written."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def test_of_two_who_publish_at_once_the_second_is_told(small: Path) -> None:
    with (
        journal.alone(small),
        pytest.raises(PublishError, match="being published by another process"),
        journal.alone(small),
    ):
        pass


def test_who_only_looks_leaves_a_publication_that_is_going_on(small: Path) -> None:
    (small / ".publishing.new").write_text("half")
    told: list[str] = []
    with journal.alone(small):
        act.recovered(small, told.append)
    assert (small / ".publishing.new").exists()
    assert "Wait until that is done" in told[0]


def test_the_command_shows_what_changed_and_publishes_it(
    small: Path, publish: Publish, wijk: Run
) -> None:
    publish(small)
    edit(small, "Pluktuin Zuid", f"Pluktuin {'heel ' * 30}Zuid")
    dry = wijk("publish", "--graph", str(small), "--dry-run")
    assert dry.returncode == 0
    assert "changed    data/cases/pluktuin-zuid.ttl  +1 -1" in dry.stdout
    assert '- case:pluktuin-zuid dcterms:title "Pluktuin Zuid"@nl' in dry.stdout
    assert "heel heel" in dry.stdout
    assert "…" in dry.stdout
    assert "1 changed would be published. Nothing was written." in dry.stderr
    done = wijk("publish", "--graph", str(small), "--no-commit")
    assert done.returncode == 0
    assert done.stdout == dry.stdout
    assert "1 changed published at 20" in done.stderr
    again = wijk("publish", "--graph", str(small))
    assert (again.returncode, again.stdout) == (0, "")
    assert "Nothing changed since the last publication." in again.stderr


def test_a_violation_stops_it(small: Path, wijk: Run) -> None:
    edit(small, "theme:groen", "theme:greon")
    done = wijk("publish", "--graph", str(small))
    assert done.returncode == 1
    assert "Case-subject" in done.stdout
    assert "Nothing was published; correct this first." in done.stderr
    assert not (small / "data" / "changes").exists()


def test_a_published_document_that_is_gone_stops_it(
    small: Path, publish: Publish, wijk: Run
) -> None:
    publish(small)
    (small / CASE).unlink()
    done = wijk("publish", "--graph", str(small))
    assert done.returncode == 1
    assert "wijk withdraw" in done.stdout
