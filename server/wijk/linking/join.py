"""What a code in somebody's table gets beside it: cases there and around, themes, lessons, links.

Nothing here reads or writes a table; it is asked once for each code that differs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import islice

from wijk.linking import codes
from wijk.linking.cases import Case, Cases, Rows
from wijk.linking.codes import Code, Level
from wijk.linking.resolve import Outcome, Resolution, resolve

SEPARATOR = " | "
"""Between the values of one cell."""
NAMED = 50
"""Values in one cell; a cell of a workbook has an end, and so has who reads it."""


class Found(StrEnum):
    """What became of a code, as it stands in the table and the report."""

    EXACT = "exact"
    LATER = "opgevolgd"
    OTHER_YEAR = "andere indeling"
    MUNICIPALITY = "alleen gemeente"
    SPLIT = "gesplitst"
    UNKNOWN = "onbekend"
    MALFORMED = "geen code"
    EMPTY = "leeg"


JOINED = (Found.EXACT, Found.LATER, Found.OTHER_YEAR)
"""With these, the cases of the area itself are known."""


@dataclass(frozen=True)
class Column:
    """A column that is added: its title, what it says, and what it is in RDF."""

    title: str
    told: str
    property: str
    datatype: str = "string"
    several: bool = False


def _columns() -> Iterable[Column]:
    yield Column("wijk_code", "De code van het gebied waarop gekoppeld is.", "wijk:code")
    yield Column("wijk_uitkomst", f"Wat de code bleek: {', '.join(Found)}.", "dcterms:type")
    yield Column(
        "wijk_toelichting",
        "Waarom, als de uitkomst niet exact is, of met een voorbehoud.",
        "skos:note",
    )
    for start, there in (("wijk_", "in dit gebied"), ("wijk_omgeving_", "in wat eromheen ligt")):
        count = f"{start}casussen_aantal"
        yield Column(count, f"Hoeveel casussen {there}.", "schema:numberOfItems", "integer")
        told = f"De titels van de casussen {there}."
        yield Column(f"{start}casussen", told, "schema:mentions", several=True)
        told = "Per casus: hoe de plek bij het gebied hoort."
        yield Column(f"{start}relatie", told, "schema:description", several=True)
        told = f"De thema's van de casussen {there}."
        yield Column(f"{start}themas", told, "dcterms:subject", several=True)
        told = f"Lessen die gelden voor de casussen {there}, zelf of via hun bundel."
        yield Column(f"{start}lessen", told, "schema:teaches", several=True)
        told = f"De adressen van de casussen {there}."
        yield Column(f"{start}links", told, "rdfs:seeAlso", "anyURI", several=True)


COLUMNS = tuple(_columns())


@dataclass(frozen=True)
class Meaning:
    """What one code means: what became of it, why, and the cells to put beside it."""

    found: Found
    why: str
    cells: tuple[str, ...]
    choices: tuple[str, ...] = ()


_NO_GROUP = ("",) * 6


class Joiner:
    """Says of each code what to put beside it, on a date; without one, on the day of today.

    Without a date, a wijk or buurt is taken as it is in the newest division that has it.
    """

    def __init__(self, cases: Cases, dated: bool) -> None:
        self._cases = cases
        self._register = cases.register
        self._dated = dated

    @property
    def on(self) -> date:
        """The date to which codes are taken."""
        return self._cases.on

    @property
    def datasets(self) -> Rows:
        """Where what is put beside it comes from: title, dataset, licence."""
        return self._cases.datasets

    def meaning(self, text: str) -> Meaning:
        """What a code, as it stands in a table, means."""
        plain = text.strip()
        if not plain:
            return _without(Found.EMPTY, "In deze rij staat geen code.")
        if len(plain) < 4 and plain.isdecimal() and plain.isascii():
            return self._without_zeros(plain)
        code = codes.read(text)
        if code is None:
            return _without(Found.MALFORMED, resolve(self._register, text, self.on).why.nl)
        if code.level in (Level.WIJK, Level.BUURT):
            return self._division(text, code)
        answer = resolve(self._register, text, self.on)
        if answer.outcome is Outcome.EXACT:
            return self._with(Found.EXACT, code.text, "")
        if answer.outcome is Outcome.FORWARD:
            return self._with(Found.LATER, answer.areas[0], answer.why.nl)
        return _of(answer)

    def _without_zeros(self, number: str) -> Meaning:
        """A municipality whose zeros in front a spreadsheet took away."""
        found = self.meaning(number.zfill(4))
        why = f"{number} is gelezen als gemeente {number.zfill(4)}. {found.why}".strip()
        return replace(found, why=why, cells=(*found.cells[:2], why, *found.cells[3:]))

    def _division(self, text: str, code: Code) -> Meaning:
        """A wijk or buurt: exact in a year that has it, with a caution in another."""
        years = self._register.divisions.get(code.text, ())
        day = self.on
        if not self._dated and code.year is None and years:
            day = date(years[-1], 1, 1)
        elif not self._dated and code.year is not None:
            day = date(code.year, 1, 1)
        answer = resolve(self._register, text, day)
        if answer.outcome is Outcome.EXACT:
            return self._with(Found.EXACT, code.text, "")
        if years:
            return self._with(Found.OTHER_YEAR, code.text, answer.why.nl)
        if len(answer.areas) == 1:
            return self._with(Found.MUNICIPALITY, code.text, answer.why.nl)
        return _of(answer)

    def _with(self, found: Found, code: str, why: str) -> Meaning:
        own = dict(self._cases.own.get(code, {}))
        around: dict[Case, str] = {}
        later = self._later(code)
        for wider in (*later, *self._cases.around(code)):
            named = f"de plek ligt in {self._name(wider)}"
            for case in self._cases.own.get(wider, {}):
                if case not in own:
                    around.setdefault(case, named)
        near = _group({case: how.text for case, how in own.items()})
        if found is Found.MUNICIPALITY:
            near, code = _NO_GROUP, ""
        elif later and not own:
            names = " of ".join(map(self._name, later))
            near, why = _NO_GROUP, f"Of casussen in {names} in dit gebied liggen, is niet bekend."
        return Meaning(found, why, (code, str(found), why, *near, *_group(around)))

    def _later(self, code: str) -> list[str]:
        """What this became part of after the date, as far as there are cases in that."""
        found = codes.read(code)
        if found is None or found.level is not Level.GEMEENTE:
            return []
        areas = resolve(self._register, code, date.max).areas
        return [each for each in areas if each != code and each in self._cases.own]

    def _name(self, code: str) -> str:
        name = self._register.name(code)
        return code if name == code else f"{name} ({code})"


def _of(answer: Resolution) -> Meaning:
    """A code that nothing can be put beside."""
    unknown = answer.outcome is Outcome.UNKNOWN
    made = _without(Found.UNKNOWN if unknown else Found.SPLIT, answer.why.nl)
    return replace(made, choices=answer.areas)


def _without(found: Found, why: str) -> Meaning:
    return Meaning(found, why, ("", str(found), why, *_NO_GROUP, *_NO_GROUP))


def _group(cases: dict[Case, str]) -> tuple[str, ...]:
    """How many, which, how each lies there, and what can be learnt from them."""
    themes = sorted({theme for case in cases for theme in case.themes})
    lessons = list(dict.fromkeys(lesson for case in cases for lesson in case.lessons))
    return (
        str(len(cases)),
        _listed(case.title for case in cases),
        _listed(cases.values()),
        _listed(themes),
        _listed(lessons),
        _listed(case.iri for case in cases),
    )


def _listed(texts: Iterable[str]) -> str:
    """The first values, in one cell; the sign between them is in none of them."""
    return SEPARATOR.join(text.replace("|", "/") for text in islice(texts, NAMED))
