"""`/embed/…`: a case, a list or a map in a frame of anybody's site; no script, no cookies."""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from wijk import days
from wijk.harvesting.embed import choosing, map
from wijk.harvesting.embed.choosing import BadChoice
from wijk.harvesting.feeds.feed import summary
from wijk.harvesting.records import Named, Record
from wijk.web import negotiation, problems, replies, signposts
from wijk.web.negotiation import HTML
from wijk.web.problems import PROBLEM, Problem
from wijk.web.publisher import publisher
from wijk.web.replies import Representation
from wijk.web.site import Site

FRAMED = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors *"
    )
}
_LISTED, _MAPPED = 20, 500
_SEEN = 10  # sources of a case; the rest is on its page


async def _case(request: Request) -> Response:
    """`/embed/case/<slug>`: one case; 410 when it was withdrawn."""
    site: Site = request.app.state.site
    records = await site.records()
    iri = f"{site.snapshot.base}id/case/{request.path_params['slug']}"
    if gone := records.gone.get(iri):
        said = f"Deze casus is ingetrokken op {days.dutch(gone.time)}."
        return _told(request, 410, "Deze casus is ingetrokken", said, gone.reason)
    record = records.one.get(iri)
    if record is None:
        return _told(request, 404, "Deze casus is er niet", "Op dit adres staat geen casus.")
    sources = [(source, _called(site, source)) for source in record.sources[:_SEEN]]
    title, changed = record.title, record.modified
    return _shown(request, site, "case", title, changed, record=record, sources=sources)


async def _list(request: Request) -> Response:
    """`/embed/list?…`: the cases of a choice, newest change first."""
    return await _choice(request, "list", _LISTED)


async def _map(request: Request) -> Response:
    """`/embed/map?…`: the same on a map, with the list beside it."""
    return await _choice(request, "map", _MAPPED)


async def _choice(request: Request, template: str, limit: int) -> Response:
    site: Site = request.app.state.site
    records = await site.records()
    try:
        choice = choosing.chosen(records, request.query_params.multi_items(), limit)
    except BadChoice as error:
        return _told(request, 400, "Deze keuze klopt niet", str(error))
    drawn = {}
    if template == "map":
        drawn = {"dots": map.dots(choice.records), "provinces": map.provinces(), "view": map.VIEW}
    changed = records.changed
    return _shown(request, site, template, choice.title, changed, choice=choice, **drawn)


def _shown(
    request: Request, site: Site, template: str, title: str, changed: object, **values: object
) -> Response:
    record = values.get("record")
    links = {"Link": signposts.of_case(site, record.iri)} if isinstance(record, Record) else {}
    body = site.show(
        f"embed/{template}.html",
        replies.root(request),
        title=title,
        changed=changed,
        by=publisher(site),
        credit=map.CREDIT,
        summary=summary,
        day=days.dutch,
        page=_page(site),
        **values,
    )
    return replies.reply(request, Representation(HTML, body, {**FRAMED, **links}))


def _called(site: Site, source: str) -> str:
    """What to call a source: its title, or else where it is."""
    return site.snapshot.labels.get(source) or (urlsplit(source).hostname or source)


def _page(site: Site) -> Callable[[Record | Named], str]:
    """Says at which path a thing has its page."""
    return lambda it: site.addresses.path(it.iri) or "/"


def _told(request: Request, status: int, heading: str, said: str, more: str = "") -> Response:
    """What cannot be shown, in one line that fits in the frame."""
    site: Site = request.app.state.site
    offered, aliases = (HTML, PROBLEM), {"application/json": PROBLEM}
    if negotiation.choose(replies.accept(request), offered, aliases) == PROBLEM:
        problem = Problem(status, heading, f"{said} {more}".rstrip(), FRAMED)
        return problems.response(site, request, problem)
    root = replies.root(request)
    body = site.show("embed/problem.html", root, title=heading, said=said, more=more)
    return replies.reply(request, Representation(HTML, body, FRAMED), status)


ROUTES = {"/embed/case/{slug}": _case, "/embed/list": _list, "/embed/map": _map}
