"""What cases are compared on: of each property, what is known of each case."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rdflib import URIRef
from rdflib.namespace import DCTERMS, SDO

from wijk.harvesting.records import Named
from wijk.namespaces import WIJK
from wijk.search.shelf import OnShelf
from wijk.web.pages.cases import figuring, teaching
from wijk.web.pages.cases.around import Around, around, day
from wijk.web.pages.cases.figuring import Figures
from wijk.web.pages.cases.teaching import Block
from wijk.web.pages.told import Told, told
from wijk.web.site import Site
from wijk.web.sources import Sources
from wijk.web.views import Link, Value

Cell = tuple[Link, ...]
_LONG = ("Lessen", "De gemeente in cijfers")


@dataclass(frozen=True)
class Line:
    """One property: of each case its values, and the ones that all of them have.

    `href` is a page about the property, `about` says in a sentence what it is.
    What stands small behind a value is its mark, such as `eigen duiding`; values that are long are
    listed, one below the other.
    """

    label: str
    cells: tuple[Cell, ...]
    shared: frozenset[str]
    listed: bool = False
    href: str = ""
    about: str = ""


@dataclass(frozen=True)
class _One:
    """A case with what its documents say, its lessons and the figures of its municipality."""

    case: OnShelf
    said: Told | None
    initiatives: tuple[Told, ...]
    blocks: tuple[Block, ...]
    figures: Figures | None

    def values(self, predicate: URIRef) -> Cell:
        """What the case says, with its marks."""
        return _marked(self.said.values(predicate)) if self.said else ()

    def begun(self, predicate: URIRef) -> Cell:
        """What its initiatives say, with its marks."""
        return _marked(value for it in self.initiatives for value in it.values(predicate))

    def joins(self, actor: str) -> str:
        """How sure it is that an actor takes part: what marks each participation of it."""
        parts = self.said.graph.subjects(WIJK.actor, URIRef(actor)) if self.said else ()
        marks = [self.said.sources.own(part).words for part in parts] if self.said else []
        shared = (word for word in marks[0] if all(word in it for it in marks)) if marks else ()
        return ", ".join(shared)


async def lines(site: Site, chosen: Sequence[OnShelf]) -> list[Line]:
    """All properties of these cases, also those that are not known of any of them.

    Raises:
        EngineError: the engine does not answer.
    """
    tables = await around(site)
    ones = [await _one(site, tables, case) for case in chosen]
    return [*_told(site, ones), *_figures(ones)]


async def _one(site: Site, tables: Around, case: OnShelf) -> _One:
    document = site.snapshot.find(site.addresses.home(case.iri) or "")
    area = next((it.municipality.iri for it in case.places if it.municipality), "")
    rows = await figuring.rows_of(site, area) if area else []
    if document is None:
        return _One(case, None, (), (), None)
    sources = Sources(document.graph, site.addresses, site.snapshot.labels, tables.sources)
    said = Told(site, sources, document, case.iri)
    initiatives = [it for iri in said.nodes(SDO.about) if (it := told(site, sources, str(iri)))]
    lessons = teaching.lessons(site, sources, tables, said)
    figures = figuring.figures(site, sources, tables, area, case.year, rows)
    return _One(case, said, tuple(initiatives), (*lessons.near, *lessons.wide), figures)


def _told(site: Site, ones: Sequence[_One]) -> Iterator[Line]:
    def linked(named: Iterable[Named]) -> Cell:
        return tuple(Link(it.label, site.path(it.iri) or "") for it in named)

    def around_it(one: _One, what: str) -> Cell:
        areas = (getattr(place, what) for place in one.case.places)
        return linked(dict.fromkeys(area for area in areas if area)) or _online(one)

    def others(one: _One) -> Cell:
        actors = [it for it in one.case.actors if it not in one.case.initiatives]
        return tuple(Link(it.label, site.path(it.iri) or "", one.joins(it.iri)) for it in actors)

    for label, of in (
        ("Plaats", lambda it: linked(it.case.places) or _online(it)),
        ("Gemeente", lambda it: around_it(it, "municipality")),
        ("Provincie", lambda it: around_it(it, "province")),
        ("Thema’s", lambda it: it.values(DCTERMS.subject)),
        ("Initiatief", lambda it: linked(it.case.initiatives)),
        ("Begonnen", lambda it: _days(it.begun(SDO.startDate))),
        ("Wie begon", lambda it: it.begun(WIJK.startedBy)),
        ("Wie doen mee", lambda it: others(it)),
        ("Soort betrokkenen", lambda it: linked(it.case.actor_kinds)),
        ("Verbinding", lambda it: it.values(WIJK.connection)),
        ("Lessen", lambda it: tuple(Link(one.title, one.href) for one in it.blocks)),
        ("Lessen voor wie", lambda it: _whom(site, it)),
        ("Bundel", lambda it: linked([it.case.bundle] if it.case.bundle else [])),
        ("Jaar van de bundel", lambda it: _years(it.case)),
    ):
        yield _line(label, [of(one) for one in ones])


def _figures(ones: Sequence[_One]) -> Iterator[Line]:
    """The figures of the municipality of each case; nothing when none of them has any."""
    bars = {bar.label: bar for one in ones if one.figures for bar in one.figures.bars}
    if bars:
        yield _line("De gemeente in cijfers", [_area(it) for it in ones])
    for bar in bars.values():
        line = _line(bar.label, [_share(one, bar.label) for one in ones])
        yield replace(line, href=bar.href, about=bar.base)


def _area(one: _One) -> Cell:
    """The municipality and the year of the figures, and where they stand."""
    if one.figures is None:
        return _online(one)
    if not one.figures.year:
        return (Link(figuring.MISSING, ""),)
    area = Link(f"{one.figures.area.text}, {one.figures.year}", f"{one.figures.area.href}#cijfers")
    return (area, *one.figures.documents)


def _share(one: _One, label: str) -> Cell:
    """One figure, with that of the country in its year behind it."""
    if one.figures is None:
        return _online(one)
    bar = next((it for it in one.figures.bars if it.label == label), None)
    if bar is None:
        return (Link(figuring.MISSING, ""),)
    return (Link(", Nederland ".join(it for it in (bar.value, bar.national) if it), ""),)


def _line(label: str, cells: Sequence[Cell]) -> Line:
    texts = [frozenset(link.text for link in cell) for cell in cells]
    return Line(label, tuple(cells), frozenset.intersection(*texts), label in _LONG)


def _marked(values: Iterable[Value]) -> Cell:
    return tuple(Link(it.text, it.href or "", ", ".join(it.mark.words)) for it in values)


def _days(cell: Cell) -> Cell:
    return tuple(Link(day(it.text), it.href, it.small) for it in cell)


def _whom(site: Site, one: _One) -> Cell:
    """For whom the lessons are; marked when no source names it for any of them."""
    found = []
    for audience in one.case.audiences:
        marks = [it.read.words for it in one.blocks if audience.label in it.whom]
        mark = ", ".join(marks[0]) if marks and all(marks) else ""
        found.append(Link(audience.label, site.path(audience.iri) or "", mark))
    return tuple(found)


def _online(one: _One) -> Cell:
    return (Link("online", ""),) if one.case.online else ()


def _years(case: OnShelf) -> Cell:
    return (Link(str(case.year), f"/casussen?jaar={case.year}"),) if case.year else ()
