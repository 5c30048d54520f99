"""What the service offers, for programs: an OpenAPI 3.1 description at an address of its own."""

import json
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from wijk import __version__
from wijk.web import replies
from wijk.web.replies import Representation
from wijk.web.site import Site
from wijk.web.templating import HERE

PATH = "/api/v1/openapi.json"

ALWAYS = {
    "Access-Control-Allow-Origin": ("Every site may read here.", "^[*]$"),
    "Access-Control-Expose-Headers": ("The headers that a script may read.", ""),
    "X-Content-Type-Options": ("The media type is what it says.", "^nosniff$"),
    "Referrer-Policy": ("What a page tells the pages it links to.", ""),
    "Content-Security-Policy": ("What a page may load and run.", ""),
}
"""Headers of every response of the application, with what they say and a pattern of their value."""


async def description(request: Request) -> Response:
    """`/api/v1/openapi.json`, with the address of this service in it."""
    site: Site = request.app.state.site
    server = {"url": site.public_url or replies.root(request) or "/"}
    body = json.dumps({**described(), "servers": [server]}, ensure_ascii=False).encode()
    return replies.reply(request, Representation("application/json", body))


@cache
def described() -> dict[str, Any]:
    """The description as in its file, with what is the same for every response."""
    told: dict[str, Any] = json.loads((HERE / "openapi.json").read_text(encoding="utf-8"))
    told["info"]["version"] = __version__
    shared = told["components"]["headers"]
    for name, (text, pattern) in ALWAYS.items():
        schema = {"type": "string", **({"pattern": pattern} if pattern else {})}
        shared[name] = {"description": text, "schema": schema}
    operations = [each["get"] for each in told["paths"].values()]
    operations += [each["post"] for each in told["paths"].values() if "post" in each]
    responses = [each for one in operations for each in one["responses"].values()]
    for response in [*responses, *told["components"]["responses"].values()]:
        if "$ref" not in response:
            references = {name: {"$ref": f"#/components/headers/{name}"} for name in ALWAYS}
            response["headers"] = {**response.get("headers", {}), **references}
    return told
