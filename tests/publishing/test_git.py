"""A publication is committed to git when the folder is in a work tree: only what it touched."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from wijk.publishing import act

from .conftest import CASE, Publish, Run, edit


@pytest.fixture
def versioned(small: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small graph, published and committed."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    publish(small)
    git(small, "init", "-q")
    git(small, "config", "user.name", "Redactie")
    git(small, "config", "user.email", "redactie@example.org")
    git(small, "add", ".")
    git(small, "commit", "-q", "-m", "begin")
    return small


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_files_and_the_log_are_committed_with_a_message(versioned: Path, wijk: Run) -> None:
    edit(versioned, "Pluktuin Zuid", "Pluktuin")
    assert wijk("publish", "--graph", versioned, "-m", "data: an other name").returncode == 0
    shown = git(versioned, "show", "--stat", "--format=%an <%ae>%n%s").split("\n")
    assert shown[:2] == ["Redactie <redactie@example.org>", "data: an other name"]
    assert git(versioned, "diff-tree", "-r", "--name-only", "--no-commit-id", "HEAD").split() == [
        CASE,
        *(
            f"data/changes/{path.name}"
            for path in sorted((versioned / "data/changes").iterdir())[1:]
        ),
    ]
    assert git(versioned, "status", "--porcelain") == ""


def test_what_others_have_in_the_index_and_beside_it_stays_there(
    versioned: Path, wijk: Run
) -> None:
    edit(versioned, "Pluktuin Zuid", "Pluktuin")
    edit(versioned, "Een", "Eén", "data/bundles/een.ttl")
    (versioned / "nieuw.txt").write_text("van een ander")
    (versioned / "los.txt").write_text("van een ander")
    git(versioned, "add", "nieuw.txt")
    assert wijk("publish", "--graph", versioned).returncode == 0
    assert git(versioned, "status", "--porcelain").split("\n")[:-1] == [
        "A  nieuw.txt",
        "?? los.txt",
    ]
    assert git(versioned, "log", "-1", "--format=%s") == "data: publish 2 changed\n"


def test_a_folder_below_the_root_of_the_work_tree_is_committed_too(
    versioned: Path, wijk: Run
) -> None:
    below = versioned / "below"
    below.mkdir()
    for name in ("data", "ontology", "shapes", "queries"):
        git(versioned, "mv", name, f"below/{name}")
    git(versioned, "commit", "-q", "-m", "move")
    edit(below, "Pluktuin Zuid", "Pluktuin")
    assert wijk("publish", "--graph", below).returncode == 0
    assert git(versioned, "status", "--porcelain") == ""


def test_without_a_name_nothing_happens_and_what_to_do_is_told(versioned: Path, wijk: Run) -> None:
    git(versioned, "config", "--unset", "user.name")
    edit(versioned, "Pluktuin Zuid", "Pluktuin")
    for dry in ((), ("--dry-run",)):
        done = wijk("publish", "--graph", versioned, *dry)
        assert done.returncode == 2
        assert "git config user.name" in done.stderr
        assert "would be published" not in done.stderr
    assert git(versioned, "status", "--porcelain") == f" M {CASE}\n"
    assert wijk("publish", "--graph", versioned, "--no-commit").returncode == 0
    assert git(versioned, "log", "-1", "--format=%s") == "begin\n"


@pytest.mark.parametrize(
    ("name", "doing"), [("MERGE_HEAD", "a merge"), ("CHERRY_PICK_HEAD", "a cherry-pick")]
)
def test_in_the_middle_of_a_merge_nothing_happens_and_a_dry_run_says_so(
    versioned: Path, wijk: Run, name: str, doing: str
) -> None:
    (versioned / ".git" / name).write_text(git(versioned, "rev-parse", "HEAD"))
    edit(versioned, "Pluktuin Zuid", "Pluktuin")
    for dry in ((), ("--dry-run",)):
        done = wijk("publish", "--graph", versioned, *dry)
        assert done.returncode == 2
        assert f"git is in the middle of {doing}" in done.stderr
        assert "would be published" not in done.stderr
    assert wijk("publish", "--graph", versioned, "--dry-run", "--no-commit").returncode == 0


def test_what_was_published_before_is_in_git_first(versioned: Path, wijk: Run) -> None:
    """A log with a gap, or a version of what is not there, would be of no use to who clones it."""
    edit(versioned, "Pluktuin Zuid", "Pluktuin")
    assert wijk("publish", "--graph", versioned, "--no-commit").returncode == 0
    (_, log) = sorted((versioned / "data" / "changes").iterdir())
    before = git(versioned, "status", "--porcelain", "--untracked-files=all")
    for options in (("--version", "1.0.0"), ("--version", "1.0.0", "--dry-run")):
        done = wijk("publish", "--graph", versioned, *options)
        assert done.returncode == 2
        assert f"data/changes/{log.name} and the files" in done.stderr
    assert git(versioned, "status", "--porcelain", "--untracked-files=all") == before
    git(versioned, "commit", "-q", "-a", "-m", "by hand")
    assert wijk("publish", "--graph", versioned, "--version", "1.0.0").returncode == 2
    git(versioned, "add", "data")
    git(versioned, "commit", "-q", "-m", "the log too")
    assert wijk("publish", "--graph", versioned, "--version", "1.0.0").returncode == 0
    assert git(versioned, "status", "--porcelain") == ""


def test_a_hook_that_refuses_is_told_and_the_next_one_commits(versioned: Path, wijk: Run) -> None:
    hook = versioned / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho liever niet >&2\nexit 1\n")
    hook.chmod(0o755)
    edit(versioned, "Pluktuin Zuid", "Pluktuin")
    done = wijk("publish", "--graph", versioned)
    assert done.returncode == 2
    assert "It says: liever niet" in done.stderr
    hook.unlink()
    told: list[str] = []
    act.recovered(versioned, told.append)
    assert "finished now" in told[0]
    assert git(versioned, "status", "--porcelain") == ""


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from wijk import changelog, snapshot
from wijk.publishing import act, plan

def step(name):
    if name == "committed":
        os.kill(os.getpid(), signal.SIGKILL)

root = Path(sys.argv[1])
made = act.planned(snapshot.read(root).snapshot, changelog.read(root))
act.publish(root, plan.journal_of(made, "data: broken off", True), step)
"""


@pytest.fixture
def broken_off(versioned: Path) -> Path:
    """The folder after a process that was killed between its commit and its end."""
    edit(versioned, "Pluktuin Zuid", "Pluktuin")
    done = subprocess.run([sys.executable, "-c", KILLED, str(versioned)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (versioned / ".publishing").exists()
    assert git(versioned, "log", "-1", "--format=%s") == "data: broken off\n"
    return versioned


def test_who_comes_after_a_commit_that_was_the_last_deed_makes_no_second_one(
    broken_off: Path, wijk: Run
) -> None:
    head = git(broken_off, "rev-parse", "HEAD")
    done = wijk("publish", "--graph", broken_off)
    assert done.returncode == 0
    assert "finished now" in done.stderr
    assert git(broken_off, "rev-parse", "HEAD") == head
    assert git(broken_off, "status", "--porcelain") == "", "nothing is left"
    assert wijk("check", "--graph", broken_off).returncode == 0


def test_what_was_edited_after_that_commit_is_not_committed_with_it(
    broken_off: Path, wijk: Run
) -> None:
    edit(broken_off, "Pluktuin", "Tuin")
    assert wijk("check", "--graph", broken_off).returncode == 0
    assert git(broken_off, "log", "-1", "--format=%s") == "data: broken off\n"
    assert git(broken_off, "rev-list", "--count", "HEAD") == "2\n"
    assert git(broken_off, "status", "--porcelain") == f" M {CASE}\n"
    assert wijk("publish", "--graph", broken_off, "-m", "data: after").returncode == 0
    assert git(broken_off, "rev-list", "--count", "HEAD") == "3\n"


def test_a_merge_that_is_going_on_stops_it(versioned: Path, wijk: Run) -> None:
    edit(versioned, "Pluktuin Zuid", "Pluktuin")
    head = git(versioned, "rev-parse", "HEAD")
    (versioned / ".git" / "MERGE_HEAD").write_text(head)
    done = wijk("publish", "--graph", versioned)
    assert done.returncode == 2
    assert "middle of a merge" in done.stderr
