"""`/zoeken`: search over everything, grouped by kind, with the sentence that was found."""

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from wijk.search.marking import marks
from wijk.search.stems import SILENT, folded
from wijk.search.text import LONGEST, Found, Text, Thing
from wijk.search.wording import sentence
from wijk.web import negotiation, problems, replies
from wijk.web.negotiation import HTML
from wijk.web.pages import frame, searching
from wijk.web.pages.lists import paging
from wijk.web.pages.lists.faults import Fault, no_kind, refused
from wijk.web.pages.lists.paging import Part
from wijk.web.replies import Representation
from wijk.web.site import Site
from wijk.web.sources import named
from wijk.web.templating import short
from wijk.web.views import Link

PATH = "/zoeken"
JSON = "application/json"
_SUGGESTIONS = "application/x-suggestions+json"
_OPENSEARCH = "application/opensearchdescription+xml"
_FEW, _PAGE = 5, 20
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "casus": ("Casussen", ("case",)),
    "plaats": ("Plaatsen", ("place",)),
    "betrokkene": ("Betrokkenen", ("actor", "initiative")),
    "les": ("Lessen", ("lesson",)),
    "thema": ("Thema’s", ("theme",)),
    "vraag": ("Vragen die klaarstaan", (searching.QUESTION,)),
    "gebied": ("Gebieden", ("area", "event")),
    "bundel": ("Bundels en project", ("bundle", "project")),
    "media": ("Films, podcasts en artikelen", ("media",)),
    "bron": ("Bronnen", ("source",)),
    "begrip": ("Begrippen en cijfers", ()),
}
"""The groups by their name in addresses: a heading, and the kinds in it; the last has the rest."""
_OF_KIND = {kind: name for name, (_, kinds) in GROUPS.items() for kind in kinds}
_COLUMNS = {
    **{"place": "Plaats", "actor": "Betrokkene", "theme": "Thema", "lesson": "Les"},
    **{"actor_kind": "Soort betrokkene", "audience": "Voor wie", "connection": "Verbinding"},
    "place_kind": "Soort plaats",
}


@dataclass(frozen=True)
class Hit:
    """One thing that was found: where it is, and the sentence that says why."""

    label: str
    href: str
    iri: str
    why: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind: how many, and the first."""

    name: str
    heading: str
    count: int
    hits: Sequence[Hit]


async def _search(request: Request) -> Response:
    site: Site = request.app.state.site
    asked = request.query_params.get("q", "").strip()[:LONGEST]
    index = await searching.text(site)
    found = await asyncio.to_thread(index.find, asked)
    by = _grouped(index, found)
    chosen, part = _part(request.query_params, asked, by)
    if part.faults and _as_json(request):
        return problems.response(site, request, refused(part.status, part.faults))
    groups = list(_groups(site, index, found, by, chosen, part))
    if _as_json(request):
        return replies.reply(request, _json(site, asked, found, groups))
    return frame.shown(
        request,
        "zoeken.html",
        status=part.status,
        crumbs=[Link("Zoeken", PATH)],
        asked=asked,
        found=found,
        groups=groups,
        chosen=chosen,
        nearest=_link(found.nearest),
        parts=[_link(it) for it in found.parts],
        address=_link(asked).href,
        part=part,
    )


def _link(asked: str) -> Link:
    return Link(asked, paging.way(PATH, [("q", asked)], 1))


def _as_json(request: Request) -> bool:
    wanted = negotiation.choose(replies.accept(request), (HTML, JSON))
    return replies.path(request).endswith(".json") or wanted == JSON


def _grouped(index: Text, found: Found) -> dict[str, list[int]]:
    """The numbers of what was found, by the group they are in."""
    by: dict[str, list[int]] = {name: [] for name in GROUPS}
    for number in found.numbers:
        by[_OF_KIND.get(index.things[number].kind, "begrip")].append(number)
    first = ["plaats"] if index.called(found.asked).intersection(by["plaats"]) else []
    return {name: by[name] for name in dict.fromkeys((*first, *GROUPS)) if by[name]}


def _groups(
    site: Site, index: Text, found: Found, by: Mapping[str, Sequence[int]], chosen: str, part: Part
) -> Iterable[Group]:
    """What was found of each kind, the first of it; of a kind that is asked one page."""
    for name, its in by.items():
        if chosen in ("", name):
            shown = part.of(its) if chosen else its[:_FEW]
            hits = [_hit(site, index.things[number], found.words) for number in shown]
            yield Group(name, GROUPS[name][0], len(its), hits)


def _part(given: QueryParams, asked: str, by: Mapping[str, Sequence[int]]) -> tuple[str, Part]:
    """The group that an address asks, if it does, and which page of it."""
    chosen, faults = given.get("soort", ""), list[Fault]()
    if chosen and chosen not in GROUPS:
        headings = {name: heading for name, (heading, _) in GROUPS.items()}
        faults.append(no_kind(chosen, headings, lambda it: paging.way(PATH, _pairs(asked, it), 1)))
        chosen = ""
    pairs = _pairs(asked, chosen)
    number, count = paging.asked(given, faults), len(by.get(chosen, ()))
    return chosen, paging.part(
        number, count, _PAGE, faults, lambda page: paging.way(PATH, pairs, page)
    )


def _pairs(asked: str, kind: str) -> list[tuple[str, str]]:
    return [(name, text) for name, text in (("q", asked), ("soort", kind)) if text]


def _hit(site: Site, thing: Thing, words: Sequence[str]) -> Hit:
    path = _path(site, thing)
    if thing.kind == searching.QUESTION:
        return Hit(thing.label, path, site.url(path), "")
    return Hit(named(thing.label), path, thing.iri, _why(thing, words))


def _path(site: Site, thing: Thing) -> str:
    return thing.iri if thing.kind == searching.QUESTION else site.path(thing.iri) or "/"


def _why(thing: Thing, words: Sequence[str]) -> str:
    """The sentence with most of the words; else what it is called too, or is filed under."""
    best = max(_sentences(thing), key=lambda it: _count(it, words), default="")
    if best and _count(best, words):
        return best
    for column, word in _COLUMNS.items():
        for text in thing.texts.get(column, ()):
            if _count(text, words):
                name = thing.real.get(text, text)
                also = "" if _count(name, words) else f" (ook gezocht als {short(text)})"
                return f"{word}: {short(name)}{also}"
    for text in thing.texts.get("name", ()):
        if text != thing.label and _count(text, words) and not _count(thing.label, words):
            return f"Ook: {short(text)}"
    return next(iter(_sentences(thing)), "")


def _sentences(thing: Thing) -> Iterable[str]:
    for text in thing.texts.get("text", ()):
        rest = text.strip()
        while rest:
            first = sentence(rest)
            yield first
            rest = rest[len(first) :].strip() if rest.startswith(first) else ""


def _count(text: str, words: Sequence[str]) -> int:
    return len({piece.casefold() for piece, hit in marks(text, words) if hit})


def _json(site: Site, asked: str, found: Found, groups: Sequence[Group]) -> Representation:
    told = {
        "query": asked,
        "count": len(found.numbers),
        "allWords": found.every,
        "didYouMean": found.nearest or None,
        "parts": found.parts,
        "groups": [
            {
                "kind": group.name,
                "count": group.count,
                "items": [
                    {"id": it.iri, "label": it.label, "text": it.why, "url": site.url(it.href)}
                    for it in group.hits
                ],
            }
            for group in groups
        ],
    }
    return Representation(JSON, json.dumps(told, ensure_ascii=False).encode())


async def _suggest(request: Request) -> Response:
    """The suggestions of OpenSearch: what was typed, and names that begin so."""
    site: Site = request.app.state.site
    asked = request.query_params.get("q", "")[:LONGEST]
    index = await searching.text(site)
    wanted = " ".join(word for word in folded(asked) if word not in SILENT) or asked
    found = await asyncio.to_thread(index.beginning, wanted, 8)
    kinds = [GROUPS[_OF_KIND.get(it.kind, "begrip")][0] for it in found]
    told = [
        asked,
        [it.label for it in found],
        kinds,
        [site.url(_path(site, it)) for it in found],
    ]
    body = json.dumps(told, ensure_ascii=False).encode()
    return replies.reply(request, Representation(_SUGGESTIONS, body))


async def _opensearch(request: Request) -> Response:
    site: Site = request.app.state.site
    body = site.show("opensearch.xml", "", start=site.url(""))
    return replies.reply(request, Representation(_OPENSEARCH, body))


ROUTES = {
    PATH: _search,
    f"{PATH}.json": _search,
    f"{PATH}/suggesties": _suggest,
    f"{PATH}/opensearch.xml": _opensearch,
}
