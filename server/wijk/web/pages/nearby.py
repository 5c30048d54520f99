"""`/mijn-wijk`: from the name of a place to the cases in places that are like it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response

from wijk.matching import texts
from wijk.web import numbers, problems
from wijk.web.pages import frame
from wijk.web.pages.shelving import shelf
from wijk.web.pages.things import similar
from wijk.web.pages.things.linking import link
from wijk.web.problems import Problem
from wijk.web.site import Site
from wijk.web.views import Link

PATH = "/mijn-wijk"
_MOST, _LONGEST, _NEAREST = 30, 80, 3
_TOWN = "/gm"
"""How the short name of a municipality begins, after the kind."""
Rows = Iterable[Mapping[str, str]]


@dataclass(frozen=True)
class _Known:
    """What can be typed, as it is compared, with where it leads to and what people call that."""

    ways: Mapping[str, Sequence[Link]]
    called: Mapping[str, str]
    towns: int
    others: int
    urban: Sequence[tuple[str, Sequence[Link]]]


async def _mine(request: Request) -> Response:
    """`?naam=` is what people call it."""
    site: Site = request.app.state.site
    asked = request.query_params.get("naam", "").strip()
    if len(asked) > _LONGEST:
        problem = Problem(
            400, "Deze naam is te lang", f"Geef een naam van hoogstens {_LONGEST} tekens."
        )
        return problems.response(site, request, problem)
    known = await site.once_asked("areas by name", lambda: _known(site))
    plain = texts.plain(asked)
    found = _found(known, plain)
    provinces = (await shelf(site)).by["provincie"].values
    return frame.shown(
        request,
        "mijn-wijk.html",
        crumbs=[Link("Lijkt op mijn wijk", PATH)],
        asked=asked,
        areas=found[:_MOST],
        left=numbers.whole(len(found) - _MOST) if len(found) > _MOST else "",
        near=[] if found else _nearest(known, plain),
        towns=numbers.whole(known.towns),
        others=numbers.whole(known.others),
        urban=known.urban,
        provinces=[value for value in provinces if value.at],
    )


def _found(known: _Known, plain: str) -> list[Link]:
    """What has this in its name: what is called just so first, then what begins with it."""
    fits = [name for name in known.ways if plain and plain in name]
    fits.sort(key=lambda name: (name != plain, not name.startswith(plain), name))
    return list(dict.fromkeys(way for name in fits for way in known.ways[name]))


def _nearest(known: _Known, plain: str) -> list[str]:
    """What has nearly this name, as people call it."""
    near = sorted(name for name in known.ways if texts.mistyped(plain, name))
    return list(dict.fromkeys(known.called[name] for name in near))[:_NEAREST]


async def _known(site: Site) -> _Known:
    """All names that can be typed: of areas with figures, and of what is compared by another's."""
    areas = await similar.areas(site)
    ways: dict[str, list[Link]] = {}
    called: dict[str, str] = {}

    def add(name: str, way: Link) -> None:
        plain = texts.plain(name)
        called.setdefault(plain, way.text)
        if way not in ways.setdefault(plain, []):
            ways[plain].append(way)

    for iri in sorted(areas, key=lambda it: (len(it), it)):
        add(site.label(iri), _link(site, iri))
    for row in await site.rows("area-names", {}):
        if row["thing"] in areas:
            add(row["value"], _link(site, row["thing"]))
    for name, way in _others(site, areas, await site.rows("place-areas", {})):
        add(name, way)
    towns = [iri for iri in areas if _TOWN in iri]
    urban = await _urban(site, towns)
    return _Known(MappingProxyType(ways), called, len(towns), len(areas) - len(towns), urban)


def _others(site: Site, areas: frozenset[str], rows: Rows) -> Iterable[tuple[str, Link]]:
    """Places and ended municipalities without figures of their own: by which they are compared."""
    offers: dict[str, dict[str, str]] = {}
    names: dict[str, dict[str, None]] = {}
    for row in rows:
        names.setdefault(row["thing"], {})[row["value"]] = None
        offered = offers.setdefault(row["thing"], {})
        if row.get("area") in areas:
            offered.setdefault(row["area"], row["rank"])
    for iri, offered in offers.items():
        area, rank = next(iter(offered.items()), ("", ""))
        if rank in ("1", "2") or iri in areas or (area and site.label(area) in names[iri]):
            continue
        way = _beside(site, iri, area)
        for name in names[iri]:
            yield name, way


def _beside(site: Site, iri: str, area: str) -> Link:
    """A thing without figures, and the area by whose figures it is compared, if there is one."""
    found = link(site, iri)
    if not area:
        return Link(found.text, found.href, "Hiervan zijn geen cijfers.")
    around = site.label(area)
    if iri.startswith(f"{site.snapshot.base}id/area/"):
        small = f"Hoort nu bij {around}. Vergeleken met de cijfers van de gemeente {around}."
        return Link(found.text, f"{link(site, area).href}#lijkt", small)
    small = f"in {around}. Vergeleken met de cijfers van de gemeente {around}."
    return Link(found.text, f"{found.href}#lijkt", small)


async def _urban(site: Site, towns: Iterable[str]) -> list[tuple[str, list[Link]]]:
    """The municipalities by how urban they are, the most urban first."""
    kinds = {row["thing"]: list[Link]() for row in await site.rows("urbanity", {})}
    of = await similar.urban(site)
    for iri in towns:
        kinds.setdefault(of[iri], []).append(_link(site, iri))
    return [
        (site.label(kind), sorted(links, key=lambda it: texts.sorted_as(it.text)))
        for kind, links in kinds.items()
        if links
    ]


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
