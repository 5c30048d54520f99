"""Accounts: tokens that are shown once, roles, and who may still enter."""

import json
import stat
from datetime import date
from pathlib import Path

import pytest
from wijk.editing.desk.accounts import NAME, Accounts
from wijk.errors import DeskError

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Accounts, str]:
    """A home with one editor, and the token."""
    home = tmp_path_factory.mktemp("home") / "deep"
    accounts = Accounts(home)
    assert not accounts.there()
    return home, accounts, accounts.add("Noor  Bakker", "editor", TODAY)


def test_who_has_the_token_is_known_and_nobody_else(made: tuple[Path, Accounts, str]) -> None:
    _, accounts, token = made
    account = accounts.who(f" {token}\n")
    assert account is not None
    assert (account.name, account.role, account.since) == ("Noor Bakker", "editor", "2026-11-23")
    key = token.partition(".")[0]
    for wrong in (token[:-1], f"{key}.", "", "x.y"):
        assert accounts.who(wrong) is None, wrong


def test_the_file_has_no_token_and_only_its_owner_reads_it(
    made: tuple[Path, Accounts, str],
) -> None:
    home, _, token = made
    assert stat.S_IMODE((home / NAME).stat().st_mode) == 0o600
    assert token.partition(".")[2] not in (home / NAME).read_text("utf-8")


def test_another_process_sees_at_once_what_the_command_did(tmp_path: Path) -> None:
    server = Accounts(tmp_path)
    assert server.all() == ()
    old = Accounts(tmp_path).add("Noor", "writer", TODAY)
    first = server.all()[0].key
    Accounts(tmp_path).renew("noor")
    assert server.of(first) is None, "sessions of the old token end"
    assert server.who(old) is None
    Accounts(tmp_path).end("Noor", TODAY)
    assert not server.there()


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a <b>", 'a"b', "x" * 81, "\u202eabc"])
def test_a_name_can_stand_in_a_commit(tmp_path: Path, name: str) -> None:
    try:
        Accounts(tmp_path).add(name, "writer", TODAY)
    except DeskError:
        assert not (tmp_path / NAME).exists()
    else:
        assert name == "a\nb", "its line break is a space"


def test_a_role_includes_those_before_it(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    told = {"version": 1, "editors": [_editor(role) for role in ("writer", "administrator")]}
    (tmp_path / NAME).write_text(json.dumps(told))
    writer, administrator = accounts.all()
    assert [writer.may(it) for it in ("writer", "editor", "administrator")] == [True, False, False]
    assert administrator.may("editor")
    assert writer.author == "N writer <n-writer@redactie.invalid>"


def test_a_file_that_is_none_of_accounts_is_told(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text('{"editors": [{"name": "x"}]}')
    with pytest.raises(DeskError, match="Put back a copy"):
        Accounts(tmp_path).all()


def _editor(role: str) -> dict[str, str]:
    return {"name": f"N {role}", "role": role, "key": role, "secret": "a:b", "since": "2026-11-23"}
