"""`/controle`: what the check found, and what is not known, disputed or our own, for each thing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rdflib import Literal, Node, URIRef
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from wijk import questions, resources
from wijk.engine import Ask, formats
from wijk.web.pages import frame
from wijk.web.site import Site
from wijk.web.sources import NO_MARK, named
from wijk.web.views import Link, Value


@dataclass(frozen=True)
class Kind:
    """One kind of open point: its heading, a sentence about it, and the question that finds it.

    Without a question it is what the check found when the folder was read.
    """

    slug: str
    heading: str
    sentence: str
    question: str


@dataclass(frozen=True)
class Point:
    """One open point: a property with a value, or a sentence; and what is said of it."""

    label: str
    value: Value | None
    text: str


Row = Mapping[str, Node]
Report = Mapping[Kind, Mapping[str, Sequence[Row]]]
ATTENTION = Kind("aandacht", "Dit kan beter", "Geen fouten, maar wel iets om na te kijken.", "")
KINDS = (
    ATTENTION,
    Kind("onbekend", "Nog niet bekend", "Dit missen we nog.", "what-is-still-unknown"),
    Kind(
        *("tegenspraak", "Bronnen spreken elkaar tegen"),
        *("Hier zegt de ene bron iets anders dan de andere.", "where-sources-disagree"),
    ),
    Kind(
        *("onbevestigd", "Nog niet bevestigd"),
        *("Dit is gevonden, maar niet zeker. Het telt nergens mee.", "candidates"),
    ),
    Kind(
        *("eigen", "Afgeleid of eigen duiding"),
        *("Dit staat in geen bron zoals het hier staat.", "only-inferred-or-assigned"),
    ),
)
_AT_ONCE = 25
_HERE = Link("Controle", "/controle")


async def report(site: Site) -> Report:
    """The open points of each kind by the IRI of the thing, made once.

    Raises:
        EngineError: the engine cannot tell them.
    """

    async def make() -> Report:
        asked = {kind: await _asked(site, kind) for kind in KINDS if kind.question}
        return {ATTENTION: _remarked(site), **asked}

    return await site.once_asked("control", make)


def _remarked(site: Site) -> Mapping[str, Sequence[Row]]:
    """What the check said that is no error; of a thing, or else of a file."""
    found: dict[str, list[Row]] = {}
    for it in site.snapshot.remarks.said if site.snapshot.remarks else ():
        thing = it.thing.partition("#")[0] or it.path
        found.setdefault(thing, []).append({"sentence": Literal(it.sentence)})
    return _by_name(site, found)


def _by_name(site: Site, found: Mapping[str, list[Row]]) -> Mapping[str, Sequence[Row]]:
    return dict(sorted(found.items(), key=lambda it: site.label(it[0]).casefold()))


async def _asked(site: Site, kind: Kind) -> Mapping[str, Sequence[Row]]:
    known = site.examples.get(kind.question)
    path = resources.came_along() / "queries" / "questions" / f"{kind.question}.rq"
    text = (known or questions.read(path)).text
    ask = Ask(text, formats.JSON, own=True, whole=True)
    rows = json.loads(await (await site.engine.answer(ask)).whole())["results"]["bindings"]
    found: dict[str, list[Row]] = {}
    for row in rows:
        thing = row["thing"]["value"].partition("#")[0]
        found.setdefault(thing, []).append({name: _node(term) for name, term in row.items()})
    return _by_name(site, found)


def _node(term: Mapping[str, str]) -> Node:
    if term["type"] == "uri":
        return URIRef(term["value"])
    kind = term.get("datatype")
    lang = term.get("xml:lang")
    return Literal(term["value"], lang=lang, datatype=URIRef(kind) if kind and not lang else None)


async def _all(request: Request) -> Response:
    site: Site = request.app.state.site
    found = [(kind, len(things)) for kind, things in (await report(site)).items()]
    said = site.snapshot.remarks
    return frame.shown(
        request,
        "gegevens/controle.html",
        crumbs=[_HERE],
        kinds=found,
        said=len(said.said) if said else None,
    )


async def _one(request: Request) -> Response:
    """`/controle/<kind>` and `/controle/<kind>/deel/<number>`: 25 things at a time."""
    site: Site = request.app.state.site
    slug, number = request.path_params["kind"], request.path_params.get("number", 1)
    kind = next((it for it in KINDS if it.slug == slug), None)
    if kind is None:
        raise HTTPException(404)
    things = (await report(site))[kind]
    if not 1 <= number <= parts(things):
        raise HTTPException(404)
    chosen = [*things.items()][(number - 1) * _AT_ONCE : number * _AT_ONCE]
    return frame.shown(
        request,
        "gegevens/punten.html",
        crumbs=[_HERE, Link(kind.heading, f"/controle/{slug}")],
        kind=kind,
        things=[
            (
                Link(named(site.label(iri)), site.path(iri) or ""),
                [_point(site, row) for row in rows],
            )
            for iri, rows in chosen
        ],
        number=number,
        parts=parts(things),
        count=len(things),
    )


def parts(things: Mapping[str, Sequence[Row]]) -> int:
    """How many pages these take; one when there are none."""
    return max(1, -(-len(things) // _AT_ONCE))


def _point(site: Site, row: Row) -> Point:
    told = [str(row[name]) for name in ("sentence", "basisLabel", "note") if name in row]
    label = site.words.property(row["property"]) if "property" in row else ""
    value = site.views.value(row["value"], NO_MARK) if "value" in row else None
    return Point(label, value, ". ".join(told))


ROUTES = {
    "/controle": _all,
    "/controle/{kind}": _one,
    "/controle/{kind}/deel/{number:int}": _one,
}
