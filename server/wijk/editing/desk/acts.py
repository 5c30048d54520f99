"""Who did what, when and why: kept for good, in the order it was done."""

import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from wijk.editing.desk.store import Store


@dataclass(frozen=True)
class Act:
    """One thing that was done; `about` is an IRI, a path or the number of a draft."""

    at: str
    by: str
    role: str
    act: str
    about: str
    why: str


def write(db: sqlite3.Connection, act: Act) -> None:
    """Write an act down along with what else is changed."""
    db.execute(
        "INSERT INTO acts (at, by, role, act, about, why) "
        "VALUES (:at, :by, :role, :act, :about, :why)",
        asdict(act),
    )


class Acts:
    """The log."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def add(self, act: str, about: str, by: str, role: str = "", why: str = "") -> None:
        """Write down what was done.

        Raises:
            DeskError: the database cannot be used.
        """
        at = self._now().isoformat(timespec="seconds")
        with self._store.writing() as db:
            write(db, Act(at, by, role, act, about, why))

    def of(self, about: str | None = None, most: int = 500) -> tuple[Act, ...]:
        """What was done last about something, or about anything; the last first.

        Raises:
            DeskError: the database cannot be used.
        """
        where = "" if about is None else "WHERE about = :about "
        query = (
            f"SELECT at, by, role, act, about, why FROM acts {where}ORDER BY id DESC LIMIT :most"
        )
        with self._store.reading() as db:
            rows = db.execute(query, {"about": about, "most": most}).fetchall()
        return tuple(Act(**dict(row)) for row in rows)
