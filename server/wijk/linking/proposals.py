"""Which areas a place may be linked to, and why: from what services found and the graph knows."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz
from rdflib import URIRef
from rdflib.namespace import SDO

from wijk.linking.locatieserver import Found
from wijk.linking.register import Register
from wijk.linking.resolve import Outcome, resolve
from wijk.linking.wikidata import Item
from wijk.namespaces import WIJK

_ALIKE = 85
_NUMBERED = re.compile(r"(?:wijk|buurt) \d+ (?=.)")


@dataclass(frozen=True)
class Area:
    """An area of the graph; a wijk or buurt is one of a year. `same` is what it is elsewhere."""

    iri: URIRef
    code: str
    name: str
    year: int | None = None
    same: frozenset[URIRef] = frozenset()


@dataclass(frozen=True)
class Known:
    """What the graph says of a place; `areas` are those it is linked to, by relation."""

    iri: URIRef
    names: tuple[str, ...]
    is_municipality: bool = False
    around: tuple[str, ...] = ()
    areas: Mapping[URIRef, frozenset[URIRef]] = field(default_factory=dict)
    points: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Proposal:
    """One statement that may be made: with the reason in Dutch, and whether it is exact.

    `make` is an area that has no file yet; with no year, its division is not known, and then it
    cannot be taken.
    """

    thing: URIRef
    predicate: URIRef
    value: URIRef
    shown: str
    reason: str
    exact: bool
    by: str
    make: Area | None = None

    @property
    def can_be_taken(self) -> bool:
        """Whether there is enough to write it."""
        return self.make is None or self.make.year is not None


@dataclass(frozen=True)
class Proposer:
    """Makes proposals for the places of one graph, on a day."""

    base: str
    areas: Mapping[str, Sequence[Area]]
    register: Register
    on: date
    division: int | None = None

    def areas_of(self, place: Known, found: Sequence[Found]) -> list[Proposal]:
        """The areas a place may be linked to, the surest first; what is linked is left out."""
        near = [one for one in found if self._is_near(place, one)]
        same = [one for one in near if one.code and self._relation(place, one) == WIJK.exactArea]
        made = [self._link(place, one, same) for one in near if one.code]
        made += self._around(place, near)
        fresh = [each for each in made if each and not _is_linked(place, each)]
        return sorted(dict.fromkeys(fresh), key=lambda each: (not each.exact, each.shown))

    def same_as(self, items: Iterable[Item]) -> list[Proposal]:
        """Items of Wikidata for municipalities: exact when there is one with that code."""
        by_code: dict[str, dict[str, Item]] = {}
        for item in items:
            by_code.setdefault(item.code, {}).setdefault(item.iri, item)
        made = []
        for code, known in by_code.items():
            for item in known.values():
                only = len(known) == 1
                count = "het enige item" if only else f"een van {len(known)} items"
                reason = f"{count} van een gemeente met code {code[2:]} (P382)"
                iri, shown = URIRef(item.iri), f"{item.iri.rpartition('/')[2]} {item.label}".strip()
                for area in self.areas.get(code, ()):
                    if iri in area.same:
                        continue
                    about = (area.iri, SDO.sameAs, iri, shown, reason, only)
                    made.append(Proposal(*about, "wikidata"))
        return made

    def _is_near(self, place: Known, one: Found) -> bool:
        """Whether it lies where the place lies, as far as that is known."""
        linked = place.areas.get(WIJK.withinArea, frozenset())
        there = {
            now
            for code, areas in self.areas.items()
            if code.startswith("GM") and any(area.iri in linked for area in areas)
            for now in (code, *resolve(self.register, code, self.on).areas)
        }
        return not there or one.municipality is None or one.municipality in there

    def _relation(self, place: Known, one: Found) -> URIRef | None:
        """How a found area relates to the place, by their names."""
        name, names = plain(one.name), [plain(each) for each in place.names]
        if one.kind == "gemeente":
            return WIJK.exactArea if place.is_municipality and name in names else None
        if one.kind not in ("wijk", "buurt"):
            return None
        if name in names:
            return WIJK.exactArea
        if any(name.startswith(f"{each} ") for each in names):
            return WIJK.hasPartArea
        alike = max(fuzz.ratio(name, each) for each in names)
        return WIJK.closeArea if alike >= _ALIKE else None

    def _link(self, place: Known, one: Found, same: Sequence[Found]) -> Proposal | None:
        relation = self._relation(place, one)
        if relation is None:
            return None
        area, make = self._area(one)
        only = len({each.code for each in same}) == 1
        if relation == WIJK.exactArea and not only:
            others = sorted(
                {f"{each.kind} {each.code}" for each in same} - {f"{one.kind} {one.code}"}
            )
            reason = f"de naam is gelijk, maar {', '.join(others)} heet ook zo"
        elif relation == WIJK.exactArea:
            reason = "de naam is gelijk, en geen ander gebied daar heet zo"
        elif relation == WIJK.hasPartArea:
            reason = "de naam begint met die van de plek"
        else:
            reason = "de naam lijkt erop"
        reason += self._lacking(one, make)
        exact = relation == WIJK.exactArea and only and (make is None or make.year is not None)
        shown = f"{one.kind} {one.code} {one.name}"
        about = (place.iri, relation, area, shown, reason, exact)
        return Proposal(*about, "locatieserver", make)

    def _area(self, one: Found) -> tuple[URIRef, Area | None]:
        """The area of the graph, or the one to make: a code is reused, so the name must agree."""
        code = str(one.code)
        known = sorted(self.areas.get(code, ()), key=lambda area: area.year or 9999, reverse=True)
        for area in known:
            if area.year is None or plain(area.name) == plain(one.name):
                return area.iri, None
        taken = any(area.year == self.division for area in known)
        can = one.kind in ("wijk", "buurt") and one.municipality in self.areas and not taken
        year = self.division if can else None
        start = "" if one.kind == "gemeente" else f"{year or 'jaar'}-"
        iri = URIRef(f"{self.base}id/area/{start}{code.lower()}")
        return iri, Area(iri, code, one.name, year)

    def _lacking(self, one: Found, make: Area | None) -> str:
        """What has to be done before an area without a file can be taken."""
        if make is None or make.year is not None:
            return ""
        if one.municipality not in self.areas:
            return f"; neem eerst gemeente {one.municipality} over met wijk link register"
        if self.division is None:
            return "; hier niet bekend, geef met --division het jaar van de indeling"
        return f"; in {self.division} heet deze code hier anders"

    def _around(self, place: Known, near: Sequence[Found]) -> list[Proposal | None]:
        """The municipality and the province, when all that has this name lies in the same."""
        names = [plain(each) for each in place.names]
        named = [one for one in near if plain(one.name) in names]
        made: list[Proposal | None] = []
        for sort, codes in (
            ("gemeente", {one.municipality for one in named}),
            ("provincie", {one.province for one in named}),
        ):
            for code in sorted(filter(None, codes)):
                here = self.areas.get(code, ())
                there = sort != "gemeente" or self._is_there(code)
                only = len(codes) == 1
                reason = (
                    f"alles wat daar zo heet ligt in deze {sort}"
                    if only
                    else f"ook in een andere {sort} heet iets zo"
                )
                reason += "" if there else "; volgens het register is de gemeente er niet meer"
                made += [
                    Proposal(
                        *(place.iri, WIJK.withinArea, area.iri, f"{sort} {code} {area.name}"),
                        *(reason, only and there, "locatieserver"),
                    )
                    for area in here
                ]
        return made

    def _is_there(self, code: str) -> bool:
        return resolve(self.register, code, self.on).outcome is Outcome.EXACT


def plain(name: str) -> str:
    """A name to compare: without accents, signs, capitals and the number of a wijk."""
    flat = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    bare = " ".join(re.findall(r"[a-z0-9]+", flat.replace("'", "")))
    return _NUMBERED.sub("", bare)


def _is_linked(place: Known, proposal: Proposal) -> bool:
    """Whether the place says so already, or says something closer about the same area."""
    if proposal.predicate == WIJK.withinArea:
        return proposal.value in place.areas.get(WIJK.withinArea, frozenset())
    return any(
        proposal.value in areas
        for relation, areas in place.areas.items()
        if relation != WIJK.withinArea
    )
