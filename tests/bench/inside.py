"""The store in this process, asked in a child that can be ended: it cannot stop a query itself."""

import multiprocessing
import statistics
import time
from collections.abc import Iterable
from multiprocessing.connection import Connection

from agreement import value_of
from asked import GRAPHS, Asked
from wijk.engine import formats
from wijk.engine.local import LocalStore

_FORK = multiprocessing.get_context("fork")


def answers(
    store: LocalStore, query: Asked, texts: Iterable[str], seconds: float
) -> dict[str, object] | None:
    """What the store says to each text; None when that takes too long."""
    ours, theirs = _FORK.Pipe(duplex=False)
    child = _FORK.Process(target=_answered, args=(store, query, list(texts), theirs))
    child.start()
    found: dict[str, object] | None = ours.recv() if ours.poll(seconds) else None
    child.kill()
    child.join()
    return found


def _answered(store: LocalStore, query: Asked, texts: list[str], told: Connection) -> None:
    told.send({text: value_of(kind(query), store.query(text, kind(query))) for text in texts})


def p50(store: LocalStore, query: Asked, texts: Iterable[str]) -> float:
    """The median of these texts, in milliseconds."""
    times = []
    for text in texts:
        began = time.perf_counter()
        store.query(text, kind(query))
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def kind(query: Asked) -> str:
    """The media type to compare."""
    return formats.N_TRIPLES if query.accept == GRAPHS else formats.JSON
