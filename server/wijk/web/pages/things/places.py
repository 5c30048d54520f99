"""The page of a place: what people call a neighbourhood, village, town or region."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from rdflib.namespace import GEO, SDO

from wijk.namespaces import WIJK
from wijk.web.pages import maps
from wijk.web.pages.shown import Shown
from wijk.web.pages.things import figuring, framing
from wijk.web.pages.things.filed import SHOWN, Filed, filed
from wijk.web.pages.things.linking import Listed, bound, link, listed
from wijk.web.pages.things.pointing import located
from wijk.web.pages.things.similar import similar
from wijk.web.pages.told import town, unrepeated, worded
from wijk.web.site import Site
from wijk.web.views import Link, Row

_FACTS = (
    *(WIJK.placeKind, SDO.containedInPlace),
    *(WIJK.exactArea, WIJK.closeArea, WIJK.hasPartArea, SDO.alternateName),
    GEO.hasGeometry,
)
_WITHIN = (str(SDO.containedInPlace), str(WIJK.withinArea))
_AREAS = {"GM": "gemeente", "PV": "provincie"}
Rows = Sequence[Mapping[str, str]]


async def place(shown: Shown) -> bytes:
    """The page of a place.

    Raises:
        EngineError: the engine does not answer.
    """
    site, iri = shown.site, shown.page.iri
    rows = await site.rows("place", bound(iri))
    shown = _within(located(shown), rows)
    inside = _values(rows, "inside")
    filing = await filed(site)
    cases = filing.cases("plaats", (iri, *inside))
    own = {each.iri for each in filing.cases("plaats", (iri, *inside), most=10_000).rows}
    areas = [*_values(rows, "exact"), *_values(rows, "close")]
    around = [row["value"] for row in rows if row["field"] == "within" and _is(row, "GM")]
    provinces = [row["value"] for row in rows if row["field"] == "within" and _is(row, "PV")]
    figures = await figuring.figures(site, [*areas, *around])
    return framing.filled(
        shown,
        "plek",
        framing.PLACES,
        _plate(shown, around, provinces),
        _FACTS,
        what=_what(shown),
        found=cases,
        ended=_ended(shown, rows),
        moved=(),
        dot=_dot(filing, iri, inside, shown.page.title),
        lists=[*_near(site, filing, around, own), *_lists(shown, filing, inside)],
        similar=await similar(site, [*areas, *around], own),
        figures=figures,
        own_figures=figures is not None and figures.iri in areas,
    )


def _within(shown: Shown, rows: Rows) -> Shown:
    """The same, with one row of what it lies in: first places, then municipality and province.

    A town that has the name of its municipality has its own behind it.
    """
    site = shown.site
    called = {it: _town(site, it) for it in framing.objects(shown, SDO.containedInPlace)}
    for row in rows:
        if row["field"] == "within" and (kind := _AREAS.get(row.get("code", "")[:2])):
            called[row["value"]] = f"{site.label(row['value'])} ({kind})"
    told = {site.addresses.path(iri): name for iri, name in called.items()}
    lies = [it for it in shown.page.rows if it.predicate in _WITHIN]
    found = tuple(
        worded(it, told.get(it.href, it.text))
        for row in sorted(lies, key=lambda row: _WITHIN.index(row.predicate))
        for it in row.values
    )
    others = tuple(it for it in shown.page.rows if it not in lies)
    one = (Row("ligt in", found, _WITHIN[0]),) if found else ()
    return replace(shown, page=replace(shown.page, rows=(*one, *others)))


def _town(site: Site, place: str) -> str:
    name, also = town(site, place)
    return f"{name} ({also})" if also else name


def _what(shown: Shown) -> str:
    """What kind of place it is; of one that is called after an area, that it is a place."""
    kind = framing.kind(shown)
    return shown.page.kind if kind in _AREAS.values() else kind


def _plate(shown: Shown, municipalities: list[str], provinces: list[str]) -> framing.Plate:
    names = [shown.site.label(iri) for iri in (*municipalities[:1], *provinces[:1])]
    own = {it.text for it in framing.values(shown, SDO.alternateName)}
    others = unrepeated(shown.page.title, (name for name in names if name not in own))
    return framing.Plate(shown.page.title, ", ".join(others))


def _ended(shown: Shown, rows: Rows) -> list[tuple[Link, str, list[Link]]]:
    """The municipalities it lay in that are no more: until when, and where it is now."""
    found: dict[str, tuple[str, list[Link]]] = {}
    for row in rows:
        if row["field"] == "within" and row.get("until"):
            _, now = found.setdefault(row["value"], (row["until"], []))
            if row.get("now"):
                now.append(link(shown.site, row["now"]))
    return [(link(shown.site, iri), framing.day(until), now) for iri, (until, now) in found.items()]


def _near(site: Site, filing: Filed, around: list[str], own: Set[str]) -> Iterator[Listed]:
    """The cases elsewhere in each municipality around it."""
    for area in around:
        cases = filing.cases("gemeente", (area,), most=10_000).rows
        if others := [it.iri for it in cases if it.iri not in own]:
            heading = f"Ook in de gemeente {site.label(area)}"
            more = f"/casussen?gemeente={area.rpartition('/')[2]}"
            yield replace(listed(site, heading, others, most=SHOWN), more=more)


def _lists(shown: Shown, filing: Filed, inside: list[str]) -> list[Listed]:
    def small(iri: str) -> str:
        return framing.cases(filing.count("plaats", iri))

    return [listed(shown.site, "Ligt hierin", inside, small)] if inside else []


def _dot(filing: Filed, iri: str, inside: list[str], name: str) -> maps.Dot | None:
    """Where it is on the map, as far as its cases tell."""
    for case in filing.cases("plaats", (iri, *inside)).rows:
        for its in case.places:
            if its.point is not None and its.iri in (iri, *inside):
                return maps.dot(its.point, name)
    return None


def _values(rows: Rows, field: str) -> list[str]:
    return list(dict.fromkeys(row["value"] for row in rows if row["field"] == field))


def _is(row: Mapping[str, str], start: str) -> bool:
    return row.get("code", "").startswith(start)
