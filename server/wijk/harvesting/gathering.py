"""Makes the records of the cases from what was published about them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from types import MappingProxyType

from wijk.changelog import ChangeLog, Entry
from wijk.harvesting.points import position
from wijk.harvesting.reaching import AROUND, Reaching, closed
from wijk.harvesting.records import (
    Area,
    Group,
    Groups,
    Named,
    Place,
    Point,
    Record,
    Records,
    Withdrawn,
    newest_first,
)
from wijk.harvesting.statements import Row, Statements
from wijk.loaded import Snapshot
from wijk.matching import texts

# Whose point stands for a place: its own, else that of the area it is, else of one like it.
_POINTED = ("exact", "close")


def records(
    rows: Sequence[Row], snapshot: Snapshot, log: ChangeLog, past: Sequence[Row] = ()
) -> Records:
    """The records of all published cases, from the rows of `statements.published`.

    Without the rows of `statements.past` it is unknown what the withdrawn ones were in.
    """
    now = _Gathering(Statements(rows), snapshot.base, log)
    before = _Gathering(Statements([*rows, *past]), snapshot.base, log) if past else now
    found = now.records()
    return Records(found, tuple(before.withdrawn()), now.groups(found))


class _Gathering:
    """The statements, and what was made of them already."""

    def __init__(self, said: Statements, base: str, log: ChangeLog) -> None:
        self._said = said
        self._base = base
        self._log = log
        self._reaching = Reaching(said, log)
        self._audiences = self._by_target()
        # Many cases share a bundle, a place and themes: each is made once.
        self._named = cache(self._name)
        self._listed = cache(self._list)
        self._place = cache(self._placed)
        self._taught = cache(self._by_lessons)
        self._wider = cache(self._broader)

    def records(self) -> tuple[Record, ...]:
        """The cases that are present, what changed last first."""
        cases = set(self._said.of("case"))
        present = self._cases(self._log.present)
        return newest_first(self._record(entry) for entry in present if entry.thing in cases)

    def withdrawn(self) -> Iterator[Withdrawn]:
        """The cases that are not, the last one first, with what they were in as far as known."""
        cases = set(self._said.of("case"))
        for entry in reversed([*self._cases(self._log.withdrawn)]):
            was_in = self._was_in(self._record(entry)) if entry.thing in cases else None
            yield Withdrawn(entry.thing, entry.time, entry.reason, was_in)

    def _cases(self, entries: Iterable[Entry]) -> Iterator[Entry]:
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
            return tuple(each.iri for each in self._concepts("audience").values())
        return ()

    def _record(self, entry: Entry) -> Record:
        case, said = entry.thing, self._said
        bundle = next((each for each in said.values(case, "part-of")), None)
        state = said.value(case, "state")
        return Record(
            iri=case,
            number=_whole(said.value(case, "number")),
            title=said.value(case, "label") or case.rpartition("/")[2],
            abstract=said.value(case, "abstract"),
            bundle=self._named(bundle) if bundle else None,
            year=_whole(said.value(bundle, "issued")[:4]) if bundle else None,
            state=self._named(state) if state else None,
            online=said.value(case, "online") in ("true", "1"),
            themes=self._listed(tuple(said.values(case, "theme"))),
            audiences=self._listed(self._audiences_of(case)),
            initiatives=self._listed(tuple(said.values(case, "initiative"))),
            places=tuple(self._place(each) for each in said.values(case, "place")),
            sources=tuple(said.values(case, "source")),
            created=self._log.created[entry.document],
            modified=entry.time,
            touched=self._reaching.touched(case, entry.time),
        )

    def _name(self, iri: str) -> Named:
        return Named(iri, self._said.value(iri, "label") or iri.rpartition("/")[2])

    def _list(self, iris: tuple[str, ...]) -> tuple[Named, ...]:
        named = (self._named(iri) for iri in iris)
        return tuple(sorted(named, key=lambda it: (it.label.casefold(), it.iri)))

    def _by_target(self) -> dict[str, list[str]]:
        """The audiences of the lessons that hold for something, by its IRI."""
        found: dict[str, list[str]] = {}
        for lesson in self._said.of("lesson"):
            for target in self._said.values(lesson, "holds-for"):
                found.setdefault(target, []).extend(self._said.values(lesson, "audience"))
        return found

    def _audiences_of(self, case: str) -> tuple[str, ...]:
        own = self._audiences.get(case, ())
        from_wider = self._taught(tuple(self._said.values(case, "part-of")))
        return tuple(dict.fromkeys((*own, *from_wider)))

    def _by_lessons(self, targets: tuple[str, ...]) -> tuple[str, ...]:
        """The audiences of the lessons for one of these, or for what they are part of."""
        wider = closed(targets, lambda it: self._said.values(it, "part-of"))
        return tuple(dict.fromkeys(one for it in wider for one in self._audiences.get(it, ())))

    def _placed(self, iri: str) -> Place:
        areas = [*self._areas(iri)]
        return Place(
            iri,
            self._named(iri).label,
            municipality=next((area for area in areas if area.code.startswith("GM")), None),
            province=next((area for area in areas if area.code.startswith("PV")), None),
            point=self._point(iri),
        )

    def _areas(self, place: str) -> Iterator[Area]:
        """The areas around a place, the nearest first: stated of itself, or of where it is in."""
        said = self._said
        places = closed([place], lambda it: said.values(it, "contained-in"))
        stated = [area for it in places for how in AROUND for area in said.values(it, how)]
        for area in closed(stated, lambda it: said.values(it, "within")):
            yield self._area(area)

    def _area(self, iri: str) -> Area:
        return Area(iri, self._named(iri).label, self._said.value(iri, "code"))

    def _point(self, place: str) -> Point | None:
        said = self._said
        for offer in (place, *(area for how in _POINTED for area in said.values(place, how))):
            written = said.values(offer, "point")
            degrees = next(filter(None, map(position, written)), None)
            if degrees is not None:
                return Point(degrees[1], degrees[0])
        return None

    def groups(self, found: tuple[Record, ...]) -> Groups:
        """The records by what they can be grouped by; also what has no record has a group."""
        themes = self._concepts("theme"), _indexed(found, self._themes_of)
        audiences = self._concepts("audience"), _indexed(found, _audiences_of)
        provinces, municipalities = _indexed(found, _provinces), _indexed(found, _municipalities)
        groups: Groups = {
            "theme": _grouped(*themes),
            "province": _grouped(self._coded("PV"), provinces),
            "municipality": _grouped(self._coded("GM"), municipalities),
            "audience": _grouped(*audiences),
        }
        return MappingProxyType(groups)

    def _concepts(self, scheme: str) -> dict[str, Named]:
        whole = f"{self._base}id/scheme/{scheme}"
        concepts = self._said.of("concept")
        ours = (each for each in concepts if whole in self._said.values(each, "scheme"))
        return {each.rpartition("/")[2]: self._named(each) for each in ours}

    def _coded(self, start: str) -> dict[str, Named]:
        """The areas with such a code by their name in addresses; of a twin with its code."""
        found: dict[str, Named] = {}
        for area in sorted(map(self._area, self._said.of("area")), key=lambda it: it.code):
            if area.code.startswith(start):
                code = area.code.lower()
                name = texts.plain(area.label).replace(" ", "-") or code
                found[f"{name}-{code}" if name in found else name] = area
        return found

    def _themes_of(self, record: Record) -> Iterable[str]:
        return {wider for theme in record.themes for wider in self._wider(theme.iri)}

    def _broader(self, theme: str) -> list[str]:
        return closed([theme], lambda it: self._said.values(it, "broader"))


def _audiences_of(record: Record) -> Iterable[str]:
    return (each.iri for each in record.audiences)


def _provinces(record: Record) -> Iterable[str]:
    return {place.province.iri for place in record.places if place.province}


def _municipalities(record: Record) -> Iterable[str]:
    return {place.municipality.iri for place in record.places if place.municipality}


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
    listed = sorted(named.items(), key=lambda it: (_sorted_as(it[1].label), it[0]))
    return MappingProxyType(
        {name: Group(name, about, tuple(index.get(about.iri, ()))) for name, about in listed}
    )


def _sorted_as(label: str) -> str:
    """A name without its article: 's-Hertogenbosch comes with the H."""
    return label.casefold().replace("\u2019", "'").removeprefix("'s-")


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
