"""`/bronnen`, `/bundels`, `/cijfers`: what the facts rest on, and what stands beside the cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from wijk.matching import texts
from wijk.search.text import LONGEST
from wijk.web import numbers
from wijk.web.pages import frame
from wijk.web.pages.lists import paging
from wijk.web.pages.lists.faults import Fault
from wijk.web.pages.lists.paging import Part
from wijk.web.pages.things import framing
from wijk.web.pages.things.framing import Section
from wijk.web.site import Site
from wijk.web.sources import named
from wijk.web.templating import sentence
from wijk.web.views import Link

_TAKEN = (
    Link("Kies een gemeente of wijk", "/vragen/figures-of-an-area"),
    Link("neem alle cijfers mee als CSV", "/vragen/figures-of-an-area.csv?code="),
)
_WHOLE = Part()
Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Line:
    """One thing of a list: its page, and what stands behind it; empty is not known."""

    link: Link
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A list under a heading; `columns` are those of a line, its name first."""

    heading: str
    columns: tuple[str, ...]
    lines: Sequence[Line]


async def _bundles(request: Request) -> Response:
    """`/bundels`: the bundles, in the order of their years."""
    site: Site = request.app.state.site
    lines = [
        _line(site, row, row.get("year", ""), framing.cases(int(row["cases"])))
        for row in await site.once_asked("bundles", lambda: site.rows("listed-bundles", {}))
    ]
    heading = sentence(numbers.counted(len(lines), "bundel", "bundels"))
    table = Table(heading, ("Bundel", "Jaar", "Casussen"), lines)
    lead = "De boeken waarin de casussen beschreven zijn."
    return _shown(request, framing.BUNDLES, lead, [table])


async def _sources(request: Request) -> Response:
    """`/bronnen`: the sources by name; of those, the ones called so or of that publisher."""
    site: Site = request.app.state.site
    every = await site.once_asked("listed sources", lambda: _listed_sources(site))
    called = request.query_params.get("q", "").strip()[:LONGEST]
    words, faults = texts.plain(called), list[Fault]()
    if called:
        told = ((line, texts.plain(f"{line.link.text} {line.cells[0]}")) for line in every)
        every = [line for line, text in told if words and words in text]
    found = paging.read(request, len(every), faults, "/bronnen", [("q", called)] if called else [])
    heading = f"{numbers.whole(found.count)} {'bron' if found.count == 1 else 'bronnen'}"
    columns = ("Bron", "Uitgever", "Verschenen", "Uitspraken")
    lead = "Hier rusten de feiten op deze site op. Bij elke bron staat wat we ervan lazen."
    table = Table(heading, columns, found.of(every))
    return _shown(request, framing.SOURCES, lead, [table], found, called)


async def _listed_sources(site: Site) -> list[Line]:
    lines = [
        _line(
            site,
            row,
            row.get("publisher", ""),
            framing.day(row.get("published", "")),
            numbers.whole(int(row["facts"])),
        )
        for row in await site.rows("listed-sources", {})
        if site.path(row["thing"])
    ]
    return sorted(lines, key=lambda it: (texts.sorted_as(it.link.text), it.link.href))


async def _figures(request: Request) -> Response:
    """`/cijfers`: what is measured in which year, and the areas that have figures."""
    site: Site = request.app.state.site
    rows: Rows = await site.once_asked("figures", lambda: site.rows("listed-figures", {}))
    kinds = [
        _line(site, row, row.get("year", ""), site.label(row["unit"]) if "unit" in row else "")
        for row in rows
        if "measure" in row
    ]
    areas = [_line(site, row, site.label(row["area"])) for row in rows if "area" in row]
    lead = "Cijfers van het CBS over de gemeenten van de casussen, en over Nederland."
    tables = [
        Table("Wat is geteld", ("Cijfer", "Jaar", "Eenheid"), _by_name(kinds)),
        Table("Per gebied", ("Cijfers", "Gebied"), _by_name(areas)),
    ]
    return _shown(request, framing.FIGURES, lead, tables, taken=_TAKEN)


def _line(site: Site, row: Mapping[str, str], *cells: str) -> Line:
    thing = row["thing"]
    return Line(Link(named(site.label(thing)), site.path(thing) or "/"), cells)


def _by_name(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda it: texts.sorted_as(it.link.text))


def _shown(
    request: Request,
    section: Section,
    lead: str,
    tables: Sequence[Table],
    found: Part = _WHOLE,
    called: str = "",
    taken: Sequence[Link] = (),
) -> Response:
    return frame.shown(
        request,
        "lijsten/overzicht.html",
        status=found.status,
        section=section.name,
        crumbs=list(section.way),
        title=section.way[-1].text,
        lead=lead,
        tables=[table for table in tables if table.lines or called],
        part=found,
        called=called,
        taken=taken,
        searched=section is framing.SOURCES,
    )


ROUTES = {"/bronnen": _sources, "/bundels": _bundles, "/cijfers": _figures}
