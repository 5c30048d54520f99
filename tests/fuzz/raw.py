"""Speaks HTTP by hand: what no client would send, and what came back, byte by byte."""

import http.client
import io
import socket
from contextlib import closing, suppress
from urllib.parse import urlsplit

import httpx2

_PATIENCE = 8.0


def fetched(
    address: str, method: str, target: str, headers: dict[str, str], body: bytes | None = None
) -> httpx2.Response | None:
    """One whole exchange on a connection of its own, with any target; None when it breaks off."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=_PATIENCE)
    with closing(connection):
        connection.request(method, target, body, headers)
        response = connection.getresponse()
        try:
            return _taken(response)
        except (http.client.IncompleteRead, ConnectionError):
            return None  # begun in time and not ended in time


def exchanged(address: str, sent: bytes, method: str = "GET") -> list[httpx2.Response]:
    """All answers to these bytes, read as answers to this method."""
    source = _Bytes(received(address, sent))
    found: list[httpx2.Response] = []
    while source.left():
        response = http.client.HTTPResponse(source, method=method)
        try:
            response.begin()
        except http.client.RemoteDisconnected:
            break  # told to go on, the client did not
        found.append(_taken(response))
        if method == "HEAD" and response.will_close:
            break  # what is not HTTP has no method yet, and is told in a body all the same
    return found


def received(address: str, sent: bytes) -> bytes:
    """What the server says to these bytes until it hangs up, knowing that no more will come."""
    host, port = urlsplit(address).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=_PATIENCE) as connection:
        with suppress(ConnectionError):
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        return _everything(connection)


def _everything(connection: socket.socket) -> bytes:
    parts = bytearray()
    with suppress(ConnectionError):
        while part := connection.recv(1 << 16):
            parts += part
    return bytes(parts)


def _taken(response: http.client.HTTPResponse) -> httpx2.Response:
    body = response.read()
    headers = response.getheaders()
    kept = [(name, value) for name, value in headers if name.lower() != "transfer-encoding"]
    return httpx2.Response(response.status, headers=kept, content=body)


class _Unclosed(io.BytesIO):
    """Bytes that one response is read from, and then another one."""

    def close(self) -> None:
        """Stay open: the response that says this is not the last one."""


class _Bytes:
    """What a response takes for its socket."""

    def __init__(self, whole: bytes) -> None:
        self._file = _Unclosed(whole)
        self._size = len(whole)

    def makefile(self, mode: str) -> io.BytesIO:
        """All of it, from where the response before has ended."""
        return self._file

    def left(self) -> bool:
        """Is there more to read?"""
        return self._file.tell() < self._size
