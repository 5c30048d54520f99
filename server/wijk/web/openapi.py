"""What the service offers, for programs: an OpenAPI 3.1 description at an address of its own.

The REST resources of `/api/v1` have one of their own: see `wijk.web.api.description`.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from wijk import __version__
from wijk.web import replies
from wijk.web.replies import Representation
from wijk.web.site import Site
from wijk.web.templating import HERE

PATH = "/openapi.json"
API_VERSION = "1.0.0"
"""The version of `/api/v1`, by Semantic Versioning; its first number is the one in its address."""
VERSION_HEADER = "API-Version"
OF_VERSION = ("The full version of the API.", r"^[0-9]+\.[0-9]+\.[0-9]+$")

_ROOT = "/api/v1"
_OF_THE_API = ((VERSION_HEADER.lower().encode(), API_VERSION.encode()),)

ALWAYS = {
    "Access-Control-Allow-Origin": ("Every site may read here.", "^[*]$"),
    "Access-Control-Expose-Headers": ("The headers that a script may read.", ""),
    "X-Content-Type-Options": ("The media type is what it says.", "^nosniff$"),
    "Referrer-Policy": ("What a page tells the pages it links to.", ""),
    "Content-Security-Policy": ("What a page may load and run.", ""),
}
"""Headers of every response of the application, with what they say and a pattern of their value."""


def version(scope: Scope) -> Sequence[tuple[bytes, bytes]]:
    """The header with the version of the API, on every answer at its addresses."""
    path = scope["path"].removeprefix(scope.get("root_path", "").rstrip("/"))
    return _OF_THE_API if path == _ROOT or path.startswith(f"{_ROOT}/") else ()


async def description(request: Request) -> Response:
    """`/openapi.json`, with the address of this service in it."""
    site: Site = request.app.state.site
    server = {"url": site.public_url or replies.root(request) or "/"}
    body = json.dumps({**described(site), "servers": [server]}, ensure_ascii=False).encode()
    return replies.reply(request, Representation("application/json", body))


def described(site: Site) -> dict[str, Any]:
    """The description of a site: as in its file, with what is the same for every response."""
    told = _same()
    return {**told, "info": {**told["info"], **licensed(site)}}


def licensed(site: Site) -> dict[str, Any]:
    """The licence of the cases, as the catalogue has it; nothing when it has none."""
    terms = site.rights.of("case")
    return {"license": {"name": terms.label, "url": terms.licence}} if terms.licence else {}


@cache
def _same() -> dict[str, Any]:
    """What is the same for every site."""
    told = _file()
    told["info"]["version"] = __version__
    always(told)
    return told


def components() -> Mapping[str, Mapping[str, Any]]:
    """The parts that other descriptions may use too, such as the problems."""
    found: Mapping[str, Mapping[str, Any]] = _file()["components"]
    return found


def always(told: dict[str, Any], more: Mapping[str, tuple[str, str]] | None = None) -> None:
    """Give every response in a description the headers that every response has, and more."""
    listed = {**ALWAYS, **(more or {})}
    shared = told["components"]["headers"]
    for name, (text, pattern) in listed.items():
        schema = {"type": "string", **({"pattern": pattern} if pattern else {})}
        shared[name] = {"description": text, "schema": schema}
    operations = [each["get"] for each in told["paths"].values()]
    operations += [each["post"] for each in told["paths"].values() if "post" in each]
    responses = [each for one in operations for each in one["responses"].values()]
    for response in [*responses, *told["components"]["responses"].values()]:
        if "$ref" not in response:
            references = {name: {"$ref": f"#/components/headers/{name}"} for name in listed}
            response["headers"] = {**response.get("headers", {}), **references}


def _file() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((HERE / "openapi.json").read_text(encoding="utf-8"))
    return told
