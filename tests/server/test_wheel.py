"""The graph travels in the wheel: an empty environment and another folder are enough."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The folder of commands of an environment with the wheel and its pinned requirements."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, *PIP, "wheel", "--no-build-isolation", "--no-deps", "-w", folder, root)
    (wheel,) = folder.glob("wij_in_de_wijk-*.whl")
    venv.create(folder / "empty", with_pip=True)
    commands = folder / "empty" / "bin"
    run(commands / "python", *PIP, "install", "--require-hashes", "-r", root / "requirements.txt")
    run(commands / "python", *PIP, "install", "--no-deps", wheel)
    return commands


PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet")


def run(*command: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command that must succeed, outside any checkout."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "VIRTUAL_ENV") and not name.startswith("WIJK_")
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_the_check_finds_no_violation(installed: Path, tmp_path: Path) -> None:
    done = run(installed / "wijk", "check", "--lang", "en", cwd=tmp_path)
    assert done.stderr.startswith("0 violations")


def test_a_question_is_answered(installed: Path, tmp_path: Path) -> None:
    done = run(installed / "wijk", "ask", "cases-by-theme", "theme=groen", cwd=tmp_path)
    assert "twirre-doch-mei" in done.stdout


def test_all_cases_came_along(installed: Path, root: Path, tmp_path: Path) -> None:
    query = tmp_path / "cases.rq"
    query.write_text("SELECT ?c { ?c a <https://w3id.org/wijk/def#Case> }")
    done = run(installed / "wijk", "query", query, cwd=tmp_path)
    cases = list((root / "data" / "cases").glob("*.ttl"))
    assert len(done.stdout.splitlines()) == 1 + len(cases) >= 30


def test_the_types_came_along(installed: Path, tmp_path: Path) -> None:
    where = "import wijk, pathlib; print(pathlib.Path(wijk.__file__).parent)"
    package = Path(run(installed / "python", "-c", where, cwd=tmp_path).stdout.strip())
    assert package.is_relative_to(installed.parent)
    assert (package / "py.typed").is_file()
