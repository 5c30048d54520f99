"""The process that watches the folder, checks what changes, and tells the server what it found.

Reading and checking are work for the processor: in a process of their own they hold up no query.
The server says which snapshot it serves; the process says what is to be served instead, or why
nothing is. Each message is a head, and a pickle that only goes between these two. The graph as it
would be is asked of a draft, which the server hands over (`wijk.web.stores`).
"""

import asyncio
import gc
import os
import pickle
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from wijk import resources
from wijk.engine import awaited, wire
from wijk.watching import Watch
from wijk.web.asking import Server
from wijk.web.folder import Folder
from wijk.web.outcome import Bad, Good
from wijk.web.stores import Drafted, Own

_QUIET = 0.3
"""Seconds without a change before a folder that is not well is told: it may be half-written."""
_NICENESS = 5
_IDLE = 5.0
"""Seconds without a change before what is served is remembered."""


async def _watched(root: Path, control: socket.socket) -> None:
    watch = Watch(folders=[root / name for name in resources.FOLDERS])
    loop = asyncio.get_running_loop()
    head, body = await awaited.receive(control)
    server = Server(control)
    stores = Drafted(server) if head["drafts"] else Own()
    folder = Folder(root, Path(head["home"]) if head["home"] else None, stores, server.served)
    folder.begin(head["digest"], head["base"], head["asides"], pickle.loads(body))
    gc.freeze()
    seen = _Seen()
    seen.event.set()  # it may have changed before it was watched
    tasks = {
        asyncio.create_task(_noticing(watch, seen)),
        asyncio.create_task(_telling(folder, seen, control)),
        asyncio.create_task(loop.sock_recv(control, 1)),  # nothing comes, until the server is gone
    }
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()
    os._exit(0)


@dataclass
class _Seen:
    """The files that changed since the folder was looked at."""

    files: set[Path] = field(default_factory=set)
    event: asyncio.Event = field(default_factory=asyncio.Event)

    def taken(self) -> set[Path]:
        """Those files, once."""
        files, self.files = self.files, set()
        self.event.clear()
        return files


async def _noticing(watch: Watch, seen: _Seen) -> None:
    async for files in watch.changes():
        seen.files |= files
        seen.event.set()


async def _telling(folder: Folder, seen: _Seen, control: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    remembering: asyncio.Task[None] | None = None
    while True:
        await seen.event.wait()
        outcome = folder.look(seen.taken())
        if isinstance(outcome, Bad):
            with suppress(TimeoutError):
                await asyncio.wait_for(seen.event.wait(), _QUIET)
                continue  # it goes on: that was not the end of it
        if outcome is not None:
            await loop.sock_sendall(control, wire.packed({}, pickle.dumps(outcome)))
        if isinstance(outcome, Good):
            try:
                await asyncio.wait_for(seen.event.wait(), _IDLE)
            except TimeoutError:
                remembering = await _remembered(folder, remembering)


async def _remembered(
    folder: Folder, before: asyncio.Task[None] | None
) -> asyncio.Task[None] | None:
    """Begin to remember what is served, beside what changes next, unless that is under way."""
    if before is not None and not before.done():
        return before
    return asyncio.create_task(asyncio.to_thread(folder.remembering()))


def main(root: Path, descriptor: int) -> None:
    """Watch the folder until the server is gone."""
    control = socket.socket(fileno=descriptor)
    control.setblocking(False)
    os.nice(_NICENESS)
    with suppress(ConnectionError, KeyboardInterrupt):
        asyncio.run(_watched(root, control))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
