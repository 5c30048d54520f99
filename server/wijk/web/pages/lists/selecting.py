"""Which cases the address of a request selects, and what to do when those are none."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from wijk.search.shelf import Chosen
from wijk.search.stems import folded
from wijk.web.pages import searching
from wijk.web.pages.lists.asked import Asked, read
from wijk.web.pages.shelving import shelf
from wijk.web.site import Site
from wijk.web.views import Link


@dataclass(frozen=True)
class Selected:
    """What an address selects: its state, and the cases of it.

    `words` are those that its search stands for; `nearest` is the search as it may have been meant,
    when that gives cases: with what is chosen beside it, or else without. `small` says that its
    word is in nearly everything, and so is not searched.
    """

    asked: Asked
    chosen: Chosen
    words: Sequence[str] = ()
    nearest: Link | None = None
    small: bool = False

    @property
    def widest(self) -> tuple[str, int, str] | None:
        """Which filter to drop for the most cases: its name, how many, and the path."""
        told = [(f.heading, f.name, v.slug, v.label) for f, v in self.asked.picked]
        offers = []
        for heading, name, slug, label in told:
            others = {it: its for it, its in self.asked.chosen.items() if it != name}
            count = self.asked.shelf.choose(others, self.chosen.begin).count
            if len(self.asked.chosen[name]) == 1 and count:
                path = self.asked.without(name, slug)
                offers.append((count, f"{heading}: {label}", path))
        best = max(offers, default=None)
        return (best[1], best[0], best[2]) if best else None


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
    chosen = cases.choose(asked.chosen, hits)
    return Selected(asked, chosen, found.words, nearest, found.small)
