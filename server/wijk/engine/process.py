"""The server's side of the keeper and of its readers."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from wijk.engine import Ask, wire
from wijk.engine.line import Line
from wijk.errors import EngineUnavailable, QueryRefused, QueryTooLarge

_FORK_SECONDS = 10.0


@dataclass(frozen=True)
class Contents:
    """What a keeper holds."""

    nquads: bytes
    digest: str
    prefixes: Mapping[str, str]
    base: str | None
    memory: int

    @cached_property
    def statements(self) -> int:
        """How many statements these are; a statement in two graphs is two."""
        return self.nquads.count(b"\n")


class Reader:
    """One process that answers; it can be killed at any moment."""

    def __init__(self, line: Line, pid: int, keeper: "Keeper") -> None:
        self._line = line
        self._handle = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
        self._pid = pid
        self.keeper = keeper
        self.answered = 0
        self._ended = False

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._pid

    async def ask(self, ask: Ask, union: bool, limit: int) -> tuple[wire.Head, bytes]:
        """Send a query and wait for what comes back, or for the first piece of it.

        Raises:
            ConnectionError: the process is gone.
        """
        head = {
            "text": ask.text,
            "media_type": ask.media_type,
            "bindings": dict(ask.bindings),
            "default_graphs": ask.default_graphs,
            "named_graphs": ask.named_graphs,
            "union": union,
            "limit": min(ask.limit or limit, limit),
        }
        self.answered += 1
        self._line.send(head)
        return await self._line.receive()

    async def more(self) -> tuple[wire.Head, bytes]:
        """The next piece of an answer that has more.

        Raises:
            ConnectionError: the process is gone.
        """
        return await self._line.receive()

    def end(self) -> None:
        """Kill it, whatever it is doing; once is enough."""
        if self._ended:
            return
        self._ended = True
        self._line.close()
        with suppress(ProcessLookupError):
            if self._handle is None:
                os.kill(self._pid, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        if self._handle is not None:
            os.close(self._handle)


class Keeper:
    """One process that holds one snapshot."""

    def __init__(self, process: subprocess.Popen[bytes], control: socket.socket) -> None:
        self._process = process
        self._control = control

    @classmethod
    async def start(cls, contents: Contents) -> "Keeper":
        """Start it with these data.

        Raises:
            EngineUnavailable: it cannot be started, or ended before it was ready.
        """
        keeper = cls(*_started())
        try:
            await keeper._load(contents)
        except OSError as error:
            keeper.end()
            raise EngineUnavailable("The process that holds the graph ended too soon.") from error
        except BaseException:
            keeper.end()
            raise
        return keeper

    async def _load(self, contents: Contents) -> None:
        head = {
            "prefixes": dict(contents.prefixes),
            "base": contents.base,
            "memory": contents.memory,
        }
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(self._control, wire.packed(head, contents.nquads))
        await wire.receive_async(self._control)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    async def reader(self) -> Reader:
        """Fork a reader.

        Raises:
            ConnectionError: the keeper is gone.
        """
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        line = await Line.over(ours)
        try:
            with theirs:
                socket.send_fds(self._control, [b"r"], [theirs.fileno()])
            hello, _ = await asyncio.wait_for(line.receive(), _FORK_SECONDS)
        except BaseException as error:
            line.close()
            if isinstance(error, OSError):
                raise ConnectionError("the keeper does not answer") from error
            raise
        return Reader(line, hello["pid"], self)

    def end(self) -> None:
        """Kill it and all its readers."""
        self._control.close()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _started() -> tuple[subprocess.Popen[bytes], socket.socket]:
    """A keeper's process that waits for its contents, and the socket to it."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    command = [sys.executable, "-m", "wijk.engine.keeper", str(theirs.fileno())]
    try:
        with theirs:
            process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
    except OSError as error:
        ours.close()
        raise EngineUnavailable(
            f"The process that holds the graph cannot be started: {error.strerror} "
            f"({sys.executable}). Check the installation and the limits on memory and processes."
        ) from error
    return process, ours


def check(reply: wire.Head) -> None:
    """Look whether a reader says that something is wrong.

    Raises:
        QueryRefused, QueryTooLarge: as it says.
    """
    if "refused" in reply:
        raise QueryRefused(*reply["refused"])
    if "too_large" in reply:
        raise QueryTooLarge(reply["too_large"])
