"""The process that holds the store, and forks the readers that answer from it.

It has one thread and imports little: whoever forks a process with threads copies their locks.
A changed graph has another keeper: a fork of the one before it, which shares with it what is the
same, so that what is under way ends on the graph it began with.
The server hands it a socket for every reader; the reader says who it is over that socket, and then
answers one query after another until the socket closes or it is killed. Who checks a change is
handed a draft, to be asked before the change is public. Without the server, all of them end.
"""

import faulthandler
import io
import os
import resource
import signal
import socket
import sys

from wijk.engine import draft, wire
from wijk.engine.changing import ChangingStore
from wijk.engine.local import LocalStore
from wijk.engine.output import Output
from wijk.engine.trimming import give_back
from wijk.errors import QueryRefused, QueryTooLarge, WijkError


def main(descriptor: int) -> None:
    """Take the data from the server, and fork a reader or a keeper for each socket it sends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system clears ended readers away
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when to end
    control = socket.socket(fileno=descriptor)
    message = wire.receive(control)
    if message is None:
        return
    head, _ = message
    try:
        with io.BufferedReader(wire.Unpacked(control), wire.READ) as nquads:
            store = ChangingStore(nquads, head["prefixes"], head["base"], known=True)
    except ConnectionError:
        return
    give_back()
    _change(store, control, head["settle"])
    while True:
        asked, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not asked:
            os.killpg(0, signal.SIGKILL)
        for handed in descriptors:
            if os.fork() == 0:
                control.close()
                control = socket.socket(fileno=handed)
                _become(asked, store, control, head)
                break
            os.close(handed)


def _become(asked: bytes, store: ChangingStore, control: socket.socket, head: wire.Head) -> None:
    """Be what was asked for; who comes back from here is the keeper of a changed graph."""
    if asked == wire.READER:
        _read(store, control, head["memory"])
        os._exit(0)
    if asked == wire.DRAFT:
        draft.answer(store, control)
        os._exit(0)
    os.setsid()  # it has readers of its own
    _change(store, control, head["settle"])


def _change(store: ChangingStore, control: socket.socket, settle: bool) -> None:
    """Take what is different from the server, and say who holds what now."""
    message = wire.receive(control)
    if message is None:
        os._exit(0)
    head, nquads = message
    store.change(head["graphs"], nquads)
    if settle:
        store.settle()
    control.sendall(wire.packed({"pid": os.getpid(), "statements": len(store)}))


def _read(store: LocalStore, connection: socket.socket, memory: int) -> None:
    """Be a reader."""
    _fence(memory)
    # When it crashes it says so, and is told apart from one that somebody killed.
    faulthandler.enable(connection.fileno(), all_threads=False)
    connection.sendall(wire.packed({"pid": os.getpid()}))
    while (message := wire.receive_alone(connection)) is not None:
        connection.sendall(_answered(store, connection, message[0]))


def _answered(store: LocalStore, connection: socket.socket, head: wire.Head) -> bytes:
    """The last message of an answer; what comes before it has gone already."""

    def send(piece: bytes) -> None:
        connection.sendall(wire.packed({"more": True}, piece))

    try:
        body = store.query(
            head["text"],
            head["media_type"],
            head["bindings"],
            head["default_graphs"],
            head["named_graphs"],
            union=head["union"],
            output=Output(head["limit"], send),
        )
        return wire.packed({}, body)
    except (WijkError, MemoryError) as error:
        return wire.packed(_failure(error))


def _failure(error: WijkError | MemoryError) -> wire.Head:
    if isinstance(error, QueryRefused):
        return {"refused": error.parts}
    if isinstance(error, QueryTooLarge):
        return {"too_large": str(error)}
    return {"too_large": "The query needs more memory than it may have. Ask for less at once."}


def _fence(memory: int) -> None:
    """No new files or connections whatever the query says, no core files, so much memory."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, sys.stderr.fileno())  # a reader that runs out of stack says so at length
    os.close(quiet)
    if (pages := _pages()) is not None:
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _pages() -> int | None:
    """How many pages of memory this process has, where the system tells."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0])
    except OSError:
        return None


if __name__ == "__main__":
    main(int(sys.argv[1]))
