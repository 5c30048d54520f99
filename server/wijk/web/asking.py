"""What the process that watches asks of the server: a draft of its graph, documents it serves."""

import pickle
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from wijk.engine import wire
from wijk.snapshot import Document, Snapshot


class Server:
    """The server, over the socket to it; a ConnectionError says that it is gone or not in step."""

    def __init__(self, control: socket.socket) -> None:
        """Over a socket that does not block, save for these questions."""
        self._control = control

    def draft(self, digest: str) -> socket.socket:
        """A draft of what is served, if that is what has this digest."""
        with self._blocking() as control:
            control.sendall(wire.packed({"draft": digest}))
            said, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not said or not descriptors:
            raise ConnectionError("the server is gone, or serves something else")
        return socket.socket(fileno=descriptors[0])

    def served(self, found: Mapping[str, Document]) -> dict[str, Document]:
        """The documents that are served; where they are the same, those that were found."""
        known = {iri: document.digest for iri, document in found.items()}
        with self._blocking() as control:
            control.sendall(wire.packed({"known": known}))
            message = wire.receive(control)
        if message is None:
            raise ConnectionError("the server is gone")
        others, removed = pickle.loads(message[1])
        kept = {iri: it for iri, it in found.items() if iri not in removed}
        return {**kept, **{document.iri: document for document in others}}

    @contextmanager
    def _blocking(self) -> Iterator[socket.socket]:
        self._control.setblocking(True)
        try:
            yield self._control
        finally:
            self._control.setblocking(False)


def lacking(served: Snapshot, known: dict[str, str]) -> bytes:
    """The server's answer: what it serves and is not known so, and what it does not serve."""
    others = [it.light() for it in served.documents.values() if known.get(it.iri) != it.digest]
    return pickle.dumps((others, known.keys() - served.documents.keys()))
