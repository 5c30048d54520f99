"""Makes the records of the cases from what was published about them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from wijk.changelog import ChangeLog, Entry
from wijk.harvesting.reaching import Reaching
from wijk.harvesting.records import (
    Group,
    Groups,
    Named,
    Record,
    Records,
    Withdrawn,
    newest_first,
)
from wijk.harvesting.statements import Past, Row, Statements
from wijk.harvesting.telling import Telling
from wijk.loaded import Snapshot
from wijk.matching import texts


def records(
    rows: Sequence[Row], snapshot: Snapshot, log: ChangeLog, past: Past | None = None
) -> Records:
    """The records of all published cases, from the rows of `statements.published`.

    Without what `statements.past` tells it is unknown what the withdrawn ones were in.
    """
    now = _Gathering(Statements(rows), snapshot.base, log)
    found = now.records()
    before = _Gathering(Statements(past.rows), snapshot.base, log) if past else now
    then: dict[datetime, _Gathering] = {}
    for moments, were in past.then if past else ():
        then |= dict.fromkeys(moments, _Gathering(Statements(were), snapshot.base, log))
    gone = reversed([*now.cases(log.withdrawn)])
    withdrawn = tuple(then.get(it.time, before).withdrawn(it) for it in gone)
    return Records(found, withdrawn, now.groups(found))


class _Gathering:
    """The statements about the cases, and what the log says of their documents."""

    def __init__(self, said: Statements, base: str, log: ChangeLog) -> None:
        self._said = said
        self._base = base
        self._log = log
        self._telling = Telling(said, base)
        self._reaching = Reaching(said, log)

    def records(self) -> tuple[Record, ...]:
        """The cases that are present, what changed last first."""
        cases = set(self._said.of("case"))
        present = self.cases(self._log.present)
        return newest_first(self._record(entry) for entry in present if entry.thing in cases)

    def withdrawn(self, entry: Entry) -> Withdrawn:
        """A case that is not, with what it was in as far as known."""
        known = self._said.is_a(entry.thing, "case")
        was_in = self._was_in(self._record(entry)) if known else None
        return Withdrawn(entry.thing, entry.time, entry.reason, was_in)

    def cases(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The entries that are of cases."""
        start = f"{self._base}doc/case/"
        return (entry for entry in entries if entry.document.startswith(start))

    def _was_in(self, record: Record) -> frozenset[str] | None:
        """All that a case may have been found by; None when nobody can know."""
        if not all(self._said.documents(place.iri) for place in record.places):
            return None
        bundle = [record.bundle.iri] if record.bundle else []
        areas = (*_provinces(record), *_municipalities(record))
        audiences = (*_audiences_of(record), *self._unsure)
        return frozenset((*bundle, *self._themes_of(record), *areas, *audiences))

    @cached_property
    def _unsure(self) -> tuple[str, ...]:
        """The audiences of lessons of which a version was taken out: that may be any."""
        lessons = f"{self._base}doc/lesson/"
        if any(it.redacted and it.document.startswith(lessons) for it in self._log.entries):
            return tuple(each.iri for each in self._telling.concepts("audience").values())
        return ()

    def _record(self, entry: Entry) -> Record:
        return Record(
            **vars(self._telling.told(entry.thing)),
            sources=tuple(self._said.values(entry.thing, "source")),
            created=self._log.created[entry.document],
            modified=entry.time,
            touched=self._reaching.touched(entry.thing, entry.time),
        )

    def groups(self, found: tuple[Record, ...]) -> Groups:
        """The records by what they can be grouped by; also what has no record has a group."""
        themes = self._telling.concepts("theme"), _indexed(found, self._themes_of)
        audiences = self._telling.concepts("audience"), _indexed(found, _audiences_of)
        provinces, municipalities = _indexed(found, _provinces), _indexed(found, _municipalities)
        groups: Groups = {
            "theme": _grouped(*themes),
            "province": _grouped(self._telling.coded("PV"), provinces),
            "municipality": _grouped(self._telling.coded("GM"), municipalities),
            "audience": _grouped(*audiences),
        }
        return MappingProxyType(groups)

    def _themes_of(self, record: Record) -> Iterable[str]:
        return {wider for theme in record.themes for wider in self._telling.wider(theme.iri)}


def _audiences_of(record: Record) -> Iterable[str]:
    return (each.iri for each in record.audiences)


def _provinces(record: Record) -> Iterable[str]:
    return {place.province.iri for place in record.places if place.province}


def _municipalities(record: Record) -> Iterable[str]:
    return {area.iri for place in record.places for area in place.municipalities}


def _indexed(
    found: Iterable[Record], keys: Callable[[Record], Iterable[str]]
) -> dict[str, list[Record]]:
    index: dict[str, list[Record]] = {}
    for record in found:
        for key in keys(record):
            index.setdefault(key, []).append(record)
    return index


def _grouped(
    named: Mapping[str, Named], index: Mapping[str, Iterable[Record]]
) -> MappingProxyType[str, Group]:
    listed = sorted(named.items(), key=lambda it: (texts.sorted_as(it[1].label), it[0]))
    return MappingProxyType(
        {name: Group(name, about, tuple(index.get(about.iri, ()))) for name, about in listed}
    )
