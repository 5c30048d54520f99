"""Messages between the server and the processes of its engine: a head as JSON, then bytes."""

import io
import json
import socket
import struct
import zlib
from typing import Any

SIZES = struct.Struct(">IQ")
LAST_WORDS = b"Fatal"
"""What a process of the interpreter says when it crashes; as a size it would be a gigabyte."""
Head = dict[str, Any]
READ = 1 << 16
"""So many bytes at a time are read of what is packed."""
READER, KEEPER, DRAFT = b"r", b"k", b"d"
"""What the keeper is to fork for the socket that is handed to it."""


def packed(head: Head, body: bytes = b"") -> bytes:
    """One message, ready to send."""
    text = json.dumps(head).encode()
    return SIZES.pack(len(text), len(body)) + text + body


def receive(connection: socket.socket) -> tuple[Head, bytes] | None:
    """Wait for one message; None when the other side is gone."""
    sizes = _exactly(connection, SIZES.size)
    if sizes is None:
        return None
    head_size, body_size = SIZES.unpack(sizes)
    text = _exactly(connection, head_size)
    body = _exactly(connection, body_size)
    return None if text is None or body is None else (json.loads(text), body)


def receive_alone(connection: socket.socket) -> tuple[Head, bytes] | None:
    """The same, in one step where that can be, from a side that waits for what we say to it."""
    got = connection.recv(1 << 16)
    if len(got) < SIZES.size:
        rest = _exactly(connection, SIZES.size - len(got)) if got else None
        if rest is None:
            return None
        got += rest
    head_size, body_size = SIZES.unpack_from(got)
    left = SIZES.size + head_size + body_size - len(got)
    rest = _exactly(connection, left) if left else b""
    if rest is None:
        return None
    got += rest
    end = SIZES.size + head_size
    return json.loads(got[SIZES.size : end]), got[end:]


class Unpacked(io.RawIOBase):
    """Reads what comes in packed pieces, a message each, until one is empty."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._piece = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        """Part of what a file is."""
        return True

    def readinto(self, place: Any) -> int:
        """Put the next bytes in a place, those of one piece; none at the end.

        Raises:
            ConnectionError: the other side is gone before that.
        """
        if not self._piece and not self._ended:
            message = receive(self._connection)
            if message is None:
                raise ConnectionError("the other side is gone")
            self._ended = not message[1]
            self._piece = memoryview(zlib.decompress(message[1]) if message[1] else b"")
        count = min(len(self._piece), len(place))
        place[:count] = self._piece[:count]
        self._piece = self._piece[count:]
        return count


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(min(size - len(parts), 1 << 20))
        if not part:
            return None
        parts += part
    return bytes(parts)
