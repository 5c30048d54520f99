"""`/sparql`: the endpoint for machines, and a form with the answer below it for people."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from wijk.engine import Answer, Ask, awaited, formats
from wijk.engine.gate import Passed
from wijk.errors import EngineError, QueryTooLarge
from wijk.web import description, kinds, negotiation, observing, problems, replies, requests
from wijk.web.asking_page import (
    ENGLISH,
    MOST_BYTES,
    Told,
    example,
    larger,
    longer,
    page,
    plain,
)
from wijk.web.front import Front
from wijk.web.negotiation import HTML
from wijk.web.problems import Problem
from wijk.web.requests import BadRequest, Wanted

_GRAPH_FORMS = ("CONSTRUCT", "DESCRIBE")
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
        said = "The request is not taken"
        problem = Problem(error.status, said, str(error), told=error.dutch)
    except EngineError as error:
        problem = problems.of_engine(error)
    except ClientDisconnect:
        return Response(status_code=499)
    if problems.is_for_people(request):
        return await _refused(request, problem)
    return problems.response(site, request, problem)


async def english(request: Request) -> Response:
    """`/en/sparql`: the page in English, and what a browser asks on it.

    All else is at the one address of the endpoint.
    """
    named = request.query_params.get("format", "html")
    html = negotiation.choose(replies.accept(request), (HTML,), {}) == HTML
    a_page = named == "html" and (html or "query" not in request.query_params)
    if a_page or ("query" in request.query_params and problems.is_for_people(request)):
        return await endpoint(request)
    asked = request.url.query
    where = f"{replies.root(request)}/sparql" + (f"?{asked}" if asked else "")
    return Response(status_code=307, headers={"Location": where, "Vary": "Accept"})


async def _refused(request: Request, problem: Problem) -> Response:
    """The page with what is wrong; the query is there when it was in the address."""
    query = request.query_params.get("query", "")
    if problem.status == 413 and query:
        problem = longer(problem)
    return await page(request, Wanted(query, None, None, {}), Told(query, problem=problem))


async def _answered(site: Front, request: Request, wanted: Wanted, query: str) -> Response:
    if not query.strip() and _is_page(request, wanted):
        return await page(request, wanted, Told(query))
    try:
        passed = await awaited.examined(query, request.app.state.limits)
    except EngineError as error:
        if not _is_page(request, wanted):
            raise
        return await page(request, wanted, Told(query, problem=problems.of_engine(error)))
    graph = passed.form in _GRAPH_FORMS
    media_type = kinds.wanted_kind(request, wanted, graph)
    if media_type == HTML:
        return await _on_a_page(request, wanted, passed)
    form = media_type or formats.NOTHING
    ask = Ask(query, form, wanted.default_graphs, wanted.named_graphs, passed=passed)
    answer = await _unless_gone(request, _asked(request, ask, False))
    if media_type is None:
        raise kinds.not_acceptable(wanted, graph, problems.is_for_people(request))
    return replies.answer(request, answer)


async def _on_a_page(request: Request, wanted: Wanted, passed: Passed) -> Response:
    query = wanted.query or ""
    ask = Ask(
        query,
        formats.TURTLE if passed.form in _GRAPH_FORMS else formats.JSON,
        wanted.default_graphs,
        wanted.named_graphs,
        passed=passed,
        limit=MOST_BYTES,
    )
    began = time.perf_counter()
    try:
        answer = await _unless_gone(request, _asked(request, ask, True))
    except EngineError as error:
        problem = problems.of_engine(error)
        if not isinstance(error, QueryTooLarge):
            return await page(request, wanted, Told(query, problem=problem))
        site: Front = request.app.state.site
        problem = larger(problem, site.engine.about.answer)
        return await page(request, wanted, Told(query, problem=problem, offered=ask.media_type))
    return await page(request, wanted, Told(query, answer, time.perf_counter() - began))


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


async def _without_query(site: Front, request: Request, wanted: Wanted) -> Response:
    there = replies.path(request) == ENGLISH
    media_type = HTML if there else kinds.of_description(request)
    if media_type == HTML:
        chosen = example(site, wanted.given)
        query = plain(chosen.text) if chosen else wanted.query or ""
        return await page(request, wanted, Told(query, example=chosen))
    return replies.reply(request, await description.described(site, request, media_type))


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
