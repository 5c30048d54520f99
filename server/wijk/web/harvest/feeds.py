"""`/feeds/…`: the published cases as Atom, RSS and JSON Feed, and the list of these feeds."""

from collections.abc import Callable, Mapping

from rapidfuzz import process
from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting.feeds import atom, feed, jsonfeed, rss, withdrawn
from wijk.harvesting.feeds.feed import Feed, Publisher
from wijk.harvesting.records import Records
from wijk.web import problems, replies, signposts
from wijk.web.negotiation import HTML
from wijk.web.problems import Problem
from wijk.web.publisher import publisher
from wijk.web.replies import Representation
from wijk.web.site import Site
from wijk.web.views import Link

_WRITTEN: Mapping[str, tuple[str, str, Callable[[Feed, Publisher], bytes]]] = {
    module.SUFFIX: (name, module.MEDIA_TYPE, module.written)
    for name, module in (("Atom", atom), ("RSS", rss), ("JSON", jsonfeed))
}
_WITHDRAWN = {
    ".csv": (withdrawn.CSV, withdrawn.as_csv),
    ".json": (withdrawn.JSON, withdrawn.as_json),
}
SUFFIXES = tuple(_WRITTEN)
"""The forms of a feed, by the end of its address."""
_HEADINGS = {
    "thema": "Per thema",
    "provincie": "Per provincie",
    "gemeente": "Per gemeente",
    "doelgroep": "Per doelgroep",
}


async def _one(request: Request) -> Response:
    """One feed in one form: the newest cases, or all of them below `volledig/`."""
    site: Site = request.app.state.site
    path = str(request.path_params["path"])
    stem, dot, suffix = path.rpartition(".")
    name = stem.removeprefix(feed.WHOLE)
    records = await site.records()
    found = feed.find(records, name, stem.startswith(feed.WHOLE))
    if found is None or dot + suffix not in _WRITTEN:
        return problems.response(site, request, _missing(request, records, path))
    _, media_type, written = _WRITTEN[dot + suffix]

    def make() -> Representation:
        headers = signposts.rights(site) | replies.last_modified(site.since)
        return Representation(media_type, written(found, publisher(site)), headers)

    return replies.reply(request, await site.kept.made(f"/feeds/{path}", make))


async def _withdrawn(request: Request) -> Response:
    """`/feeds/ingetrokken.csv` and `.json`."""
    site: Site = request.app.state.site
    records = await site.records()
    media_type, written = _WITHDRAWN[request.url.path[request.url.path.rindex(".") :]]
    headers = signposts.rights(site) | replies.last_modified(site.since)
    return replies.reply(request, Representation(media_type, written(records.withdrawn), headers))


async def _list(request: Request) -> Response:
    """`/feeds/`: which feeds there are."""
    site: Site = request.app.state.site
    records = await site.records()
    groups = [(_HEADINGS[axis], axis, found.values()) for axis, found in feed.listed(records)]
    forms = [(suffix, name) for suffix, (name, *_) in _WRITTEN.items()]
    root = replies.root(request)
    body = site.show("feeds.html", root, records=records, groups=groups, forms=forms)
    return replies.reply(request, Representation(HTML, body))


async def _beside(request: Request) -> Response:
    return replies.see_other(request, f"{replies.root(request)}/feeds/")


def _missing(request: Request, records: Records, path: str) -> Problem:
    wanted = path.removeprefix(feed.WHOLE).rpartition(".")[0] or path
    known = {name: name.rpartition("/")[2] for name in feed.names(records)}
    axis = wanted.partition("/")[0]
    if axis in feed.AXES:
        known = {name: last for name, last in known.items() if name.startswith(f"{axis}/")}
    found = process.extract(wanted.rpartition("/")[2][:200], known, limit=5, score_cutoff=60)
    nearest = [Link(name, f"/feeds/{name}{atom.SUFFIX}") for _, _, name in found]
    nearest = nearest or [Link("Alle feeds", "/feeds/")]
    root = replies.root(request)
    hint = ", ".join(root + link.href for link in nearest)
    detail = f"There is no feed at {root}/feeds/{path}. The nearest: {hint}."
    return Problem(404, "Not found", detail, nearest=tuple(nearest))


ROUTES = {
    "/feeds": _beside,
    "/feeds/": _list,
    **{f"{feed.WITHDRAWN}{suffix}": _withdrawn for suffix in _WITHDRAWN},
    "/feeds/{path:path}": _one,
}
