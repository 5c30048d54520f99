"""What a terminal would obey in the data is shown to who checks and publishes, never done."""

import json
from pathlib import Path

import pytest
from wijk.characters import visible

from .conftest import CASE, Publish, Run, edit

OBEYED = "\x1b[2J\x07\x7f\x9b\u200e\u200f\u202a\u202e\u2066\u2069"
SHOWN = r"\u001B[2J\u0007\u007F\u009B\u200E\u200F\u202A\u202E\u2066\u2069"


def test_every_character_that_is_obeyed_is_written_as_in_turtle() -> None:
    assert visible(OBEYED) == SHOWN
    assert visible("één \U0001f600 \\u202E") == "één \U0001f600 \\u202E"
    for code in (*range(32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)):
        assert visible(chr(code)) == f"\\u{code:04X}"


def test_a_publication_shows_what_it_would_change(wijk: Run, small: Path, publish: Publish) -> None:
    publish(small)
    edit(small, "Pluktuin Zuid", f"Zuid {OBEYED}")
    done = wijk("publish", "--graph", str(small), "--dry-run")
    assert done.returncode == 0
    assert f'+ case:pluktuin-zuid dcterms:title "Zuid {SHOWN}"@nl' in done.stdout
    assert done.stdout + done.stderr == visible_lines(done.stdout + done.stderr)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_finding_shows_what_is_wrong(wijk: Run, small: Path, language: str) -> None:
    edit(small, "theme:groen", f'"{OBEYED}"')
    done = wijk("check", "--graph", str(small), "--lang", language)
    assert done.returncode == 1
    assert SHOWN in done.stdout
    assert done.stdout + done.stderr == visible_lines(done.stdout + done.stderr)
    plain = json.loads(wijk("check", "--graph", str(small), "--json").stdout)
    assert any(OBEYED in finding["value"] for finding in plain)


def test_what_is_wrong_with_a_text_is_shown_too(wijk: Run, small: Path) -> None:
    edit(small, "theme:groen", f"theme:groen {OBEYED}", CASE)
    done = wijk("check", "--graph", str(small))
    assert done.returncode == 1
    assert done.stdout + done.stderr == visible_lines(done.stdout + done.stderr)


def visible_lines(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))
