"""What an ordinary user may not read, or what is not there, is said and never passed over."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .rights import as_anyone

COMMANDS = (["check"], ["ask", "cases-by-theme"], ["query", "-"], ["serve", "--port", "0"])
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def shut() -> Iterator[Callable[[Path], Path]]:
    """Take all rights to a folder or file away, until the test is over."""
    paths: list[tuple[Path, int]] = []

    def close(path: Path) -> Path:
        paths.append((path, path.stat().st_mode))
        path.chmod(0)
        return path

    yield close
    for path, mode in reversed(paths):
        path.chmod(mode)


@pytest.fixture
def anyone(wijk: Run) -> Run:
    """Run the command as someone for whom rights count; for root they do not."""

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        with as_anyone():
            return wijk(*arguments, given="ASK {}")

    return run


@pytest.mark.parametrize(
    ("name", "command"),
    [
        *((name, COMMANDS[0]) for name in ("shapes", "data", "ontology/concepts", "queries")),
        *(("data/cases", command) for command in COMMANDS),
    ],
)
def test_a_folder_that_cannot_be_read_is_one_message(
    anyone: Run, small: Path, shut: Callable[[Path], Path], name: str, command: list[str]
) -> None:
    shut(small / name)
    done = anyone(*command, "--graph", small)
    assert (done.returncode, done.stdout) == (2, "")
    said = done.stderr.removeprefix("Reading and checking the graph.\n")
    assert said.startswith(f"wijk: {small / name}")
    assert "cannot be read (Permission denied)" in said
    assert "rights" in said
    assert said.count("\n") == 1


def test_a_graph_below_a_folder_that_cannot_be_entered_is_one_message(
    anyone: Run, small: Path, shut: Callable[[Path], Path]
) -> None:
    shut(small.parent)
    for arguments in (["check"], ["check", small / "data"], ["ask"]):
        done = anyone(*arguments, "--graph", small)
        assert done.returncode == 2
        assert done.stderr.startswith(f"wijk: {small}")
        assert "cannot be read (Permission denied)" in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["data/cases/pluktuin-zuid.ttl", "queries/checks/number-13.rq"])
def test_a_file_that_cannot_be_read_is_named(
    anyone: Run, small: Path, shut: Callable[[Path], Path], name: str
) -> None:
    path = shut(small / name)
    done = anyone("check", "--graph", small)
    assert done.returncode == 2
    assert done.stderr.startswith(f"wijk: {path}: ")
    assert done.stderr.count("\n") == 1


def test_a_graph_that_anyone_may_read_is_checked(anyone: Run, small: Path) -> None:
    assert anyone("check", "--graph", small).returncode == 0


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("name", ["ontology", "shapes", "queries", "data"])
def test_a_missing_folder_is_one_message(
    wijk: Run, small: Path, name: str, command: list[str]
) -> None:
    (small / name).rename(small.parent / "weg")
    done = wijk(*command, "--graph", small, given="ASK {}")
    assert (done.returncode, done.stdout) == (2, "")
    said = done.stderr.removeprefix("Reading and checking the graph.\n")
    assert said.startswith(f"wijk: {small}: there is no {name}/")
    assert "--graph DIR" in said
    assert said.count("\n") == 1
