"""Which cases are in which feed, where it is, and the words that all its forms share."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from wijk.harvesting.records import By, Group, Named, Record, Records, Withdrawn

NEWEST = 20
"""How many cases are in a feed that is not whole."""
LATEST_WITHDRAWN = 100
"""How many withdrawn cases are in such a feed."""
EVERYTHING = "casussen"
WHOLE = "volledig/"
WITHDRAWN = "/feeds/ingetrokken"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

AXES: Mapping[str, tuple[By, str]] = {
    "thema": ("theme", "casussen over {}"),
    "provincie": ("province", "casussen in de provincie {}"),
    "gemeente": ("municipality", "casussen in de gemeente {}"),
    "doelgroep": ("audience", "casussen met lessen voor: {}"),
}
"""The first part of an address, what it groups by, and what its feeds are called."""


@dataclass(frozen=True)
class Publisher:
    """What a feed says of who makes it: names, licence, and how addresses of ours are made."""

    site: str
    base: str
    url: Callable[[str], str]
    name: str
    iri: str
    licence: str
    sentence: str
    credit: str


@dataclass(frozen=True)
class Feed:
    """A choice of cases; `name` is its place among the feeds, such as `thema/groen`.

    One that is not among them, but somebody's own selection, has an `address`.
    """

    name: str
    title: str
    records: tuple[Record, ...]
    withdrawn: tuple[Withdrawn, ...]
    whole: bool
    about: Named | None = None
    address: str = ""

    def path(self, suffix: str, whole: bool | None = None) -> str:
        """Where it is in the form with that suffix."""
        return (
            f"/feeds/{WHOLE if (self.whole if whole is None else whole) else ''}{self.name}{suffix}"
        )

    def iri(self, base: str) -> str:
        """What it is called for ever, whatever its form."""
        return self.address or f"{base}feeds/{WHOLE if self.whole else ''}{self.name}"

    @property
    def updated(self) -> datetime:
        """The time of the last change that is told here; 1970 when there is none."""
        times = [*(it.modified for it in self.records[:1]), *(it.time for it in self.withdrawn[:1])]
        return max(times, default=_NEVER)


def find(records: Records, name: str, whole: bool) -> Feed | None:
    """The feed of that name, such as `casussen` or `provincie/utrecht`; None when there is none."""
    if name == EVERYTHING:
        return _feed(name, "alle casussen", records.all, records, whole)
    axis, _, key = name.partition("/")
    if axis not in AXES:
        return None
    kind, title = AXES[axis]
    group = records.by(kind).get(key)
    if group is None:
        return None
    called = title.format(group.about.label)
    return _feed(name, called, group.records, records, whole, group.about)


def listed(records: Records) -> Iterator[tuple[str, Mapping[str, Group]]]:
    """The groups that have a feed, by the first part of their address."""
    for axis, (kind, _) in AXES.items():
        yield axis, records.by(kind)


def _feed(
    name: str,
    title: str,
    chosen: tuple[Record, ...],
    records: Records,
    whole: bool,
    about: Named | None = None,
) -> Feed:
    withdrawn = tuple(it for it in records.withdrawn if _was_here(it, about))
    if not whole:
        chosen, withdrawn = chosen[:NEWEST], withdrawn[:LATEST_WITHDRAWN]
    return Feed(name, title, chosen, withdrawn, whole, about)


def _was_here(gone: Withdrawn, about: Named | None) -> bool:
    """Whether a withdrawn case may have been in a feed; where that is not known, it may."""
    return about is None or gone.was_in is None or about.iri in gone.was_in


def title(feed: Feed, by: Publisher) -> str:
    """What it is called."""
    return f"{by.site}: {feed.title}"


def explained(feed: Feed, by: Publisher) -> str:
    """What is in it and what to do with it, in everyday Dutch."""
    first = (
        f"Dit zijn {feed.title}, alle {len(feed.records)}."
        if feed.whole and len(feed.records) > 1
        else f"Dit zijn de nieuwste {feed.title.removeprefix('alle ')}."
    )
    return (
        f"{first} Neem je ze over? Haal ze dan elke dag opnieuw op, "
        "en haal weg wat is ingetrokken: "
        f"die lijst staat op {by.url(WITHDRAWN + '.csv')}. {by.sentence}"
    ).rstrip()


def summary(record: Record) -> str:
    """Our own summary of a case; without one, what it is and where."""
    if record.abstract:
        return record.abstract
    bundle = f" uit {record.bundle.label}" if record.bundle else ""
    year = f" ({record.year})" if record.year else ""
    where = "online" if record.online else ", ".join(place.label for place in record.places)
    return f"Een casus{bundle}{year}.{f' Plaats: {where}.' if where else ''}"


def categories(record: Record, base: str) -> Iterator[tuple[str, str, str]]:
    """The scheme, term and label of all that a case is filed under."""
    for kind, terms in (("theme", record.themes), ("audience", record.audiences)):
        for term in terms:
            yield f"{base}id/scheme/{kind}", term.slug, term.label
    areas = {
        (kind, area.code): area.label
        for place in record.places
        for kind, around in (("gemeente", place.municipalities), ("provincie", (place.province,)))
        for area in around
        if area is not None
    }
    for (kind, code), label in areas.items():
        yield f"{base}id/place-kind/{kind}", code, label


def page(record: Record) -> str:
    """The IRI of the document about a case: the page, in a browser."""
    return record.iri.replace("/id/", "/doc/", 1)


def names(records: Records) -> Iterator[str]:
    """The name of every feed, in the order of the list of feeds."""
    yield EVERYTHING
    for axis, groups in listed(records):
        yield from (f"{axis}/{name}" for name in groups)
