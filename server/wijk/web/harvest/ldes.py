"""`/ldes`: the root of the event stream, and its pages."""

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wijk import turtle
from wijk.harvesting.ldes.pages import Page
from wijk.harvesting.ldes.stream import OF_PAGES, OF_ROOT, PATH, Stream, path
from wijk.web import negotiation, problems, replies, signposts
from wijk.web.replies import Representation
from wijk.web.site import Site

FULL = "public, max-age=604800, immutable"
OPEN = "public, max-age=0, must-revalidate"
SUFFIXES = {
    ".ttl": turtle.TURTLE,
    ".trig": turtle.TRIG,
    ".nq": turtle.NQUADS,
    ".nt": turtle.NTRIPLES,
    ".jsonld": turtle.JSONLD,
}
_ALIASES = {"application/json": turtle.JSONLD, "text/x-nquads": turtle.NQUADS}
_NO_TURTLE = "What a member says is in a named graph, and Turtle has none."


async def stream(site: Site) -> Stream:
    """The stream of a site, which is made once."""
    return await site.once(
        Stream, lambda: Stream(site.log, site.snapshot.base, site.name, site.url, site.rights)
    )


async def _root(request: Request) -> Response:
    """The root, or with a suffix the root in that format."""
    name = replies.path(request).removeprefix(PATH)
    return await _answered(request, await stream(request.app.state.site), None, name)


async def _page(request: Request) -> Response:
    """A page by its name; of a page that was written again the name before leads to the new one."""
    site: Site = request.app.state.site
    name = str(request.path_params["name"])
    stem, dot, suffix = name.partition(".")
    own = await stream(site)
    page = own.pages.named(stem)
    media_type = SUFFIXES.get(dot + suffix)
    if page is None or (dot and media_type not in OF_PAGES):
        return problems.response(site, request, problems.not_found(site, request))
    if page.name != stem:
        headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
        return RedirectResponse(own.address(page) + dot + suffix, 301, headers)
    return await _answered(request, own, page, dot + suffix)


async def _answered(request: Request, own: Stream, page: Page | None, suffix: str) -> Response:
    offered = OF_ROOT if page is None else OF_PAGES
    site: Site = request.app.state.site
    kept = FULL if page is not None and page.full else OPEN
    headers = {"Cache-Control": kept, **signposts.several(site)}
    media_type = SUFFIXES.get(suffix)
    if media_type is None:
        media_type = negotiation.choose(replies.accept(request), offered, _ALIASES)
        if media_type is None:
            why = "" if turtle.TURTLE in offered else _NO_TURTLE
            problem = problems.not_acceptable(path(page), offered, why)
            return problems.response(site, request, problem)
        chosen = next(ending for ending, kind in SUFFIXES.items() if kind == media_type)
        headers["Content-Location"] = replies.root(request) + path(page) + chosen
    body = await asyncio.to_thread(own.written, page, media_type)
    return replies.reply(request, Representation(media_type, body, headers))


ROUTES = {
    PATH: _root,
    **{PATH + suffix: _root for suffix in SUFFIXES},
    f"{PATH}/{{name}}": _page,
}
