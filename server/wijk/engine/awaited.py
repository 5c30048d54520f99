"""What the server awaits, as the processes of its engine have no loop to await it in.

They import nothing of this: asyncio is a third of the time that a keeper takes to start.
"""

import asyncio
import json
import socket

from wijk.engine import gate, wire

_SHORT = 4096
_PIECE = 1 << 20


async def examined(text: str, limits: gate.Limits) -> gate.Passed:
    """Let a query through the gate, or say why not; a text of some length is read in a thread.

    Raises:
        QueryRefused, QueryTextTooLarge: as `gate.examine` does.
    """
    if len(text) <= _SHORT:
        return gate.examine(text, limits)
    return await asyncio.to_thread(gate.examine, text, limits)


async def receive(connection: socket.socket) -> tuple[wire.Head, bytes]:
    """Wait for one message on a socket that does not block.

    Raises:
        ConnectionError: the other side is gone.
    """
    head_size, body_size = wire.SIZES.unpack(await _exactly(connection, wire.SIZES.size))
    rest = await _exactly(connection, head_size + body_size)
    return json.loads(rest[:head_size]), rest[head_size:]


async def _exactly(connection: socket.socket, size: int) -> bytes:
    loop = asyncio.get_running_loop()
    first = await loop.sock_recv(connection, min(size, _PIECE)) if size else b""
    if len(first) == size:
        return first
    parts = bytearray(first)
    while len(parts) < size:
        part = await loop.sock_recv(connection, min(size - len(parts), _PIECE))
        if not part:
            raise ConnectionError("the other side is gone")
        parts += part
    return bytes(parts)
