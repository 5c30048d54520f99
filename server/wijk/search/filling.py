"""Makes the shelf from what the folder says of the cases now."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache

from wijk.harvesting.reaching import closed
from wijk.harvesting.records import Area, Named, Place, now
from wijk.harvesting.statements import Row, Statements
from wijk.harvesting.telling import Telling
from wijk.matching import texts
from wijk.search import wording
from wijk.search.shelf import Facet, OnShelf, Shelf, Value

FOR_WHOM = "mensen"
"""The theme below which the groups are that an initiative is meant for."""
_Index = dict[str, list[int]]


def shelf(
    rows: Iterable[Row],
    base: str,
    path: Callable[[str], str | None],
    modified: Callable[[str], datetime | None],
) -> Shelf:
    """The shelf from the rows of queries/pages/shelf.rq.

    `path` says where the page of an IRI is, `modified` when a case was last published.
    """
    filling = _Filling(Statements(rows), base)
    cases = [filling.case(iri, path, modified) for iri in filling.said.of("case")]
    cases.sort(key=lambda it: (it.number is None, it.number or 0, texts.sorted_as(it.title)))
    return Shelf(tuple(cases), tuple(filling.facets(cases)))


class _Filling:
    """The statements, and what was made of them already."""

    def __init__(self, said: Statements, base: str) -> None:
        self.said = said
        self._base = base
        self._telling = Telling(said, base)
        self._named = self._telling.named
        self._listed = self._telling.listed
        self._wholes = cache(self._parts_of)

    def case(
        self,
        iri: str,
        path: Callable[[str], str | None],
        modified: Callable[[str], datetime | None],
    ) -> OnShelf:
        """One case with all it is filed under."""
        told = self._telling.told(iri)
        actors = self.said.values(iri, "actor")
        starters = {
            *self._kinds(self.said.values(iri, "starter")),
            *(kind for each in told.initiatives for kind in self._values(each.iri, "started-by")),
        }
        others = (each for each in actors if each not in {it.iri for it in told.initiatives})
        return OnShelf(
            **vars(told),
            path=path(iri) or "/",
            line=wording.sentence(told.abstract) or wording.without_text(told),
            where=wording.where(told),
            starters=self._listed(tuple(sorted(starters))),
            actor_kinds=self._listed(tuple(sorted(self._kinds(others)))),
            actors=self._listed(tuple(actors)),
            connections=self._listed(tuple(self._values(iri, "connection"))),
            modified=modified(iri),
        )

    def facets(self, cases: list[OnShelf]) -> Iterator[Facet]:
        """All facets, in the order of the form; the last ones are for links alone."""
        themes = self._index((it.themes for it in cases), self._telling.wider)
        tree = self._tree("theme", themes)
        groups = _below(tree, FOR_WHOM)
        beside = frozenset(it.slug for it in groups) | {FOR_WHOM}
        yield Facet("thema", "Thema", tree, beside=beside)
        yield Facet("voor", "Voor wie", groups)
        starters = self._index((it.starters for it in cases), self._telling.wider)
        yield Facet("begon", "Wie begon", self._tree("actor-kind", starters))
        yield self._areas("provincie", "Provincie", "PV", cases)
        yield self._areas("gemeente", "Gemeente", "GM", cases)
        yield self._flat("les", "Lessen voor", "audience", (it.audiences for it in cases))
        years = self._at((str(it.year),) if it.year else () for it in cases)
        found = [Value(year, year, tuple(at)) for year, at in sorted(years.items(), reverse=True)]
        yield Facet("jaar", "Jaar van de bundel", tuple(found))
        bundles = self._index((it.bundle,) if it.bundle else () for it in cases)
        yield Facet("bundel", "Bundel", self._values_of(bundles, keep=True))
        connections = (it.connections for it in cases)
        yield self._flat("werking", "Verbinding", "connection", connections)
        kinds = self._index((it.actor_kinds for it in cases), self._telling.wider)
        yield Facet("betrokken", "Wie doen mee", self._tree("actor-kind", kinds))
        states = ((it.state,) if it.state else () for it in cases)
        yield self._flat("stand", "Wat we weten", "case-state", states)
        yield _names(cases)
        yield from self._linked(cases)

    def _linked(self, cases: list[OnShelf]) -> Iterator[Facet]:
        places = self._index(it.places for it in cases)
        yield Facet("plaats", "Plaats", self._values_of(places), listed=False)
        actors = self._index(it.actors for it in cases)
        yield Facet("betrokkene", "Betrokkene", self._values_of(actors), listed=False)
        targets = self._at([it.iri, *self._around(it)] for it in cases)
        lessons = {
            lesson: sorted({at for target in wide for at in targets.get(target, ())})
            for lesson in self.said.of("lesson")
            if (wide := self.said.values(lesson, "holds-for"))
        }
        yield Facet("geleerd", "Les", self._values_of(lessons), listed=False)

    def _values(self, thing: str, name: str) -> list[str]:
        return self.said.values(thing, name)

    def _kinds(self, actors: Iterable[str]) -> set[str]:
        return {kind for actor in actors for kind in self._values(actor, "kind")}

    def _around(self, case: OnShelf) -> list[str]:
        return self._wholes(tuple(self._values(case.iri, "part-of")))

    def _parts_of(self, wholes: tuple[str, ...]) -> list[str]:
        return closed(wholes, lambda it: self._values(it, "part-of"))

    def _index(
        self,
        of_cases: Iterable[Iterable[Named]],
        wider: Callable[[str], Iterable[str]] = lambda iri: (iri,),
    ) -> _Index:
        """Where the cases stand that have each of these, or one that is narrower."""
        return self._at({up for one in named for up in wider(one.iri)} for named in of_cases)

    def _at(self, of_cases: Iterable[Iterable[str]]) -> _Index:
        index: _Index = {}
        for at, names in enumerate(of_cases):
            for name in names:
                index.setdefault(name, []).append(at)
        return index

    def _values_of(self, index: Mapping[str, list[int]], keep: bool = False) -> tuple[Value, ...]:
        """A value for each thing, by name; or by IRI to keep things in a row together."""
        named = [self._named(iri) for iri in index]
        named.sort(key=lambda it: it.iri if keep else texts.sorted_as(it.label))
        return tuple(Value(it.slug, it.label, tuple(index[it.iri]), it.iri) for it in named)

    def _flat(
        self, name: str, heading: str, scheme: str, of_cases: Iterable[Iterable[Named]]
    ) -> Facet:
        """The concepts of a scheme without levels, also those without cases."""
        index = self._index(of_cases)
        concepts = {it.iri: index.get(it.iri, []) for it in self._concepts(scheme)}
        return Facet(name, heading, self._values_of(concepts | index))

    def _concepts(self, scheme: str) -> Iterable[Named]:
        return self._telling.concepts(scheme).values()

    def _areas(self, name: str, heading: str, start: str, cases: list[OnShelf]) -> Facet:
        """The areas with such a code, by the name that feeds and frames give them too."""
        index = self._at(
            {area.iri for place in it.places for area in _around(place, start)} for it in cases
        )
        found = [
            Value(
                slug,
                now(area, self._telling.present(area)),
                tuple(index.get(area.iri, ())),
                area.iri,
                area.code,
            )
            for slug, area in self._telling.coded(start).items()
        ]
        found.sort(key=lambda it: (texts.sorted_as(it.label), it.slug))
        return Facet(name, heading, tuple(found))

    def _tree(self, scheme: str, index: _Index) -> tuple[Value, ...]:
        """The concepts of a scheme, each below the one that is wider, by name on every level."""
        ours = {it.iri: it for it in self._concepts(scheme)}
        above = {iri: [up for up in self._values(iri, "broader") if up in ours] for iri in ours}
        found: dict[str, Value] = {}

        def add(parent: str, depth: int) -> None:
            narrower = [it for iri, it in ours.items() if (above[iri][:1] or [""]) == [parent]]
            for it in sorted(narrower, key=lambda it: texts.sorted_as(it.label)):
                if it.iri not in found:
                    at = tuple(index.get(it.iri, ()))
                    up = parent.rpartition("/")[2]
                    found[it.iri] = Value(it.slug, it.label, at, it.iri, "", up, depth)
                    add(it.iri, depth + 1)

        add("", 0)
        return tuple(found.values())


def _around(place: Place, start: str) -> tuple[Area, ...]:
    """The areas with such a code by which the cases of a place are found."""
    if start == "GM":
        return place.municipalities
    return (place.province,) if place.province else ()


def _below(tree: Iterable[Value], slug: str) -> tuple[Value, ...]:
    """What stands below one value of a tree, as a tree of its own."""
    found: list[Value] = []
    above = {slug}
    for value in tree:
        if value.parent in above:
            above.add(value.slug)
            parent = "" if value.parent == slug else value.parent
            found.append(replace(value, parent=parent, depth=value.depth - 1))
    return tuple(found)


def _names(cases: list[OnShelf]) -> Facet:
    known = tuple(at for at, it in enumerate(cases) if it.name_known)
    unknown = tuple(at for at, it in enumerate(cases) if not it.name_known)
    values = Value("bekend", "bekend", known), Value("onbekend", "nog niet bekend", unknown)
    return Facet("naam", "Naam van het initiatief", values)
