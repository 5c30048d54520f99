"""Which cases belong to which area on a date, and how: made once from what the queries tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum

from wijk.linking import codes
from wijk.linking.codes import Level
from wijk.linking.register import Register
from wijk.linking.resolve import Outcome, resolve

QUERIES = ("join-areas", "join-within", "join-themes", "join-lessons", "join-datasets")
"""The queries of queries/pages that say all there is to know here."""

Rows = Sequence[Mapping[str, str]]
Told = Mapping[str, Rows]
"""The rows of each of these queries; values without their kind."""

Divisions = Mapping[str, tuple[int, ...]]


COUNTRY = "NL00"
"""What every area of CBS lies in; a table of theirs begins with it."""


class Relation(IntEnum):
    """How the place of a case lies to an area; the first that holds is the one to tell."""

    EXACT = 0
    CLOSE = 1
    PART = 2
    WITHIN = 3

    @property
    def text(self) -> str:
        """In words, in Dutch."""
        return _TEXTS[self]


_TEXTS = {
    Relation.EXACT: "de plek is dit gebied",
    Relation.CLOSE: "de plek is ongeveer dit gebied",
    Relation.PART: "dit gebied is een deel van de plek",
    Relation.WITHIN: "de plek ligt in dit gebied",
}


@dataclass(frozen=True)
class Case:
    """A case with its themes and the lessons that hold for it, in words."""

    iri: str
    title: str
    themes: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cases:
    """The cases of each area on a date, by its code."""

    on: date
    own: Mapping[str, Mapping[Case, Relation]] = field(repr=False)
    wider: Mapping[str, frozenset[str]] = field(repr=False)
    register: Register = field(repr=False)
    datasets: Rows = ()
    """Where it comes from: title, dataset, licence."""

    @classmethod
    def of(cls, told: Told, register: Register, on: date) -> "Cases":
        """What the queries tell, taken to a date."""
        wider: dict[str, set[str]] = {}
        for row in told["join-within"]:
            wider.setdefault(row["code"], set()).add(row["wider"])
        around = {code: frozenset(each) for code, each in wider.items()}
        register = replace(register, divisions=_with_districts(register.divisions))
        made = cls(on, {}, around, register)
        described = _described(told)
        own: dict[str, dict[Case, Relation]] = {}
        for row in told["join-areas"]:
            case, relation = described[row["case"]], Relation[row["relation"].upper()]
            for code, how in made._spread(row["code"], relation):
                held = own.setdefault(code, {})
                held[case] = min(held.get(case, how), how)
        return cls(on, own, around, register, told["join-datasets"])

    def around(self, code: str) -> list[str]:
        """What contains an area, the nearest first: wijk, gemeente; of a gemeente its provincie."""
        found = codes.read(code)
        if found is None:
            return []
        if found.level is Level.GEMEENTE:
            return sorted(each for each in self.wider.get(code, ()) if each.startswith("PV"))
        nearest = [found.district] if found.district else []
        return [*nearest, *self.now(found.municipality)] if found.municipality else []

    def now(self, municipality: str) -> tuple[str, ...]:
        """The municipality that this one is on the date; none when that is not one."""
        answer = resolve(self.register, municipality, self.on)
        known = answer.outcome in (Outcome.EXACT, Outcome.FORWARD)
        return answer.areas if known else ()

    def _spread(self, code: str, relation: Relation) -> list[tuple[str, Relation]]:
        """An area, and all that contains it."""
        found = codes.read(code)
        spread = {code: relation}
        outside = {COUNTRY, *self.wider.get(code, ())}
        if found is not None and found.municipality:
            outside |= {found.municipality, *self.now(found.municipality)}
            outside |= {found.district} if found.district else set()
        for each in outside - {code}:
            spread[each] = Relation.WITHIN
        return list(spread.items())


def _with_districts(divisions: Divisions) -> Divisions:
    """The years of each wijk and buurt; where a buurt is, its wijk is too."""
    made = {code: set(years) for code, years in divisions.items()}
    for code, years in divisions.items():
        found = codes.read(code)
        if found is not None and found.district:
            made.setdefault(found.district, set()).update(years)
    return {code: tuple(sorted(years)) for code, years in made.items()}


def _described(told: Told) -> dict[str, Case]:
    themes: dict[str, dict[str, None]] = {}
    for row in told["join-themes"]:
        themes.setdefault(row["case"], {})[row["theme"]] = None
    lessons: dict[str, dict[str, str]] = {}
    for row in told["join-lessons"]:
        if row["how"] != "project":  # those hold for every case, and tell nothing of this one
            lessons.setdefault(row["case"], {}).setdefault(row["title"], row["how"])
    return {
        row["case"]: Case(
            row["case"],
            row["title"],
            tuple(themes.get(row["case"], ())),
            tuple(f"{title} ({how})" for title, how in lessons.get(row["case"], {}).items()),
        )
        for row in told["join-areas"]
    }
