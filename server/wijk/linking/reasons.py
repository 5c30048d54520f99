"""The sentences that say why a code means what it means: Dutch for people, English beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from wijk.days import dutch, english
from wijk.linking.register import Event, Municipality, Register


@dataclass(frozen=True)
class Why:
    """A reason, in whole sentences of two languages."""

    nl: str
    en: str

    def __add__(self, other: "Why") -> "Why":
        return Why(f"{self.nl} {other.nl}".strip(), f"{self.en} {other.en}".strip())


_NOTHING = Why("", "")


def malformed(text: str) -> Why:
    """It is not a code."""
    return Why(
        f"'{text}' is geen code: een gemeente is GM met vier cijfers, een wijk WK met zes tekens, "
        "een buurt BU met acht.",
        f"'{text}' is not a code: a municipality is GM and four digits, a wijk WK and six "
        "characters, a buurt BU and eight.",
    )


def unknown(register: Register, code: str) -> Why:
    """It is a code, of nothing that is here."""
    if not code.startswith("GM"):
        return Why(f"{code} is hier geen gebied.", f"{code} is no area here.")
    part_nl = f" (register versie {register.version})" if register.version else ""
    part_en = f" (register version {register.version})" if register.version else ""
    return Why(
        f"{code} is hier geen gemeente{part_nl}.", f"{code} is no municipality here{part_en}."
    )


def is_there(register: Register, code: str) -> Why:
    """The area of that code was there."""
    said = f"{code} is {register.name(code)}."
    return Why(said, said)


def since_seen(register: Register, on: date) -> Why:
    """What the register cannot know yet."""
    known = max((event.on for event in register.events), default=register.seen)
    if register.seen is None or known is None or on <= max(known, register.seen):
        return _NOTHING
    return Why(
        f"Het register is van {dutch(register.seen)}; wat daarna besloten is, staat er niet in.",
        f"The register is of {english(register.seen)}; what was decided later is not in it.",
    )


def before_the_register(register: Register, code: str) -> Why:
    """It was there as far as anyone knows, but nothing is told of those years."""
    since = register.since or date.min
    return is_there(register, code) + Why(
        f"Het register kent veranderingen vanaf {dutch(since)}. Of dit gebied daarvoor hetzelfde "
        "was, staat er niet in.",
        f"The register knows changes from {english(since)} on. Whether this was the same area "
        "before, it does not say.",
    )


def ended(register: Register, area: Municipality) -> Why:
    """The municipality is no more."""
    last = (area.valid_until or date.max) - timedelta(days=1)
    return Why(
        f"{area.name} ({area.code}) was een gemeente tot en met {dutch(last)}.",
        f"{area.name} ({area.code}) was a municipality until {english(last)}.",
    )


def went_to(register: Register, code: str) -> Why:
    """All of it is part of one area."""
    there = _named(register, code)
    return Why(
        f"Op deze datum hoort alles bij {there}.", f"On this date all of it is part of {there}."
    )


def choose(register: Register, codes: Iterable[str]) -> Why:
    """A person has to look where the place is."""
    named = [_named(register, code) for code in codes]
    if not named:
        return _NOTHING
    nl, en = _listed(named, "of"), _listed(named, "or")
    return Why(f"Kijk waar de plek ligt: {nl}.", f"Look where the place is: {en}.")


def silent(register: Register, event: Event) -> Why:
    """The register does not name all that got a part."""
    if not event.silent:
        return _NOTHING
    named = [_named(register, code) for code in event.silent]
    return Why(
        f"Een deel ging naar {_listed(named, 'en')}; het register noemt dat niet.",
        f"A part went to {_listed(named, 'and')}, which the register does not name.",
    )


def trail_lost(register: Register, gone: Iterable[str]) -> Why:
    """It ended, and nothing says in what."""
    named = [_named(register, code) for code in sorted(gone)]
    return Why(
        f"Het register zegt niet waarin {_listed(named, 'en')} opging.",
        f"The register does not say what {_listed(named, 'and')} became part of.",
    )


def not_yet(register: Register, area: Municipality) -> Why:
    """The municipality had not begun."""
    first = area.valid_from or date.min
    return Why(
        f"{area.name} ({area.code}) is een gemeente sinds {dutch(first)}; op deze datum nog niet.",
        f"{area.name} ({area.code}) is a municipality since {english(first)}; "
        "not yet on this date.",
    )


def of_that_year(register: Register, code: str, year: int) -> Why:
    """A wijk or buurt, in the division of that year."""
    return Why(
        f"{code} is {register.name(code)} in de indeling van {year}.",
        f"{code} is {register.name(code)} in the division of {year}.",
    )


def not_that_year(code: str, years: tuple[int, ...], wanted: int) -> Why:
    """A wijk or buurt that is not known in that year: its code may have been another area's."""
    if not years:
        return Why(f"{code} is hier niet bekend.", f"{code} is not known here.")
    known = [str(year) for year in years]
    return Why(
        f"{code} is hier bekend in de indeling van {_listed(known, 'en')}, niet van {wanted}; "
        "dezelfde code kan dan een ander gebied zijn.",
        f"{code} is known here in the division of {_listed(known, 'and')}, not of {wanted}; "
        "the same code may be another area then.",
    )


def _named(register: Register, code: str) -> str:
    return f"{register.name(code)} ({code})"


def _listed(named: list[str], word: str) -> str:
    """a, b and c."""
    return f" {word} ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
