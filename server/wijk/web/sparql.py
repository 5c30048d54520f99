"""`/sparql`: the endpoint for machines, and a form with the answer below it for people."""

import asyncio
import json
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from wijk.engine import Answer, Ask, formats, gate
from wijk.errors import EngineError
from wijk.web import negotiation, problems, replies, requests
from wijk.web.negotiation import HTML
from wijk.web.problems import Problem
from wijk.web.replies import Representation
from wijk.web.requests import BadRequest, Wanted
from wijk.web.site import Site
from wijk.web.views import Link

_GRAPH_FORMS = ("CONSTRUCT", "DESCRIBE")
_ROW_NAMES = {"json": formats.JSON, "xml": formats.XML, "csv": formats.CSV, "tsv": formats.TSV}
_GRAPH_NAMES = {
    **dict.fromkeys(("xml", "rdf", "rdfxml", "rdf+xml"), formats.RDF_XML),
    **dict.fromkeys(("json", "jsonld", "json-ld"), formats.JSON_LD),
    **dict.fromkeys(("turtle", "ttl", "n3"), formats.TURTLE),
    **dict.fromkeys(("nt", "ntriples", "n-triples"), formats.N_TRIPLES),
    **dict.fromkeys(("nq", "nquads", "n-quads"), formats.N_QUADS),
    "trig": formats.TRIG,
}
_ALIASES = {
    "application/json": formats.JSON,
    "application/xml": formats.XML,
    "text/xml": formats.XML,
    "application/xhtml+xml": HTML,
}
_GRAPH_ALIASES = {
    "application/json": formats.JSON_LD,
    "application/xml": formats.RDF_XML,
    "text/xml": formats.RDF_XML,
    "text/plain": formats.N_TRIPLES,
    "text/n3": formats.TURTLE,
    "application/x-turtle": formats.TURTLE,
    "application/xhtml+xml": HTML,
}
_MOST_ROWS = 1000
_PATIENCE = 0.05


async def endpoint(request: Request) -> Response:
    """GET, form POST and direct POST of the SPARQL 1.1 Protocol."""
    site: Site = request.app.state.site
    try:
        wanted = await requests.read(request)
        if wanted.query is None or "voorbeeld" in wanted.given:
            return _without_query(site, request, wanted)
        return await _answered(site, request, wanted, wanted.query)
    except BadRequest as error:
        problem = Problem(error.status, "The request is not taken", str(error))
    except EngineError as error:
        problem = problems.of_engine(error)
    except ClientDisconnect:
        return Response(status_code=499)
    return problems.response(site, request, problem)


async def _answered(site: Site, request: Request, wanted: Wanted, query: str) -> Response:
    if not query.strip() and _is_page(request, wanted):
        return _page(site, request, query)
    try:
        passed = await gate.examined(query)
    except EngineError as error:
        if not _is_page(request, wanted):
            raise
        return _page(site, request, query, problem=problems.of_engine(error))
    graph = passed.form in _GRAPH_FORMS
    media_type = _media_type(request, wanted, graph)
    if media_type is None:
        offered = ", ".join(formats.GRAPHS if graph else formats.ROWS)
        raise BadRequest(f"This query can be answered as {offered}.", 406)
    as_page = media_type == HTML
    plain = (formats.TURTLE if graph else formats.JSON) if as_page else media_type
    ask = Ask(query, plain, wanted.default_graphs, wanted.named_graphs, passed=passed)
    try:
        answer = await _unless_gone(request, site.engine.answer(ask))
    except EngineError as error:
        if not as_page:
            raise
        return _page(site, request, query, problem=problems.of_engine(error))
    if as_page:
        return _page(site, request, query, answer)
    return replies.reply(request, Representation(answer.media_type, answer.body))


def _media_type(request: Request, wanted: Wanted, graph: bool) -> str | None:
    """As a parameter says, in the way SPARQLWrapper does; else as the Accept header says."""
    offered = formats.GRAPHS if graph else formats.ROWS
    named = _GRAPH_NAMES if graph else _ROW_NAMES
    for parameter in ("format", "output", "results"):
        value = wanted.given.get(parameter, "").strip().lower().replace(" ", "+")
        if value in named or value in offered:
            return named.get(value, value)
        if value in ("html", HTML):
            return HTML
    aliases = _GRAPH_ALIASES if graph else _ALIASES
    return negotiation.choose(replies.accept(request), (*offered, HTML), aliases)


def _is_page(request: Request, wanted: Wanted) -> bool:
    return _media_type(request, wanted, False) == HTML


def _without_query(site: Site, request: Request, wanted: Wanted) -> Response:
    offered = (formats.TURTLE, HTML)
    if negotiation.choose(replies.accept(request), offered, _ALIASES) == HTML:
        example = site.examples.get(wanted.given.get("voorbeeld", ""))
        return _page(site, request, _plain(example.text) if example else "")
    body = site.show(
        "service.ttl",
        replies.root(request),
        endpoint=f"{site.public_url}/sparql" if site.public_url else "",
    )
    return replies.reply(request, Representation(formats.TURTLE, body))


def _page(
    site: Site,
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
    return replies.reply(request, Representation(HTML, body), problem.status if problem else 200)


def _table(site: Site, found: Mapping[str, Any]) -> dict[str, Any]:
    if "boolean" in found:
        return {"boolean": found["boolean"]}
    variables = found["head"]["vars"]
    rows = found["results"]["bindings"]
    cells = [
        [_cell(site, row[name]) if name in row else None for name in variables]
        for row in rows[:_MOST_ROWS]
    ]
    return {"variables": variables, "rows": cells, "more": max(0, len(rows) - _MOST_ROWS)}


def _cell(site: Site, term: Mapping[str, Any]) -> Link:
    value = term["value"]
    if term["type"] != "uri":
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return Link(text, "", term.get("xml:lang", ""))
    path = site.addresses.path(value)
    outside = value if value.startswith(("http://", "https://")) else ""
    return Link(site.views.label(value), path or outside, "" if path else "outside")


def _plain(text: str) -> str:
    """An example without the header that is for us."""
    lines = [line for line in text.splitlines() if not line.startswith("#+")]
    return "\n".join(lines).strip() + "\n"


async def _unless_gone(request: Request, work: Coroutine[Any, Any, Answer]) -> Answer:
    """Wait for the answer, but not when nobody waits for it any more."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task}, timeout=_PATIENCE)
        if task.done():
            return task.result()
        gone = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
        if task.done():
            return task.result()
        raise ClientDisconnect
    finally:
        task.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
