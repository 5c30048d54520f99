"""What is going to be published, kept until the desk says of it what the folder says.

The folder decides whether something was published. Who was broken off in between, or could not
write, left it here; whoever comes next settles it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from wijk.editing.desk.acts import Act, write
from wijk.editing.desk.store import Store

PUBLISHED, WITHDRAWN, RESTORED, WROTE = "gepubliceerd", "ingetrokken", "teruggezet", "geschreven"
DONE = (PUBLISHED, WITHDRAWN, RESTORED)
"""What is written down of a version: who published, withdrew or put it back, and who wrote it."""


@dataclass(frozen=True)
class Publication:
    """One that was planned: its file in the log, its versions, who does it, and of which draft.

    `writers` are the names and roles of who wrote it; `draft` is empty when it is of none, else
    `version` is the one that was reviewed. `message` is told of each version, `why` of the draft;
    `act` is one of DONE.
    """

    log: str
    versions: tuple[str, ...]
    by: str
    role: str
    message: str
    writers: tuple[tuple[str, str], ...] = ()
    draft: str = ""
    version: int = 0
    why: str = ""
    act: str = PUBLISHED

    @property
    def path(self) -> PurePosixPath:
        """Where its file of the log is in the folder."""
        return PurePosixPath(self.log)


class Publications:
    """Those that are not settled yet. Every method may raise DeskError."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def begin(self, made: Publication) -> None:
        """Keep one that is about to be a fact; whoever was here before never became one."""
        told = json.dumps(asdict(made), ensure_ascii=False)
        with self._store.writing() as db:
            db.execute("DELETE FROM publications")
            db.execute("INSERT INTO publications (log, content) VALUES (?, ?)", (made.log, told))

    def unsettled(self) -> tuple[Publication, ...]:
        """Those of which the desk does not say yet what became of them."""
        with self._store.reading() as db:
            rows = db.execute("SELECT content FROM publications ORDER BY log").fetchall()
        return tuple(_publication(json.loads(row["content"])) for row in rows)

    def settle(self, made: Publication) -> None:
        """It is published: its draft is too, nobody reads along, and who did it is written down.

        What the draft brought is kept with it: it has the text of that, also when it was new.
        A draft that was saved after it was reviewed stays open: that is another change.
        """
        at = self._now().isoformat(timespec="seconds")
        with self._store.writing() as db:
            if not db.execute("DELETE FROM publications WHERE log = ?", (made.log,)).rowcount:
                return  # somebody else did, a moment ago
            db.execute(
                "UPDATE drafts SET state = 'published' "
                "WHERE id = ? AND version = ? AND state = 'review'",
                (made.draft, made.version),
            )
            db.execute("DELETE FROM links WHERE draft = ?", (made.draft,))
            db.executemany(
                "INSERT OR IGNORE INTO brought SELECT id, ? FROM drafts WHERE id = ?",
                [(it.partition("?versie=")[0], made.draft) for it in made.versions],
            )
            for act in _acts(made, at):
                write(db, act)


def _acts(made: Publication, at: str) -> Iterable[Act]:
    for version in made.versions:
        for name, role in made.writers:
            yield Act(at, name, role, WROTE, version, "")
        yield Act(at, made.by, made.role, made.act, version, made.message)
    if made.draft:
        yield Act(at, made.by, made.role, made.act, made.draft, made.why)


def _publication(told: dict[str, Any]) -> Publication:
    versions = tuple(told.pop("versions"))
    writers = tuple((name, role) for name, role in told.pop("writers"))
    return Publication(**told, versions=versions, writers=writers)
