"""Which cases the address of a request selects, and what to do when those are none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_

from markupsafe import Markup
from starlette.requests import Request

from wijk.search.shelf import Chosen
from wijk.search.stems import folded
from wijk.web.pages import searching
from wijk.web.pages.lists.asked import Asked, read
from wijk.web.pages.shelving import shelf
from wijk.web.site import Site
from wijk.web.views import Link

_WORD = ""
"""The search, beside the names of the facets."""


@dataclass(frozen=True)
class Offer:
    """Another selection, when one gives nothing: what to do, how many cases, and the path."""

    said: str
    count: int
    path: str


@dataclass(frozen=True)
class Wide:
    """A search of the whole site, and how much it finds."""

    words: str
    hits: int


@dataclass(frozen=True)
class Selected:
    """What an address selects: its state, and the cases of it.

    `words` are those that its search stands for; `nearest` is the search as it may have been meant,
    when that gives cases: with what is chosen beside it, or else without. `parts` are offers of a
    part of an unknown word, `wide` the first of these searches that finds anything of any kind.
    `small` says that its word is in nearly everything, and so is not searched.
    """

    asked: Asked
    chosen: Chosen
    words: Sequence[str] = ()
    nearest: Link | None = None
    small: bool = False
    parts: Sequence[Offer] = ()
    wide: Wide | None = None

    @property
    def offers(self) -> list[Offer]:
        """What gives cases: parts of its word; without one of the filters, the most first.

        When those give none, one of the filters alone.
        """
        filters = dict(self.chosen.picked)
        if folded(self.asked.q):
            filters[_WORD] = self.chosen.begin
        # Without the only filter these are all cases, to which the page leads anyway.
        without = [self._without(it, filters) for it in filters] if len(filters) > 1 else []
        alone = [self._alone(it, filters) for it in filters]
        found = [it for it in without if it.count] or [it for it in alone if it.count]
        return [*self.parts, *sorted(found, key=lambda it: -it.count)]

    def _without(self, name: str, filters: Mapping[str, int]) -> Offer:
        """The same without one of the filters."""
        left = {it: bits for it, bits in filters.items() if it != name}
        return self._offer(Markup("Laat “{}” weg").format(self._called(name)), left)

    def _alone(self, name: str, filters: Mapping[str, int]) -> Offer:
        """One of the filters, and nothing else."""
        left = {name: filters[name]}
        return self._offer(Markup("Kies alleen “{}”").format(self._called(name)), left)

    def _offer(self, said: str, left: Mapping[str, int]) -> Offer:
        """The cases with these filters."""
        asked = self.asked
        count = reduce(and_, left.values(), asked.shelf.all).bit_count()
        choice = tuple((it, slugs) for it, slugs in asked.choice if it in left)
        return Offer(said, count, asked.address(q=asked.q if _WORD in left else "", choice=choice))

    def _called(self, name: str) -> str:
        """What a filter is called: the search as it was typed, or its heading and values."""
        asked = self.asked
        if name == _WORD:
            return Markup("<bdi>{}</bdi>").format(asked.q)
        labels = [value.label for facet, value in asked.picked if facet.name == name]
        return f"{asked.shelf.by[name].heading}: {' of '.join(labels)}"


async def selected(request: Request) -> Selected:
    """The cases that the address of a request selects.

    Raises:
        EngineError: the engine cannot tell the cases.
    """
    site: Site = request.app.state.site
    cases = await shelf(site)
    asked = read(request.query_params, cases)
    if not folded(asked.q):
        return Selected(asked, cases.choose(asked.chosen))
    hits, found = await searching.cases(site, asked.q)
    meant = (await searching.cases(site, found.nearest))[0] if found.nearest else 0
    choice = asked.choice if cases.choose(asked.chosen, meant).count else ()
    path = asked.address(q=found.nearest, choice=choice)
    nearest = Link(found.nearest, path) if meant else None
    told = Selected(asked, cases.choose(asked.chosen, hits), found.words, nearest, found.small)
    if told.chosen.count:
        return told
    others = [(it, *await searching.cases(site, it)) for it in found.parts]
    parts = [_part(asked, words, its) for words, its, _ in others]
    everywhere = (Wide(words, len(it.numbers)) for words, _, it in ((asked.q, 0, found), *others))
    wide = next((it for it in everywhere if it.hits), None)
    return replace(told, parts=[it for it in parts if it.count], wide=wide)


def _part(asked: Asked, words: str, hits: int) -> Offer:
    """The same with a search of a part of its unknown word."""
    count = asked.shelf.choose(asked.chosen, hits).count
    return Offer(Markup("Zoek op “<bdi>{}</bdi>”").format(words), count, asked.address(q=words))
