"""`/vergelijk?casus=a&casus=b`: two or three cases side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import process
from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting.records import Named
from wijk.search.shelf import OnShelf, Shelf
from wijk.web.pages import frame
from wijk.web.pages.lists.asked import Fault
from wijk.web.pages.shelving import shelf
from wijk.web.site import Site
from wijk.web.views import Link

PATH = "/vergelijk"
MOST = 3
_TO_CHOOSE = 200
"""So many cases fit in a list to choose from; of more, the list of cases is the way in."""


@dataclass(frozen=True)
class Line:
    """One property: of each case its values, and the ones that all of them have."""

    label: str
    cells: tuple[tuple[Link, ...], ...]
    shared: frozenset[str]


async def _compare(request: Request) -> Response:
    site: Site = request.app.state.site
    cases = await shelf(site)
    slugs = list(dict.fromkeys(filter(None, request.query_params.getlist("casus"))))
    known = {case.slug: case for case in cases.cases}
    chosen = [known[slug] for slug in slugs if slug in known][:MOST]
    options = cases.cases if len(cases.cases) <= _TO_CHOOSE else ()
    field = f"casus-{min(len(chosen) + 1, MOST)}" if options else ""
    faults = [_unknown(slug, known, field) for slug in slugs if slug not in known]
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
        lines=_lines(site, cases, chosen) if len(chosen) > 1 else [],
        options=options,
        most=MOST,
    )


def _unknown(slug: str, known: dict[str, OnShelf], field: str) -> Fault:
    near = process.extract(slug[:80], list(known), limit=3, score_cutoff=60)
    nearest = tuple(Link(known[it].title, f"{PATH}?casus={it}") for it, *_ in near)
    return Fault(f"De casus '{slug[:40]}' kennen we niet.", nearest, field)


def _lines(site: Site, cases: Shelf, chosen: Sequence[OnShelf]) -> list[Line]:
    def linked(named: Sequence[Named]) -> tuple[Link, ...]:
        return tuple(Link(it.label, site.path(it.iri) or "") for it in named)

    def online(case: OnShelf) -> tuple[Link, ...]:
        return (Link("online", ""),) if case.online else ()

    def years(case: OnShelf) -> tuple[Link, ...]:
        return (Link(str(case.year), f"/casussen?jaar={case.year}"),) if case.year else ()

    told = (
        ("Plaats", lambda it: linked(it.places) or online(it)),
        ("Gemeente", lambda it: linked(_municipalities(it)) or online(it)),
        ("Provincie", lambda it: linked(_provinces(it)) or online(it)),
        ("Thema’s", lambda it: linked(it.themes)),
        ("Initiatief", lambda it: linked(it.initiatives)),
        ("Wie begon", lambda it: linked(it.starters)),
        ("Wie doen mee", lambda it: linked([a for a in it.actors if a not in it.initiatives])),
        ("Soort betrokkenen", lambda it: linked(it.actor_kinds)),
        ("Werking", lambda it: linked(it.connections)),
        ("Bundel", lambda it: linked([it.bundle] if it.bundle else [])),
        ("Jaar van de bundel", years),
    )
    lines = []
    for label, of in told:
        cells = tuple(of(case) for case in chosen)
        texts = [frozenset(link.text for link in cell) for cell in cells]
        lines.append(Line(label, cells, frozenset.intersection(*texts)))
    return [line for line in lines if any(line.cells)]


def _municipalities(case: OnShelf) -> list[Named]:
    """Those of then, in words that say what they became."""
    named = (
        Named(it.municipality.iri, it.municipality_told) for it in case.places if it.municipality
    )
    return list(dict.fromkeys(named))


def _provinces(case: OnShelf) -> list[Named]:
    return list(dict.fromkeys(it.province for it in case.places if it.province))


ROUTES = {PATH: _compare}
