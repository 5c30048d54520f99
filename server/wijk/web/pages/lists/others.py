"""`/betrokkenen`, `/themas`: what the cases are filed under, with links to those."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from wijk.matching import texts
from wijk.search.shelf import Shelf, Value
from wijk.web import numbers
from wijk.web.api.actors import ACTORS
from wijk.web.api.geojson import Thing
from wijk.web.api.listing import Listing
from wijk.web.api.themes import THEMES
from wijk.web.pages import frame
from wijk.web.pages.lists import paging
from wijk.web.pages.lists.faults import Fault, no_kind
from wijk.web.pages.lists.paging import Part
from wijk.web.pages.shelving import shelf
from wijk.web.site import Site
from wijk.web.views import Link


@dataclass(frozen=True)
class Actor:
    """Somebody who takes part: the kinds, the roles, and in how many cases."""

    name: str
    path: str
    kinds: tuple[str, ...]
    roles: tuple[str, ...]
    count: int
    cases: str


async def _actors(request: Request) -> Response:
    """`/betrokkenen`: who takes part in cases, of one kind when that is asked."""
    site: Site = request.app.state.site
    cases, listing = await shelf(site), await ACTORS.listing(site)
    order = await site.once("sorted actors", lambda: _by_name(listing))
    kinds = await site.once("kinds of actor", lambda: _kinds(site, listing))
    asked, faults = request.query_params.get("soort", ""), list[Fault]()
    if asked and asked not in kinds:
        labels = {slug: label for slug, (label, _) in kinds.items()}
        faults.append(no_kind(asked, labels, "/betrokkenen?soort={}".format))
    elif asked:
        there = set(kinds[asked][1])
        order = [at for at in order if at in there]
    pairs = [("soort", asked)] if asked in kinds else []
    found = paging.read(request, len(order), faults, "/betrokkenen", pairs)
    actors = [_actor(site, cases, listing.things[at]) for at in found.of(order)]
    listed = {slug: (label, len(at)) for slug, (label, at) in kinds.items()}
    return shown(
        request, "betrokkenen", "Betrokkenen", found, actors=actors, kinds=listed, kind=asked
    )


def _by_name(listing: Listing) -> list[int]:
    things = listing.things
    return sorted(range(len(things)), key=lambda at: texts.sorted_as(things[at]["name"] or ""))


def _kinds(site: Site, listing: Listing) -> Mapping[str, tuple[str, Sequence[int]]]:
    found = {
        iri.rpartition("/")[2]: (site.label(iri), at)
        for (name, iri), at in listing.index.items()
        if name == "soort"
    }
    return dict(sorted(found.items(), key=lambda it: texts.sorted_as(it[1][0])))


def _actor(site: Site, cases: Shelf, thing: Thing) -> Actor:
    value = cases.by["betrokkene"].by.get(thing["slug"])
    return Actor(
        thing["name"] or thing["slug"],
        site.path(thing["id"]) or "/",
        tuple(kind["name"] for kind in thing["kinds"]),
        tuple(dict.fromkeys(it["role"] for it in thing["participations"])),
        len(value.at) if value else 0,
        cases_path(cases, "betrokkene", value) if value and value.at else "",
    )


async def _themes(request: Request) -> Response:
    """`/themas`: the themes as a tree, with how many cases each has."""
    site: Site = request.app.state.site
    cases, listing = await shelf(site), await THEMES.listing(site)
    told = {it["id"]: it["comment"] or it["definition"] or "" for it in listing.things}
    trees: list[list[Value]] = []
    for value in cases.by["thema"].values:
        if value.depth == 0:
            trees.append([])
        trees[-1].append(value)
    scheme = site.path(f"{site.snapshot.base}id/scheme/theme")
    return shown(
        request, "themas", "Thema’s", Part(), trees=trees, told=told, scheme=scheme, path=site.path
    )


def cases_path(cases: Shelf, facet: str, value: Value) -> str:
    """Where the cases with this value are: the case when there is one, or else the list."""
    only = len(value.at) == 1
    return cases.cases[value.at[0]].path if only else f"/casussen?{facet}={value.slug}"


def shown(request: Request, name: str, title: str, found: Part, **values: Any) -> Response:
    """The page with a list; its name is that of its path, its section and its template."""
    return frame.shown(
        request,
        f"lijsten/{name}.html",
        status=found.status,
        section=name,
        crumbs=[Link(title, f"/{name}")],
        part=found,
        whole=numbers.whole,
        **values,
    )


ROUTES = {"/betrokkenen": _actors, "/themas": _themes}
