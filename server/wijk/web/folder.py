"""The folder that is watched: what it was when it was last well, and what has become of it."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from wijk import changelog, questions, remembered, resources, snapshot
from wijk.checking import Finding, check, noted, remarks
from wijk.checking.lookup import Store
from wijk.checking.rechecking import recheck
from wijk.engine.local import understood
from wijk.engine.trimming import give_back
from wijk.errors import GraphFolderError, WijkError
from wijk.remarks import Remarks
from wijk.snapshot import Document, Reading, Snapshot
from wijk.web.outcome import Bad, Good, Outcome, Same
from wijk.web.stores import Stores

Served = Callable[[Mapping[str, Document]], Mapping[str, Document]]


class Folder:
    """The folder as it was when it was last well, and what has become of it."""

    def __init__(self, root: Path, home: Path | None, stores: Stores, served: Served) -> None:
        """A folder; `served` tells what is served, given what is known already."""
        self._root = root
        self._told = served
        self._home = home
        self._stores = stores
        self._served: Reading | None = None
        self._last: Reading | None = None
        self._changed: set[Path] = set()
        self._asides = ""
        self._base = ""
        self._well = True
        self._remarks: Remarks | None = None

    def begin(self, digest: str, base: str, asides: str, said: Remarks | None = None) -> None:
        """Know what is served, by its digest: what is here, or else what the server says.

        `said` is what the check says of it.
        """
        self._base, self._asides, self._remarks = base, asides, said
        with suppress(WijkError):
            here = remembered.recall(self._root, self._home)
            if here is not None:
                here.quads.clear()  # the server has them
            if here is not None and here.digest == digest:
                taken = here
            else:  # it has changed since
                known = here.documents if here is not None else {}
                taken = snapshot.of_documents(self._root, base, self._told(known))
            if taken.digest == digest:
                self._served = Reading(taken)
                self._stores.begin(taken)
            self._last = Reading(here) if here is not None else self._read()
            self._last.snapshot.pack()
            give_back()

    def look(self, changed: Iterable[Path] = ()) -> Outcome | None:
        """What is to be told when these files changed; None when nothing is different."""
        self._changed |= set(changed)
        try:
            return self._looked()
        except WijkError as error:
            self._well = False
            return Bad((), {}, str(error))

    def _looked(self) -> Outcome | None:
        found = self._read() if self._last is None else snapshot.reread(self._last, self._changed)
        asides = resources.beside(self._root)
        self._last = found
        self._changed.clear()
        if self._served is not None and self._is_served(found, asides):
            again, self._well = not self._well, True
            return Same() if again else None
        return self._judged(found, asides)

    def _read(self) -> Reading:
        """All of the folder, of which what is served need not be understood again."""
        return snapshot.read(self._root, known=self._served.known if self._served else ())

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
        before = self._served.snapshot if self._served is not None else None
        with self._stores.holding(before, taken) as store:
            violations, said = self._violations(found, before, asides, store)
        if violations:
            self._well = False
            return Bad(tuple(violations), taken.prefixes)
        _prepared(self._root)
        self._served, self._asides, self._well = found, asides, True
        self._remarks = said
        return replace(_difference(before, taken, asides), remarks=said)

    def _violations(
        self, found: Reading, before: Snapshot | None, asides: str, store: Store
    ) -> tuple[list[Finding], Remarks | None]:
        """What is wrong with it, and when nothing is, what else is to be said of it.

        Other queries may find other things in everything. Another log may not: it is looked at
        whether each document has the stamp that it tells of.
        """
        queries, _, log = asides.partition("-")
        known, _, logged = self._asides.partition("-")
        if before is not None and queries == known:
            otherwise = log != logged
            violations = recheck(before, found, store, otherwise_logged=otherwise)
            if violations:
                return violations, None
            if violations is not None:
                said = self._remarks and noted.after(
                    self._remarks, before, found, store, otherwise_logged=otherwise
                )
                return [], said
        every = check(found.heavy(), store.rows, understand=understood)
        return [it for it in every if it.severity == "violation"], remarks(every)

    def remembering(self) -> Callable[[], None]:
        """Work for a thread: to remember what is served, so that a start has no need to check."""
        served, said, stack = self._served, self._remarks, ExitStack()
        if served is None:
            return stack.close
        store = stack.enter_context(self._stores.lasting(served.snapshot))

        def work() -> None:
            with stack, suppress(OSError):  # who is gone is missed elsewhere
                remembered.remember(served, store.write, self._home, said)

        return work


def _difference(before: Snapshot | None, taken: Snapshot, asides: str) -> Good:
    had = before.documents if before is not None else {}
    changed = [it for iri, it in taken.documents.items() if had.get(iri) is not it]
    removed = tuple(had.keys() - taken.documents.keys())
    graphs = {document.iri: "".join(document.lines()).encode() for document in changed}
    graphs |= dict.fromkeys(removed, b"")
    light = tuple(document.light() for document in changed)
    return Good(light, removed, taken.digest, asides, graphs, before is None)


def _prepared(root: Path) -> None:
    """See that the log and the queries can be read, before anyone asks them.

    Raises:
        WijkError: one cannot.
    """
    for folder in ("questions", "pages", "steps"):
        questions.load(root / "queries" / folder)
    changelog.read(root)
