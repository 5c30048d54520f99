"""`/api/v1/openapi.json`: what `/api/v1` offers, as OpenAPI 3.1 by the Dutch API Design Rules.

What is the same for each kind of thing and for each question is made from what answers it; the
rest stands in web/api/openapi.json.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from wijk.engine import formats
from wijk.harvesting.rights import said
from wijk.questions import Param, Question
from wijk.snapshot import Snapshot
from wijk.web import negotiation, openapi, replies, signposts
from wijk.web.api import asked, geojson, paging, schemas, table
from wijk.web.api.actors import ACTORS
from wijk.web.api.cases import CASES
from wijk.web.api.lessons import LESSONS
from wijk.web.api.places import PLACES
from wijk.web.api.resource import JSON, ROOT, Resource
from wijk.web.api.themes import THEMES
from wijk.web.examples import fitted
from wijk.web.replies import Representation
from wijk.web.site import Site

PATH = f"{ROOT}/openapi.json"
RESOURCES = (CASES, PLACES, ACTORS, LESSONS, THEMES)
Told = dict[str, Any]

_KINDS: Mapping[str, Told] = {
    "year": {"type": "string", "pattern": "^[0-9]{4}$"},
    "date": {"type": "string", "format": "date"},
}
_REFUSED = ("400", "405", "406", "431", "503", "504")


async def root(request: Request) -> Response:
    """Where the API begins: 303 to its page for a browser, and else to its description."""
    wanted = negotiation.choose(replies.accept(request), (JSON, negotiation.HTML))
    return replies.see_other(
        request, replies.root(request) + ("/api" if wanted == negotiation.HTML else PATH)
    )


async def description(request: Request) -> Response:
    """The description of the API of this site, with its address in it."""
    site: Site = request.app.state.site

    def made() -> Representation:
        body = json.dumps(described(site), ensure_ascii=False).encode()
        return Representation(JSON, body, signposts.rights(site))

    return replies.reply(request, await site.once(PATH, made))


def described(site: Site) -> Told:
    """The description, as it is for this site and its questions."""
    rights = site.rights
    told: Told = json.loads(json.dumps(schemas.file()))
    told["info"] |= {"title": site.name, "version": openapi.API_VERSION, **openapi.licensed(site)}
    told["info"]["contact"] = {
        "name": said(rights.contact.name) or said(rights.publisher.name) or site.name,
        "email": rights.contact.email,
        "url": rights.contact.url or site.url("/"),
    }
    told["servers"] = [{"url": site.url(ROOT)}]
    for resource in RESOURCES:
        told["paths"] |= _paths(resource, site.snapshot)
        told["components"]["schemas"][f"{resource.schema}List"] = _list(resource.schema)
    told["paths"] |= _questions(site.examples)
    for kind, parts in openapi.components().items():
        told["components"][kind] = {**parts, **told["components"].get(kind, {})}
    _pruned(told)
    openapi.always(told, {openapi.VERSION_HEADER: openapi.OF_VERSION})
    return told


def _paths(resource: Resource, snapshot: Snapshot) -> Told:
    name, path = resource.schema[0].lower() + resource.schema[1:], resource.path
    several = {
        "operationId": f"{name}List",
        "summary": f"A page of what is at {path}, in the order of their addresses.",
        "tags": ["things"],
        "parameters": [*(_filter(fitted(it, snapshot)) for it in resource.filters), *_page()],
        "responses": _responses(_contents(resource, f"{resource.schema}List")),
    }
    one = {
        "operationId": name,
        "summary": f"One of {path}.",
        "tags": ["things"],
        "parameters": [_slug(resource.kind)],
        "responses": _responses(_contents(resource, resource.schema)) | _references("404", "410"),
    }
    return {path: {"get": several}, f"{path}/{{slug}}": {"get": one}}


def _contents(resource: Resource, schema: str) -> Mapping[str, Told]:
    feature = "FeatureCollection" if schema.endswith("List") else "Feature"
    found = {
        JSON: _reference("schemas", schema),
        geojson.MEDIA_TYPE: _reference("schemas", feature),
        table.MEDIA_TYPE: {"type": "string"},
    }
    return {media_type: found[media_type] for media_type in resource.offered}


def _questions(known: Mapping[str, Question]) -> Told:
    listed = {
        "operationId": "questionList",
        "summary": "The prepared questions, with the parameters they take.",
        "tags": ["questions"],
        "parameters": _page(),
        "responses": _responses({JSON: _reference("schemas", "QuestionList")}),
    }
    contents = {
        JSON: _reference("schemas", "Answer"),
        formats.CSV: {"type": "string"},
        formats.JSON: _reference("schemas", "Rows"),
    }
    paths: Told = {asked.PATH: {"get": listed}}
    for name, question in sorted(known.items()):
        first, *others = name.split("-")
        paths[f"{asked.PATH}/{name}"] = {
            "get": {
                "operationId": "ask" + "".join(map(str.title, (first, *others))),
                "summary": question.summary,
                "tags": ["questions"],
                "parameters": [_filter(param) for param in question.params],
                "responses": _responses(contents) | _references("404", "413", "422"),
            }
        }
    return paths


def _filter(param: Param) -> Told:
    schema = _KINDS.get(param.kind, {"type": "string"})
    kinds = {"code": "a code of CBS", "iri": "an IRI", "text": "text"}
    kind = kinds.get(param.kind, f"a name or IRI of kind {param.kind}")
    told = {"name": param.name, "in": "query", "description": f"{param.label} ({kind})"}
    example = {"example": param.example} if param.example else {}
    return {**told, "required": param.required, "schema": schema, **example}


def _page() -> list[Told]:
    def whole(name: str, text: str, usual: int, most: int) -> Told:
        schema = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
        return {"name": name, "in": "query", "description": text, "schema": schema}

    return [
        whole(paging.NUMBER, "Which page, from 1.", 1, paging.LAST),
        whole(paging.SIZE, "How many there are on a page.", paging.USUAL, paging.MOST),
    ]


def _slug(kind: str) -> Told:
    text = f"The name in its address, the last part of its IRI: /id/{kind}/{{slug}}."
    schema = {"type": "string"}
    return {"name": "slug", "in": "path", "required": True, "description": text, "schema": schema}


def _list(schema: str) -> Told:
    properties = {
        "count": {"type": "integer", "minimum": 0, "description": "On all pages together."},
        "items": {"type": "array", "items": _reference("schemas", schema)},
        "_links": _reference("schemas", "Links"),
    }
    closed = {"required": [*properties], "additionalProperties": False}
    return {"type": "object", "properties": properties, **closed}


def _responses(contents: Mapping[str, Told]) -> Told:
    names: tuple[str, ...] = ("ETag", "Vary", "Cache-Control", "Link")
    if table.MEDIA_TYPE in contents:
        names += ("Content-Disposition",)
    found = {
        "description": "What was asked for.",
        "headers": {name: _reference("headers", name) for name in names},
        "content": {media_type: {"schema": schema} for media_type, schema in contents.items()},
    }
    return {"200": found, "304": _reference("responses", "NotModified"), **_references(*_REFUSED)}


def _references(*statuses: str) -> Told:
    return {status: _reference("responses", f"Problem{status}") for status in statuses}


def _reference(kind: str, name: str) -> Told:
    return {"$ref": f"#/components/{kind}/{name}"}


def _pruned(told: Told) -> None:
    """Leave out the shared components that are not used here."""
    parts, used = told["components"], set[str]()
    waiting = [*_used(told["paths"])]
    while waiting:
        if (one := waiting.pop()) not in used:
            used.add(one)
            _, _, kind, name = one.split("/")
            waiting += _used(parts[kind][name])
    for kind, those in [*parts.items()]:
        start = f"#/components/{kind}/"
        parts[kind] = {name: those[name] for name in those if start + name in used}


def _used(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"]
        for value in part.values():
            yield from _used(value)
    elif isinstance(part, list):
        for value in part:
            yield from _used(value)
