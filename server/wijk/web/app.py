"""The web application: the endpoint with its pages, and what holds for every answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wijk.engine import Engine, gate
from wijk.errors import EngineError, WijkError
from wijk.snapshot import Snapshot
from wijk.web import (
    completing,
    documents,
    harvest,
    heads,
    openapi,
    pages,
    problems,
    reconcile,
    redactie,
    signposts,
    sparql,
    static,
)
from wijk.web.api import areas, asked, check, join
from wijk.web.api import description as api
from wijk.web.api.resource import ROOT
from wijk.web.asking_page import ENGLISH
from wijk.web.front import Follower, Front
from wijk.web.live import Live, following
from wijk.web.problems import Problem
from wijk.web.redactie import guard
from wijk.web.site import Site
from wijk.web.suffixes import SUFFIXES
from wijk.web.warming import Make, Warming

Handler = Callable[[Request], Awaitable[Response]]

_ALWAYS = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Link, Location, Content-Location, Content-Range, Retry-After, API-Version",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (
        b"content-security-policy",
        b"default-src 'self'; img-src 'self' data:; object-src 'none'; form-action 'self'; "
        b"base-uri 'none'; frame-ancestors 'self'",
    ),
)
_PREFLIGHT = {"Access-Control-Allow-Headers": "*", "Access-Control-Max-Age": "86400"}
# No pages of the framework's own, and no redirect of its own: that goes where the Host header says.
_NOT_OURS: dict[str, Any] = {
    **dict.fromkeys(("openapi_url", "docs_url", "redoc_url")),
    "redirect_slashes": False,
}


def create(
    snapshot: Snapshot, engine: Engine, public_url: str = "", live: Live | None = None
) -> FastAPI:
    """The application of a whole site; it starts the engine with the snapshot, and ends it.

    With `live`, it goes along with the folder as that changes.
    """

    async def begin() -> None:
        await engine.load(snapshot.nquads(), snapshot.digest)
        await engine.start()

    app = application(Site(snapshot, engine, public_url), _pages(), begin, live, pages.AHEAD)
    reconcile.add(app)
    join.add(app)
    check.add(app)
    harvest.add(app)
    pages.add(app)
    redactie.add(app)
    return app


def application(
    site: Front,
    pages: Mapping[str, Handler],
    begin: Callable[[], Awaitable[None]],
    live: Follower | None = None,
    ahead: Sequence[Make[Any]] = (),
) -> FastAPI:
    """The endpoint, with these pages beside it: of a whole site, or next to none.

    It begins with starting the engine, and ends it. With `live`, it goes along with the files as
    those change. What is to be made `ahead` of who asks for it is, each time that they did.
    """
    app = FastAPI(lifespan=partial(_living, site.engine, begin), **_NOT_OURS)
    app.state.site = site
    app.state.failure = None
    app.state.live = live
    app.state.desk = None
    app.state.warming = Warming(ahead)
    app.state.limits = gate.Limits()
    app.add_route("/sparql", sparql.endpoint, methods=["GET", "POST"])
    app.add_route(ENGLISH, sparql.english, methods=["GET", "POST"])
    for path, handler in {**_SHARED, **pages}.items():
        app.add_route(path, handler, methods=["GET"])
    app.add_exception_handler(HTTPException, _told)
    app.add_exception_handler(WijkError, _told)
    app.add_exception_handler(Exception, _told)
    app.add_middleware(_Open)
    return app


@asynccontextmanager
async def _living(
    engine: Engine, begin: Callable[[], Awaitable[None]], app: FastAPI
) -> AsyncIterator[None]:
    try:
        await begin()
    except WijkError as error:
        app.state.failure = error  # whoever serves tells it
        raise
    preparing = asyncio.create_task(_prepared(app))
    warming = asyncio.create_task(app.state.warming.go_on())
    async with following(app):
        yield
    await preparing
    warming.cancel()
    with suppress(asyncio.CancelledError):
        await warming
    await engine.aclose()


async def _prepared(app: FastAPI) -> None:
    await asyncio.to_thread(app.state.site.prepare)
    app.state.warming.begin(app.state.site)


def _pages() -> dict[str, Handler]:
    listed: dict[str, Handler] = {
        "/id/{path:path}": documents.thing,
        "/doc/{path:path}": documents.document,
        "/def": documents.ontology,
        "/def/{path:path}": documents.ontology,
        "/shape": documents.term_file,
        openapi.PATH: openapi.description,
        ROOT: api.root,
        api.PATH: api.description,
        areas.PATH: areas.area,
        f"{ROOT}{asked.PATH}": asked.several,
        f"{ROOT}{asked.PATH}/{{naam}}": asked.one,
        "/health/ready": _ready,
    }
    for resource in api.RESOURCES:
        listed[f"{ROOT}{resource.path}"] = resource.several
        listed[f"{ROOT}{resource.path}/{{slug}}"] = resource.one
    for name in ("def", "shape"):
        for suffix in SUFFIXES:
            listed[f"/{name}{suffix}"] = documents.term_file
    return listed


async def _live(request: Request) -> Response:
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


async def _ready(request: Request) -> Response:
    """Ready as soon as the engine answers a question about the graph."""
    site: Site = request.app.state.site
    rows = await site.rows("home", {})
    live: Live | None = request.app.state.live
    problem = live.problem if live else ""
    told = {"status": "ok", "snapshot": site.snapshot.digest, "cases": len(rows)}
    told |= {"folder": "invalid" if problem else "served", "problem": problem or None}
    return JSONResponse(told, headers={"Cache-Control": "no-store"})


_SHARED: Mapping[str, Handler] = {
    "/static/{name:path}": static.static,
    "/health/live": _live,
    completing.PATH: completing.terms,
}


async def _told(request: Request, error: Exception) -> Response:
    site: Front = request.app.state.site
    if isinstance(error, EngineError):
        problem = problems.of_engine(error)
    elif not isinstance(error, HTTPException):
        problem = Problem(500, "Internal error", "Something went wrong here, not with you.")
    elif error.status_code == 404:
        problem = problems.not_found(site, request)
    elif error.status_code == 405:
        detail = f"{request.method} is not possible here."
        named = sorted((error.headers or {}).get("Allow", "GET, HEAD").split(", "))  # from a set
        allowed = {"Allow": ", ".join([*named, "OPTIONS"])}
        problem = Problem(405, "Method not allowed", detail, allowed)
    else:
        problem = Problem(error.status_code, "The request is not taken", str(error.detail))
    return problems.response(site, request, problem)


class _Open:
    """Lets every page of every site read here, and answers what browsers ask beforehand."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, _without_traceback(scope, send))
            return

        closed = guard.closed(scope)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                sent = _ALWAYS[2:] if closed else (*_ALWAYS, *signposts.of_page(scope, message))
                always = (it for it in sent if it[0] not in own)
                message["headers"] = [*message["headers"], *always, *openapi.version(scope)]
            await send(message)

        if (problem := heads.refused(scope["headers"])) is not None:
            told = problems.response(scope["app"].state.site, Request(scope), problem)
            await told(scope, receive, with_headers)
        elif scope["method"] == "OPTIONS" and not closed:
            methods = heads.possible(scope, scope["app"].routes)
            allowed = {"Allow": methods, "Access-Control-Allow-Methods": methods, **_PREFLIGHT}
            await Response(status_code=204, headers=allowed)(scope, receive, with_headers)
        else:
            await self._app(scope, receive, with_headers)


def _without_traceback(scope: Scope, send: Send) -> Send:
    """What failed in a way we can explain is told in one sentence, elsewhere."""

    async def told(message: Message) -> None:
        if message["type"] == "lifespan.startup.failed" and scope["app"].state.failure:
            message = {"type": message["type"], "message": ""}
        await send(message)

    return told
