"""What crawlers look for: `/sitemap.xml`, `/robots.txt`, `security.txt`, and the link sets."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting.discovery import signposting, sitemap, texts
from wijk.harvesting.discovery.sitemap import Address
from wijk.namespaces import ONTOLOGY, SHAPES
from wijk.web import gone, problems, replies, signposts
from wijk.web.answering import OPERATING, by_a_server
from wijk.web.replies import Representation
from wijk.web.site import Site

SITEMAP = "/sitemap.xml"
SECURITY = "/.well-known/security.txt"
_PARTS = "/sitemap"
_ALWAYS = (
    *("/", "/casussen", "/plaatsen", "/betrokkenen", "/lessen", "/themas", "/gegevens"),
    *("/bronnen", "/bundels", "/cijfers", "/dump/", "/feeds/", "/catalog", "/voor-portalen"),
)
"""Pages that are about no document; those that are not there are left out."""


async def sitemaps(request: Request) -> Response:
    """`/sitemap.xml`: all pages of what was published, or the list of the parts."""
    site: Site = request.app.state.site
    pages = await _pages(request.app)

    def write() -> bytes:
        return sitemap.written(pages, lambda number: site.url(f"{_PARTS}/{number}.xml"))

    body = await site.once("sitemap", write)
    return replies.reply(
        request, Representation(sitemap.MEDIA_TYPE, body, replies.last_modified(site.since))
    )


async def part(request: Request) -> Response:
    """`/sitemap/<number>.xml`: one part, when there are more pages than fit in one file."""
    site: Site = request.app.state.site
    parts = sitemap.parted(await _pages(request.app))
    number = int(request.path_params["number"])
    if len(parts) < 2 or not 1 <= number <= len(parts):
        raise HTTPException(404)
    body = await site.once(("sitemap", number), lambda: sitemap.pages(parts[number - 1]))
    return replies.reply(
        request, Representation(sitemap.MEDIA_TYPE, body, replies.last_modified(site.since))
    )


async def robots(request: Request) -> Response:
    """`/robots.txt`; of a site of files, it closes what leads to a server elsewhere, if that is."""
    site: Site = request.app.state.site
    closed: tuple[str, ...] = () if site.services is None else texts.CLOSED
    if site.services:
        closed = tuple(it for it in closed if by_a_server(it) and it not in OPERATING)
    body = texts.robots(replies.root(request), site.url(SITEMAP), closed)
    return replies.reply(request, Representation(texts.MEDIA_TYPE, body))


async def security(request: Request) -> Response:
    """`/.well-known/security.txt`; there is none when the catalogue names nobody."""
    site: Site = request.app.state.site
    published = site.log.last or datetime(1970, 1, 1, tzinfo=UTC)
    body = texts.security(site.rights.contact, published, site.url(SECURITY))
    if body is None:
        raise HTTPException(404)
    return replies.reply(request, Representation(texts.MEDIA_TYPE, body))


async def linkset(request: Request) -> Response:
    """`/linkset/<path>.linkset`: the thing, the page and the files of a document (RFC 9264)."""
    site: Site = request.app.state.site
    asked = str(request.path_params["path"])
    path = asked.removesuffix(".linkset")
    if path == asked:
        raise HTTPException(404)
    terms = {"def": ONTOLOGY, "shape": SHAPES}
    start, _, rest = path.partition("/")
    iri = f"{terms[start]}/{rest}".rstrip("/") if start in terms else f"{site.snapshot.base}{path}"
    found, away = site.snapshot.find(iri), gone.problem(site, iri)
    if found is None or away is not None:
        return problems.response(site, request, away or problems.not_found(site, request))
    body = json.dumps(signposts.of(site, found).whole(), ensure_ascii=False).encode()
    return replies.reply(request, Representation(signposting.LINKSET, body))


async def parts(app: FastAPI) -> list[str]:
    """The paths of the parts, when there are more pages than fit in one file."""
    count = len(sitemap.parted(await _pages(app)))
    return [f"{_PARTS}/{number}.xml" for number in range(1, count + 1)] if count > 1 else []


async def _pages(app: FastAPI) -> list[Address]:
    site: Site = app.state.site
    served = {str(getattr(route, "path", "")) for route in app.routes}
    always = [path for path in _ALWAYS if path in served]
    always += [f"/dataset/{name}.html" for name in site.rights.datasets if site.rights.described]
    return await site.once("sitemap pages", lambda: list(_gathered(site, always)))


def _gathered(site: Site, always: Iterable[str]) -> Iterable[Address]:
    """The pages that were published: cases first, then the rest by address."""
    last = site.log.last
    for path in always:
        yield Address(site.url(path), last)
    found = []
    for entry in site.log.present:
        if entry.document in site.snapshot.documents:
            found.append((site.addresses.document_path(entry.document), entry.time))
    for concept, scheme in site.snapshot.concepts.items():
        known = site.log.latest.get(scheme.iri)
        if known is not None and known.type != "Delete":
            found.append((site.addresses.document_path(concept), known.time))
    for path, time in sorted(found, key=lambda it: (not it[0].startswith("/doc/case/"), it[0])):
        yield Address(site.url(path), time)


ROUTES = {
    SITEMAP: sitemaps,
    f"{_PARTS}/{{number:int}}.xml": part,
    "/robots.txt": robots,
    SECURITY: security,
    "/linkset/{path:path}": linkset,
}
