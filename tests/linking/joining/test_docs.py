"""docs/join.md: its example does what it says, and its columns are those that are added."""

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from wijk.linking.join import COLUMNS, Found
from wijk.linking.tally import MOST

PAGE = (Path(__file__).parents[3] / "docs" / "join.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    """What stands between fences of a kind."""
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_does_what_it_says(
    wijk: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    (table,), (command, *said) = blocks("csv"), blocks("console")[0].splitlines()
    names = {
        name: str(tmp_path / name) for name in ("wijken.csv", "met-casussen.csv", "rapport.csv")
    }
    Path(names["wijken.csv"]).write_text(table, encoding="utf-8")
    _, program, *words = shlex.split(command)
    assert program == "wijk"
    done = wijk(*(names.get(word, word) for word in words))
    assert done.stderr.replace(f"{tmp_path}/", "").splitlines() == said
    joined = Path(names["met-casussen.csv"]).read_text(encoding="utf-8").splitlines()
    assert "Buurtwerkkamer De Handreiking" in joined[1]
    assert joined[3].startswith("GM0856;Uden;GM1991;opgevolgd;")
    assert joined[4].startswith("GM1671;Maasdonk;;gesplitst;")


@pytest.mark.parametrize("name", [*(column.title for column in COLUMNS), *Found])
def test_every_column_and_outcome_is_told(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_the_number_of_codes_is_told() -> None:
    assert f"{MOST:,}".replace(",", ".") in PAGE
