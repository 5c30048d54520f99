"""A line to another process: messages over a socket that the loop watches all the time.

Asking the loop to read each message by itself costs more than the message.
"""

import asyncio
import json
import socket
from collections.abc import Callable
from typing import cast

from wijk.engine import wire

_MOST_WAITING = 1024 * 1024


class Broken(ConnectionError):
    """The other side ended of itself: a query was too much for its stack or its memory."""


class Line(asyncio.Protocol):
    """One end of a pair of sockets."""

    def __init__(self) -> None:
        self._got = bytearray()
        self._waiting: asyncio.Future[None] | None = None
        self._held = False
        self._lost = False
        self.lost: Callable[[], None] | None = None
        """What to call when it is lost."""
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def over(cls, connection: socket.socket) -> "Line":
        """Take over a connected socket; it is closed with the line."""
        loop = asyncio.get_running_loop()
        _, line = await loop.create_unix_connection(cls, sock=connection)
        return line

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Part of the protocol."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Part of the protocol; when nobody takes it, the other side has to wait."""
        self._got += data
        if len(self._got) > _MOST_WAITING and not self._held and self._transport is not None:
            self._held = True
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, error: Exception | None) -> None:
        """Part of the protocol."""
        self._lost = True
        self._wake()
        if self.lost is not None:
            self.lost()

    def send(self, head: wire.Head, body: bytes = b"") -> None:
        """Send one message; what does not go at once goes as soon as it can.

        Raises:
            ConnectionError: the other side is gone.
        """
        if self._lost or self._transport is None:
            raise ConnectionError("the other side is gone")
        self._transport.write(wire.packed(head, body))

    async def receive(self) -> tuple[wire.Head, bytes]:
        """Wait for one message.

        Raises:
            ConnectionError: the other side is gone; Broken when that was its own doing.
        """
        sizes = await self._exactly(wire.SIZES.size)
        if sizes.startswith(wire.LAST_WORDS):
            raise Broken("the other side ended of itself")
        head_size, body_size = wire.SIZES.unpack(sizes)
        head = json.loads(await self._exactly(head_size))
        return head, await self._exactly(body_size)

    def close(self) -> None:
        """End it; what is not sent yet is not sent."""
        self._lost = True
        if self._transport is not None:
            self._transport.abort()

    async def _exactly(self, size: int) -> bytes:
        while len(self._got) < size:
            if self._lost:
                raise ConnectionError("the other side is gone")
            if self._held and self._transport is not None:
                self._held = False
                self._transport.resume_reading()
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        taken = bytes(self._got[:size])
        del self._got[:size]
        return taken

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
