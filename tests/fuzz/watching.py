"""Watches a server from outside: its processes, what they hold, and whether it still answers."""

import socket
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

_PROC = Path("/proc")
_PATIENCE = 10.0
# What may come and go: readers that wait for work, each with a socket and a handle in the server.
_MOST_READERS = 8
_MOST_DESCRIPTORS = 60


@dataclass
class Watch:
    """One server, as it was at first and as it is now."""

    address: str
    process: int
    trap: socket.socket
    client: httpx2.Client
    keeper: int = 0
    descriptors: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ready()
        (self.keeper,) = self._keepers()
        self.descriptors = {pid: _open_files(pid) for pid in (self.process, self.keeper)}

    @property
    def elsewhere(self) -> str:
        """The address of the trap."""
        host, port = self.trap.getsockname()
        return f"http://{host}:{port}/"

    def ready(self) -> None:
        """It answers a question about the graph within a second, be it the third one."""
        for _ in range(3):
            begun = time.monotonic()
            assert self.client.get("/health/ready").json()["status"] == "ok"
            if (seconds := time.monotonic() - begun) < 1:
                return
        raise AssertionError(f"it takes {seconds:.1f} seconds to answer")

    def well(self) -> None:
        """The same two processes, no more files than before, no connection to elsewhere."""
        self.ready()
        assert self._keepers() == [self.keeper], "the process that holds the graph is another one"
        end = time.monotonic() + _PATIENCE
        while (swollen := self._swollen()) and time.monotonic() < end:
            time.sleep(0.05)
        assert not swollen
        self.untouched()

    def untouched(self) -> None:
        """Nobody has connected to the trap."""
        untouched(self.trap)

    def _keepers(self) -> list[int]:
        return [pid for pid in _children(self.process) if b"keeper" in _command(pid)]

    def _swollen(self) -> dict[str, int]:
        now = {
            f"files of {pid}": _open_files(pid) - before for pid, before in self.descriptors.items()
        }
        too_many = {name: more for name, more in now.items() if more > _MOST_DESCRIPTORS}
        readers = len(_children(self.keeper))
        return {**too_many, **({"readers": readers} if readers > _MOST_READERS else {})}


def untouched(trap: socket.socket) -> None:
    """Nobody has connected to this port."""
    try:
        connection, _ = trap.accept()
    except BlockingIOError:
        return
    with connection:
        connection.settimeout(1)
        raise AssertionError(f"a connection to elsewhere: {connection.recv(500)!r}")


def _children(pid: int) -> list[int]:
    found = (_PROC / str(pid) / "task").glob("*/children")
    return [int(child) for path in found for child in path.read_text().split()]


def _command(pid: int) -> bytes:
    return (_PROC / str(pid) / "cmdline").read_bytes()


def _open_files(pid: int) -> int:
    return len(list((_PROC / str(pid) / "fd").iterdir()))
