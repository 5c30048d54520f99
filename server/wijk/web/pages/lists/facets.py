"""The filters of the list of cases, as its form shows them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wijk.search.shelf import Chosen, Facet
from wijk.web.pages.lists.asked import FIELD, Asked

_FIRST, _MOST = 10, 40
_OPEN = ("thema", "voor", "begon")


@dataclass(frozen=True)
class Option:
    """One value: how many cases it would give, and whether it is chosen."""

    slug: str
    label: str
    count: int
    depth: int
    chosen: bool

    @property
    def idle(self) -> bool:
        """Whether choosing it would leave nothing."""
        return not self.count and not self.chosen


@dataclass(frozen=True)
class Group:
    """One facet: the options that stand there, those behind `more`, and how many are left out."""

    name: str
    heading: str
    options: tuple[Option, ...]
    more: tuple[Option, ...]
    left_out: int
    open: bool

    @property
    def field(self) -> str:
        """What it is called on the page, to go to."""
        return f"{FIELD}{self.name}"

    @property
    def chosen(self) -> int:
        """How many of its values are chosen."""
        return sum(option.chosen for option in (*self.options, *self.more))


def groups(asked: Asked, chosen: Chosen) -> list[Group]:
    """The facets that part the selection, or that are chosen by."""
    return [*_groups(asked, chosen)]


def _groups(asked: Asked, chosen: Chosen) -> Iterator[Group]:
    for facet in asked.shelf.facets:
        picked = asked.chosen.get(facet.name, ())
        if not facet.listed or (facet.name in asked.shelf.repeated and not picked):
            continue
        options = _options(facet, set(picked), chosen)
        parts = any(0 < option.count < chosen.count for option in options)
        if options and (picked or parts or not chosen.count):
            yield _group(facet, options, bool(picked))


def _options(facet: Facet, picked: set[str], chosen: Chosen) -> list[Option]:
    counts = chosen.counts[facet.name]
    return [
        Option(value.slug, value.label, counts[value.slug], value.depth, value.slug in picked)
        for value in facet.values
        if value.slug in picked or (value.at and value.slug not in facet.beside)
    ]


def _group(facet: Facet, options: list[Option], picked: bool) -> Group:
    """The first options and all that are chosen, the others behind them.

    Options that lie in each other come by how many cases they have. Of very many those with most
    cases, by name.
    """
    left_out = 0
    if len(options) > _MOST:
        best = sorted(options, key=lambda it: (not it.chosen, -it.count))[:_MOST]
        there = {option.slug for option in best if option.count or option.chosen}
        left_out = sum(bool(it.count) and it.slug not in there for it in options)
        options = [option for option in options if option.slug in there]
    first = options
    if len(options) > _FIRST:
        if any(it.depth for it in options):
            options = sorted(options, key=lambda it: -it.count)
        seen = {it.slug for it in options[:_FIRST]}
        first = [replace(it, depth=0) for it in options if it.slug in seen or it.chosen]
    there = {it.slug for it in first}
    more = tuple(replace(it, depth=0) for it in options if it.slug not in there)
    opened = picked or facet.name in _OPEN
    return Group(facet.name, facet.heading, tuple(first), more, left_out, opened)
