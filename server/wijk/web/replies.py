"""Responses with what all of them need: a strong ETag, Vary, and 304 when nothing changed."""

import asyncio
import hashlib
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from wijk.engine import Answer
from wijk.errors import EngineError
from wijk.web import observing, packing

BREAK: Final = "wijk.break"
"""In the scope of a request: what to call to break its connection."""

_PAGE = "text/html"
"""A page for people; those are in Dutch."""
_WITH_CHARSET = ("text/", "application/xml", "image/svg+xml")


@dataclass(frozen=True)
class Representation:
    """A body in one media type, ready to send; its tag differs when one bit of it differs."""

    media_type: str
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    tag: str = ""

    def __post_init__(self) -> None:
        mark = hashlib.sha256(self.media_type.encode() + b"\0" + self.body).hexdigest()[:32]
        object.__setattr__(self, "tag", f'"{mark}"')

    @cached_property
    def packed(self) -> "Representation":
        """The same packed with gzip, with a tag of its own."""
        headers = {**self.headers, "Content-Encoding": "gzip"}
        return Representation(self.media_type, packing.packed(self.body), headers)


def reply(request: Request, made: Representation, status: int = 200) -> Response:
    """Send a representation, or say that the client has it already; what went wrong has no tag.

    Who takes gzip gets it packed.
    """
    varied = ""
    if status == 200 and packing.is_worth(made.media_type, len(made.body)):
        varied = ", Accept-Encoding"
        made = made.packed if packing.takes(request) else made
    headers = {"Vary": "Accept", "Cache-Control": "no-store", **made.headers}
    headers["Vary"] += varied
    if made.media_type == _PAGE:
        headers.setdefault("Content-Language", "nl")
    if status == 200:
        headers |= {"ETag": made.tag}
        headers["Cache-Control"] = made.headers.get("Cache-Control", "no-cache")
        if request.method in ("GET", "HEAD") and known(request, headers):
            return Response(status_code=304, headers=headers)
    headers["Content-Type"] = content_type(made.media_type)
    return Response(made.body, status, headers)


def answer(request: Request, made: Answer) -> Response:
    """Send what the engine said, as it comes when it is long."""
    if made.rest is not None:
        return Long(made)
    return reply(request, Representation(made.media_type, made.body))


class Long(Response):
    """An answer that is sent while it is still being made; no tag, for that needs all of it.

    What has begun and cannot be finished ends as a broken connection.
    """

    def __init__(self, answer: Answer) -> None:
        super().__init__(status_code=200)
        self._answer = answer
        self.raw_headers = [
            (b"vary", b"Accept"),
            (b"cache-control", b"no-cache"),
            (b"content-type", content_type(answer.media_type).encode("latin-1")),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it for as long as the client is there."""
        try:
            await unless_gone(receive, self._sent(scope, send))
        except ClientDisconnect:
            observing.outcome(scope, observing.GONE)
        except (EngineError, ConnectionError) as error:
            observing.outcome(scope, error)
            scope[BREAK]()
        finally:
            await self._answer.aclose()

    async def _sent(self, scope: Scope, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(start)
        if scope["method"] != "HEAD" and self._answer.rest is not None:
            await _send_piece(send, self._answer.body)
            async for piece in self._answer.rest:
                await _send_piece(send, piece)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _send_piece(send: Send, piece: bytes) -> None:
    await send({"type": "http.response.body", "body": piece, "more_body": True})


async def unless_gone(receive: Receive, work: Coroutine[Any, Any, None]) -> None:
    """Do some work, but not when the client hangs up before it is done.

    Raises:
        ClientDisconnect: it did.
    """
    doing, left = asyncio.ensure_future(work), asyncio.ensure_future(gone(receive))
    try:
        await asyncio.wait({doing, left}, return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise ClientDisconnect
        doing.result()
    finally:
        doing.cancel()
        left.cancel()
        del doing  # an error in it knows of this call: together they would keep all of the answer


async def gone(receive: Receive) -> None:
    """Wait until the client hangs up."""
    while (await receive())["type"] != "http.disconnect":
        pass


def see_other(
    request: Request, path: str, more: Mapping[str, str] = MappingProxyType({})
) -> Response:
    """303: the thing is not a page, but there is one about it."""
    headers = {"Location": path, "Vary": "Accept", "Cache-Control": "no-cache", **more}
    return Response(status_code=303, headers=headers)


def dated(moment: datetime) -> str:
    """A moment as HTTP writes it, in whole seconds."""
    return format_datetime(moment.astimezone(UTC).replace(microsecond=0), usegmt=True)


def last_modified(moment: datetime) -> dict[str, str]:
    """The header that says it."""
    return {"Last-Modified": dated(moment)}


def content_type(media_type: str) -> str:
    """The header's value."""
    return f"{media_type}; charset=utf-8" if media_type.startswith(_WITH_CHARSET) else media_type


def root(request: Request) -> str:
    """What stands before every path of ours when a proxy serves us below a path."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def path(request: Request) -> str:
    """The path that was asked for, without what a proxy put before it."""
    return str(request.scope["path"]).removeprefix(root(request)) or "/"


def accept(request: Request) -> str | None:
    """The Accept header; several are one."""
    return ",".join(request.headers.getlist("accept")) or None


def known(request: Request, headers: Mapping[str, str]) -> bool:
    """Whether the client has what is sent with these headers.

    By its `ETag`, or else by its `Last-Modified` (RFC 9110, section 13.2.2).
    """
    given = ",".join(request.headers.getlist("if-none-match"))
    if not given:
        since = _moment(request.headers.get("if-modified-since"))
        changed = _moment(headers.get("Last-Modified"))
        return since is not None and changed is not None and changed <= since
    tags = {part.strip().removeprefix("W/") for part in given.split(",")}
    return headers["ETag"] in tags or "*" in tags


def _moment(text: str | None) -> datetime | None:
    """The date of a header; None when it is none: that is to be ignored."""
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
