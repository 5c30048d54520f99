"""Messages between the server and the processes of its engine: a head as JSON, then bytes."""

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable
from typing import Any

_SIZES = struct.Struct(">IQ")
Head = dict[str, Any]


def packed(head: Head, body: bytes = b"") -> bytes:
    """One message, ready to send."""
    text = json.dumps(head).encode()
    return _SIZES.pack(len(text), len(body)) + text + body


def receive(connection: socket.socket) -> tuple[Head, bytes] | None:
    """Wait for one message; None when the other side is gone."""
    sizes = _exactly(connection, _SIZES.size)
    if sizes is None:
        return None
    head_size, body_size = _SIZES.unpack(sizes)
    text = _exactly(connection, head_size)
    body = _exactly(connection, body_size)
    return None if text is None or body is None else (json.loads(text), body)


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(min(size - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)


async def receive_async(connection: socket.socket) -> tuple[Head, bytes]:
    """The same without holding up the loop.

    Raises:
        ConnectionError: the other side is gone.
    """
    loop = asyncio.get_running_loop()
    sizes = await _exactly_async(loop.sock_recv, connection, _SIZES.size)
    head_size, body_size = _SIZES.unpack(sizes)
    rest = await _exactly_async(loop.sock_recv, connection, head_size + body_size)
    return json.loads(rest[:head_size]), rest[head_size:]


async def _exactly_async(
    recv: Callable[[socket.socket, int], Awaitable[bytes]], connection: socket.socket, size: int
) -> bytes:
    first = await recv(connection, min(size, 1 << 20)) if size else b""
    if len(first) == size:
        return first
    parts = bytearray(first)
    while len(parts) < size:
        part = await recv(connection, min(size - len(parts), 1 << 20))
        if not part:
            raise ConnectionError("the other side is gone")
        parts += part
    return bytes(parts)
