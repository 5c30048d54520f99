"""`/plaatsen`, `/betrokkenen`, `/themas`: what the cases are filed under, with links to those."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process
from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting.records import Place
from wijk.matching import texts
from wijk.search.shelf import Shelf, Value
from wijk.search.text import LONGEST, Found
from wijk.web import numbers
from wijk.web.api.actors import ACTORS
from wijk.web.api.geojson import Thing
from wijk.web.api.listing import Listing
from wijk.web.api.themes import THEMES
from wijk.web.pages import frame, searching
from wijk.web.pages.lists.asked import Fault, page
from wijk.web.pages.shelving import shelf
from wijk.web.site import Site
from wijk.web.views import Link

LENGTH = 50


@dataclass(frozen=True)
class Part:
    """One page of many rows: which ones, its number, that of the last, and what is wrong."""

    rows: Sequence[Any]
    count: int
    number: int
    last: int
    faults: list[Fault]

    @property
    def status(self) -> int:
        """The status of its answer: 400 for what cannot be asked, 404 for a page too many."""
        return 400 if self.faults else 404 if self.number > self.last else 200


def part(rows: Sequence[Any], request: Request, faults: list[Fault]) -> Part:
    """The page of these rows that is asked."""
    length = request.app.state.site.at_once(LENGTH)
    number = page(request.query_params, faults)
    last = max(1, -(-len(rows) // length))
    start = (number - 1) * length
    return Part(rows[start : start + length], len(rows), number, last, faults)


@dataclass(frozen=True)
class Placed:
    """A place with cases: where it lies, and where those are."""

    place: Place
    value: Value
    path: str
    cases: str


@dataclass(frozen=True)
class Called:
    """The places that were asked for; the nearest name when none is found, and hits elsewhere."""

    places: Sequence[Placed]
    nearest: str = ""
    hits: int = 0


async def _places(request: Request) -> Response:
    """`/plaatsen`: the places of the cases; in one province, or found by words, when asked."""
    site: Site = request.app.state.site
    cases = await shelf(site)
    listed = await site.once("listed places", lambda: _listed_places(site, cases))
    faults: list[Fault] = []
    facet, asked = cases.by["provincie"], request.query_params.get("provincie", "")
    province = facet.by.get(asked.lower()) if asked else None
    if asked and province is None:
        faults.append(Fault(f"De provincie '{asked[:40]}' kennen we niet.", field="provincies"))
    called = request.query_params.get("q", "").strip()[:LONGEST]
    those = await _called(site, listed, called) if called else Called(listed)
    here = province.iri if province else None
    inside = [it for it in those.places if it.place.province and it.place.province.iri == here]
    found = part(inside if here else those.places, request, faults)
    return _shown(
        request,
        "plaatsen",
        "Plaatsen",
        found,
        provinces=[value for value in facet.values if value.at],
        province=province,
        called=called,
        those=those,
        online=sum(case.online for case in cases.cases),
    )


async def _called(site: Site, listed: Sequence[Placed], asked: str) -> Called:
    """The places that a search finds; of one that finds none, what may have been meant."""
    index = await searching.text(site)

    async def those(words: str) -> tuple[list[Placed], Found]:
        found = await asyncio.to_thread(index.find, words)
        iris = {index.things[number].iri for number in found.numbers if found.every}
        return [it for it in listed if it.place.iri in iris], found

    places, found = await those(asked)
    near = "" if places else found.nearest
    if near and not (await those(near))[0]:
        near = ""
    return Called(places, near, len(found.numbers))


def _listed_places(site: Site, cases: Shelf) -> list[Placed]:
    known = {place.iri: place for case in cases.cases for place in case.places}
    return [
        Placed(known[it.iri], it, site.path(it.iri) or "/", _cases_path(cases, "plaats", it))
        for it in cases.by["plaats"].values
    ]


def _cases_path(cases: Shelf, facet: str, value: Value) -> str:
    only = len(value.at) == 1
    return cases.cases[value.at[0]].path if only else f"/casussen?{facet}={value.slug}"


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
        faults.append(_no_kind(asked, kinds))
    elif asked:
        there = set(kinds[asked][1])
        order = [at for at in order if at in there]
    found = part(order, request, faults)
    actors = [_actor(site, cases, listing.things[at]) for at in found.rows]
    listed = {slug: (label, len(at)) for slug, (label, at) in kinds.items()}
    return _shown(
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


def _no_kind(asked: str, kinds: Mapping[str, tuple[str, Sequence[int]]]) -> Fault:
    near = process.extract(asked[:80], list(kinds), limit=3, score_cutoff=60)
    nearest = (Link(kinds[slug][0], f"/betrokkenen?soort={slug}") for slug, *_ in near)
    return Fault(f"De soort '{asked[:40]}' kennen we niet.", tuple(nearest), "soort")


def _actor(site: Site, cases: Shelf, thing: Thing) -> Actor:
    value = cases.by["betrokkene"].by.get(thing["slug"])
    return Actor(
        thing["name"] or thing["slug"],
        site.path(thing["id"]) or "/",
        tuple(kind["name"] for kind in thing["kinds"]),
        tuple(dict.fromkeys(it["role"] for it in thing["participations"])),
        len(value.at) if value else 0,
        _cases_path(cases, "betrokkene", value) if value and value.at else "",
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
    whole = Part((), 0, 1, 1, [])
    return _shown(
        request, "themas", "Thema’s", whole, trees=trees, told=told, scheme=scheme, path=site.path
    )


def _shown(request: Request, name: str, title: str, found: Part, **values: Any) -> Response:
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


ROUTES = {"/plaatsen": _places, "/betrokkenen": _actors, "/themas": _themes}
