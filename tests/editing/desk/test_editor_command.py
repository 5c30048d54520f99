"""`wijk editor`: who may edit."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from wijk.editing.desk.accounts import Accounts

Wijk = Callable[..., CompletedProcess[str]]


def test_someone_is_let_in_listed_and_let_out(wijk: Wijk, tmp_path: Path) -> None:
    home = ("--home", str(tmp_path))
    given = wijk("editor", "add", "Noor Bakker", "--role", "editor", *home)
    token = given.stdout.strip()
    account = Accounts(tmp_path).who(token)
    assert account is not None
    assert account.role == "editor"
    listed = wijk("editor", "list", *home).stdout
    assert listed.startswith("Noor Bakker, editor, since 20")
    assert token.partition(".")[2] not in listed
    assert wijk("editor", "end", "noor bakker", *home).returncode == 0
    assert not Accounts(tmp_path).there()
    assert "until" in wijk("editor", "list", *home).stdout


def test_without_a_home_it_says_what_to_do(wijk: Wijk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WIJK_HOME", raising=False)
    done = wijk("editor", "list")
    assert done.returncode == 2
    assert "WIJK_HOME" in done.stderr
