"""Where a case is: its places, the municipality and province around them, and its plate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rdflib import SKOS, Node, URIRef
from rdflib.namespace import DCTERMS, GEO, SDO

from wijk.harvesting.points import position
from wijk.harvesting.records import Point
from wijk.namespaces import WIJK
from wijk.web.pages.cases.around import day
from wijk.web.pages.told import Fact, Told, fact, told, town, unrepeated, worded
from wijk.web.site import Site
from wijk.web.sources import NO_MARK, Mark, Sources
from wijk.web.views import Value

MOST = 12
"""So many places of a case are told; its files have them all."""
_AROUND = (WIJK.withinArea, WIJK.exactArea, WIJK.closeArea)
_NOTES = (SKOS.note, SKOS.editorialNote)
_UP = 5
_Around = tuple[str, Told, URIRef, Node]
"""An area by the last part of its IRI, such as `gm0796`, and which statement has it."""


@dataclass(frozen=True)
class Spot:
    """One place of a case with what it lies in; areas by IRI, the nearest first.

    `also` is the other name of the settlement, where that is called as its municipality is; `notes`
    are what is known of the place besides, and what is doubted.
    """

    value: Value
    settlement: Value | None
    also: str
    municipalities: tuple[Value, ...]
    provinces: tuple[Value, ...]
    municipality: str
    province: str
    point: Point | None
    notes: tuple[Value, ...]

    @property
    def town(self) -> Value | None:
        """The settlement with its other name."""
        if self.settlement is None or not self.also:
            return self.settlement
        return worded(self.settlement, f"{self.settlement.text} ({self.also})")


@dataclass(frozen=True)
class Where:
    """All places of a case."""

    spots: tuple[Spot, ...]
    count: int
    online: bool

    @property
    def plate(self) -> tuple[str, str]:
        """What the plate says large, and small."""
        if not self.spots:
            return ("Online" if self.online else "Plek nog niet bekend"), ""
        first = self.spots[0]
        province = first.provinces[0].text if first.provinces else ""
        if self.count > 1:
            shared = _distinct(it.municipalities[0].text for it in self.spots if it.municipalities)
            if len(shared) == 1:
                return shared[0], province
            return ", ".join(it.value.text for it in self.spots[:2]), _joined(shared[:3])
        wider = first.settlement or next(iter(first.municipalities), None)
        names = [it for it in (wider.text if wider else "", province) if it]
        return first.value.text, ", ".join(unrepeated(first.value.text, names))

    @property
    def municipality(self) -> str:
        """The first municipality, as an IRI; empty when there is none."""
        return next((it.municipality for it in self.spots if it.municipality), "")

    @property
    def point(self) -> Point | None:
        """Where the first place with a point is."""
        return next((it.point for it in self.spots if it.point), None)

    @property
    def noted(self) -> dict[str, list[Value]]:
        """What is noted of the places, by their names: what several have in common stands once."""
        same: dict[tuple[str, str | None], list[tuple[str, Value]]] = {}
        for spot in self.spots:
            for note in spot.notes:
                same.setdefault((note.text, note.lang), []).append((spot.value.text, note))
        found: dict[str, list[Value]] = {}
        for both in same.values():
            names, notes = zip(*both, strict=True)
            found.setdefault(_joined(_distinct(names)), []).append(_together(notes))
        return found

    def facts(self, site: Site, sources: Sources) -> list[Fact]:
        """Place, municipality and province, and what became of a municipality that ended."""
        if not self.spots:
            return []
        places = [part for it in self.spots for part in (it.value, it.town) if part]
        municipalities = _once(one for it in self.spots for one in it.municipalities)
        found = [fact("Plek", _once(places)), fact("Gemeente", municipalities)]
        for iri in _distinct(it.municipality for it in self.spots if it.municipality):
            found += _ended(site, sources, iri)
        return [*found, fact("Provincie", _once(one for it in self.spots for one in it.provinces))]


def where(site: Site, sources: Sources, case: Told) -> Where:
    """The places that a case names, as far as they are here."""
    named = case.nodes(DCTERMS.spatial)
    online = case.text(WIJK.online) in ("true", "1")
    spots = [_spot(site, sources, case, it) for it in named[:MOST]]
    return Where(tuple(spots), len(named), online)


def _spot(site: Site, sources: Sources, case: Told, place: Node) -> Spot:
    value = site.views.value(place, case.sources.of(case.thing, DCTERMS.spatial, place))
    chain = [*_upwards(site, sources, str(place))]
    settlements = [*chain[0].values(SDO.containedInPlace)] if chain else []
    name, also = town(site, str(chain[1].thing)) if len(chain) > 1 else ("", "")
    areas = _areas(chain)
    found = {start: _first(site, areas, start) for start in ("gm", "pv")}
    iris = {slug[:2]: f"{site.snapshot.base}id/area/{slug}" for slug, *_ in reversed(areas)}
    municipality, province = iris.get("gm", ""), iris.get("pv", "")
    return Spot(
        value,
        worded(settlements[0], name or settlements[0].text) if settlements else None,
        also,
        found["gm"],
        found["pv"],
        municipality,
        province,
        _point(site, chain, municipality),
        tuple(it for how in _NOTES for it in chain[0].values(how)) if chain else (),
    )


def _upwards(site: Site, sources: Sources, place: str) -> Iterable[Told]:
    """A place and what contains it."""
    seen: set[str] = set()
    while place and place not in seen and len(seen) < _UP:
        seen.add(place)
        one = told(site, sources, place)
        if one is None:
            return
        yield one
        place = str(next(iter(one.nodes(SDO.containedInPlace)), ""))


def _areas(chain: Sequence[Told]) -> list[_Around]:
    """The areas around a place."""
    return [
        (str(node).rpartition("/")[2], one, how, node)
        for one in chain
        for how in _AROUND
        for node in one.nodes(how)
    ]


def _first(site: Site, areas: Iterable[_Around], start: str) -> tuple[Value, ...]:
    """The first area of a kind; of the others, that are not shown, no source is numbered.

    What is noted of how it was found stands on the page of the place.
    """
    for slug, one, how, node in areas:
        if slug.startswith(start):
            mark = one.sources.of(one.thing, how, node, notes=False)
            return (site.views.value(node, mark),)
    return ()


def _point(site: Site, chain: Sequence[Told], municipality: str) -> Point | None:
    offers = [str(node) for one in chain for how in _AROUND[1:] for node in one.nodes(how)]
    for thing in (*(str(one.thing) for one in chain), *offers, municipality):
        home = site.snapshot.find(site.addresses.home(thing) or "") if thing else None
        for wkt in home.graph.objects(None, GEO.asWKT) if home else ():
            if (degrees := position(str(wkt))) is not None:
                return Point(degrees[1], degrees[0])
    return None


def _ended(site: Site, sources: Sources, municipality: str) -> list[Fact]:
    """What took the place of a municipality that is no longer there."""
    area = told(site, sources, municipality)
    if area is None or not (until := area.text(WIJK.validUntil)):
        return []
    gone = Value(f"tot {day(until)}", None, False, None, NO_MARK)
    return [
        fact(f"{site.label(municipality)} bestond", [gone]),
        area.fact("Gemeente nu", DCTERMS.isReplacedBy),
    ]


def _once(values: Iterable[Value]) -> list[Value]:
    """Each thing once, with the first mark it has."""
    found: dict[tuple[str, str | None], Value] = {}
    for value in values:
        found.setdefault((value.text, value.href), value)
    return [*found.values()]


def _together(values: Sequence[Value]) -> Value:
    """The same value, with all that stands behind it."""
    marks = [it.mark for it in values]
    numbers = sorted({number for mark in marks for number in mark.numbers})
    words = dict.fromkeys(word for mark in marks for word in mark.words)
    notes = dict.fromkeys(note for mark in marks for note in mark.notes)
    return replace(values[0], mark=Mark(tuple(numbers), tuple(words), tuple(notes)))


def _distinct(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _joined(names: Sequence[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} en {last}" if first else last
