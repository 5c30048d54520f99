"""`/plaatsen`: the places of the cases, in one province or by name, with links to those."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.fuzz import ratio
from starlette.requests import Request
from starlette.responses import Response

from wijk.harvesting.records import Place
from wijk.matching import texts
from wijk.search.shelf import Shelf, Value
from wijk.search.text import LONGEST, Found, Text
from wijk.web.pages import searching
from wijk.web.pages.lists import paging
from wijk.web.pages.lists.faults import Fault, typed
from wijk.web.pages.lists.others import cases_path, shown
from wijk.web.pages.shelving import shelf
from wijk.web.site import Site

PATH = "/plaatsen"
_NAMES = ("name", "place")
"""The columns of the search with what a place, and what it lies in, is called."""
_ALIKE = 80
"""How alike a name is at least that may have been meant, of a hundred."""


@dataclass(frozen=True)
class Placed:
    """A place with cases: where it lies, and where those are."""

    place: Place
    value: Value
    path: str
    cases: str


@dataclass(frozen=True)
class Called:
    """The places that were asked for; the nearest name when none is found, and hits elsewhere.

    `small` says that the word is in nearly everything, and so is not searched.
    """

    places: Sequence[Placed]
    nearest: str = ""
    hits: int = 0
    small: bool = False


async def _places(request: Request) -> Response:
    """`/plaatsen`: the places of the cases; in one province, or found by words, when asked."""
    site: Site = request.app.state.site
    cases = await shelf(site)
    listed = await site.once("listed places", lambda: _listed_places(site, cases))
    province, faults = _province(cases, request.query_params.get("provincie", ""))
    called = request.query_params.get("q", "").strip()[:LONGEST]
    those = await _called(site, listed, called) if called else Called(listed)
    here = province.iri if province else None
    inside = [it for it in those.places if it.place.province and it.place.province.iri == here]
    places = inside if here else those.places
    pairs = [("provincie", province.slug)] if province else []
    pairs += [("q", called)] if called else []
    found = paging.read(request, len(places), faults, PATH, pairs)
    return shown(
        request,
        "plaatsen",
        "Plaatsen",
        found,
        places=found.of(places),
        provinces=[value for value in cases.by["provincie"].values if value.at],
        province=province,
        called=called,
        those=those,
        online=sum(case.online for case in cases.cases),
    )


def _province(cases: Shelf, asked: str) -> tuple[Value | None, list[Fault]]:
    """The province that is asked, by its name or code; that it is none of ours."""
    found = cases.by["provincie"].by.get(asked.lower()) if asked else None
    if found or not asked:
        return found, []
    return None, [Fault("De provincie " + typed(asked) + " kennen we niet.", field="provincies")]


async def _called(site: Site, listed: Sequence[Placed], asked: str) -> Called:
    """The places that a search finds; of one that finds none, what may have been meant."""
    index = await searching.text(site)

    async def those(words: str) -> tuple[list[Placed], Found]:
        found = await asyncio.to_thread(index.find, words)
        iris = {index.things[number].iri for number in found.numbers if found.every}
        return [it for it in listed if it.place.iri in iris], found

    places, found = await those(asked)
    if places or found.small:
        return Called(places, small=found.small)
    names = await site.once("names of listed places", lambda: _names(index, listed))
    called = process.extractOne(texts.plain(asked), names.keys(), score_cutoff=_ALIKE, scorer=ratio)
    for near in (names[called[0]] if called else "", found.nearest):
        if near and (await those(near))[0]:
            return Called((), near, len(found.numbers))
    return Called((), "", len(found.numbers))


def _names(index: Text, listed: Sequence[Placed]) -> Mapping[str, str]:
    """All that these places and what they lie in are called, by how that is compared."""
    iris = {it.place.iri for it in listed}
    told = (it.texts for it in index.things if it.iri in iris)
    names = (name for its in told for column in _NAMES for name in its.get(column, ()))
    return {texts.plain(name): name for name in names}


def _listed_places(site: Site, cases: Shelf) -> list[Placed]:
    known = {place.iri: place for case in cases.cases for place in case.places}
    return [
        Placed(known[it.iri], it, site.path(it.iri) or "/", cases_path(cases, "plaats", it))
        for it in cases.by["plaats"].values
    ]


ROUTES = {PATH: _places}
