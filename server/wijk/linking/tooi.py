"""Reads the register of municipalities in its own format: TOOI's expanded JSON-LD.

https://standaarden.overheid.nl/tooi/doc/tooi-ontologie-1.4.1/ . End dates are inclusive there and
instants exclusive; here every interval is half-open.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from wijk.characters import visible
from wijk.linking import codes
from wijk.linking.errors import RegisterError
from wijk.linking.register import EVENTS, ORGANISATIONS, VERSIONS, Event, Municipality, Register

TOOI = "https://identifier.overheid.nl/tooi/def/ont/"
PROVINCE = "https://identifier.overheid.nl/tooi/id/provincie/pv"
_PROV = "http://www.w3.org/ns/prov#"
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?P<time>[0-9]{2}:[0-9]{2})"
    r":[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
KINDS = ("Samenvoeging", "Uitbreiding", "Herschikking")
_REMEDY = "Take the whole file again from standaarden.overheid.nl/tooi/waardelijsten."

_Node = Mapping[str, Any]


@dataclass(frozen=True)
class Read:
    """A register as it was read, and what in it was not as it should be."""

    register: Register
    warnings: tuple[str, ...] = ()


def read(text: bytes, source: object) -> Read:
    """The register in a file of TOOI; `source` is how messages call it.

    Raises:
        RegisterError: it is not JSON, not expanded JSON-LD, or not a register that agrees with
            itself; the message says where.
    """
    return _Reader(source).read(text)


class _Reader:
    """Reads one file and keeps what it has to warn of."""

    def __init__(self, source: object) -> None:
        self.source = source
        self.warnings: list[str] = []

    def read(self, text: bytes) -> Read:
        nodes = list(self._nodes(self._json(text)))
        areas: dict[str, Municipality] = {}
        for node in nodes:
            if _is(node, "Gemeente"):
                area = self._municipality(node)
                if areas.setdefault(area.code, area) is not area:
                    raise self._broken(f"{area.code} stands in it twice")
        if not areas:
            raise self._broken("there is no municipality in it")
        events = [self._event(node, areas) for node in nodes if _is(node, *KINDS)]
        events.sort(key=lambda event: (event.on, event.iri))
        for event in events:
            self._agree(areas, event)
        provinces = [node for node in nodes if _is(node, "Provincie")]
        names = {self._code(node, PROVINCE): self._name(node) for node in provinces}
        version, seen = self._header(nodes)
        since = events[0].on if events else None
        register = Register(areas, tuple(events), names, {}, since, seen, version)
        return Read(register, tuple(self.warnings))

    def _json(self, text: bytes) -> Any:
        try:
            return json.loads(text.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise self._broken("this is not UTF-8 text") from error
        except json.JSONDecodeError as error:
            where = f"line {error.lineno}, column {error.colno}"
            raise self._broken(f"this is not JSON ({error.msg}, {where})") from error
        except RecursionError as error:
            raise self._broken("it is too deeply nested") from error

    def _nodes(self, found: Any) -> Iterator[_Node]:
        """Every node; an answer of the register holds them in an `@graph`, a file in a list."""
        for each in found if isinstance(found, list) else [found]:
            if not isinstance(each, dict):
                raise self._broken("this is not expanded JSON-LD: a list of objects is needed")
            if "@context" in each:
                raise self._broken("this JSON-LD is not expanded: it has an @context")
            if "@graph" in each:
                yield from self._nodes(each["@graph"])
            else:
                yield each

    def _header(self, nodes: list[_Node]) -> tuple[str, date | None]:
        """The version, and the day on which the register was looked at."""
        heads = [node for node in nodes if str(node.get("@id", "")).startswith(VERSIONS)]
        if len(heads) != 1:
            raise self._broken(f"it has {len(heads)} headers of a version of the register, not one")
        version = str(heads[0]["@id"]).removeprefix(VERSIONS)
        if not version.isdecimal():
            raise self._broken(f"its version is '{version}', not a number")
        return version, self._date(heads[0], "zichtdatum")

    def _municipality(self, node: _Node) -> Municipality:
        code = self._code(node, ORGANISATIONS)
        begin, last = self._date(node, "begindatum"), self._date(node, "einddatum")
        start = self._instant(node, f"{_PROV}generatedAtTime")
        stop = self._instant(node, f"{_PROV}invalidatedAtTime")
        begun = begin or start
        until = last + timedelta(days=1) if last else stop
        if start not in (None, begun) or stop not in (None, until):
            self._warn(f"{code} has an instant that is not its date; the date is taken")
        if begun and until and until <= begun:
            raise self._broken(f"{code} ends on {until}, which is not after it begins, {begun}")
        within = self._ids(node, f"{TOOI}ligtInProvincie")
        provinces = sorted(iri.rpartition("/")[2].upper() for iri in within)
        return Municipality(code, self._name(node), begun, until, next(iter(provinces), None))

    def _event(self, node: _Node, areas: Mapping[str, Municipality]) -> Event:
        iri = str(node.get("@id", ""))
        if not re.fullmatch(f"{re.escape(EVENTS)}[a-z0-9]+", iri):
            raise self._broken(f"a change has the address '{iri}', not {EVENTS} and a number")
        day = self._instant(node, f"{TOOI}tijdstipWijziging")
        if day is None:
            raise self._broken(f"{_short(iri)} has no tijdstipWijziging")
        codes = {
            name: tuple(sorted(self._member(iri, each, areas) for each in self._ids(node, name)))
            for name in (f"{_PROV}invalidated", f"{_PROV}generated", f"{_PROV}used")
        }
        ended, began, used = codes.values()
        if not ended or not (began or used):
            raise self._broken(f"{_short(iri)} does not say what ended and what it became part of")
        if both := {*ended} & {*began, *used}:
            raise self._broken(f"{_short(iri)} says that {min(both)} became part of itself")
        kind = next(kind for kind in KINDS if _is(node, kind)).lower()
        return Event(iri, day, kind, ended, began, used, self._value(node, f"{TOOI}heeftGrondslag"))

    def _member(self, event: str, iri: str, areas: Mapping[str, Municipality]) -> str:
        code = f"GM{iri.removeprefix(ORGANISATIONS)}"
        if code not in areas:
            raise self._broken(f"{_short(event)} names {iri}, which is not in it")
        return code

    def _agree(self, areas: dict[str, Municipality], event: Event) -> None:
        """What ends or begins should do so on the day of its change."""
        for code in event.ended:
            if areas[code].valid_until is None:
                self._warn(f"{code} has no einddatum; {_short(event.iri)} ends it on {event.on}")
                areas[code] = replace(areas[code], valid_until=event.on)
            elif areas[code].valid_until != event.on:
                self._warn(f"{code} does not end on the day of {_short(event.iri)}, {event.on}")
        for code in event.receivers:
            if not areas[code].on(event.on):
                self._warn(f"{code} is not there on the day of {_short(event.iri)}, {event.on}")

    def _code(self, node: _Node, start: str) -> str:
        """The code at the end of an address of TOOI."""
        iri = str(node.get("@id", ""))
        found = codes.read(iri.rpartition("/")[2]) if iri.startswith(start) else None
        if found is None or found.text.lower() != iri.rpartition("/")[2]:
            raise self._broken(f"a municipality or province has the address '{iri}'")
        return found.text

    def _name(self, node: _Node) -> str:
        """The name without its sort, as the register prefers it."""
        for name in ("voorkeursnaamExclSoort", "officieleNaamExclSoort"):
            if (found := self._value(node, f"{TOOI}{name}")) is not None:
                return found
        raise self._broken(f"{node.get('@id')} has no name")

    def _date(self, node: _Node, name: str) -> date | None:
        text = self._value(node, f"{TOOI}{name}")
        try:
            return date.fromisoformat(text) if text is not None else None
        except ValueError as error:
            raise self._broken(f"{_short(node['@id'])} has the {name} '{text}'") from error

    def _instant(self, node: _Node, name: str) -> date | None:
        """The day that begins at an instant; what is not written as one, is read with a warning."""
        if (text := self._value(node, name)) is None:
            return None
        who = f"{_short(node['@id'])} has the {_last(name)} '{text}'"
        try:
            day = date.fromisoformat(text[:10])
        except ValueError as error:
            raise self._broken(who) from error
        written = _INSTANT.fullmatch(text)
        if written is None:
            self._warn(f"{who}, which is not a dateTime; it is read as {day}")
        elif written["time"] != "00:00":
            self._warn(f"{who}, which is not the beginning of a day; it is read as {day}")
        return day

    def _value(self, node: _Node, name: str) -> str | None:
        found = node.get(name)
        if found is None:
            return None
        values = {str(each["@value"]) for each in _members(found) if "@value" in each}
        if len(values) != 1:
            raise self._broken(f"{_short(node['@id'])} has {len(values)} values of {name}, not one")
        value = values.pop()
        if visible(value) != value:
            problem = f"{_short(node['@id'])} has a control character in its {_last(name)}"
            raise self._broken(f"{problem}: '{visible(value)}'")
        return value

    def _ids(self, node: _Node, name: str) -> list[str]:
        return [str(each["@id"]) for each in _members(node.get(name, [])) if "@id" in each]

    def _warn(self, warning: str) -> None:
        self.warnings.append(f"{self.source}: {warning}.")

    def _broken(self, problem: str) -> RegisterError:
        return RegisterError(self.source, problem, _REMEDY)


def _members(found: Any) -> list[_Node]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _is(node: _Node, *kinds: str) -> bool:
    types = node.get("@type", [])
    return any(f"{TOOI}{kind}" in types for kind in kinds)


def _last(name: str) -> str:
    return re.split("[/#]", name)[-1]


def _short(iri: object) -> str:
    return str(iri).rpartition("/")[2]
