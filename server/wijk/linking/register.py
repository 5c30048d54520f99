"""The register of municipalities: which there were on a date, and what became of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, SDO
from rdflib.term import Node

from wijk.namespaces import WIJK

EVENTS = "https://identifier.overheid.nl/tooi/id/gemeente/wzg_"
"""Where the register's own IRIs of changes begin."""
VERSIONS = "https://identifier.overheid.nl/tooi/set/rwc_gemeenten_compleet/"
"""Where the IRIs of its versions begin."""
ORGANISATIONS = "https://identifier.overheid.nl/tooi/id/gemeente/gm"
"""Where its IRIs of municipalities begin; those are organisations, not pieces of land."""
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True)
class Municipality:
    """One municipality, as long as its code was valid.

    It is there from `valid_from` until, and not on, `valid_until`. Without the first it is older
    than what the register tells of; without the second it is still there.
    """

    code: str
    name: str
    valid_from: date | None = None
    valid_until: date | None = None
    province: str | None = None

    def on(self, day: date) -> bool:
        """Is it there on this day?"""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True)
class Event:
    """One change: codes that ended, that began, and that went on with more land than before.

    `silent` are the codes that also got a part, though the register does not name them; `thing` is
    the change in our graph, when it is there.
    """

    iri: str
    on: date
    kind: str
    ended: tuple[str, ...] = ()
    began: tuple[str, ...] = ()
    extended: tuple[str, ...] = ()
    legal_basis: str | None = None
    silent: tuple[str, ...] = ()
    thing: str = field(default="", compare=False)

    @property
    def receivers(self) -> tuple[str, ...]:
        """Where the land of what ended went."""
        return tuple(sorted({*self.began, *self.extended, *self.silent}))

    @property
    def codes(self) -> frozenset[str]:
        """Every code that it touches."""
        return frozenset((*self.ended, *self.receivers))


@dataclass(frozen=True)
class Register:
    """All municipalities and changes that are known, and the other areas that have a code.

    `divisions` has the years of each wijk and buurt. `since` is the first day that the register
    tells of, `seen` the day on which it was looked at; what happened later is not in it.
    """

    municipalities: Mapping[str, Municipality] = field(repr=False)
    events: tuple[Event, ...] = field(default=(), repr=False)
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    divisions: Mapping[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
    since: date | None = None
    seen: date | None = None
    version: str = ""

    @classmethod
    def of(cls, graph: Graph) -> "Register":
        """The register in our graph: its areas and events."""
        areas = _areas(graph)
        events = [_event(graph, node) for node in _things(graph, PROV.Activity)]
        return cls(
            {code: _municipality(graph, node, areas) for code, node in _of_kind(areas, "GM")},
            tuple(sorted(filter(None, events), key=lambda event: (event.on, event.iri))),
            {code: _text(graph, node, SDO.name) for code, (node, _) in areas.items()},
            {code: tuple(sorted(years)) for code, (_, years) in areas.items() if years},
            *_reach(graph),
        )

    @cached_property
    def endings(self) -> Mapping[str, tuple[Event, ...]]:
        """The changes that each code ended in."""
        found: dict[str, list[Event]] = {}
        for event in self.events:
            for code in event.ended:
                found.setdefault(code, []).append(event)
        return {code: tuple(events) for code, events in found.items()}

    @cached_property
    def beginnings(self) -> Mapping[str, tuple[Event, ...]]:
        """The changes that each code began in."""
        found: dict[str, list[Event]] = {}
        for event in self.events:
            for code in event.began:
                found.setdefault(code, []).append(event)
        return {code: tuple(events) for code, events in found.items()}

    def name(self, code: str) -> str:
        """What the area is called; its code when that is not known."""
        if code in self.municipalities:
            return self.municipalities[code].name
        return self.names.get(code, code)


_Areas = Mapping[str, tuple[URIRef, set[int]]]


def _areas(graph: Graph) -> _Areas:
    """Every area by its code, with the years of which it is here."""
    found: dict[str, tuple[URIRef, set[int]]] = {}
    for node in sorted(_things(graph, WIJK.Area)):
        years = {int(str(year)[:4]) for year in graph.objects(node, WIJK.divisionYear)}
        for value in graph.objects(node, WIJK.code):
            found.setdefault(str(value), (node, set()))[1].update(years)
    return found


def _of_kind(areas: _Areas, sort: str) -> Iterable[tuple[str, URIRef]]:
    return ((code, node) for code, (node, _) in areas.items() if code.startswith(sort))


def _municipality(graph: Graph, node: URIRef, areas: _Areas) -> Municipality:
    provinces = [
        code
        for code, province in _of_kind(areas, "PV")
        if (node, WIJK.withinArea, province) in graph
    ]
    return Municipality(
        str(graph.value(node, WIJK.code)),
        _text(graph, node, SDO.name),
        _day(graph.value(node, WIJK.validFrom)),
        _day(graph.value(node, WIJK.validUntil)),
        provinces[0] if provinces else None,
    )


def _event(graph: Graph, node: URIRef) -> Event | None:
    """The change that is described there, if it is one: it ended a code on a day."""
    day, ended = _day(graph.value(node, DCTERMS.date)), _codes(graph, node, PROV.invalidated)
    if day is None or not ended:
        return None
    own = [str(each) for each in graph.objects(node, SDO.sameAs) if str(each).startswith(EVENTS)]
    silent = _codes(graph, node, PROV.used, only=_inferred(graph, node))
    return Event(
        min(own, default=str(node)),
        day,
        str(graph.value(node, SDO.additionalType)).rpartition("/")[2],
        ended,
        _codes(graph, node, PROV.generated),
        tuple(code for code in _codes(graph, node, PROV.used) if code not in silent),
        _text(graph, node, DCTERMS.references) or None,
        silent,
        str(node),
    )


def _inferred(graph: Graph, node: URIRef) -> set[Node]:
    """The areas that got a part, not by the register but by what we concluded ourselves."""
    return {
        area
        for evidence in graph.subjects(RDF.subject, node)
        if (evidence, RDF.predicate, PROV.used) in graph
        and str(graph.value(evidence, WIJK.basis)).endswith("/basis/inferred")
        for area in graph.objects(evidence, RDF.object)
    }


def _codes(
    graph: Graph, node: URIRef, predicate: URIRef, only: set[Node] | None = None
) -> tuple[str, ...]:
    areas = [area for area in graph.objects(node, predicate) if only is None or area in only]
    return tuple(sorted(str(code) for area in areas for code in graph.objects(area, WIJK.code)))


def _reach(graph: Graph) -> tuple[date | None, date | None, str]:
    """The first day that the register tells of, the day it was looked at, and its version."""
    versions = {
        int(version): node
        for node in _things(graph, SDO.WebPage)
        if (version := str(node).removeprefix(VERSIONS)).isdecimal()
    }
    if not versions:
        return None, None, ""
    newest = max(versions)
    since, _, seen = _text(graph, versions[newest], SDO.temporalCoverage).partition("/")
    return _day(Literal(since)), _day(Literal(seen)), str(newest)


def _things(graph: Graph, kind: URIRef) -> list[URIRef]:
    return sorted(node for node in graph.subjects(RDF.type, kind) if isinstance(node, URIRef))


def _text(graph: Graph, node: Node, predicate: URIRef) -> str:
    return min((str(value) for value in graph.objects(node, predicate)), default="")


def _day(value: Node | None) -> date | None:
    """A date, or the first day of a year; nothing when it is neither."""
    text = str(value or "")
    try:
        return date(int(text), 1, 1) if _YEAR.fullmatch(text) else date.fromisoformat(text)
    except ValueError:
        return None
