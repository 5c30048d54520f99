"""Sends files: whole or a part of them (RFC 9110, section 14), packed for who takes that."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from wijk.web import packing, problems, replies
from wijk.web.problems import Problem

# One range. Of several, and of what is none, the whole file is the answer (section 14.2).
_RANGE = re.compile(
    r"bytes[ \t]*=[ \t]*(?:(\d{1,18})-(\d{1,18})?|-(\d{1,18}))[ \t]*", re.IGNORECASE
)


@dataclass(frozen=True)
class File:
    """A file as it is sent; `packed` is the same file packed, when there is one."""

    path: Path
    media_type: str
    tag: str
    headers: Mapping[str, str] = field(default_factory=dict)
    packed: "File | None" = None


def sent(request: Request, file: File, modified: datetime) -> Response:
    """The file, the range of it that is asked for, or that the client has it already.

    It is dated by when it may have become otherwise last, whatever it says of itself.
    HEAD has no ranges, and a packed answer has none: they are of the file as it is.
    """
    asked = request.headers.get("range", "") if request.method == "GET" else ""
    headers = {"Cache-Control": "no-cache", **file.headers}
    media_type = file.media_type
    if file.packed is not None:
        headers["Vary"] = "Accept-Encoding"
        if not asked and packing.takes(request):
            file = file.packed
            headers["Content-Encoding"] = "gzip"
    headers["ETag"] = f'"{file.tag}"'
    headers["Last-Modified"] = replies.dated(modified)
    if replies.known(request, headers):
        return Response(status_code=304, headers=headers)
    size = file.path.stat().st_size
    if "if-range" not in request.headers and _is_beyond(asked, size):
        told = f"The file has {size} bytes, and none in this range."
        problem = Problem(416, "Range not satisfiable", told, {"Content-Range": f"bytes */{size}"})
        return problems.response(request.app.state.site, request, problem)
    headers["Content-Type"] = replies.content_type(media_type)
    return _Part(file.path, headers=headers, ranged=_is_range(asked))


def _is_range(asked: str) -> bool:
    found = _RANGE.fullmatch(asked.strip())
    if found is None:
        return False
    first, last, _ = found.groups()
    return first is None or last is None or int(first) <= int(last)


def _is_beyond(asked: str, size: int) -> bool:
    """Whether it is one range, of which the file has nothing."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or not _is_range(asked):
        return False
    first, _, last = found.groups()
    return int(last) == 0 if first is None else int(first) >= size


class _Part(FileResponse):
    """A file or a range of it; what is no range that we know is no reason to refuse."""

    def __init__(self, path: Path, headers: Mapping[str, str], ranged: bool) -> None:
        super().__init__(path, headers=headers, media_type=headers["Content-Type"])
        self._ranged = ranged

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        if not self._ranged:
            asked = MutableHeaders(scope=scope)
            del asked["range"]
            scope = {**scope, "headers": asked.raw}
        await super().__call__(scope, receive, send)
