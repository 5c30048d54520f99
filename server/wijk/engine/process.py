"""The server's side of the keeper and of its readers."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress

from wijk.engine import Ask, awaited, children, wire
from wijk.engine.children import Child, Started
from wijk.engine.contents import Contents
from wijk.engine.line import Line
from wijk.errors import EngineUnavailable, QueryRefused, QueryTooLarge

_FORK_SECONDS = 10.0


class Reader:
    """One process that answers; it can be killed at any moment."""

    def __init__(self, line: Line, pid: int, keeper: "Keeper") -> None:
        self._line = line
        self._handle = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
        self.pid = pid
        self.keeper = keeper
        self.answered = 0
        self._ended = False

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

    def watch(self, lost: Callable[["Reader"], None]) -> None:
        """Tell, once, when the process is gone and nobody asked for its end."""
        self._line.lost = lambda: lost(self)

    def end(self) -> None:
        """Kill it, whatever it is doing; once is enough."""
        if self._ended:
            return
        self._ended = True
        self._line.lost = None
        self._line.close()
        with suppress(ProcessLookupError):
            if self._handle is None:
                os.kill(self.pid, signal.SIGKILL)
            else:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
        if self._handle is not None:
            os.close(self._handle)


class Keeper:
    """One process that holds one snapshot."""

    def __init__(self, control: socket.socket, process: Child | None = None) -> None:
        self.pid = 0
        self.statements = 0
        self.worn = 0
        self._control = control
        self._process = process  # one that was forked is a child of the one before it
        self._handle: int | None = None
        self._ended = False
        self._silent = False

    @property
    def gone(self) -> bool:
        """Is the process no more, or does it not answer?"""
        if self._ended or self._silent:
            return True
        try:
            return not self._control.recv(1, socket.MSG_PEEK)
        except BlockingIOError:  # it says nothing, as it should
            return False
        except OSError:
            return True

    async def _sent(self, message: bytes) -> None:
        await asyncio.get_running_loop().sock_sendall(self._control, message)

    async def _changed(self, graphs: Mapping[str, bytes]) -> None:
        await self._sent(wire.packed({"graphs": list(graphs)}, b"".join(graphs.values())))
        hello, _ = await awaited.receive(self._control)
        self.pid, self.statements = hello["pid"], hello["statements"]
        self._handle = os.pidfd_open(self.pid) if hasattr(os, "pidfd_open") else None

    @classmethod
    async def start(cls, contents: Contents, ahead: Started | None = None) -> "Keeper":
        """Start one with these data, or give them to one that was started ahead.

        Raises:
            EngineUnavailable: it cannot be started, or ended before it was ready.
            WijkError: the data still had to come in, and do not.
        """
        process, control = ahead or _started()
        keeper = cls(control, process)
        try:
            await keeper._sent(wire.packed(contents.head()))
            async for piece in contents.nquads.pieces():
                await keeper._sent(wire.packed({}, piece))
            await keeper._sent(wire.packed({}))
            await keeper._changed(contents.changes)
        except OSError as error:
            keeper.end()
            raise EngineUnavailable("The process that holds the graph ended too soon.") from error
        except BaseException:
            keeper.end()
            raise
        return keeper

    @classmethod
    async def after(
        cls, old: "Keeper", contents: Contents, graphs: Mapping[str, bytes] | None
    ) -> "Keeper":
        """One with other data: when only some graphs differ, a fork of the old one.

        The store never forgets what was taken out of it, so that now and then it begins anew.

        Raises:
            EngineUnavailable: it cannot be started, or ended before it was ready.
        """
        if graphs is not None and old.worn <= old.statements:
            with suppress(OSError):
                return await old._forked(graphs)
        return await cls.start(contents)

    async def _forked(self, graphs: Mapping[str, bytes]) -> "Keeper":
        keeper = Keeper(self.handed(wire.KEEPER))
        keeper.worn = self.worn + sum(quads.count(b"\n") for quads in graphs.values())
        try:
            async with asyncio.timeout(_FORK_SECONDS):
                await keeper._changed(graphs)
        except BaseException:
            keeper.end()
            raise
        return keeper

    def handed(self, what: bytes) -> socket.socket:
        """The socket to a fork: a reader, another keeper or a draft; it may be gone by then."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        try:
            with theirs:
                socket.send_fds(self._control, [what], [theirs.fileno()])
        except OSError as error:
            ours.close()
            raise ConnectionError("the keeper does not answer") from error
        return ours

    async def reader(self) -> Reader:
        """Fork a reader.

        Raises:
            ConnectionError: it was killed just then, or the keeper is gone.
        """
        line = await Line.over(self.handed(wire.READER))
        try:
            # Not `wait_for`: that forgets that it is cancelled when the answer is there just then.
            async with asyncio.timeout(_FORK_SECONDS):
                hello, _ = await line.receive()
            return Reader(line, hello["pid"], self)  # it may be killed as soon as it has spoken
        except BaseException as error:
            line.close()
            self._silent = isinstance(error, TimeoutError)
            if isinstance(error, OSError):
                raise ConnectionError("the keeper does not answer") from error
            raise

    def watch(self, lost: Callable[["Keeper"], None]) -> None:
        """Tell, once, when the process is gone and nobody asked for its end."""
        loop = asyncio.get_running_loop()

        def gone() -> None:
            loop.remove_reader(self._control)
            lost(self)

        loop.add_reader(self._control, gone)  # it says nothing more: what comes is the end

    def end(self) -> None:
        """Kill it and all its readers."""
        if self._ended:
            return
        self._ended = True
        asyncio.get_running_loop().remove_reader(self._control)
        self._control.close()
        pid = self._process.pid if self._process else self.pid
        with suppress(ProcessLookupError):
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, 0)  # another may have its number by now
            if pid:
                os.killpg(pid, signal.SIGKILL)
        if self._process is not None:
            self._process.wait()
        elif pid:
            with suppress(ChildProcessError):  # it is ours only when nobody else takes orphans
                os.waitpid(pid, 0)
        if self._handle is not None:
            os.close(self._handle)


def _started() -> Started:
    """A keeper's process that waits for its contents, and the socket to it."""
    try:
        return children.started(children.KEEPER)
    except OSError as error:
        raise EngineUnavailable(
            f"The process that holds the graph cannot be started: {error.strerror} "
            f"({sys.executable}). Check the installation and the limits on memory and processes."
        ) from error


def check(reply: wire.Head) -> None:
    """Look whether a reader says that something is wrong.

    Raises:
        QueryRefused, QueryTooLarge: as it says.
    """
    if "refused" in reply:
        raise QueryRefused(*reply["refused"])
    if "too_large" in reply:
        raise QueryTooLarge(reply["too_large"])
