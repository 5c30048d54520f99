"""`/controle`: what the check found, and what is not known, disputed or our own, for each thing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib import Literal, Node, URIRef
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from wijk import questions, resources
from wijk.engine import Ask, formats
from wijk.matching import texts
from wijk.web.pages import frame
from wijk.web.pages.filled import filled
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
    none: str = "Er zijn geen open punten"


@dataclass(frozen=True)
class Point:
    """One open point: a property with a value, or a sentence; what is said of it, and by whom."""

    label: str
    value: Value | None
    text: str
    source: Value | None


Row = Mapping[str, Node]
Report = Mapping[Kind, Mapping[str, Sequence[Row]]]
ATTENTION = Kind("aandacht", "Dit kan beter", "Geen fouten, maar wel iets om na te kijken.", "")
TIPS = Kind(
    *("tips", "Tips", "Dit hoeft niet, maar het maakt de gegevens beter.", ""),
    none="Er zijn geen tips",
)
UNKNOWN = Kind("onbekend", "Nog niet bekend", "Dit missen we nog.", "what-is-still-unknown")
KINDS = (
    ATTENTION,
    TIPS,
    UNKNOWN,
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
_SEARCHED = "searched-not-found"
_NOTED = {
    "case-without-initiative": re.compile("De naam van het initiatief"),
    "initiative-without-start": re.compile("Het beginjaar"),
    "bundle-without-author": re.compile("De auteurs"),
    "bundle-without-all-lessons": re.compile(r".*\blessen zijn niet gevonden"),
}
"""How a note begins that tells of a gap, with what was searched for it."""
_AT_ONCE = 25
_HERE = Link("Controle", "/controle")


async def report(site: Site) -> Report:
    """The open points of each kind by the IRI of the thing, made once.

    Raises:
        EngineError: the engine cannot tell them.
    """

    async def make() -> Report:
        asked = {it: await _asked(site, it) for it in KINDS if it.question and it != UNKNOWN}
        asked = {UNKNOWN: await unknown(site), **asked}
        return {ATTENTION: _remarked(site, "warning"), TIPS: _remarked(site, "info"), **asked}

    return await site.once_asked("control", make)


async def unknown(site: Site) -> Mapping[str, Sequence[Row]]:
    """What is not known yet, by the IRI of the thing, asked once.

    Raises:
        EngineError: the engine cannot tell it.
    """
    return await site.once_asked("unknown", lambda: _asked(site, UNKNOWN))


def _remarked(site: Site, severity: str) -> Mapping[str, Sequence[Row]]:
    """What the check said of this severity, of a thing or else of a file; a gap is told below."""
    found: dict[str, list[Row]] = {}
    for it in site.snapshot.remarks.pressing if site.snapshot.remarks else ():
        if it.severity != severity:
            continue
        thing = it.thing.partition("#")[0] or it.path
        found.setdefault(thing, []).append({"sentence": Literal(it.sentence)})
    return _by_name(site, found)


def _by_name(site: Site, found: Mapping[str, list[Row]]) -> Mapping[str, Sequence[Row]]:
    return dict(sorted(found.items(), key=lambda it: texts.sorted_as(named(site.label(it[0])))))


async def _asked(site: Site, kind: Kind) -> Mapping[str, Sequence[Row]]:
    known = site.examples.get(kind.question)
    path = resources.came_along() / "queries" / "questions" / f"{kind.question}.rq"
    text = (known or questions.read(path)).text
    ask = Ask(text, formats.JSON, own=True, whole=True)
    rows = await (await site.engine.answer(ask)).bindings()
    found: dict[str, list[Row]] = {}
    for row in rows:
        thing = row["thing"]["value"].partition("#")[0]
        found.setdefault(thing, []).append({name: _node(term) for name, term in row.items()})
    return _by_name(site, {thing: _once(rows) for thing, rows in found.items()})


def _once(rows: Sequence[Row]) -> list[Row]:
    """Each gap once: not also as what is missing when a note tells that it was searched for."""
    notes = tuple(str(it["sentence"]) for it in rows if str(it.get("gap")) == _SEARCHED)

    def told(row: Row) -> bool:
        known = _NOTED.get(str(row.get("gap")))
        return known is not None and any(known.match(note) for note in notes)

    return [row for row in rows if not told(row)]


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
        said=len(said.pressing) if said else None,
        gaps=len(said.said) - len(said.pressing) if said else 0,
        tables=await filled(site),
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
                list(dict.fromkeys(_point(site, row) for row in rows)),
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
    value = site.views.value(row["value"], NO_MARK) if "value" in row and not _own(row) else None
    source = site.views.value(row["source"], NO_MARK) if "source" in row else None
    if source:
        source = replace(source, text=named(source.text))
    return Point(label, value, ". ".join(told), source)


def _own(row: Row) -> bool:
    """Whether the value is a part of the thing, such as its point: then the property says it."""
    thing, part, _ = str(row["value"]).partition("#")
    return bool(part) and thing == str(row["thing"]).partition("#")[0]


ROUTES = {
    "/controle": _all,
    "/controle/{kind}": _one,
    "/controle/{kind}/deel/{number:int}": _one,
}
