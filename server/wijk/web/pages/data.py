"""`/gegevens`: what data there are, what may be done with them, and every way to have them."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting.catalogue.model import Catalogue
from wijk.harvesting.rights import said
from wijk.web import numbers
from wijk.web.pages import control, frame
from wijk.web.site import Site
from wijk.web.views import Link

SOON = 0.3
"""So many seconds somebody waits for the sizes of files that may still have to be made."""


async def _data(request: Request) -> Response:
    site: Site = request.app.state.site
    points = [(kind, len(rows)) for kind, rows in (await control.report(site)).items()]
    making, catalogue = False, None
    try:
        catalogue = await _catalogue(request, SOON if site.services == "" else None)
    except TimeoutError:
        making = True  # it goes on, for who comes next
    return frame.shown(
        request,
        "gegevens/gegevens.html",
        section="gegevens",
        crumbs=[Link("Data", "/gegevens")],
        headers={"Cache-Control": "no-store"} if making else None,
        catalogue=catalogue,
        making=making,
        said=said,
        points=points,
        whole=numbers.whole,
        address=site.url("/"),
        iri=f"{site.snapshot.base}catalog",
    )


async def _catalogue(request: Request, most: float | None) -> Catalogue | None:
    """The catalogue, waited for at most so many seconds; files of the site are made with all of it.

    Raises:
        TimeoutError: it takes longer; it is being made.
    """
    from wijk.web.harvest import catalogue  # that imports the documents, and those the pages

    return await asyncio.wait_for(catalogue.catalogue(request), most)


ROUTES = {"/gegevens": _data}
