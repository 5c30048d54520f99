"""What somebody entered is published: those files alone, in their name, or nothing at all."""

import re
import subprocess
from datetime import UTC, datetime
from functools import partial
from pathlib import Path, PurePosixPath

import pytest
from wijk import changelog
from wijk.errors import PublishError
from wijk.publishing import edits
from wijk.publishing.edits import Edit, EditedMeanwhile, Make, NotWell

from ..server.conftest import BASE
from .conftest import CASE, Publish, edit

DESK = "redactie <redactie@example.org>"
PATH = PurePosixPath(CASE)
THING = f"{BASE}id/case/pluktuin-zuid"
DOCUMENT = f"{BASE}doc/case/pluktuin-zuid"


@pytest.fixture
def small(small: Path, publish: Publish) -> Path:
    publish(small)
    return small


def changed(folder: Path, old: str = "Pluktuin", new: str = "Moestuin") -> Edit:
    text = (folder / PATH).read_bytes()
    return Edit(PATH, text.replace(old.encode(), new.encode()), text)


def given(folder: Path, *those: Edit) -> None:
    published(folder, lambda taken, log: those)


def published(folder: Path, make: Make) -> None:
    edits.publish(folder, make, DESK, "data: een andere titel", lambda line: None)


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True
    ).stdout


def test_a_change_is_in_its_file_and_in_the_log(small: Path) -> None:
    given(small, changed(small))
    entry = changelog.read(small).history(DOCUMENT)[-1]
    assert entry.type == "Update"
    assert entry.content == (small / PATH).read_text(encoding="utf-8")
    assert "Moestuin" in entry.content


def test_what_others_edited_and_did_not_publish_stays_so(small: Path) -> None:
    edit(small, "Een", "Twee", "data/bundles/een.ttl")
    given(small, changed(small))
    published = [it.path for it in changelog.read(small).entries if "Twee" in (it.content or "")]
    assert not published
    assert "Twee" in (small / "data/bundles/een.ttl").read_text(encoding="utf-8")


def test_a_file_that_was_edited_meanwhile_is_never_overwritten(small: Path) -> None:
    mine = changed(small)
    edit(small, "Pluktuin", "Boomgaard")
    with pytest.raises(EditedMeanwhile) as told:
        given(small, mine)
    assert told.value.paths == (PATH,)
    assert "Boomgaard" in (small / PATH).read_text(encoding="utf-8")


def test_a_new_file_never_takes_the_place_of_another(small: Path) -> None:
    with pytest.raises(EditedMeanwhile):
        given(small, Edit(PATH, b"", None))


def test_nothing_is_written_when_the_graph_would_not_be_well(small: Path) -> None:
    before = {it: it.read_bytes() for it in small.rglob("*") if it.is_file()}
    with pytest.raises(NotWell) as told:
        given(small, changed(small, "bundle:een", "bundle:geen"))
    assert [str(it.file) for it in told.value.findings] == [CASE]
    assert {it: it.read_bytes() for it in small.rglob("*") if it.is_file()} == before


def test_what_was_wrong_already_is_told_apart(small: Path) -> None:
    (small / "data/bundles/stuk.ttl").write_text("}", encoding="utf-8")
    with pytest.raises(NotWell) as told:
        given(small, changed(small))
    assert not told.value.findings
    assert [it.file for it in told.value.others] == ["data/bundles/stuk.ttl"]


def test_git_names_who_entered_it_also_where_it_knows_nobody(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    git(small, "init", "-q")
    git(small, "add", ".")
    git(small, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "begin")
    given(small, changed(small))
    assert git(small, "log", "-1", "--format=%an <%ae>|%s").strip() == (
        "redactie <redactie@example.org>|data: een andere titel"
    )
    assert git(small, "status", "--porcelain", "data") == ""


def test_a_thing_is_withdrawn_and_put_back_as_it_was(small: Path) -> None:
    text = (small / PATH).read_bytes()
    published(small, partial(edits.withdrawal, [THING], "Op verzoek."))
    stone = (small / PATH).read_text(encoding="utf-8")
    assert "Op verzoek." in stone
    assert "Pluktuin" not in stone
    published(small, partial(edits.restoration, THING, None))
    back = (small / PATH).read_bytes()
    assert back.split(b"/doc/")[0] == text.split(b"/doc/")[0]


def test_an_earlier_version_comes_back_by_its_time(small: Path) -> None:
    first = changelog.read(small).history(DOCUMENT)[-1]
    given(small, changed(small))
    published(small, partial(edits.restoration, THING, first.time))
    assert "Pluktuin" in (small / PATH).read_text(encoding="utf-8")
    with pytest.raises(PublishError, match="was not published at"):
        published(small, partial(edits.restoration, THING, datetime(2030, 1, 1, tzinfo=UTC)))


def test_no_character_in_a_reason_stops_the_commit(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    git(small, "init", "-q")
    for number, reason in enumerate(("a\x00b", "\x00", "\ud800", "-n --amend")):
        title = f"Tuin{number}".encode()
        text = (small / PATH).read_bytes()
        new = Edit(PATH, re.sub(rb'title "\w+', b'title "' + title, text), text)
        edits.publish(small, lambda taken, log, new=new: [new], DESK, reason, lambda line: None)
        assert git(small, "status", "--porcelain", "data/cases") == ""
        assert not (small / ".publishing").exists()
    assert git(small, "log", "--format=%s").splitlines()[0] == "-n --amend"
