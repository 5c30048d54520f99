"""The process that watches the folder, checks what changes, and tells the server what it found.

Reading and checking are work for the processor: in a process of their own they hold up no query.
The server says which snapshot it serves; the process says what is to be served instead, or why
nothing is. Each message is a head, and a pickle that only goes between these two.
"""

import asyncio
import gc
import os
import pickle
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from wijk import questions, remembered, resources, snapshot
from wijk.checking import check
from wijk.checking.change import Change, recheck
from wijk.engine import awaited, wire
from wijk.engine.changing import ChangingStore
from wijk.errors import GraphFolderError, WijkError
from wijk.snapshot import Reading, Snapshot
from wijk.watching import Watch
from wijk.web.outcome import Bad, Good, Outcome, Same

_QUIET = 0.3
"""Seconds without a change before a folder that is not well is told: it may be half-written."""
_NICENESS = 5
_IDLE = 5.0
"""Seconds without a change before what is served is remembered."""


class Folder:
    """The folder as it was when it was last well, and what has become of it."""

    def __init__(self, root: Path, home: Path | None = None) -> None:
        self._root = root
        self._home = home
        self._served: Reading | None = None
        self._last: Reading | None = None
        self._changed: set[Path] = set()
        self._asides = ""
        self._base = ""
        self._well = True
        self._store: ChangingStore | None = None
        self._in_store: Snapshot | None = None

    def begin(self, digest: str, base: str, asides: str) -> None:
        """Take it that the server serves what is here, if it is what the digest says."""
        self._base, self._asides = base, asides
        with suppress(WijkError):
            known = remembered.recall(self._root, self._home)
            found = Reading(known) if known is not None else snapshot.read(self._root)
            self._stored(found.snapshot)
            self._last = found
            if found.snapshot.digest == digest and not found.broken:
                self._served = found

    def look(self, changed: Iterable[Path] = ()) -> Outcome | None:
        """What is to be told when these files changed; None when nothing is different."""
        self._changed |= set(changed)
        try:
            return self._looked()
        except WijkError as error:
            self._well = False
            return Bad((), {}, str(error))

    def _looked(self) -> Outcome | None:
        if self._last is None:
            found = snapshot.read(self._root)
        else:
            found = snapshot.reread(self._last, self._changed)
        asides = resources.beside(self._root)
        self._last = found
        self._changed.clear()
        if self._served is not None and self._is_served(found, asides):
            again, self._well = not self._well, True
            return Same() if again else None
        return self._judged(found, asides)

    def _is_served(self, found: Reading, asides: str) -> bool:
        assert self._served is not None
        same = found.snapshot.digest == self._served.snapshot.digest
        return same and not found.broken and asides == self._asides

    def _judged(self, found: Reading, asides: str) -> Outcome:
        taken = found.snapshot
        if taken.base != self._base:
            problem = f"it names {taken.base} as its uriSpace, and {self._base} is served"
            remedy = "Start the server again to serve that."
            raise GraphFolderError(self._root / "data" / "catalog.ttl", problem, remedy)
        store = self._stored(taken)
        violations = None
        if self._served is not None and asides == self._asides:
            violations = recheck(self._served.snapshot, found, store)
        if violations is None:
            every = check(found.heavy(), store.rows)
            violations = [finding for finding in every if finding.severity == "violation"]
        if violations:
            self._well = False
            return Bad(tuple(violations), taken.prefixes)
        _prepared(self._root)
        before = self._served.snapshot if self._served is not None else None
        self._served, self._asides, self._well = found, asides, True
        return _difference(before, taken, asides)

    def remember(self) -> None:
        """Remember what is served, so that a start need not check it again."""
        if self._served is not None and self._store is not None:
            remembered.remember(self._served, self._store.dump(), self._home)

    def _stored(self, taken: Snapshot) -> ChangingStore:
        """The store, with what is different since it was last asked."""
        change = Change.between(self._in_store, taken) if self._in_store else None
        if self._store is None or change is None:
            self._store = ChangingStore(taken.nquads(), taken.prefixes)
        else:
            nquads = "".join(line for it in change.documents for line in it.lines())
            self._store.change({it.iri for it in change.both}, nquads.encode())
        self._in_store = taken
        return self._store


def _difference(before: Snapshot | None, taken: Snapshot, asides: str) -> Good:
    had = before.documents if before is not None else {}
    changed = [it for iri, it in taken.documents.items() if had.get(iri) is not it]
    removed = tuple(had.keys() - taken.documents.keys())
    graphs = {document.iri: "".join(document.lines()).encode() for document in changed}
    graphs |= dict.fromkeys(removed, b"")
    light = tuple(document.light() for document in changed)
    return Good(light, removed, taken.digest, asides, graphs, before is None)


def _prepared(root: Path) -> None:
    """See that the queries for pages and for people can be read, before anyone asks them.

    Raises:
        WijkError: one cannot.
    """
    for folder in ("questions", "pages"):
        questions.load(root / "queries" / folder)


async def _watched(root: Path, control: socket.socket) -> None:
    watch = Watch(folders=[root / name for name in resources.FOLDERS])
    loop = asyncio.get_running_loop()
    head, _ = await awaited.receive(control)
    folder = Folder(root, Path(head["home"]) if head["home"] else None)
    folder.begin(head["digest"], head["base"], head["asides"])
    gc.freeze()
    seen = _Seen()
    seen.event.set()  # it may have changed before it was watched
    tasks = {
        asyncio.create_task(_noticing(watch, seen)),
        asyncio.create_task(_telling(folder, seen, control)),
        asyncio.create_task(loop.sock_recv(control, 1)),  # nothing comes, until the server is gone
    }
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()
    os._exit(0)


@dataclass
class _Seen:
    """The files that changed since the folder was looked at."""

    files: set[Path] = field(default_factory=set)
    event: asyncio.Event = field(default_factory=asyncio.Event)

    def taken(self) -> set[Path]:
        """Those files, once."""
        files, self.files = self.files, set()
        self.event.clear()
        return files


async def _noticing(watch: Watch, seen: _Seen) -> None:
    async for files in watch.changes():
        seen.files |= files
        seen.event.set()


async def _telling(folder: Folder, seen: _Seen, control: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await seen.event.wait()
        outcome = folder.look(seen.taken())
        if isinstance(outcome, Bad):
            with suppress(TimeoutError):
                await asyncio.wait_for(seen.event.wait(), _QUIET)
                continue  # it goes on: that was not the end of it
        if outcome is not None:
            await loop.sock_sendall(control, wire.packed({}, pickle.dumps(outcome)))
        if isinstance(outcome, Good):
            try:
                await asyncio.wait_for(seen.event.wait(), _IDLE)
            except TimeoutError:
                folder.remember()


def main(root: Path, descriptor: int) -> None:
    """Watch the folder until the server is gone."""
    control = socket.socket(fileno=descriptor)
    control.setblocking(False)
    os.nice(_NICENESS)
    with suppress(ConnectionError, KeyboardInterrupt):
        asyncio.run(_watched(root, control))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
