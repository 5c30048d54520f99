"""`/vergelijk?casus=a&casus=b`: two or three cases side by side."""

from datetime import date

from rapidfuzz import process
from starlette.requests import Request
from starlette.responses import Response

from wijk import days
from wijk.search.shelf import OnShelf
from wijk.web import gone
from wijk.web.pages import frame
from wijk.web.pages.lists.beside import lines
from wijk.web.pages.lists.faults import Fault, typed
from wijk.web.pages.shelving import shelf
from wijk.web.site import Site
from wijk.web.views import Link

PATH = "/vergelijk"
MOST = 3
_TO_CHOOSE = 200
"""So many cases fit in a list to choose from; of more, the list of cases is the way in."""


async def _compare(request: Request) -> Response:
    site: Site = request.app.state.site
    cases = await shelf(site)
    slugs = list(dict.fromkeys(filter(None, request.query_params.getlist("casus"))))
    known = {case.slug: case for case in cases.cases}
    chosen = [known[slug] for slug in slugs if slug in known][:MOST]
    options = cases.cases if len(cases.cases) <= _TO_CHOOSE else ()
    field = f"casus-{min(len(chosen) + 1, MOST)}" if options else ""
    missing = [slug for slug in slugs if slug not in known]
    faults = [_gone(site, it, field) or _unknown(it, known, field) for it in missing]
    if len(slugs) > MOST:
        faults.append(Fault(f"Je kunt hoogstens {MOST} casussen naast elkaar zetten.", field=field))
    return frame.shown(
        request,
        "lijsten/vergelijk.html",
        status=400 if faults else 200,
        section="casussen",
        crumbs=[Link("Casussen", "/casussen"), Link("Vergelijk", PATH)],
        faults=faults,
        chosen=chosen,
        lines=await lines(site, chosen) if len(chosen) > 1 else [],
        options=options,
        most=MOST,
    )


def _gone(site: Site, slug: str, field: str) -> Fault | None:
    """That the case was withdrawn, and where one reads why; None when it was not."""
    document = f"{site.snapshot.base}doc/case/{slug}"
    stone = gone.stone(site, document)
    if stone is None:
        return None
    when = days.dutch(date.fromisoformat(stone.time[:10]))
    more = Link("Lees waarom deze casus er niet meer is", site.addresses.document_path(document))
    said = "De casus " + typed(slug) + f" is ingetrokken op {when}."
    return Fault(said, field=field, more=more)


def _unknown(slug: str, known: dict[str, OnShelf], field: str) -> Fault:
    near = process.extract(slug[:80], list(known), limit=3, score_cutoff=60)
    nearest = tuple(Link(known[it].title, f"{PATH}?casus={it}") for it, *_ in near)
    return Fault("De casus " + typed(slug) + " kennen we niet.", nearest, field)


ROUTES = {PATH: _compare}
