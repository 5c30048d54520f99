"""The desk's database: one SQLite file in the home, which only its owner can read.

Each use opens it anew: no connection is shared between threads. What is in `acts` cannot be changed
or taken away, also not by who writes to it otherwise.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wijk.editing.desk import files
from wijk.errors import DeskError

NAME = "desk.sqlite"
_WAIT = 10.0
_FIRST = """
CREATE TABLE drafts (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, slug TEXT NOT NULL, title TEXT NOT NULL,
    author TEXT NOT NULL, state TEXT NOT NULL, made TEXT NOT NULL, changed TEXT NOT NULL,
    version INTEGER NOT NULL, content TEXT NOT NULL
);
CREATE TABLE versions (
    draft TEXT NOT NULL REFERENCES drafts (id), version INTEGER NOT NULL, by TEXT NOT NULL,
    at TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (draft, version)
);
CREATE TABLE remarks (
    id INTEGER PRIMARY KEY, draft TEXT NOT NULL REFERENCES drafts (id), record TEXT NOT NULL,
    part TEXT NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL, by TEXT NOT NULL,
    at TEXT NOT NULL, done TEXT NOT NULL DEFAULT ''
);
CREATE TABLE links (
    hash TEXT PRIMARY KEY, draft TEXT NOT NULL REFERENCES drafts (id), until TEXT NOT NULL,
    by TEXT NOT NULL, at TEXT NOT NULL
);
CREATE TABLE sessions (
    hash TEXT PRIMARY KEY, key TEXT NOT NULL, csrf TEXT NOT NULL, until TEXT NOT NULL
);
CREATE TABLE acts (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL, role TEXT NOT NULL,
    act TEXT NOT NULL, about TEXT NOT NULL, why TEXT NOT NULL
);
CREATE INDEX acts_about ON acts (about);
CREATE TRIGGER acts_stay BEFORE UPDATE ON acts BEGIN SELECT RAISE(ABORT, 'acts stay'); END;
CREATE TRIGGER acts_are_kept BEFORE DELETE ON acts BEGIN SELECT RAISE(ABORT, 'acts stay'); END;
"""
_SECOND = "CREATE TABLE publications (log TEXT PRIMARY KEY, content TEXT NOT NULL);"
_THIRD = """
CREATE TRIGGER acts_are_new BEFORE INSERT ON acts WHEN EXISTS (SELECT 1 FROM acts WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'acts stay'); END;
"""
"""REPLACE takes a row away without telling the trigger of a DELETE."""
_FOURTH = """
CREATE TABLE brought (
    draft TEXT NOT NULL REFERENCES drafts (id), document TEXT NOT NULL,
    PRIMARY KEY (draft, document)
);
INSERT OR IGNORE INTO brought
SELECT drafts.id, substr(version.about, 1, instr(version.about, '?versie=') - 1)
FROM drafts
JOIN acts AS done ON done.about = drafts.id AND done.act = 'gepubliceerd'
JOIN acts AS version ON version.at = done.at AND version.by = done.by AND version.act = done.act
WHERE instr(version.about, '?versie=') > 0;
"""
"""The documents that a draft brought; of before, those that were written down along with it."""
_TABLES = (_FIRST, _SECOND, _THIRD, _FOURTH)
"""What each version of the database adds to the one before."""
_VERSION = len(_TABLES)


class Store:
    """The database in a home; made when it is first used."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME
        self._ready = False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to ask something.

        Raises:
            DeskError: the database cannot be used.
        """
        try:
            connection = self._connected()
            try:
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise DeskError(
                f"{self._path} cannot be used: {error}. See that its disk is well and not full."
            ) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection to change something: all of it, or nothing when this block raises.

        Raises:
            DeskError: the database cannot be used.
        """
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _connected(self) -> sqlite3.Connection:
        if not self._ready:
            self._prepare()
            self._ready = True
        return self._opened()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_WAIT, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _prepare(self) -> None:
        with files.alone(self._path):
            # Made before SQLite does: it would let others read it.
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, files.PRIVATE))
            connection = self._opened()
            try:
                found = int(connection.execute("PRAGMA user_version").fetchone()[0])
                if found > _VERSION:
                    raise DeskError(
                        f"{self._path} is of a newer version of wijk ({found}, not {_VERSION}). "
                        "Use that version, or choose another home."
                    )
                connection.execute("PRAGMA journal_mode = WAL")
                if found < _VERSION:
                    new = " ".join(_TABLES[found:])
                    made = f"BEGIN; {new} PRAGMA user_version = {_VERSION}; COMMIT;"
                    connection.executescript(made)
            finally:
                connection.close()
