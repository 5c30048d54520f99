"""Responses with what all of them need: a strong ETag, Vary, and 304 when nothing changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

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


def reply(request: Request, made: Representation, status: int = 200) -> Response:
    """Send a representation, or say that the client has it already."""
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", "ETag": made.tag, **made.headers}
    if status == 200 and request.method in ("GET", "HEAD") and _known(request, made.tag):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = content_type(made.media_type)
    return Response(made.body, status, headers)


def see_other(request: Request, path: str) -> Response:
    """303: the thing is not a page, but there is one about it."""
    return Response(status_code=303, headers={"Location": path, "Vary": "Accept"})


def content_type(media_type: str) -> str:
    """The header's value."""
    return f"{media_type}; charset=utf-8" if media_type.startswith(_WITH_CHARSET) else media_type


def root(request: Request) -> str:
    """What stands before every path of ours when a proxy serves us below a path."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def accept(request: Request) -> str | None:
    """The Accept header; several are one."""
    return ",".join(request.headers.getlist("accept")) or None


def _known(request: Request, tag: str) -> bool:
    given = ",".join(request.headers.getlist("if-none-match"))
    tags = {part.strip().removeprefix("W/") for part in given.split(",")}
    return tag in tags or "*" in tags
