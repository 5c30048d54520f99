"""HTTP as the server speaks it: uvicorn's protocol, with the deadlines and bounds it has not."""

import json
import socket
import struct
from http import HTTPStatus
from typing import Any, cast

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from wijk.web.replies import BREAK

_MOST_OF_A_HEAD = 256 * 1024
_LONG = 32 * 1024  # the parser of addresses stops at 64 KiB
_NO_LINGER = struct.pack("ii", 1, 0)


class Http(HttpToolsProtocol):
    """One connection."""

    _head = 0
    """Bytes of the head that is coming in; the parser of the library takes any number."""

    def data_received(self, data: bytes) -> None:
        """Take what came in.

        A head of more than 64 KiB of query, percent-encoded, and its fields, is a 431.
        """
        super().data_received(data)
        if self._head >= 0:
            self._head += len(data)
            if self._head > _MOST_OF_A_HEAD and not self.transport.is_closing():
                self._refuse(431, "The head of this request is longer than the server takes.")

    def on_headers_complete(self) -> None:
        """Begin with the request."""
        self._head = -1
        url = self.url
        self.url, _, query = url.partition(b"?") if len(url) > _LONG else (url, b"", b"")
        super().on_headers_complete()
        if query:
            self.scope["query_string"] = query

    def on_message_complete(self) -> None:
        """What comes after this is another head."""
        self._head = 0
        super().on_message_complete()

    def _refuse(self, status: int, detail: str) -> None:
        """Say what is wrong, before there is a request to answer, and hang up."""
        title = HTTPStatus(status).phrase
        told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        body = json.dumps(told).encode()
        self.transport.write(
            b"HTTP/1.1 %d %s\r\ncontent-type: application/problem+json\r\n"
            b"cache-control: no-store\r\naccess-control-allow-origin: *\r\n"
            b"connection: close\r\ncontent-length: %d\r\n\r\n%s"
            % (status, title.encode(), len(body), body)
        )
        self.transport.close()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        scope = cast(dict[str, Any], cycle.scope)
        scope[BREAK] = self.broken
        if scope["http_version"] == "1.0":
            app = _WithoutChunks(app, cycle)
        super()._start_asgi_task(cycle, app)

    def broken(self) -> None:
        """End the connection so that the other side sees that something is missing: by a reset."""
        if self.cycle is not None:
            self.cycle.disconnected = True
        if (connection := self.transport.get_extra_info("socket")) is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self.transport.abort()


class _WithoutChunks:
    """HTTP/1.0 has no chunks: a body whose length is not known ends with the connection."""

    def __init__(self, app: ASGIApp, cycle: RequestResponseCycle) -> None:
        self._app = app
        self._cycle = cycle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cycle = self._cycle

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name.lower() for name, _ in message["headers"]}
                cycle.chunked_encoding = None if b"content-length" in names else False
            elif cycle.expected_content_length == 0 and scope["method"] != "HEAD":
                cycle.expected_content_length = len(message.get("body", b""))
            await send(message)

        await self._app(scope, receive, sent)
