"""Who is in the same cases as an actor, from the shelf."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wijk.search.shelf import Facet, Shelf
from wijk.web.pages import shelving
from wijk.web.site import Site

_FACET = "betrokkene"
_MOST = 200


@dataclass(frozen=True)
class Partners:
    """By IRI of an actor: the positions of its cases; by position: the actors of that case."""

    cases: Mapping[str, Sequence[int]]
    actors: Sequence[Sequence[str]]

    def of(self, actor: str) -> dict[str, int]:
        """With whom it is in how many cases, most first; two hundred at most."""
        others = Counter(it for at in self.cases.get(actor, ()) for it in self.actors[at])
        del others[actor]
        found = sorted(others.items(), key=lambda it: (-it[1], it[0]))
        return dict(found[:_MOST])


async def partners(site: Site) -> Partners:
    """The actors of all cases of a site; made once.

    Raises:
        EngineError: the engine cannot tell the cases.
    """
    shelf = await shelving.shelf(site)
    return await site.once("partners", lambda: _made(shelf, shelf.by[_FACET]))


def _made(shelf: Shelf, facet: Facet) -> Partners:
    actors: list[list[str]] = [[] for _ in shelf.cases]
    for value in facet.values:
        for at in value.at:
            actors[at].append(value.iri)
    return Partners({value.iri: value.at for value in facet.values}, actors)
