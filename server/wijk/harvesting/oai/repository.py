"""The repository: what OAI-PMH tells of one snapshot and its change log."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from wijk.changelog import ChangeLog
from wijk.harvesting.oai import moments
from wijk.harvesting.oai.formats import Format, formats
from wijk.harvesting.oai.items import START, Item, Items, Naming
from wijk.harvesting.records import Named, Records
from wijk.harvesting.rights import Rights, Terms

PATH = "/oai"
"""Where it answers."""

PAGE = 100
"""So many records are in a part of a list."""

THEME, PROVINCE, BUNDLE = "thema", "provincie", "bundel"
_ALL = {
    THEME: "Alle casussen met een thema",
    PROVINCE: "Alle casussen in een provincie",
    BUNDLE: "Alle casussen uit een bundel",
}
# There has to be an address; one that cannot exist says that the catalogue has none.
_NOBODY = "nobody@example.invalid"
_NOT_IN_SETS = re.compile(r"[^A-Za-z0-9\-_.!~*'()]")


@dataclass(frozen=True)
class Repository:
    """Everything an answer needs; `earliest` is a lower limit of all datestamps.

    `latest` is the moment of the last publication that is told of, if there was one.
    """

    name: str
    address: str
    origin: str
    email: str
    naming: Naming
    earliest: datetime
    latest: datetime | None
    items: Items = field(repr=False)
    formats: Mapping[str, Format] = field(repr=False)
    terms: Terms = field(repr=False)
    page: int = PAGE


def repository(
    name: str,
    base: str,
    log: ChangeLog,
    records: Records,
    rights: Rights,
    url: Callable[[str], str],
) -> Repository:
    """The repository of the cases of a base; `url` gives the whole address of one of our paths."""
    terms = rights.of("case")
    naming = Naming(base)
    items = _items(base, log, records, naming)
    first = min((it for it in (log.first, items.earliest) if it), default=START)
    return Repository(
        name=name,
        address=url(PATH),
        origin=base.rstrip("/") + PATH,
        email=rights.contact.email or _NOBODY,
        naming=naming,
        earliest=moments.whole(first),
        latest=log.last,
        items=items,
        formats=formats(url, terms, rights.publisher),
        terms=terms,
    )


def _items(base: str, log: ChangeLog, records: Records, naming: Naming) -> Items:
    sets = _Sets(records)
    start = f"{base}doc/case/"
    found = []
    for document, entry in log.latest.items():
        if document.startswith(start):
            record = records.one.get(entry.thing)
            moment = record.touched if record else entry.time
            named = naming.identifier(entry.thing)
            specs = sets.of(entry.thing)
            found.append(Item(named, moments.whole(moment), specs, entry, record))
    return Items(found, sets.names)


class _Sets:
    """Which sets there are, and in which each case is; a withdrawn case stays in its sets."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._specs: dict[str, str] = {}
        self.names = dict(_ALL)
        self._of: dict[str, set[str]] = {}
        tops = (THEME, records.by("theme")), (PROVINCE, records.by("province"))
        for top, groups in tops:
            for name, group in groups.items():
                spec = self._named(top, name, group.about)
                for record in group.records:
                    self._of.setdefault(record.iri, set()).add(spec)
        for record in records.all:
            if record.bundle:
                spec = self._named(BUNDLE, record.bundle.slug, record.bundle)
                self._of.setdefault(record.iri, set()).add(spec)

    def of(self, case: str) -> tuple[str, ...]:
        """The sets of a case, sorted; all of them when nobody knows where a withdrawn one was."""
        gone = self._records.gone.get(case)
        if gone is None:
            return tuple(sorted(self._of.get(case, ())))
        if gone.was_in is None:
            return tuple(sorted(self.names.keys() - _ALL.keys()))
        return tuple(sorted({*self._known(gone.was_in)}))

    def _known(self, things: Iterable[str]) -> Iterator[str]:
        """The sets of these things, also of those that are no more."""
        for thing in things:
            kind, _, slug = thing.rpartition("/id/")[2].partition("/")
            top = {"theme": THEME, "bundle": BUNDLE}.get(kind)
            if thing in self._specs:
                yield self._specs[thing]
            elif top:
                yield f"{top}:{_safe(slug)}"

    def _named(self, top: str, name: str, about: Named) -> str:
        spec = f"{top}:{_safe(name)}"
        self.names[spec] = f"{top.capitalize()}: {about.label}"
        self._specs[about.iri] = spec
        return spec


def _safe(name: str) -> str:
    return _NOT_IN_SETS.sub("-", name) or "-"
