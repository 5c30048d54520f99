"""`wijk resolve`: the areas on stdout, the reason on stderr."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
Wijk = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The areas and changes alone."""
    made = tmp_path_factory.mktemp("graph")
    for name in ("ontology", "shapes", "queries", "data/areas", "data/events", "data/sources"):
        (made / name).mkdir(parents=True)
    for pattern in ("areas/gm*.ttl", "events/*.ttl", "sources/tooi-*.ttl"):
        for path in (ROOT / "data").glob(pattern):
            shutil.copy(path, made / "data" / path.parent.name)
    shutil.copy(ROOT / "data" / "catalog.ttl", made / "data")
    return made


@pytest.fixture
def resolved(wijk: Wijk, folder: Path) -> Wijk:
    """The command on that folder."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return wijk("resolve", *arguments, "--graph", folder)

    return run


def test_what_a_code_became_is_told_with_its_reason(resolved: Wijk) -> None:
    done = resolved("GM0856", "--date", "2023-01-01")
    assert (done.returncode, done.stdout) == (0, "GM1991\tMaashorst\n")
    assert done.stderr.startswith("Forward: Uden (GM0856) was a municipality until 31 December")


def test_a_choice_is_for_a_person(resolved: Wijk) -> None:
    done = resolved("gm1671", "--date", "2023-01-01")
    assert (done.returncode, done.stdout) == (1, "GM0796\t's-Hertogenbosch\nGM0828\tOss\n")
    assert resolved("GM9999").returncode == 1


def test_as_json_it_is_what_the_address_for_programs_answers(resolved: Wijk) -> None:
    told = json.loads(resolved("0856", "--date", "2023-01-01", "--json").stdout)
    assert (told["code"], told["outcome"]) == ("GM0856", "forward")
    assert told["through"][0]["id"].endswith("/event/maashorst-2022")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("BU99",), "'BU99' is not a code"), (("GM0363", "--date", "mei"), "'mei' is not a date")],
)
def test_what_is_no_code_or_no_date_is_wrong_use(
    resolved: Wijk, arguments: tuple[str, ...], said: str
) -> None:
    done = resolved(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
