"""The graph as the folder now tells it, to be asked: drafted by the engine, or held here."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Protocol

from wijk.checking.change import Change
from wijk.checking.lookup import Store
from wijk.engine.changing import ChangingStore
from wijk.engine.draft import Draft
from wijk.snapshot import Snapshot
from wijk.web.asking import Server


class Written(Protocol):
    """What can be written to a file."""

    def write(self, path: Path) -> None:
        """Write all of it to a file, as N-Quads."""
        ...


class Stores(Protocol):
    """Where the graph can be asked."""

    def begin(self, served: Snapshot) -> None:
        """Be ready for changes of what is served."""
        ...

    def holding(self, served: Snapshot | None, taken: Snapshot) -> AbstractContextManager[Store]:
        """A store with what is taken, which differs from what is served, if that is known."""
        ...

    def lasting(self, served: Snapshot) -> AbstractContextManager[Written]:
        """What is served, to be written while other things change."""
        ...


class Own:
    """A store of this process: for a server whose engine is elsewhere."""

    def __init__(self) -> None:
        self._store: ChangingStore | None = None
        self._held: Snapshot | None = None

    def begin(self, served: Snapshot) -> None:
        """Load what is served."""
        with self.holding(None, served):
            pass

    @contextmanager
    def holding(self, served: Snapshot | None, taken: Snapshot) -> Iterator[ChangingStore]:
        """The store, with what is different since it was last asked."""
        if self._store is None or self._held is None:
            self._store = ChangingStore(taken.nquads(), taken.prefixes)
        else:
            change = Change.between(self._held, taken)
            self._store.change({it.iri for it in change.both}, _nquads(change))
        self._held = taken
        yield self._store

    @contextmanager
    def lasting(self, served: Snapshot) -> Iterator[Written]:
        """A copy of the store."""
        with self.holding(None, served) as store:
            yield store.copy()


class Drafted:
    """Drafts of what the engine of the server holds: there is one copy of the graph."""

    def __init__(self, server: Server) -> None:
        """The server hands over a draft when it is asked for one."""
        self._server = server

    def begin(self, served: Snapshot) -> None:
        """Nothing: the engine has it."""

    @contextmanager
    def holding(self, served: Snapshot | None, taken: Snapshot) -> Iterator[Store]:
        """A draft of what is taken; when what is served is not known, a store for this once.

        Raises:
            ConnectionError: the server or its engine is gone, or serves something else.
        """
        if served is None:
            yield ChangingStore(taken.nquads(), taken.prefixes)
            return
        with closing(Draft(self._server.draft(served.digest))) as draft:
            change = Change.between(served, taken)
            draft.change({it.iri for it in change.both}, _nquads(change))
            yield draft

    def lasting(self, served: Snapshot) -> AbstractContextManager[Written]:
        """A draft without a difference."""
        return closing(Draft(self._server.draft(served.digest)))


def _nquads(change: Change) -> bytes:
    return "".join(line for it in change.documents for line in it.lines()).encode()
