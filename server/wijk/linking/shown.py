"""What became of a code, as JSON: the same for the command and for `/api/v1/gebieden`."""

from datetime import date
from typing import Any

from wijk.linking.described import area_iri
from wijk.linking.register import ORGANISATIONS, Event, Register
from wijk.linking.resolve import Resolution


def as_json(register: Register, found: Resolution, base: str) -> dict[str, Any]:
    """The answer with its reason, the areas, the changes on the way and the register's version."""
    return {
        "asked": found.asked,
        "code": found.code,
        "date": found.on.isoformat(),
        "outcome": str(found.outcome),
        "areas": [_area(register, code, base, found.on.year) for code in found.areas],
        "through": [_event(register, event) for event in found.through],
        "why": {"nl": found.why.nl, "en": found.why.en},
        "register": {
            "version": register.version,
            "since": _day(register.since),
            "seen": _day(register.seen),
        },
    }


def _area(register: Register, code: str, base: str, year: int) -> dict[str, Any]:
    known = register.municipalities.get(code)
    divided = code in register.divisions
    return {
        "id": f"{base}id/area/{year}-{code.lower()}" if divided else str(area_iri(code, base)),
        "code": code,
        "name": register.name(code),
        "divisionYear": str(year) if divided else None,
        "validFrom": _day(known.valid_from) if known else None,
        "validUntil": _day(known.valid_until) if known else None,
        "organisation": f"{ORGANISATIONS}{code[2:]}" if known else None,
    }


def _event(register: Register, event: Event) -> dict[str, Any]:
    def told(codes: tuple[str, ...]) -> list[dict[str, str]]:
        return [{"code": code, "name": register.name(code)} for code in codes]

    return {
        "id": event.thing or None,
        "sameAs": event.iri,
        "kind": event.kind,
        "date": event.on.isoformat(),
        "ended": told(event.ended),
        "began": told(event.began),
        "extended": told(event.extended),
        "alsoExtended": told(event.silent),
        "legalBasis": event.legal_basis,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
