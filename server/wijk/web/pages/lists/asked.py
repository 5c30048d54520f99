"""What the address of the list of cases asks: every state of the list has an address."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.datastructures import QueryParams

from wijk.matching import texts
from wijk.search.shelf import Facet, Shelf, UnknownValue, Value
from wijk.search.text import LONGEST
from wijk.web.pages.lists import paging
from wijk.web.pages.lists.faults import Fault, typed
from wijk.web.pages.lists.paging import query
from wijk.web.views import Link

LIST, MAP, TABLE = "lijst", "kaart", "tabel"
VIEWS = (LIST, MAP, TABLE)
BY_NUMBER = "nummer"
ORDERS: Mapping[str, str] = {
    BY_NUMBER: "Nummer",
    "titel": "Titel",
    "plaats": "Plaats",
    "jaar": "Nieuwste bundel",
    "gewijzigd": "Laatst gewijzigd",
}
FIELD = "kies-"
"""What the field of a facet is called on the page, before its name."""
_LONGEST_NAME, _REST = 80, "-en-meer"
_NO_NAME = re.compile(r"[^a-z0-9]+")
Choice = tuple[tuple[str, tuple[str, ...]], ...]
"""What is chosen: the names of facets, each with the slugs of its values."""


@dataclass(frozen=True)
class Asked:
    """A state of the list: its search, what is chosen of each facet, and how it is shown."""

    shelf: Shelf
    q: str = ""
    choice: Choice = ()
    view: str = LIST
    order: str = BY_NUMBER
    page: int = 1
    faults: tuple[Fault, ...] = ()

    @property
    def chosen(self) -> Mapping[str, Sequence[str]]:
        """The slugs of the values that are chosen, by the name of their facet."""
        return dict(self.choice)

    @property
    def picked(self) -> list[tuple[Facet, Value]]:
        """The values that are chosen."""
        facets = self.shelf.by
        return [(facets[name], facets[name].value(it)) for name, its in self.choice for it in its]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What the selection is made of, as fields of a form: without how it is shown."""
        told = [("q", self.q)] if self.q else []
        return told + [(name, slug) for name, slugs in self.choice for slug in slugs]

    @property
    def selection(self) -> str:
        """The query string of the selection, with its `?`; nothing when it is all cases."""
        return query(self.pairs)

    @property
    def name(self) -> str:
        """What a file of the selection is called: `casussen-thema-groen`; in ASCII, not long."""
        told = [text for name, slugs in self.choice for text in (name, *slugs)]
        whole = " ".join(["casussen", *told, *(["met", self.q] if self.q else [])])
        name = _NO_NAME.sub("-", texts.plain(whole)).strip("-")
        if len(name) <= _LONGEST_NAME:
            return name
        return f"{name[: _LONGEST_NAME - len(_REST)].rpartition('-')[0]}{_REST}"

    def address(
        self,
        *,
        q: str | None = None,
        choice: Choice | None = None,
        view: str = "",
        order: str = "",
        page: int = 1,
    ) -> str:
        """The path of this state, or of the same with changes; by itself it is page one."""
        state = replace(
            self,
            q=self.q if q is None else q,
            choice=self.choice if choice is None else choice,
            view=view or self.view,
            order=order or self.order,
            page=page,
        )
        told = state.pairs
        told += [("weergave", state.view)] if state.view != LIST else []
        told += [("sorteer", state.order)] if state.order != BY_NUMBER else []
        return paging.way("/casussen", told, state.page)

    def without(self, name: str, slug: str) -> str:
        """The path of the same without one value; `q` is the search."""
        if name == "q":
            return self.address(q="")
        left = ((it, tuple(s for s in its if (it, s) != (name, slug))) for it, its in self.choice)
        return self.address(choice=tuple((it, its) for it, its in left if its))

    def also(self, name: str, slug: str) -> str:
        """The path of the same with one value more."""
        more = {**self.chosen, name: dict.fromkeys((*self.chosen.get(name, ()), slug))}
        return self.address(choice=tuple((it, tuple(its)) for it, its in more.items()))


def read(given: QueryParams, shelf: Shelf) -> Asked:
    """What is asked; what cannot be is left out and told. Names that are not ours say nothing."""
    faults: list[Fault] = []
    unknown: list[UnknownValue] = []
    choice: list[tuple[str, tuple[str, ...]]] = []
    for facet in shelf.facets:
        slugs: dict[str, None] = {}
        for asked in filter(None, given.getlist(facet.name)):
            try:
                slugs[facet.value(asked).slug] = None
            except UnknownValue as error:
                unknown.append(error)
        if slugs:
            choice.append((facet.name, tuple(slugs)))
    view = _one_of(given, "weergave", VIEWS, LIST, faults)
    order = _one_of(given, "sorteer", tuple(ORDERS), BY_NUMBER, faults)
    q = " ".join(given.get("q", "").split())[:LONGEST]
    state = Asked(shelf, q, tuple(choice), view, order, paging.asked(given, faults))
    return replace(state, faults=(*(_unknown(state, it) for it in unknown), *faults))


def _one_of(
    given: QueryParams, name: str, possible: Sequence[str], usual: str, faults: list[Fault]
) -> str:
    text = given.get(name, "") or usual
    if text in possible:
        return text
    said = typed(text) + f" kan niet bij {name}. Kies uit: {', '.join(possible)}."
    faults.append(Fault(said, field=name))
    return usual


def _unknown(asked: Asked, error: UnknownValue) -> Fault:
    """That a facet has no such value, with what may have been meant beside all that is chosen."""
    name, heading = error.facet.name, error.facet.heading
    nearest = tuple(Link(value.label, asked.also(name, value.slug)) for value in error.nearest)
    return Fault(f"{heading}: " + typed(error.slug) + " kennen we niet.", nearest, f"{FIELD}{name}")
