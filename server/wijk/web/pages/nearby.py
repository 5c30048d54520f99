"""`/mijn-wijk`: from the name of a place to the cases in places that are like it."""

from collections.abc import Mapping

from rapidfuzz import process
from starlette.requests import Request
from starlette.responses import Response

from wijk.matching import texts
from wijk.web import problems
from wijk.web.pages import frame, numbers
from wijk.web.pages.things import similar
from wijk.web.pages.things.linking import link
from wijk.web.problems import Problem
from wijk.web.site import Site
from wijk.web.views import Link

PATH = "/mijn-wijk"
_MOST, _LONGEST = 30, 80


async def _mine(request: Request) -> Response:
    """`?naam=` is what people call it."""
    site: Site = request.app.state.site
    asked = request.query_params.get("naam", "").strip()
    if len(asked) > _LONGEST:
        problem = Problem(
            400, "Deze naam is te lang", f"Geef een naam van hoogstens {_LONGEST} tekens."
        )
        return problems.response(site, request, problem)
    areas = await similar.areas(site)
    names = await site.once_asked("areas by name", lambda: _names(site, areas))
    plain = texts.plain(asked)
    fits = (iri for name in sorted(names) if plain and plain in name for iri in names[name])
    found = list(dict.fromkeys(fits))
    near = [] if found or not plain else _nearest(site, plain, names)
    return frame.shown(
        request,
        "mijn-wijk.html",
        crumbs=[Link("Lijkt op mijn wijk", PATH)],
        asked=asked,
        areas=[_link(site, iri) for iri in found[:_MOST]],
        left=numbers.whole(len(found) - _MOST) if len(found) > _MOST else "",
        near=near,
        count=numbers.whole(len(areas)),
    )


async def _names(site: Site, areas: frozenset[str]) -> dict[str, list[str]]:
    """The areas by each of their names as it is compared; the widest of a name first."""
    found: dict[str, list[str]] = {}
    for iri in sorted(areas, key=lambda it: (len(it), it)):
        found.setdefault(texts.plain(site.label(iri)), []).append(iri)
    for row in await site.rows("area-names", {}):
        known = found.setdefault(texts.plain(row["value"]), [])
        if row["thing"] in areas and row["thing"] not in known:
            known.append(row["thing"])
    return {name: iris for name, iris in found.items() if iris}


def _nearest(site: Site, asked: str, names: Mapping[str, list[str]]) -> list[str]:
    """What the areas are called that have a name like it."""
    found = process.extract(asked, list(names), limit=3, score_cutoff=60)
    return list(dict.fromkeys(site.label(names[name][0]) for name, *_ in found))


def _link(site: Site, iri: str) -> Link:
    """An area, with the municipality it lies in as its code says: WK0344… lies in GM0344."""
    start, _, slug = iri.rpartition("/")
    code = slug.partition("-")[2]
    around = f"{start}/gm{code[2:6]}"
    inside = bool(code) and site.path(around) is not None
    small = f"in {site.label(around)}" if inside else ""
    found = link(site, iri, small)
    return Link(found.text, f"{found.href}#lijkt", small)


ROUTES = {PATH: _mine}
