"""Puts a snapshot into an engine elsewhere: what changed, and the marker last."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from wijk import turtle
from wijk.engine.remote import calls
from wijk.engine.remote.marker import Marker
from wijk.engine.remote.store import GraphStore
from wijk.engine.remote.target import Target
from wijk.errors import EngineRefuses
from wijk.snapshot import Snapshot

Progress = Callable[[int, int], None]
"""Hears how many documents of how many are done."""
_BATCH = 100


@dataclass(frozen=True)
class Pushed:
    """What a push did, and the graphs in the engine that are not of this case base."""

    put: int
    removed: int
    same: int
    strangers: tuple[str, ...]


def push(
    snapshot: Snapshot, target: Target, everything: bool = False, tell: Progress | None = None
) -> Pushed:
    """Make the engine hold this snapshot: a named graph per document, and a marker.

    The marker first says that a push has begun, so that nobody is answered from half of it. What
    was broken off goes on where it ended. `everything` also puts what did not change.

    Raises:
        EngineUnavailable: nothing answers, also after some time.
        EngineRefuses: the engine does not take it, or holds something else afterwards.
    """
    marker = Marker.of(snapshot.base)
    with GraphStore(target) as store:
        said, known = marker.read(store.get(marker.graph))
        wanted = {iri: document.digest for iri, document in snapshot.documents.items()}
        changed = [iri for iri in wanted if everything or known.get(iri) != wanted[iri]]
        gone = [iri for iri in known if iri not in wanted]
        gone += [] if known else _left_behind(snapshot, target, marker)
        if changed or gone or said != {marker.snapshot: snapshot.digest}:
            name = secrets.token_hex(8)
            kept = {iri: known[iri] for iri in wanted if iri not in set(changed)}
            store.put(marker.graph, marker.state("begun", name) + marker.hashes(kept))
            _removed(store, gone)
            _put(store, snapshot, changed, marker, tell or (lambda done, of: None))
            _require(marker.read(store.get(marker.graph))[0], {marker.begun: name})
            store.put(
                marker.graph, marker.state("snapshot", snapshot.digest) + marker.hashes(wanted)
            )
    found = calls.rows(target, "marker", {"marker": f"<{marker.graph}>"})
    held = {row["state"]: row["value"] for row in found if row["state"] != marker.hash}
    _require(held, {marker.snapshot: snapshot.digest})
    return Pushed(len(changed), len(gone), len(wanted) - len(changed), strangers(target, marker))


def strangers(target: Target, marker: Marker) -> tuple[str, ...]:
    """The graphs of an engine that were not pushed there.

    Raises:
        EngineUnavailable, EngineRefuses: the engine cannot be asked.
    """
    names = {"marker": f"<{marker.graph}>", "hash": f"<{marker.hash}>"}
    return tuple(row["graph"] for row in calls.rows(target, "strangers", names))


def _left_behind(snapshot: Snapshot, target: Target, marker: Marker) -> list[str]:
    """Documents that are no more, in an engine whose marker is lost."""
    start = f"{snapshot.base}doc/"
    found = strangers(target, marker)
    return [iri for iri in found if iri.startswith(start) and iri not in snapshot.documents]


def _removed(store: GraphStore, documents: Sequence[str]) -> None:
    for iri in documents:
        store.delete(iri)


def _put(
    store: GraphStore, snapshot: Snapshot, documents: Sequence[str], marker: Marker, tell: Progress
) -> None:
    done = 0
    tell(0, len(documents))
    for batch in _batches(documents):
        for iri in batch:
            store.put(iri, "".join(turtle.lines(snapshot.documents[iri].graph)))
            done += 1
            tell(done, len(documents))
        store.post(
            marker.graph, marker.hashes({iri: snapshot.documents[iri].digest for iri in batch})
        )


def _batches(documents: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(documents), _BATCH):
        yield documents[start : start + _BATCH]


def _require(said: dict[str, str], wanted: dict[str, str]) -> None:
    if said != wanted:
        raise EngineRefuses(
            "The engine does not hold what was pushed: another push came in between, or its "
            "query service reads another store than was written. Push again when that is over."
        )
