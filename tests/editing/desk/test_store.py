"""What the desk keeps: who is inside, what was done, how often something may be done."""

import sqlite3
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from wijk.editing.desk.accounts import Accounts
from wijk.editing.desk.acts import Acts
from wijk.editing.desk.rates import Rate
from wijk.editing.desk.sessions import LASTS, Sessions
from wijk.editing.desk.store import NAME, Store
from wijk.errors import DeskError


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def test_the_file_is_for_its_owner(tmp_path: Path) -> None:
    Acts(Store(tmp_path / "a"), Clock()).add("enter", "", "Noor")
    assert stat.S_IMODE((tmp_path / "a" / NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700


def test_the_log_only_grows(tmp_path: Path) -> None:
    acts = Acts(Store(tmp_path), Clock())
    acts.add("publish", "case/a", "Noor", "editor", "juni")
    acts.add("withdraw", "case/b", "Sam", "administrator", "dubbel")
    assert [it.act for it in acts.of()] == ["withdraw", "publish"]
    assert [it.why for it in acts.of("case/a")] == ["juni"]
    again = "REPLACE INTO acts SELECT id, at, 'x', role, act, about, why FROM acts"
    for change in ("DELETE FROM acts", "UPDATE acts SET by = 'x'", again):
        with sqlite3.connect(tmp_path / NAME) as db, pytest.raises(sqlite3.IntegrityError):
            db.execute(change)


def test_a_session_ends_after_a_while_or_with_its_account_and_outlives_the_server(
    tmp_path: Path,
) -> None:
    clock, accounts = Clock(), Accounts(tmp_path)
    accounts.add("Noor", "writer", date(2026, 11, 23))
    sessions = Sessions(Store(tmp_path), accounts, clock)
    secret = sessions.begin(accounts.named("Noor"))
    again = Sessions(Store(tmp_path), Accounts(tmp_path), clock)
    found = again.of(secret)
    assert found is not None
    assert found.account.name == "Noor"
    assert secret.encode() not in (tmp_path / NAME).read_bytes()
    assert again.of(secret + "x") is None
    clock.now += LASTS - timedelta(seconds=1)
    assert again.of(secret) is not None
    clock.now += timedelta(seconds=1)
    assert again.of(secret) is None
    secret = sessions.begin(accounts.named("Noor"))
    accounts.end("Noor", date(2026, 11, 23))
    assert again.of(secret) is None


def test_who_goes_out_is_out(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path)
    accounts.add("Noor", "writer", date(2026, 11, 23))
    sessions = Sessions(Store(tmp_path), accounts, Clock())
    one, other = (sessions.begin(accounts.named("Noor")) for _ in range(2))
    assert one != other
    sessions.end(one)
    assert sessions.of(one) is None
    assert sessions.of(other) is not None


def test_of_ten_thousand_posts_at_once_the_first_are_taken() -> None:
    seconds = 0.0
    rate = Rate(60, 60, lambda: seconds)
    assert sum(rate.taken("noor") == 0 for _ in range(10_000)) == 60
    assert rate.taken("noor") == pytest.approx(1)
    assert rate.taken("sam") == 0
    seconds = 30.0
    assert sum(rate.taken("noor") == 0 for _ in range(10_000)) == 30


def test_who_asks_from_ever_other_places_fills_no_memory() -> None:
    rate = Rate(1, 60, lambda: 0.0, who=100)
    assert all(rate.taken(str(n)) == 0 for n in range(10_000))
    assert rate.taken("9999") > 0
    assert len(rate._left) == 100


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / NAME) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(DeskError, match="newer version"):
        Acts(Store(tmp_path), Clock()).of()
