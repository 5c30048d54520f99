"""The keeper and its readers: what of them is killed is replaced at once, asked or not."""

import asyncio
import socket
from collections.abc import Mapping
from contextlib import suppress

from wijk.engine import wire
from wijk.engine.children import Started
from wijk.engine.contents import Contents
from wijk.engine.limits import GONE
from wijk.engine.process import Keeper, Reader
from wijk.errors import EngineUnavailable

_TRIES = 4


class Crew:
    """The processes of one engine: each reader answers one query after another."""

    def __init__(self, contents: Contents, per_reader: int, ahead: Started | None = None) -> None:
        """With the first contents, and the number of queries that a reader may grow old with.

        The first keeper may have been started ahead.
        """
        self._ahead = ahead
        self.contents = contents
        self.keeper: Keeper | None = None
        self.idle: list[Reader] = []
        self.working: set[Reader] = set()
        self.readers_started = self.readers_killed = self.keepers_started = 0
        self._per_reader = per_reader
        self._changing = asyncio.Lock()
        self._mending: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Have a keeper, and one reader ahead of need.

        Raises:
            EngineUnavailable: a process does not start.
        """
        await self._one_ahead()

    async def take(self, contents: Contents, graphs: Mapping[str, bytes] | None) -> None:
        """Hold other contents from now on; when only graphs differ, these.

        Raises:
            EngineUnavailable: the process that is to hold them does not start.
        """
        async with self._changing:
            old = self.keeper
            if old is not None:
                self._holds(await Keeper.after(old, contents, graphs))
            self.contents = contents
        if old is not None:
            self._leave(old)

    async def reader(self, fresh: bool) -> Reader:
        """A reader to ask; `fresh` is one that nobody can have killed yet.

        Raises:
            EngineUnavailable: there is none to be had.
        """
        for _ in range(_TRIES):
            if self.idle and not fresh:
                return self.idle.pop()
            keeper = await self._living()
            try:
                return await self._forked(keeper)
            except OSError:  # it may also be that there are no files left to open
                if keeper.gone:  # else it was the reader that was killed
                    await self._replace(keeper)
        raise EngineUnavailable(GONE)

    async def draft(self) -> socket.socket:
        """The socket to a draft of what it holds.

        Raises:
            EngineUnavailable: there is none to be had.
        """
        for _ in range(_TRIES):
            keeper = await self._living()
            try:
                return keeper.handed(wire.DRAFT)
            except ConnectionError:
                await self._replace(keeper)
        raise EngineUnavailable(GONE)

    def put_back(self, reader: Reader, well: bool) -> None:
        """Keep a reader for the next query, or end it: it was stopped, is old or worn out."""
        self.working.discard(reader)
        fit = well and reader.keeper is self.keeper
        if fit and reader.answered < self._per_reader:
            self.idle.append(reader)
            return
        reader.end()
        self.readers_killed += not well
        if reader.keeper is not self.keeper:
            self._leave(reader.keeper)

    async def aclose(self) -> None:
        """Stop, and leave nothing behind."""
        for task in self._mending:
            task.cancel()
        await asyncio.gather(*self._mending, return_exceptions=True)
        async with self._changing:
            for reader in (*self.idle, *self.working):
                reader.end()
                reader.keeper.end()
            self.idle.clear()
            if self.keeper is not None:
                self.keeper.end()
                self.keeper = None

    def _leave(self, keeper: Keeper) -> None:
        """End an old keeper as soon as none of its readers is at work."""
        for reader in [reader for reader in self.idle if reader.keeper is keeper]:
            self.idle.remove(reader)
            reader.end()
        if keeper is not self.keeper and all(it.keeper is not keeper for it in self.working):
            keeper.end()

    async def _living(self) -> Keeper:
        async with self._changing:
            ahead, self._ahead = self._ahead, None
            if self.keeper is None and ahead is not None:
                with suppress(EngineUnavailable):  # somebody killed it before it was needed
                    self._holds(await Keeper.start(self.contents, ahead))
            if self.keeper is None:
                self._holds(await Keeper.start(self.contents))
            assert self.keeper is not None
            return self.keeper

    def _holds(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.keepers_started += 1
        keeper.watch(self._mend)

    async def _forked(self, keeper: Keeper) -> Reader:
        reader = await keeper.reader()
        reader.watch(self._reader_lost)
        self.readers_started += 1
        return reader

    async def _replace(self, broken: Keeper) -> None:
        """Have another keeper with the same; until then, the readers of the old one answer."""
        async with self._changing:
            if self.keeper is broken:
                try:
                    self._holds(await Keeper.start(self.contents))
                except BaseException:
                    self.keeper = None
                    raise
                finally:
                    self._leave(broken)

    def _reader_lost(self, reader: Reader) -> None:
        if reader in self.idle:  # else whoever asked it sees that it is gone
            self.idle.remove(reader)
            self.put_back(reader, False)
            self._mend()

    def _mend(self, broken: Keeper | None = None) -> None:
        task = asyncio.create_task(self._mended(broken))
        self._mending.add(task)
        task.add_done_callback(self._mending.discard)

    async def _mended(self, broken: Keeper | None) -> None:
        for _ in range(_TRIES):
            with suppress(EngineUnavailable):  # at last, who asks next tries again, and is told
                if broken is not None:
                    await self._replace(broken)
                await self._one_ahead()
                return

    async def _one_ahead(self) -> None:
        if not self.idle:
            self.put_back(await self.reader(fresh=True), True)
