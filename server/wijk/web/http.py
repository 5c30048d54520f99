"""HTTP as the server speaks it: uvicorn's protocol, with the deadlines and bounds it has not."""

import json
import re
import select
import socket
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar, cast

import httptools
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from wijk.web.replies import BREAK

_LONG = 32 * 1024  # httptools reads no address of more than 64 KiB
_REFUSED = 64  # connections over the limit that are still told so
_REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}) [^ \r\n]+ HTTP/1\.[01]\r?\n")
_NO_LINGER = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class HttpLimits:
    """How long a client may take, in seconds, for what it sends and for what it takes.

    `head` is the size of the head of a request, in bytes, and `connections` how many there may be.
    """

    head_seconds: float = 10.0
    body_seconds: float = 30.0
    send_seconds: float = 30.0
    connections: int = 1000
    head: int = 256 * 1024


class Http(HttpToolsProtocol):
    """One connection; `due` is to be called a few times a second."""

    limits: ClassVar[HttpLimits] = HttpLimits()
    _head = 0
    """Bytes of the head that is coming in, or less than 0 while a body comes."""
    _between = False
    """Did a request end in what came in last?"""
    _since = 0.0
    """When the client began with what it is at, or 0 when nothing is to come."""
    _moved = 0.0
    """When the client last took something."""
    _unsent = 0
    _over = False
    _asked: RequestResponseCycle | None = None
    """The request under way; those behind it are in the pipeline."""

    def connection_made(self, transport: Any) -> None:
        """Begin with a connection, or refuse one that is far too many."""
        super().connection_made(transport)
        self._since = self._moved = self.loop.time()
        self._over = len(self.connections) > self.limits.connections
        if len(self.connections) > self.limits.connections + _REFUSED:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the request under way, also when others came in behind it; those are forgotten."""
        if self._asked is not None and not self._asked.response_complete:
            self._asked.disconnected = True
            self._asked.message_event.set()
        self.pipeline.clear()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came in; a head that is too long is a 431."""
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserError as error:
            unknown = isinstance(error, httptools.HttpParserInvalidMethodError)
            if unknown and (line := _REQUEST_LINE.match(data)):
                self._refuse(501, f"The method {line[1].decode()} is not known here.")
            else:
                self._refuse(400, "This is not a request of HTTP/1.1.")
        except httptools.HttpParserUpgrade:
            pass  # to no other protocol: the request itself is answered
        between, self._between = self._between, False
        if self._head >= 0 and not between and not self.transport.is_closing():
            self._head += len(data)
            if self._head > self.limits.head:
                most = f"{self.limits.head:,}"
                self._refuse(431, f"The head of this request is longer than {most} bytes.")

    def on_message_begin(self) -> None:
        """The first byte of a request is there."""
        self._since = self.loop.time()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole; begin with the request."""
        self._head, self._since = -1, self.loop.time()
        url = self.url
        self.url, _, query = url.partition(b"?") if len(url) > _LONG else (url, b"", b"")
        super().on_headers_complete()
        if query:
            self.scope["query_string"] = query

    def on_message_complete(self) -> None:
        """The request is whole; what comes after it is another head."""
        self._head, self._since, self._between = 0, 0.0, True
        super().on_message_complete()

    def resume_writing(self) -> None:
        """The client took enough for more to go."""
        self._moved = self.loop.time()
        super().resume_writing()

    def due(self, now: float) -> None:
        """End what takes too long: 408 for a request that does not come, a reset for an answer."""
        unsent = self.transport.get_write_buffer_size()
        if not unsent or unsent < self._unsent:
            self._moved = now
        self._unsent = unsent
        if now - self._moved > self.limits.send_seconds:
            self.broken()
        elif self.pipeline and _left(self.transport):  # nothing is read meanwhile, no end either
            self.transport.abort()
        elif self._since and not self.transport.is_closing():
            self._due(now - self._since)

    def _due(self, passed: float) -> None:
        in_head = self._head >= 0
        seconds = self.limits.head_seconds if in_head else self.limits.body_seconds
        if passed <= seconds:
            return
        if self.scope is None:  # not one byte, ever
            self.transport.close()
        elif not in_head and self.cycle.response_started:
            self.broken()
        else:
            part = "head" if in_head else "body"
            self._refuse(
                *(408, f"The {part} of this request was not whole within {seconds:g} seconds."),
            )

    def _refuse(self, status: int, detail: str) -> None:
        """Say what is wrong, outside the application, and hang up."""
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
        if self._over:
            most = self.limits.connections
            detail = f"There are {most} connections already. Ask again in 3 seconds."
            app = _Refusal(503, "Too many connections", detail, {"retry-after": "3"})
        elif scope["http_version"] == "1.1" and (hosts := _hosts(scope)) != 1:
            detail = f"A request of HTTP/1.1 has one Host field; this one has {hosts or 'none'}."
            app = _Refusal(400, "Bad Request", detail)
        if scope["http_version"] == "1.0":
            app = _WithoutChunks(app, cycle)
        self._asked = cycle
        super()._start_asgi_task(cycle, app)

    def broken(self) -> None:
        """End the connection so that the other side sees that something is missing: by a reset."""
        if self.cycle is not None:
            self.cycle.disconnected = True
        connection = self.transport.get_extra_info("socket")
        if connection is not None and connection.fileno() >= 0:  # else the client was first
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        self.transport.abort()


def limited(chosen: HttpLimits) -> type[Http]:
    """The protocol with these limits."""
    return type("LimitedHttp", (Http,), {"limits": chosen})


def swept(connections: Iterable[Http]) -> None:
    """End what takes too long among these."""
    for connection in connections:
        connection.due(connection.loop.time())


def _left(transport: Any) -> bool:
    """Did the other side say that it sends no more?"""
    asked = select.poll()
    asked.register(transport.get_extra_info("socket"), getattr(select, "POLLRDHUP", 0))
    return bool(asked.poll(0))


def _hosts(scope: Scope) -> int:
    """How many Host fields there are: one, says RFC 9112, section 3.2."""
    return sum(name == b"host" for name, _ in scope["headers"])


class _Refusal:
    """What a request gets that goes no further, and a connection that is one too many."""

    def __init__(
        self, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None
    ) -> None:
        told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        self._status = status
        self._body = json.dumps(told).encode()
        self._headers = headers or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {
            "content-type": "application/problem+json",
            "content-length": str(len(self._body)),
            "cache-control": "no-store",
            "access-control-allow-origin": "*",
            "connection": "close",
            **self._headers,
        }
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": self._status, "headers": pairs})
        await send({"type": "http.response.body", "body": self._body})


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
