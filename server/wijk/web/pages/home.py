"""The start: a way in by search, map, lesson, case and theme."""

import asyncio
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from wijk.search.shelf import Shelf
from wijk.web import replies
from wijk.web.negotiation import HTML
from wijk.web.pages import shelving, starting
from wijk.web.pages.painting import painted
from wijk.web.replies import Representation
from wijk.web.site import Site

_EXAMPLE = "home-example"
_TRIED = 4


async def _home(request: Request) -> Response:
    site: Site = request.app.state.site
    root = replies.root(request)
    return replies.reply(request, await ahead(site, root))


async def ahead(site: Site, root: str = "") -> Representation:
    """The page, made once for where a proxy serves us (`root`).

    Raises:
        EngineError: the engine cannot tell what is on it.
    """
    return await site.once_asked(("home", root), lambda: _made(site, root))


async def _made(site: Site, root: str) -> Representation:
    """The page, which is the same for everybody as long as the folder stays as it is."""
    shelf = await shelving.shelf(site)
    lessons = await starting.lessons(site)
    return await asyncio.to_thread(_shown, site, root, shelf, lessons)


def _shown(site: Site, root: str, shelf: Shelf, lessons: list[starting.Lesson]) -> Representation:
    audiences = shelf.by["les"].values
    columns = starting.columns(site, lessons, audiences)
    bars = starting.bars(shelf)
    query = site.question(_EXAMPLE)
    text = query.text[query.text.index("PREFIX") :].strip()
    body = site.show(
        "home.html",
        root,
        section="",
        here="/",
        permanent=site.url("/"),
        soort="start",
        elsewhere="/en",
        count=len(shelf.cases),
        dots=starting.dots(shelf),
        told=starting.told(shelf),
        columns=columns,
        lessons=len(lessons),
        rest=starting.others(lessons, columns, audiences),
        cards=starting.cards(shelf),
        bars=bars,
        tried=[bar.value for bar in bars[:_TRIED]],
        example=query.summary,
        painted=painted(text),
        query=quote(text + "\n"),
    )
    return Representation(HTML, body)


ROUTES = {"/": _home}
