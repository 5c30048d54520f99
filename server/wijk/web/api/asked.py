"""`/api/v1/vragen`: the prepared questions, and `/api/v1/vragen/{naam}`: the answer to one."""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from rdflib import XSD
from starlette.requests import Request
from starlette.responses import Response

from wijk import questions
from wijk.engine import Answer, Ask, formats
from wijk.errors import QuestionError, UnknownQuestion
from wijk.questions import Param, Question
from wijk.web import gone, problems, replies, signposts, spreadsheets
from wijk.web.api import paging, parameters
from wijk.web.api.resource import JSON, ROOT, hrefs, negotiated, refused
from wijk.web.problems import Problem
from wijk.web.replies import Representation
from wijk.web.requests import BadRequest
from wijk.web.site import Site

PATH = "/vragen"
OFFERED = (JSON, formats.CSV, formats.JSON)
"""Of an answer: rows of plain values, a table, or all that is known of each value."""
_WHOLE = {str(XSD[name]) for name in ("integer", "int", "long", "nonNegativeInteger", "gYear")}
_BROKEN = {str(XSD[name]) for name in ("decimal", "double", "float")}


async def several(request: Request) -> Response:
    """The questions, in the order of their names, with the parameters they take."""
    site: Site = request.app.state.site
    try:
        negotiated(request, (JSON,))
        page = parameters.asked(request.query_params, (), site.snapshot).page
    except BadRequest as error:
        return refused(site, request, error, (JSON,))
    address = site.url(ROOT + PATH)
    listed = [told(each, address) for _, each in sorted(site.examples.items())]
    links = paging.links(address, {}, page, len(listed))
    body = {"count": len(listed), "items": listed[page.start : page.end], "_links": hrefs(links)}
    headers = signposts.rights(site, before=paging.header(links))
    return replies.reply(request, _json(body, headers))


async def one(request: Request) -> Response:
    """The answer to a question; its parameters are those of the header of its file."""
    site: Site = request.app.state.site
    try:
        question = questions.choose(site.examples, request.path_params["naam"])
        if away := gone.asked(site, question.params, request.query_params):
            return problems.response(site, request, away)
        wanted = negotiated(request, OFFERED)
        names = [param.name for param in question.params]
        parameters.only(request.query_params, names)
        bindings = question.bind(request.query_params, site.snapshot)
    except UnknownQuestion as error:
        return problems.response(site, request, Problem(404, "Not found", str(error)))
    except QuestionError as error:
        return refused(site, request, BadRequest(str(error)))
    except BadRequest as error:
        return refused(site, request, error, OFFERED)
    media_type = formats.CSV if wanted == formats.CSV else formats.JSON
    answer = await site.engine.answer(Ask(question.text, media_type, bindings=bindings, whole=True))
    told = await _told(request, question, answer, wanted)
    told.headers.update(signposts.several(site))
    return told


async def _told(request: Request, question: Question, answer: Answer, wanted: str) -> Response:
    if wanted == formats.CSV:
        return await spreadsheets.answered(request, answer)
    if wanted != JSON:
        return replies.answer(request, answer)
    found = await asyncio.to_thread(_rows, question, await answer.whole())
    return replies.reply(request, _json(found))


def told(question: Question, address: str) -> dict[str, Any]:
    """A question: what it asks, what it takes, and where its answer is."""
    return {
        "name": question.name,
        "summary": question.summary,
        "parameters": [_param(each) for each in question.params],
        "_links": hrefs({"answer": f"{address}/{question.name}"}),
    }


def _param(param: Param) -> dict[str, Any]:
    return {
        "name": param.name,
        "kind": param.kind,
        "required": param.required,
        "example": param.example,
        "label": param.label,
    }


def _rows(question: Question, answer: bytes) -> dict[str, Any]:
    """The rows with plain values: IRIs and texts as text, numbers as numbers, or nothing."""
    found = json.loads(answer)
    columns = found["head"]["vars"]
    rows = [
        {name: _plain(row[name]) if name in row else None for name in columns}
        for row in found["results"]["bindings"]
    ]
    return {
        "name": question.name,
        "summary": question.summary,
        "columns": columns,
        "count": len(rows),
        "items": rows,
    }


def _plain(term: Mapping[str, str]) -> str | int | float | bool:
    value, datatype = term["value"], term.get("datatype", "")
    try:
        if datatype in _WHOLE:
            return int(value)
        if datatype in _BROKEN and (number := float(value)) - number == 0:
            return number
    except ValueError:
        return value
    return value in ("true", "1") if datatype == str(XSD.boolean) else value


def _json(body: object, headers: Mapping[str, str] | None = None) -> Representation:
    return Representation(JSON, json.dumps(body, ensure_ascii=False).encode(), headers or {})
