"""The only way in: every request below /redactie passes here.

Without accounts there is nothing here. Else: what others send is refused (Origin, Sec-Fetch-Site
and a word in each form that only that session knows), who is not inside is asked for a token, and
no answer is kept, framed, shared with another origin or read by robots. What was typed comes back
whenever it is not taken.
"""

import asyncio
import inspect
import secrets
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from typing import cast
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from wijk.editing.desk.desk import Desk
from wijk.editing.desk.sessions import Session
from wijk.errors import DeskError
from wijk.web import replies, requests
from wijk.web.api import uploads
from wijk.web.redactie import live, sent
from wijk.web.redactie.visit import COOKIE, HERE, Door, Visit
from wijk.web.requests import BadRequest

MOST = 8 * 1024 * 1024
"""Bytes of one form."""
_REFUSED = {
    400: "De server begrijpt dit formulier niet. Er is niets gedaan.",
    403: "Dit formulier kwam van een andere site. Er is niets gedaan.",
    405: "Dat kan hier niet. Er is niets gedaan.",
    413: "Dit is te groot. Stuur hoogstens 8 MB tegelijk.",
    415: "Dit is geen formulier dat we kennen. Er is niets gedaan.",
    429: "Dat waren te veel formulieren achter elkaar. Wacht een minuut.",
    503: "De redactie werkt nu even niet. Wie deze site beheert, kan lezen waarom.",
}
"""Why nothing was done, by the status."""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def closed(scope: Scope) -> bool:
    """Whether this is an address of editors: nothing of it is shared with other origins."""
    path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")).rstrip("/"))
    return (path == HERE or path.startswith(f"{HERE}/")) and _open(scope["app"].state.desk)


def _open(desk: Desk | None) -> bool:
    try:
        return desk is not None and desk.accounts.there()
    except DeskError:
        return True  # and then it says what is wrong


class Guard:
    """Opens the doors to who may."""

    def __init__(self, doors: Sequence[Door]) -> None:
        self._routes = [(door, Route(HERE + door.path, _nowhere)) for door in doors]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope, receive)
        desk: Desk | None = scope["app"].state.desk
        if desk is None or not _open(desk):
            raise HTTPException(404)
        try:
            with ExitStack() as opened:
                answer = await self._answered(request, desk, opened)
        except DeskError as error:
            print(f"/redactie: {error}", file=sys.stderr)
            answer = _refused(request, desk, 503)
        except BadRequest as error:
            answer = _refused(request, desk, error.status)
        except ClientDisconnect:
            return
        answer.headers.update(_HEADERS)
        await answer(scope, receive, send)

    async def _answered(self, request: Request, desk: Desk, opened: ExitStack) -> Response:
        door, named = self._door(request)
        if request.method in ("GET", "HEAD") and door.get is not None:
            visit = Visit(request, desk, await _session(request, desk), named=named)
            return await self.opened(door, visit)
        if request.method == "POST" and door.post is not None:
            if not _from_here(request):
                raise BadRequest("This form was sent from another site. Nothing was done.", 403)
            fields, upload = await _fields(request, door, opened)
            visit = Visit(request, desk, await _session(request, desk), fields, named, upload)
            return await self.opened(door, visit)
        able = ["GET", "HEAD"] * (door.get is not None) + ["POST"] * (door.post is not None)
        allowed = {"Allow": ", ".join([*able, "OPTIONS"])}
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=allowed)
        answer = _refused(request, desk, 405)
        answer.headers.update(allowed)
        return answer

    async def opened(self, door: Door, visit: Visit) -> Response:
        """What is behind a door, for who may see it; else who asks is told why not."""
        posting = visit.request.method == "POST"
        if door.role and visit.session is None:
            if posting and visit.desk.posts.taken(visit.network) > 0:
                raise BadRequest("There were too many forms. Wait a minute.", 429)
            return sent.asked_in(visit)
        if door.role and not visit.account.may(door.role):
            return visit.shown("mag-niet.html", 403)
        if posting and visit.session is not None and door.role:
            if (wait := visit.desk.posts.taken(visit.account.name)) > 0:
                return sent.back(visit, 429, wait)
            word = visit.given.get("csrf", "").encode()
            if not secrets.compare_digest(word, visit.session.csrf.encode()):
                return sent.back(visit, 403)
        if visit.session is not None:
            await asyncio.to_thread(live.settle, visit.desk, visit.site.snapshot.root)
        handler = door.post if posting else door.get
        assert handler is not None
        if inspect.iscoroutinefunction(handler):
            return await cast(Awaitable[Response], handler(visit))
        return await asyncio.to_thread(cast(Callable[[Visit], Response], handler), visit)

    def _door(self, request: Request) -> tuple[Door, dict[str, str]]:
        """The door at this address.

        Raises:
            HTTPException: there is none.
        """
        scope = {**request.scope, "path": replies.path(request), "root_path": "", "method": "GET"}
        for door, route in self._routes:
            match, found = route.matches(scope)
            if match is Match.FULL:
                return door, found["path_params"]
        raise HTTPException(404)


def _refused(request: Request, desk: Desk, status: int) -> Response:
    """Why nothing was done, in the words of editors."""
    told = _REFUSED.get(status, _REFUSED[400])
    return Visit(request, desk).shown("geweigerd.html", status, told=told)


async def _session(request: Request, desk: Desk) -> Session | None:
    secret = request.cookies.get(COOKIE)
    return await asyncio.to_thread(desk.sessions.of, secret) if secret else None


def _from_here(request: Request) -> bool:
    """Whether a page of ours sent this, as a browser tells (RFC 6454; Fetch Metadata)."""
    headers: Headers = request.headers
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    public = urlsplit(request.app.state.site.public_url).netloc
    host = urlsplit(headers.get("origin", "")).netloc
    return bool(host) and host in (headers.get("host", ""), public)


async def _fields(
    request: Request, door: Door, opened: ExitStack
) -> tuple[list[tuple[str, str]], uploads.Upload | None]:
    """The fields of what was posted, and its file if it has one.

    Raises:
        BadRequest: it is too large, or no form.
    """
    kind, _ = requests.content_type(request)
    if door.upload and kind == uploads.MULTIPART:
        taken = await uploads.uploaded(request, (), MOST, opened)
        return list(taken.given.items()), taken
    if kind != requests.FORM:
        raise BadRequest("Send this as a form.", 415)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST:
            raise BadRequest(f"This form is longer than {MOST:,} bytes. Send less at once.", 413)
    fields = requests.fields(bytes(body))
    return (sent.unfolded(fields) if door.role else fields), None


async def _nowhere(request: Request) -> Response:
    raise HTTPException(404)
