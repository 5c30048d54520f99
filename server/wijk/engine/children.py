"""Processes of the server's own, each with a socket to it."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

Child = subprocess.Popen[bytes]
Started = tuple[Child, socket.socket]
KEEPER = "wijk.engine.keeper"
"""The process that holds the graph: who knows that it will be needed may start it ahead."""


def started(module: str, *given: str) -> Started:
    """Start a module with these arguments and, last, the descriptor of its socket; and our end.

    It has a session of its own: Ctrl-C in a terminal is for the server, which ends the others.

    Raises:
        OSError: it cannot be started.
    """
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    command = [sys.executable, "-m", module, *given, str(theirs.fileno())]
    try:
        with theirs:
            child = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
    except OSError:
        ours.close()
        raise
    return child, ours


@contextmanager
def ahead(module: str) -> Iterator[Started | None]:
    """The same for a module that is to be ready when it is needed; it ends with the block.

    When it cannot be started, who needs it is told then.
    """
    try:
        child, ours = started(module)
    except OSError:
        yield None
        return
    try:
        yield child, ours
    finally:
        ours.close()
        child.kill()
        child.wait()
