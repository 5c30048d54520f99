"""The start: a way in by search, map, lesson, case and theme."""

from starlette.requests import Request
from starlette.responses import Response

from wijk.web import signposts
from wijk.web.pages import frame
from wijk.web.site import Site


async def _home(request: Request) -> Response:
    site: Site = request.app.state.site
    rows = await site.rows("home", {})
    bundles: dict[str, list[dict[str, str]]] = {}
    for found in rows:
        row = {**dict.fromkeys(("places", "online", "number", "year"), ""), **found}
        row["path"] = site.addresses.path(row["case"]) or ""
        row["bundle_path"] = site.addresses.path(row.get("bundle", "")) or ""
        bundles.setdefault(row.get("bundleTitle", ""), []).append(row)
    around = signposts.around(site)
    return frame.shown(request, "home.html", headers=around, bundles=bundles, count=len(rows))


ROUTES = {"/": _home}
