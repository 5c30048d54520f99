"""Lists of links on a page: by name, cut where there are too many, with how many there are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from wijk.matching import texts
from wijk.web import numbers
from wijk.web.site import Site
from wijk.web.views import Link

MOST = 50
"""So many links a list shows."""
_SEEN = 8


@dataclass(frozen=True)
class Listed:
    """Links under a heading: the first ones, how many there are, the path of all."""

    heading: str
    links: tuple[Link, ...]
    count: int
    more: str = ""

    @property
    def left(self) -> str:
        """How many there are besides these; nothing when these are all."""
        left = self.count - len(self.links)
        return numbers.whole(left) if left else ""

    @property
    def called(self) -> str:
        """How many there are, as people write it; nothing when that is seen at once."""
        return numbers.whole(self.count) if self.count > _SEEN else ""

    @property
    def anchor(self) -> str:
        """What the heading is called in addresses."""
        return texts.plain(self.heading).replace(" ", "-")


def bound(iri: str) -> Mapping[str, str]:
    """The thing that a query is about, as its parameter."""
    return {"thing": f"<{iri}>"}


def link(site: Site, iri: str, small: str = "") -> Link:
    """A link to the page of something of ours; without one it leads nowhere."""
    return Link(site.label(iri), site.path(iri) or "", small)


def listed(
    site: Site,
    heading: str,
    iris: Iterable[str],
    small: Callable[[str], str] = lambda iri: "",
    most: int = MOST,
) -> Listed:
    """These things by name; `small` says what stands behind each."""
    named = {iri: site.label(iri) for iri in iris}
    order = sorted(named, key=lambda iri: (texts.sorted_as(named[iri]), iri))
    links = tuple(link(site, iri, small(iri)) for iri in order[:most])
    return Listed(heading, links, len(order))


def joined(words: Iterable[str]) -> str:
    """Words as a sentence has them: `a, b en c`."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} en {last}" if first else last
