"""The addresses of the service, and what each answers."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from wijk.questions import Param
from wijk.web import gone, problems, replies, requests
from wijk.web.problems import Problem
from wijk.web.reconcile import answering, asked, extending, suggesting
from wijk.web.reconcile.manifest import manifest
from wijk.web.reconcile.tables import Keeper, Tables
from wijk.web.reconcile.vocabulary import PROPERTIES
from wijk.web.replies import Representation
from wijk.web.requests import BadRequest
from wijk.web.site import Site

JSON: Final = "application/json"
JAVASCRIPT: Final = "text/javascript"
PREVIEW_POLICY: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
_FACTS = ("place", "theme", "case", "audience", "other_name", "start", "code", "bundle")
_MOST_FACTS = 3
_MOST_TEXT = 256 * 1024
_FUNCTION = re.compile(r"[A-Za-z_$][\w$]{0,99}(?:\.[A-Za-z_$][\w$]{0,99}){0,4}", re.ASCII)
_ENTITY = Param("id", "iri")
_Given = Mapping[str, str]
_Answers = Callable[[Request, _Given], Awaitable[object]]


def add(app: FastAPI) -> None:
    """Give an application the service."""
    app.state.reconcile = Keeper()
    app.add_route("/reconcile", _taken(_service), methods=["GET", "POST"])
    for path, answers in {
        "/reconcile/properties": _properties,
        "/reconcile/suggest/{about}": _suggestions,
        "/reconcile/flyout/{about}": _flyout,
        "/reconcile/preview": _preview,
        "/reconcile/view": _view,
    }.items():
        app.add_route(path, _taken(answers), methods=["GET"])


def _taken(answers: _Answers) -> Callable[[Request], Awaitable[Response]]:
    """Read the request, and send the answer as JSON, or as a script if that was asked."""

    async def handler(request: Request) -> Response:
        site: Site = request.app.state.site
        try:
            given = await _given(request)
            function = given.get("callback", "")
            if function and not _FUNCTION.fullmatch(function):
                raise BadRequest("The callback is not the name of a function.")
            told = await answers(request, given)
        except BadRequest as error:
            problem = Problem(error.status, "The request is not taken", str(error))
            return problems.response(site, request, problem)
        return told if isinstance(told, Response) else _sent(request, told, function)

    return handler


async def _given(request: Request) -> _Given:
    """The fields of the form, or of the address; the first of each name.

    Raises:
        BadRequest: they cannot be read, or are more than fits.
    """
    if request.method != "POST":
        return dict(reversed(requests.fields(request.scope.get("query_string", b""))))
    kind, charset = requests.content_type(request)
    sent = await requests.content(request, _MOST_TEXT)
    if kind != requests.FORM:
        raise BadRequest(f"Send queries as {requests.FORM}.", 415)
    if charset not in ("utf-8", "utf8", ""):
        raise BadRequest(f"The form must be UTF-8, not {charset[:80]}.", 415)
    return dict(reversed(requests.fields(sent)))


def _sent(request: Request, told: object, function: str) -> Response:
    body = json.dumps(told)
    if function:
        return replies.reply(
            request, Representation(JAVASCRIPT, f"/**/{function}({body});".encode())
        )
    return replies.reply(request, Representation(JSON, body.encode()))


async def _service(request: Request, given: _Given) -> object:
    """The manifest, or the answers to queries."""
    site: Site = request.app.state.site
    if "queries" in given:
        queries = asked.batch(given["queries"])
        return await _worked(request, lambda tables: answering.results(tables, queries))
    if "query" in given:
        query = asked.single(given["query"])
        return await _worked(request, lambda tables: answering.result(tables, query))
    if "extend" in given:
        extension = asked.extension(given["extend"])
        return await _worked(request, lambda tables: extending.extended(tables, extension))
    if request.method == "POST":
        raise BadRequest("There is no field queries or extend in this form.")
    return manifest(site, request)


async def _properties(request: Request, given: _Given) -> object:
    """Properties that things of a type may have."""
    limit = _number(given, "limit", 0)
    return extending.proposal(given.get("type", "")[:200], limit or None)


async def _suggestions(request: Request, given: _Given) -> object:
    """Entities, types or properties that begin so."""
    about = request.path_params["about"]
    if "prefix" not in given:
        raise BadRequest("Say with prefix how it begins.")
    prefix, kind = given["prefix"], given.get("type", "")
    if len(prefix) > 200:
        raise BadRequest("The prefix is longer than 200 characters.", 413)
    skip = _number(given, "cursor", 0)
    if about == "entity":
        return await _worked(
            request, lambda tables: suggesting.entities(tables, prefix, kind, skip)
        )
    if about == "type":
        return suggesting.of_types(prefix, skip)
    if about == "property":
        return suggesting.properties(prefix, kind, skip)
    return _nothing(request)


async def _flyout(request: Request, given: _Given) -> object:
    """A small piece of HTML about an entity, a type or a property."""
    about, identifier = request.path_params["about"], _identifier(given)
    if about not in ("entity", "type", "property"):
        return _nothing(request)
    told = suggesting.card(await _tables(request), about, identifier)
    return told or _nothing(request, given)


async def _preview(request: Request, given: _Given) -> object:
    """A page about an entity for a small frame on somebody else's page."""
    site: Site = request.app.state.site
    tables = await _tables(request)
    entity = tables.known(_identifier(given))
    if entity is None:
        return _nothing(request, given)
    address = tables.space + entity.id
    facts = [(PROPERTIES[name].name, tables.listed(entity.id, name)) for name in _FACTS]
    body = site.show(
        "preview.html",
        replies.root(request),
        entity=entity,
        what=answering.what(tables, entity),
        facts=[(name, values) for name, values in facts if values][:_MOST_FACTS],
        description=next((each.text for each in tables.listed(entity.id, "description")), ""),
        path=site.path(address) or "",
        address=address,
    )
    policy = {"Content-Security-Policy": PREVIEW_POLICY}
    return replies.reply(request, Representation("text/html", body, policy))


async def _view(request: Request, given: _Given) -> object:
    """303: the page about an entity."""
    site: Site = request.app.state.site
    tables = await _tables(request)
    entity = tables.known(_identifier(given))
    path = site.path(tables.space + entity.id) if entity else None
    if path is None:
        return _nothing(request, given)
    return replies.see_other(request, replies.root(request) + path)


async def _worked(request: Request, work: Callable[[Tables], object]) -> object:
    """What a thread makes of the tables: comparing names is work for the processor."""
    tables = await _tables(request)
    return await asyncio.to_thread(work, tables)


async def _tables(request: Request) -> Tables:
    keeper: Keeper = request.app.state.reconcile
    return await keeper.tables(request.app.state.site)


def _identifier(given: _Given) -> str:
    if not given.get("id"):
        raise BadRequest("Say with id what it is about.")
    return given["id"]


def _number(given: _Given, name: str, otherwise: int) -> int:
    text = given.get(name, "")
    if not text:
        return otherwise
    if not re.fullmatch("[0-9]{1,7}", text):
        raise BadRequest(f"{name} is a whole number from 0 to 9999999.")
    return int(text)


def _nothing(request: Request, given: _Given | None = None) -> Response:
    """404, or 410 when the entity that was asked for is withdrawn."""
    site: Site = request.app.state.site
    away = gone.asked(site, (_ENTITY,), given or {})
    return problems.response(site, request, away or problems.not_found(site, request))
