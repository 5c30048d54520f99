"""A draft: the graph as it would be after a change, in a process of its own, to be asked and left.

The keeper forks it, so that it shares with the public graph what is the same. Who checks a change
says over a socket what differs, and asks; when the socket closes, the process ends.
"""

import socket
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from wijk.engine import wire
from wijk.engine.changing import ChangingStore
from wijk.errors import QueryRefused


@runtime_checkable
class Drafting(Protocol):
    """An engine that can be asked what its graph would be."""

    async def draft(self) -> socket.socket:
        """The socket to a draft.

        Raises:
            EngineUnavailable: there is none to be had.
        """
        ...


class Draft:
    """The side that asks."""

    def __init__(self, connection: socket.socket) -> None:
        """Over its socket; a ConnectionError from any call says that it is gone."""
        connection.setblocking(True)  # for all who have this end, here and in the server
        self._connection = connection

    def change(self, removed: Iterable[str], nquads: bytes) -> None:
        """Take graphs out, and others in."""
        self._called("change", list(removed), body=nquads)

    def rows(self, text: str) -> list[dict[str, str]]:
        """The rows of a SELECT, each with its bound variables as N-Triples terms.

        Raises:
            QueryRefused: not a SELECT.
        """
        return list(self._called("rows", text))

    def among(self, text: str, name: str, terms: Collection[str]) -> list[dict[str, str]]:
        """The rows of a SELECT that have one of these terms in a variable.

        Raises:
            QueryRefused: not a SELECT.
        """
        return list(self._called("among", text, name, sorted(terms)))

    def graphs(self, subject: str) -> set[str]:
        """The graphs in which something is described."""
        return set(self._called("graphs", subject))

    def pointing(self, value: str, property: str | None = None) -> set[tuple[str, str]]:
        """What refers to something, by any property or this one, and in which graph."""
        return {(subject, graph) for subject, graph in self._called("pointing", value, property)}

    def write(self, path: Path) -> None:
        """Write all of it to a file, as N-Quads in no order.

        Raises:
            OSError: that cannot be done.
        """
        if said := self._called("write", str(path)):
            raise OSError(said)

    def close(self) -> None:
        """Leave it."""
        self._connection.close()

    def _called(self, name: str, *given: object, body: bytes = b"") -> Any:
        self._connection.sendall(wire.packed({"call": name, "given": given}, body))
        reply = wire.receive(self._connection)
        if reply is None:
            raise ConnectionError("the draft is gone")
        if "refused" in reply[0]:
            raise QueryRefused(*reply[0]["refused"])
        return reply[0]["found"]


def answer(store: ChangingStore, connection: socket.socket) -> None:
    """The side that answers, until the other one closes or is gone."""
    with suppress(ConnectionError):
        while (message := wire.receive(connection)) is not None:
            connection.sendall(wire.packed(_answered(store, *message)))


def _answered(store: ChangingStore, head: wire.Head, body: bytes) -> dict[str, Any]:
    calls: dict[str, Callable[..., Any]] = {
        "change": lambda removed: store.change(removed, body),
        "rows": store.rows,
        "among": store.among,
        "graphs": lambda subject: list(store.graphs(subject)),
        "pointing": lambda *given: list(store.pointing(*given)),
        "write": partial(_written, store),
    }
    try:
        return {"found": calls[head["call"]](*head["given"])}
    except QueryRefused as error:
        return {"refused": error.parts}


def _written(store: ChangingStore, path: str) -> str:
    """What was wrong with writing it; nothing when it is done."""
    try:
        store.write(Path(path))
    except OSError as error:
        return str(error)
    return ""
