"""What the start shows of a case base: lessons by audience, cases, themes, and a map of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from urllib.parse import quote

from rdflib import URIRef
from rdflib.namespace import SDO

from wijk.namespaces import WIJK
from wijk.search.shelf import OnShelf, Shelf, Value
from wijk.web.pages import maps
from wijk.web.pages.maps import Dot, Spot
from wijk.web.site import Site
from wijk.web.sources import NO_MARK, Mark, Sources

CARDS, BARS = 6, 9
_KNOWN: Mapping[str, tuple[str, str, str]] = {
    "bewoner": ("Bewoners", "Ik wil iets beginnen in mijn buurt", "huis"),
    "professional": ("Professionals", "Ik werk met bewoners", "mensen"),
    "beleid": ("Beleid", "Ik maak beleid of verdeel geld", "stadhuis"),
}


@dataclass(frozen=True)
class Lesson:
    """One lesson: for whom, in how many cases and sources."""

    iri: str
    text: str
    path: str
    audiences: frozenset[str]
    cases: int
    sources: int


@dataclass(frozen=True)
class Column:
    """What there is to learn for one audience, and one lesson to begin with, with its marks."""

    slug: str
    heading: str
    situation: str
    icon: str
    count: int
    lesson: Lesson
    mark: Mark


@dataclass(frozen=True)
class Bar:
    """A theme: how many cases it has, and how long its bar is (0 to 100)."""

    value: Value
    length: float


async def lessons(site: Site) -> list[Lesson]:
    """All lessons; those in most sources first, then those for most cases.

    Raises:
        EngineError: the engine cannot tell them.
    """
    found = [
        Lesson(
            row["lesson"],
            row["text"],
            site.path(row["lesson"]) or "/",
            frozenset(row.get("audiences", "").split()),
            int(row["cases"]),
            int(row["sources"]),
        )
        for row in await site.rows("home-lessons", {})
    ]
    return sorted(found, key=lambda it: (-it.sources, -it.cases, it.iri))


def columns(site: Site, found: Sequence[Lesson], audiences: Iterable[Value]) -> list[Column]:
    """A column for each of the three audiences, with a lesson that stands in no other one."""
    by_slug = {value.slug: value for value in audiences}
    chosen = [by_slug[slug] for slug in _KNOWN if slug in by_slug]
    chosen = chosen or sorted(by_slug.values(), key=lambda it: it.label)[:3]
    made: list[Column] = []
    for value in chosen:
        own = [it for it in found if value.iri in it.audiences]
        if own:
            shown = {column.lesson.iri for column in made}
            lesson = next((it for it in own if it.iri not in shown), own[0])
            words = _KNOWN.get(value.slug, (value.label.capitalize(), "", "huizen"))
            made.append(Column(value.slug, *words, len(own), lesson, _mark(site, lesson, value)))
    return made


def others(found: Sequence[Lesson], shown: Sequence[Column], audiences: Iterable[Value]) -> int:
    """How many lessons are for none of the audiences that have a column."""
    slugs = {column.slug for column in shown}
    iris = {value.iri for value in audiences if value.slug in slugs}
    return sum(not it.audiences & iris for it in found)


def cards(shelf: Shelf) -> list[OnShelf]:
    """Some cases to walk into, of each bundle in turn: those with a name and a summary, if any."""
    bundles: dict[str, list[OnShelf]] = {}
    for case in [it for it in shelf.cases if it.name_known and it.abstract] or shelf.cases:
        bundles.setdefault(case.bundle.iri if case.bundle else "", []).append(case)
    in_turn = chain.from_iterable(zip_longest(*bundles.values()))
    return [case for case in in_turn if case is not None][:CARDS]


def bars(shelf: Shelf) -> list[Bar]:
    """The themes that most cases are filed under; a bar is as long as its share of the most."""
    used = {theme.iri for case in shelf.cases for theme in case.themes}
    values = [value for value in shelf.by["thema"].values if value.iri in used]
    listed = sorted(values, key=lambda it: (-len(it.at), it.label.casefold()))[:BARS]
    return [Bar(it, round(100 * len(it.at) / len(listed[0].at), 1)) for it in listed]


def dots(shelf: Shelf) -> list[Dot]:
    """A dot for each municipality or province with cases; it leads to the case, or to a list."""
    spots = maps.spots(shelf.cases)
    lists = {
        value.iri: f"/casussen?{name}={quote(value.slug)}"
        for name in ("gemeente", "provincie")
        for value in shelf.by[name].values
    }

    def leads(iri: str, spot: Spot) -> str:
        first = next(iter(spot.records))
        alone = len(spot.records) == 1
        return shelf.cases[shelf.at[first]].path if alone else lists.get(iri, "/casussen")

    return maps.dots(spot.dot(len(spot.records), leads(iri, spot)) for iri, spot in spots.items())


def told(shelf: Shelf) -> str:
    """How many cases are on the map, and where the others are."""
    online = sum(case.online for case in shelf.cases)
    seen = maps.on_map(shelf.cases)
    rest = len(shelf.cases) - seen - online
    parts = [f"{seen} {'casus' if seen == 1 else 'casussen'} op de kaart"]
    parts += [f"{online} online"] if online else []
    parts += [f"{rest} zonder bekende plek"] if rest > 0 else []
    return ", ".join(parts)


def _mark(site: Site, lesson: Lesson, audience: Value) -> Mark:
    """What stands behind a lesson's text and behind whom it is for."""
    document = site.snapshot.find(site.addresses.home(lesson.iri) or "")
    if document is None:
        return NO_MARK
    sources = Sources(document.graph, site.addresses, site.snapshot.labels)
    about = URIRef(lesson.iri)
    whom = sources.of(about, WIJK.audience, URIRef(audience.iri))
    text = [sources.of(about, SDO.text, value) for value in document.graph.objects(about, SDO.text)]
    words = dict.fromkeys(word for mark in (*text, whom) for word in mark.words)
    return Mark(words=tuple(words))
