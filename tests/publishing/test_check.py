"""The check holds the documents against the log, and says what to do."""

from pathlib import Path

import pytest
from wijk import changelog, snapshot, stamps
from wijk.checking import Finding, check
from wijk.engine.local import LocalStore

from ..server.conftest import place
from .conftest import CASE, Publish, Run, edit

DOCUMENT = "https://example.org/buurten/doc/case/pluktuin-zuid"


def found(small: Path) -> list[tuple[str, str, str]]:
    """What the check finds of the log: rule, severity, file."""
    return [(it.rule, it.severity, it.file) for it in findings(small) if "#" not in it.rule]


def findings(small: Path) -> list[Finding]:
    reading = snapshot.read(small)
    return check(reading, LocalStore(reading.snapshot.nquads()).rows)


def test_nothing_is_found_before_and_after_a_publication(small: Path, publish: Publish) -> None:
    assert found(small) == []
    publish(small)
    assert found(small) == []


def test_a_document_that_was_edited_is_told_with_what_to_do(small: Path, publish: Publish) -> None:
    publish(small)
    edit(small, "Pluktuin Zuid", "Pluktuin")
    place(small, "data/bundles/twee.ttl", '<> a wijk:Bundle ; dcterms:title "Twee"@nl .\n')
    assert found(small) == [
        ("unpublished", "warning", "data/bundles/twee.ttl"),
        ("unpublished", "warning", CASE),
    ]
    assert all("`wijk publish`" in it.message["nl"] for it in findings(small)[:2])


def test_a_stamp_that_no_publication_wrote_is_a_violation(small: Path, publish: Publish) -> None:
    path = small / CASE
    path.write_bytes(stamps.stamped(path.read_bytes(), DOCUMENT, "2020-01-01T00:00:00.000Z"))
    assert found(small) == [("stamp", "violation", CASE)]
    publish(small)
    assert found(small) == []
    edit(small, "2027-01-01T12:00:00.001Z", "2027-01-02T00:00:00.000Z")
    assert found(small) == [("stamp", "violation", CASE), ("unpublished", "warning", CASE)]
    line = (small / CASE).read_text().splitlines()[findings(small)[0].line - 1]
    assert "2027-01-02" in line


def test_a_stamp_of_another_document_is_a_violation(small: Path) -> None:
    edit(small, "\n<> a wijk:Bundle", f"\n<{DOCUMENT}> dcterms:modified 1 .\n<> a wijk:Bundle",
         "data/bundles/een.ttl")  # fmt: skip
    assert found(small) == [("stamp", "violation", "data/bundles/een.ttl")]


def test_a_document_that_is_gone_is_told(small: Path, publish: Publish) -> None:
    publish(small)
    (small / CASE).unlink()
    assert ("published-gone", "warning", CASE) in found(small)


@pytest.mark.parametrize("command", ["check", "publish", "serve"])
def test_a_broken_line_of_the_log_is_told_with_its_place(
    small: Path, publish: Publish, wijk: Run, command: str
) -> None:
    publish(small)
    (path,) = (small / changelog.FOLDER).iterdir()
    path.write_text(path.read_text().replace('"Create"', '"Make"', 1))
    options = ("--port", "0") if command == "serve" else ()
    done = wijk(command, "--graph", small, *options)
    assert done.returncode == (2 if command == "serve" else 1)
    said = done.stderr if command == "serve" else done.stdout
    assert f"data/changes/{path.name}" in said
    assert "'Make' is none of Create, Update, Delete" in said
    assert "git" in said
    if command == "serve":
        assert len(done.stderr.strip().splitlines()) == 2


def test_who_checks_finishes_what_was_broken_off(small: Path, wijk: Run) -> None:
    (small / ".publishing.new").write_text("half of a publication")
    done = wijk("check", "--graph", small)
    assert done.returncode == 0
    assert "nothing was changed" in done.stderr
    assert not (small / ".publishing.new").exists()
