"""What a code means on a date: the area itself, what became of it, or a question to a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from wijk.linking import codes, reasons
from wijk.linking.codes import Code, Level
from wijk.linking.reasons import Why
from wijk.linking.register import Event, Municipality, Register


class Outcome(StrEnum):
    """How far a code can be taken to a date."""

    EXACT = "exact"
    FORWARD = "forward"
    ASK = "ask"
    UNKNOWN = "unknown"
    MALFORMED = "malformed"


@dataclass(frozen=True)
class Resolution:
    """What became of one code: what was asked, and the answer with its reason.

    `areas` holds the codes on that date: one when the outcome is exact or forward; when it is ask,
    those to choose from, which may be none. `through` holds the changes on the way, in order.
    """

    asked: str
    code: str
    on: date
    outcome: Outcome
    areas: tuple[str, ...]
    through: tuple[Event, ...]
    why: Why


def resolve(register: Register, code: str, on: date) -> Resolution:
    """What this code means on this date.

    exact: the area was there. forward: it had ended, and all of it had become part of one area.
    ask: its land went to several areas, or the register does not tell; of a wijk or buurt in a
    year of which it is not known, `areas` holds the municipality. unknown: there is no such area
    here. malformed: this is not a code.
    """
    found = codes.read(code)
    if found is None:
        why = reasons.malformed(code.strip()[:40])
        return Resolution(code, "", on, Outcome.MALFORMED, (), (), why)
    if found.level in (Level.WIJK, Level.BUURT):
        answer = _division(register, found, on)
    elif found.level is Level.GEMEENTE:
        answer = _municipality(register, found.text, on)
    elif found.text in register.names:
        answer = _answer(found.text, on, Outcome.EXACT, reasons.is_there(register, found.text))
    else:
        answer = _answer(found.text, on, Outcome.UNKNOWN, reasons.unknown(register, found.text))
    return replace(answer, asked=code)


def _division(register: Register, code: Code, on: date) -> Resolution:
    """A wijk or buurt is what it is in one year; in any other only its municipality is known."""
    years = register.divisions.get(code.text, ())
    if on.year in years and code.year in (None, on.year):
        why = reasons.of_that_year(register, code.text, on.year)
        return _answer(code.text, on, Outcome.EXACT, why)
    wider = _municipality(register, str(code.municipality), on)
    other = code.year if on.year in years and code.year else on.year
    why = reasons.not_that_year(code.text, years, other) + wider.why
    known = wider.outcome is not Outcome.UNKNOWN
    outcome = Outcome.ASK if known else Outcome.UNKNOWN
    return replace(wider, code=code.text, outcome=outcome, why=why)


def _municipality(register: Register, code: str, on: date) -> Resolution:
    area = register.municipalities.get(code)
    if area is None:
        return _answer(code, on, Outcome.UNKNOWN, reasons.unknown(register, code))
    if area.valid_from is not None and on < area.valid_from:
        return _before(register, area, on)
    if area.valid_until is not None and on >= area.valid_until:
        return _after(register, area, on)
    if area.valid_from is None and register.since is not None and on < register.since:
        return _answer(code, on, Outcome.ASK, reasons.before_the_register(register, code))
    why = reasons.is_there(register, code) + reasons.since_seen(register, on)
    return _answer(code, on, Outcome.EXACT, why)


def _after(register: Register, area: Municipality, on: date) -> Resolution:
    """Follow the changes from a code that has ended to what is there on the day."""

    def later(code: str) -> list[Event]:
        return [event for event in register.endings.get(code, ()) if event.on <= on]

    areas, gone, through = _walked(register, area, on, later, lambda event: event.receivers)
    return _arrived(register, area, on, areas, gone, through)


def _arrived(
    register: Register,
    area: Municipality,
    on: date,
    areas: set[str],
    gone: set[str],
    through: set[Event],
) -> Resolution:
    """All of it in one area, or a choice."""
    passed, chosen = _in_order(through), tuple(sorted(areas))
    why = reasons.ended(register, area)
    if gone or not chosen:
        why += reasons.trail_lost(register, gone or {area.code})
    if len(chosen) == 1 and not gone:
        outcome, why = Outcome.FORWARD, why + reasons.went_to(register, chosen[0])
    else:
        outcome, why = Outcome.ASK, why + reasons.choose(register, chosen)
    for event in passed:
        why += reasons.silent(register, event)
    return Resolution(
        area.code, area.code, on, outcome, chosen, passed, why + reasons.since_seen(register, on)
    )


def _before(register: Register, area: Municipality, on: date) -> Resolution:
    """What there was before a code began: never for certain the same land."""

    def earlier(code: str) -> list[Event]:
        return [event for event in register.beginnings.get(code, ()) if event.on > on]

    areas, _, through = _walked(register, area, on, earlier, lambda event: event.ended)
    chosen = tuple(sorted(areas))
    why = reasons.not_yet(register, area) + reasons.choose(register, chosen)
    return Resolution(area.code, area.code, on, Outcome.ASK, chosen, _in_order(through), why)


def _walked(
    register: Register,
    area: Municipality,
    on: date,
    changes: Callable[[str], list[Event]],
    led: Callable[[Event], Iterable[str]],
) -> tuple[set[str], set[str], set[Event]]:
    """The codes of that day, those that no change leads on from, and the changes passed.

    `changes` are those of a code that is not there on the day, `led` is where one leads.
    """
    areas: set[str] = set()
    gone: set[str] = set()
    through: set[Event] = set()
    seen, next_up = {area.code}, [area.code]
    while next_up:
        code = next_up.pop()
        known = register.municipalities.get(code)
        if known is not None and known.on(on):
            areas.add(code)
            continue
        events = changes(code)
        if not events:
            gone.add(code)
        through.update(events)
        others = {each for event in events for each in led(event)} - seen
        seen |= others
        next_up += others
    return areas, gone, through


def _in_order(events: set[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (event.on, event.iri)))


def _answer(code: str, on: date, outcome: Outcome, why: Why) -> Resolution:
    areas = () if outcome is Outcome.UNKNOWN else (code,)
    return Resolution(code, code, on, outcome, areas, (), why)
