"""Processes of the server's own, each with a socket to it."""

import socket
import subprocess
import sys

Child = subprocess.Popen[bytes]


def started(module: str, *given: str) -> tuple[Child, socket.socket]:
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
