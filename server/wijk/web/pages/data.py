"""`/gegevens`: what data there are, what may be done with them, and every way to have them."""

from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting.rights import said
from wijk.web.pages import control, frame
from wijk.web.site import Site
from wijk.web.views import Link


async def _data(request: Request) -> Response:
    from wijk.web.harvest import catalogue  # that imports the documents, and those the pages

    site: Site = request.app.state.site
    return frame.shown(
        request,
        "gegevens/gegevens.html",
        section="gegevens",
        crumbs=[Link("Data", "/gegevens")],
        catalogue=await catalogue.catalogue(request),
        said=said,
        points=[(kind, len(rows)) for kind, rows in (await control.report(site)).items()],
        address=site.url("/"),
    )


ROUTES = {"/gegevens": _data}
