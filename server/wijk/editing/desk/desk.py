"""The desk: drafts with their remarks and links to read along, who is inside, and what was done."""

import hashlib
import secrets
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wijk.editing.desk import drafts
from wijk.editing.desk.accounts import Accounts
from wijk.editing.desk.acts import Act, Acts
from wijk.editing.desk.drafts import Draft
from wijk.editing.desk.publications import Publications
from wijk.editing.desk.rates import Rate
from wijk.editing.desk.remarks import Remark
from wijk.editing.desk.sessions import Sessions
from wijk.editing.desk.store import Store
from wijk.editing.records import Evidence, Record
from wijk.errors import DeskError


class Stale(DeskError):
    """A draft was saved by someone else meanwhile; `theirs` is how it is now."""

    def __init__(self, theirs: Draft) -> None:
        super().__init__(f"{theirs.by} saved this draft meanwhile. See what changed, and go on.")
        self.theirs = theirs


def _now() -> datetime:
    return datetime.now(UTC)


class Desk:
    """All that is kept in a home. Every method may raise DeskError: it cannot be used."""

    def __init__(
        self,
        home: Path,
        now: Callable[[], datetime] = _now,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """The desk in that home; `clock` gives seconds, for how often something may be done."""
        self._store = Store(home)
        self._now = now
        self.accounts = Accounts(home)
        self.sessions = Sessions(self._store, self.accounts, now)
        self._acts = Acts(self._store, now)
        self.publications = Publications(self._store, now)
        self.posts = Rate(240, 60, clock)
        self.tries_here, self.tries = Rate(10, 600, clock), Rate(200, 600, clock)

    def begin(
        self,
        author: str,
        records: tuple[Record, ...],
        title: str,
        bases: Mapping[str, str],
        usual: Evidence | None = None,
    ) -> Draft:
        """A new draft, of the first of these records."""
        at, first = self._at(), records[0]
        id = secrets.token_urlsafe(12)
        made = Draft(
            *(id, first.kind, first.slug, title, author, "draft", at, at, 1),
            *(drafts.identified(records), bases, usual, author),
        )
        with self._store.writing() as db:
            db.execute(
                "INSERT INTO drafts (id, kind, slug, title, author, state, made, changed, version, "
                "content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (made.id, *_columns(made), made.made, made.changed, made.version, _content(made)),
            )
            _keep(db, made)
        return made

    def drafts(self, state: tuple[str, ...] = drafts.OPEN) -> tuple[Draft, ...]:
        """The drafts in one of these states, what changed last first."""
        marks = ", ".join("?" * len(state))
        query = f"{_DRAFT} WHERE state IN ({marks}) ORDER BY changed DESC, drafts.rowid DESC"
        with self._store.reading() as db:
            return tuple(_draft(row) for row in db.execute(query, state))

    def draft(self, id: str) -> Draft | None:
        """The draft with that number, as it is now."""
        with self._store.reading() as db:
            return _found(db, id)

    def version(self, id: str, version: int) -> Draft | None:
        """How a draft was when it was saved for the so manieth time; its state is that of now."""
        query = "SELECT by, at, content FROM versions WHERE draft = ? AND version = ?"
        with self._store.reading() as db:
            now, row = _found(db, id), db.execute(query, (id, version)).fetchone()
        if now is None or row is None:
            return None
        records, usual, bases = drafts.from_json(row["content"])
        then = replace(now, version=version, by=row["by"], changed=row["at"])
        return replace(then, records=records, usual=usual, bases=bases)

    def save(self, draft: Draft, version: int, by: str) -> Draft:
        """Keep a draft that was made of that version; how it is now.

        Raises:
            Stale: someone else saved it meanwhile, or it is closed.
            DeskError: there is no such draft.
        """
        with self._store.writing() as db:
            now = _found(db, draft.id)
            if now is None:
                raise DeskError("This draft is not there any more.")
            if now.version != version or not now.open:
                raise Stale(now)
            records = drafts.identified(draft.records)
            made = replace(draft, records=records, version=version + 1, changed=self._at(), by=by)
            db.execute(
                "UPDATE drafts SET kind = ?, slug = ?, title = ?, author = ?, state = ?, "
                "changed = ?, version = ?, content = ? WHERE id = ?",
                (*_columns(made), made.changed, made.version, _content(made), made.id),
            )
            _keep(db, made)
        return made

    def move(self, draft: Draft, state: str) -> None:
        """Give a draft that is as it was another state; who does that did not write it.

        Raises:
            Stale: someone saved or moved it meanwhile.
            DeskError: there is no such draft.
        """
        with self._store.writing() as db:
            now = _found(db, draft.id)
            if now is None:
                raise DeskError("This draft is not there any more.")
            if (now.version, now.state) != (draft.version, draft.state):
                raise Stale(now)
            db.execute("UPDATE drafts SET state = ? WHERE id = ?", (state, draft.id))

    def writers(self, id: str) -> frozenset[str]:
        """The names of all who ever saved a draft: none of them reviews it."""
        with self._store.reading() as db:
            rows = db.execute("SELECT DISTINCT by FROM versions WHERE draft = ?", (id,))
            return frozenset(row["by"] for row in rows)

    def remark(
        self, draft: Draft, path: str, text: str, by: str, record: str = "", part: str = ""
    ) -> None:
        """Say something of a field."""
        row = (draft.id, record or draft.record.thing, part, path, text, by, self._at())
        with self._store.writing() as db:
            db.execute(
                "INSERT INTO remarks (draft, record, part, path, text, by, at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def remarks(self, draft: Draft) -> tuple[Remark, ...]:
        """What was said of it, the first first."""
        with self._store.reading() as db:
            rows = db.execute("SELECT * FROM remarks WHERE draft = ? ORDER BY id", (draft.id,))
            return tuple(Remark(**dict(row)) for row in rows)

    def settle(self, draft: Draft, remark: int) -> None:
        """Put a remark away as dealt with."""
        query = "UPDATE remarks SET done = ? WHERE draft = ? AND id = ? AND done = ''"
        with self._store.writing() as db:
            db.execute(query, (self._at(), draft.id, remark))

    def link(self, draft: Draft, lasts: timedelta, by: str) -> tuple[str, datetime]:
        """Let who has this token read along; the token, of which the hash is kept, and its end."""
        token, until = secrets.token_urlsafe(24), self._now() + lasts
        row = (_hash(token), draft.id, until.astimezone(UTC).isoformat(), by, self._at())
        with self._store.writing() as db:
            db.execute("INSERT INTO links (hash, draft, until, by, at) VALUES (?, ?, ?, ?, ?)", row)
        return token, until

    def unlink(self, draft: Draft) -> None:
        """Let nobody read along any more."""
        with self._store.writing() as db:
            db.execute("DELETE FROM links WHERE draft = ?", (draft.id,))

    def reading(self, token: str) -> tuple[Draft, datetime] | None:
        """The draft that this token lets read, and since when; None when it or the draft ended."""
        query = "SELECT draft, until, at FROM links WHERE hash = ?"
        with self._store.reading() as db:
            row = db.execute(query, (_hash(token),)).fetchone()
            if row is None or datetime.fromisoformat(row["until"]) <= self._now():
                return None
            found = _found(db, row["draft"])
        return (found, datetime.fromisoformat(row["at"])) if found and found.open else None

    def log(self, act: str, about: str, by: str, role: str = "", why: str = "") -> None:
        """Write down what was done."""
        self._acts.add(act, about, by, role, why)

    def acts(self, about: str | None = None, most: int = 500) -> tuple[Act, ...]:
        """What was done last about something, or about anything; the last first."""
        return self._acts.of(about, most)

    def _at(self) -> str:
        return self._now().isoformat(timespec="milliseconds")


_DRAFT = (
    "SELECT drafts.*, versions.by, "
    "(SELECT group_concat(document, ' ') FROM brought WHERE draft = drafts.id) AS brought "
    "FROM drafts JOIN versions "
    "ON versions.draft = drafts.id AND versions.version = drafts.version"
)


def _found(db: sqlite3.Connection, id: str) -> Draft | None:
    row = db.execute(f"{_DRAFT} WHERE id = ?", (id,)).fetchone()
    return _draft(row) if row else None


def _draft(row: sqlite3.Row) -> Draft:
    told = dict(row)
    records, usual, bases = drafts.from_json(told.pop("content"))
    brought = tuple(sorted((told.pop("brought") or "").split()))
    return Draft(**told, records=records, usual=usual, bases=bases, brought=brought)


def _columns(draft: Draft) -> tuple[str, ...]:
    return draft.kind, draft.slug, draft.title, draft.author, draft.state


def _content(draft: Draft) -> str:
    return drafts.to_json(draft.records, draft.usual, draft.bases)


def _keep(db: sqlite3.Connection, draft: Draft) -> None:
    db.execute(
        "INSERT INTO versions (draft, version, by, at, content) VALUES (?, ?, ?, ?, ?)",
        (draft.id, draft.version, draft.by, draft.changed, _content(draft)),
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
