"""Who did what, when and why: kept for good, in the order it was done."""

from collections.abc import Callable
from dataclasses import dataclass
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
        with self._store.writing() as db:
            db.execute(
                "INSERT INTO acts (at, by, role, act, about, why) VALUES (?, ?, ?, ?, ?, ?)",
                (self._now().isoformat(timespec="seconds"), by, role, act, about, why),
            )

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
