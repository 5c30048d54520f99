"""What is told of the cases, their places and their names, from statements about them."""

from collections.abc import Iterator
from functools import cache

from wijk.harvesting.points import position
from wijk.harvesting.reaching import AROUND, closed
from wijk.harvesting.records import Area, Named, Place, Point, Told
from wijk.harvesting.statements import Statements
from wijk.matching import texts

# Whose point stands for a place: its own, else that of the area it is, else of one like it.
_POINTED = ("exact", "close")


class Telling:
    """The statements, and what was made of them already."""

    def __init__(self, said: Statements, base: str) -> None:
        self.said = said
        self._base = base
        self._audiences = self._by_target()
        # Many cases share a bundle, a place and themes: each is made once.
        self.named = cache(self._name)
        self.listed = cache(self._list)
        self._place = cache(self._placed)
        self._taught = cache(self._by_lessons)
        self.wider = cache(self._broader)

    def told(self, case: str) -> Told:
        """What is told of one case."""
        said = self.said
        bundle = next((each for each in said.values(case, "part-of")), None)
        state = said.value(case, "state")
        return Told(
            iri=case,
            number=_whole(said.value(case, "number")),
            title=said.value(case, "label") or case.rpartition("/")[2],
            abstract=said.value(case, "abstract"),
            bundle=self.named(bundle) if bundle else None,
            year=_whole(said.value(bundle, "issued")[:4]) if bundle else None,
            state=self.named(state) if state else None,
            online=said.value(case, "online") in ("true", "1"),
            themes=self.listed(tuple(said.values(case, "theme"))),
            audiences=self.listed(self._audiences_of(case)),
            initiatives=self.listed(tuple(said.values(case, "initiative"))),
            places=tuple(self._place(each) for each in said.values(case, "place")),
        )

    def _name(self, iri: str) -> Named:
        return Named(iri, self.said.value(iri, "label") or iri.rpartition("/")[2])

    def _list(self, iris: tuple[str, ...]) -> tuple[Named, ...]:
        named = (self.named(iri) for iri in iris)
        return tuple(sorted(named, key=lambda it: (it.label.casefold(), it.iri)))

    def _by_target(self) -> dict[str, list[str]]:
        """The audiences of the lessons that hold for something, by its IRI."""
        found: dict[str, list[str]] = {}
        for lesson in self.said.of("lesson"):
            for target in self.said.values(lesson, "holds-for"):
                found.setdefault(target, []).extend(self.said.values(lesson, "audience"))
        return found

    def _audiences_of(self, case: str) -> tuple[str, ...]:
        own = self._audiences.get(case, ())
        from_wider = self._taught(tuple(self.said.values(case, "part-of")))
        return tuple(dict.fromkeys((*own, *from_wider)))

    def _by_lessons(self, targets: tuple[str, ...]) -> tuple[str, ...]:
        """The audiences of the lessons for one of these, or for what they are part of."""
        wider = closed(targets, lambda it: self.said.values(it, "part-of"))
        return tuple(dict.fromkeys(one for it in wider for one in self._audiences.get(it, ())))

    def _placed(self, iri: str) -> Place:
        areas = [*self._areas(iri)]
        municipality = next((area for area in areas if area.code.startswith("GM")), None)
        return Place(
            iri,
            self.named(iri).label,
            municipality=municipality,
            province=next((area for area in areas if area.code.startswith("PV")), None),
            point=self._point(iri),
            present=self.present(municipality) if municipality else None,
        )

    def present(self, municipality: Area) -> Area | None:
        """What all of a municipality is part of today; None when it is there, or was split."""
        found = map(self._area, self.said.values(municipality.iri, "present"))
        return next((area for area in found if area.code.startswith("GM")), None)

    def _areas(self, place: str) -> Iterator[Area]:
        """The areas around a place, the nearest first: stated of itself, or of where it is in."""
        said = self.said
        places = closed([place], lambda it: said.values(it, "contained-in"))
        stated = [area for it in places for how in AROUND for area in said.values(it, how)]
        for area in closed(stated, lambda it: said.values(it, "within")):
            yield self._area(area)

    def _area(self, iri: str) -> Area:
        return Area(iri, self.named(iri).label, self.said.value(iri, "code"))

    def _point(self, place: str) -> Point | None:
        said = self.said
        for offer in (place, *(area for how in _POINTED for area in said.values(place, how))):
            written = said.values(offer, "point")
            degrees = next(filter(None, map(position, written)), None)
            if degrees is not None:
                return Point(degrees[1], degrees[0])
        return None

    def concepts(self, scheme: str) -> dict[str, Named]:
        """The concepts of one of our schemes, by their name in addresses."""
        whole = f"{self._base}id/scheme/{scheme}"
        concepts = self.said.of("concept")
        ours = (each for each in concepts if whole in self.said.values(each, "scheme"))
        return {each.rpartition("/")[2]: self.named(each) for each in ours}

    def coded(self, start: str) -> dict[str, Area]:
        """The areas with such a code by their name in addresses; of a twin with its code."""
        found: dict[str, Area] = {}
        for area in sorted(map(self._area, self.said.of("area")), key=lambda it: it.code):
            if area.code.startswith(start):
                code = area.code.lower()
                name = texts.plain(area.label).replace(" ", "-") or code
                found[f"{name}-{code}" if name in found else name] = area
        return found

    def _broader(self, concept: str) -> list[str]:
        return closed([concept], lambda it: self.said.values(it, "broader"))


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
