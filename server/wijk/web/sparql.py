"""`/sparql`: the endpoint for machines, and a form with the answer below it for people."""

import asyncio
import json
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from wijk.engine import Answer, Ask, awaited, formats
from wijk.errors import EngineError, QueryTooLarge
from wijk.web import description, kinds, observing, problems, replies, requests
from wijk.web.front import Front
from wijk.web.negotiation import HTML
from wijk.web.problems import Problem
from wijk.web.replies import Representation
from wijk.web.requests import BadRequest, Wanted
from wijk.web.views import Link

_GRAPH_FORMS = ("CONSTRUCT", "DESCRIBE")
_MOST_ROWS = 1000
_MOST_ON_A_PAGE = 2 * 1024 * 1024
_PATIENCE = 0.05


async def endpoint(request: Request) -> Response:
    """GET, form POST and direct POST of the SPARQL 1.1 Protocol."""
    site: Front = request.app.state.site
    try:
        wanted = await requests.read(request)
        if wanted.query is None or "voorbeeld" in wanted.given:
            return await _without_query(site, request, wanted)
        observing.query(request.scope, wanted.query)
        return await _answered(site, request, wanted, wanted.query)
    except BadRequest as error:
        observing.query(request.scope)
        problem = Problem(error.status, "The request is not taken", str(error))
    except EngineError as error:
        problem = problems.of_engine(error)
    except ClientDisconnect:
        return Response(status_code=499)
    return problems.response(site, request, problem)


async def _answered(site: Front, request: Request, wanted: Wanted, query: str) -> Response:
    if not query.strip() and _is_page(request, wanted):
        return _page(site, request, query)
    try:
        passed = await awaited.examined(query, request.app.state.limits)
    except EngineError as error:
        if not _is_page(request, wanted):
            raise
        return _page(site, request, query, problem=problems.of_engine(error))
    graph = passed.form in _GRAPH_FORMS
    media_type = kinds.wanted_kind(request, wanted, graph)
    as_page = media_type == HTML
    plain = (formats.TURTLE if graph else formats.JSON) if as_page else media_type
    ask = Ask(
        *(query, plain or formats.NOTHING, wanted.default_graphs, wanted.named_graphs),
        passed=passed,
        limit=_MOST_ON_A_PAGE if as_page else None,
    )
    try:
        answer = await _unless_gone(request, _asked(request, ask, as_page))
    except EngineError as error:
        if not as_page:
            raise
        return _page(site, request, query, problem=_on_a_page(error))
    if media_type is None:
        raise kinds.not_acceptable(wanted, graph)
    if as_page:
        return _page(site, request, query, answer)
    return replies.answer(request, answer)


async def _asked(request: Request, ask: Ask, whole: bool) -> Answer:
    """Ask the engine, and note what becomes of the query."""
    site: Front = request.app.state.site
    observing.query(request.scope, form=ask.passed.form if ask.passed else None)
    try:
        answer = await site.engine.answer(ask)
        if answer.kept:
            observing.outcome(request.scope, observing.KEPT)
        return Answer(answer.media_type, await answer.whole()) if whole else answer
    except EngineError as error:
        observing.outcome(request.scope, error)
        raise


def _is_page(request: Request, wanted: Wanted) -> bool:
    return kinds.wanted_kind(request, wanted, False) == HTML


def _on_a_page(error: EngineError) -> Problem:
    problem = problems.of_engine(error)
    if isinstance(error, QueryTooLarge):
        more = f" A page shows up to {_MOST_ON_A_PAGE:,} bytes; as CSV or JSON there may be more."
        return replace(problem, detail=problem.detail + more)
    return problem


async def _without_query(site: Front, request: Request, wanted: Wanted) -> Response:
    media_type = kinds.of_description(request)
    if media_type == HTML:
        example = site.examples.get(wanted.given.get("voorbeeld", ""))
        return _page(site, request, _plain(example.text) if example else "")
    return replies.reply(request, await description.described(site, request, media_type))


def _page(
    site: Front,
    request: Request,
    query: str,
    answer: Answer | None = None,
    problem: Problem | None = None,
) -> Response:
    shown: dict[str, Any] = {"rows": None, "variables": (), "boolean": None, "text": "", "more": 0}
    if answer is not None and answer.media_type == formats.JSON:
        shown |= _table(site, json.loads(answer.body))
    elif answer is not None:
        shown["text"] = answer.body.decode()
    body = site.show(
        "sparql.html",
        replies.root(request),
        query=query,
        examples=[
            Link(example.summary, f"?voorbeeld={name}#vraag")
            for name, example in site.examples.items()
        ],
        problem=replace(problem) if problem else None,
        **shown,
    )
    headers = (problem.headers or {}) if problem else {}
    made = Representation(HTML, body, headers)
    return replies.reply(request, made, problem.status if problem else 200)


def _table(site: Front, found: Mapping[str, Any]) -> dict[str, Any]:
    if "boolean" in found:
        return {"boolean": found["boolean"]}
    variables = found["head"]["vars"]
    rows = found["results"]["bindings"]
    cells = [
        [_cell(site, row[name]) if name in row else None for name in variables]
        for row in rows[:_MOST_ROWS]
    ]
    return {"variables": variables, "rows": cells, "more": max(0, len(rows) - _MOST_ROWS)}


def _cell(site: Front, term: Mapping[str, Any]) -> Link:
    value = term["value"]
    if term["type"] == "bnode":
        return Link(f"_:{value}", "")
    if term["type"] != "uri":
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return Link(text, "", term.get("xml:lang", ""))
    if path := site.path(value):
        return Link(site.label(value), path)
    if value.startswith(("http://", "https://")):
        return Link(site.label(value), value, "outside")
    return Link(site.label(value), "")


def _plain(text: str) -> str:
    """An example without the header that is for us."""
    lines = [line for line in text.splitlines() if not line.startswith("#+")]
    return "\n".join(lines).strip() + "\n"


async def _unless_gone(request: Request, work: Coroutine[Any, Any, Answer]) -> Answer:
    """Wait for the answer, but not when nobody waits for it any more.

    Most answers are there before it is worth the trouble to look.
    """
    asking, left = asyncio.current_task(), asyncio.Event()
    watch: list[asyncio.Task[None]] = []

    async def look() -> None:
        await replies.gone(request.receive)
        left.set()
        if asking is not None:
            asking.cancel()

    timer = asyncio.get_running_loop().call_later(
        _PATIENCE, lambda: watch.append(asyncio.ensure_future(look()))
    )
    try:
        return await work
    except asyncio.CancelledError:
        if left.is_set() and asking is not None and not asking.uncancel():
            raise ClientDisconnect from None
        raise
    finally:
        timer.cancel()
        for one in watch:
            one.cancel()
