"""`/casussen`: the cases as a list, a map or a table, and what to choose them by."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting.embed import map
from wijk.matching import texts
from wijk.web import numbers
from wijk.web.pages import frame
from wijk.web.pages.lists import mapping, paging
from wijk.web.pages.lists.asked import LIST, MAP, ORDERS, TABLE, VIEWS
from wijk.web.pages.lists.exporting import FORMS, MOST, PATH, written
from wijk.web.pages.lists.facets import groups
from wijk.web.pages.lists.selecting import Selected, selected
from wijk.web.site import Site
from wijk.web.views import Link

Handler = Callable[[Request], Awaitable[Response]]
_LENGTH: Mapping[str, int] = {LIST: 20, TABLE: 50, MAP: 20}


async def _cases(request: Request) -> Response:
    """The list; 400 when the address asks what cannot be, with what can."""
    found = await selected(request)
    asked, chosen = found.asked, found.chosen
    length = request.app.state.site.at_once(_LENGTH[asked.view])
    part = paging.part(
        asked.page, chosen.count, length, asked.faults, lambda it: asked.address(page=it)
    )
    values = _of_form(found) | await _drawn(request.app.state.site, found)
    values |= {"part": part, "whole": numbers.whole}
    values["shown"] = chosen.cases(part.start, length, asked.shelf.orders.get(asked.order))
    crumbs = [Link("Casussen", PATH)]
    template = "lijsten/casussen.html"
    return frame.shown(
        request, template, status=part.status, section="casussen", crumbs=crumbs, **values
    )


def _of_form(found: Selected) -> dict[str, Any]:
    """What the form with the filters shows, and the links around it."""
    asked = found.asked
    return {
        "found": found,
        "asked": asked,
        "chosen": found.chosen,
        "groups": groups(asked, found.chosen),
        "hidden": [(facet.name, value) for facet, value in asked.picked if not facet.listed],
        "words": found.words,
        "views": VIEWS,
        "orders": ORDERS,
        "forms": FORMS,
        "most": MOST,
    }


async def _drawn(site: Site, found: Selected) -> dict[str, Any]:
    if found.asked.view != MAP:
        return {}
    places = await site.once("spots of cases", lambda: mapping.spots(found.asked.shelf))
    dots, placed = mapping.drawn(found.asked, found.chosen, places)
    named = sorted(dots, key=lambda it: texts.sorted_as(it.name))
    drawn: dict[str, Any] = {"provinces": map.provinces(), "view_box": map.VIEW}
    return {**drawn, "dots": dots, "named": named, "placed": placed}


def _file(suffix: str) -> Handler:
    async def answered(request: Request) -> Response:
        return await written(request, suffix)

    return answered


ROUTES: Mapping[str, Handler] = {
    PATH: _cases,
    **{f"{PATH}{suffix}": _file(suffix) for suffix in FORMS},
}
