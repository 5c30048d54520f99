"""Which cases the address of a request selects, and what to do when those are none."""

from dataclasses import dataclass

from starlette.requests import Request

from wijk.search.scanning import Scanning, words
from wijk.search.shelf import Chosen, Shelf
from wijk.web.pages.lists.asked import Asked, read
from wijk.web.pages.shelving import shelf
from wijk.web.site import Site


@dataclass(frozen=True)
class Selected:
    """What an address selects: its state, and the cases of it."""

    asked: Asked
    chosen: Chosen
    scanning: Scanning

    @property
    def nearest(self) -> str:
        """The search as it may have been meant, when that gives something."""
        meant = self.scanning.nearest(self.asked.q) if self.asked.q else ""
        return meant if meant and self.scanning.hits(meant) else ""

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


async def ahead(site: Site) -> tuple[Shelf, Scanning]:
    """All cases, and what finds those with some words; made once.

    Raises:
        EngineError: the engine cannot tell the cases.
    """
    cases = await shelf(site)

    def made() -> Scanning:
        _ = cases.repeated, cases.orders, cases.choose({}).counts  # kept with the shelf
        return Scanning(cases)

    return cases, await site.once("scanning", made)


async def selected(request: Request) -> Selected:
    """The cases that the address of a request selects.

    Raises:
        EngineError: the engine cannot tell the cases.
    """
    cases, scanning = await ahead(request.app.state.site)
    asked = read(request.query_params, cases)
    hits = scanning.hits(asked.q) if words(asked.q) else None
    return Selected(asked, cases.choose(asked.chosen, hits), scanning)
