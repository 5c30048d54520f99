"""How an engine is doing, for who watches it."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class State:
    """What an engine tells of itself at one moment; what it has not, is 0 or empty.

    Places are those for queries from outside. Readers are the processes that answer, the keeper is
    the one that holds the graph. Killed are readers that were stopped at work or died; what was
    stopped because it was old, worn out or idle is not among them.
    """

    places: int = 0
    taken: int = 0
    waiting: int = 0
    idle: int = 0
    working: int = 0
    readers_started: int = 0
    readers_killed: int = 0
    keepers_started: int = 0
    cache_bytes: int = 0
    cache_answers: int = 0
    cache_hits: int = 0
    cache_misses: int = 0
    digest: str = ""
    statements: int = 0
    loaded: float = 0.0
    keeper: int | None = None
    readers: tuple[int, ...] = ()


@runtime_checkable
class Measured(Protocol):
    """An engine that can say how it is doing."""

    def state(self) -> State:
        """How it is doing now; quick, and without waiting."""
        ...
