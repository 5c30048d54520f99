"""Which list the things of a kind are in, by the kind in their addresses."""

from collections.abc import Mapping

from wijk.web.views import Link

_CASES = Link("Casussen", "/casussen")
_PLACES = Link("Plaatsen", "/plaatsen")
_LESSONS = Link("Lessen", "/lessen")
_DATA = Link("Data", "/gegevens")

LISTS: Mapping[str, tuple[str, tuple[Link, ...]]] = {
    "case": ("casus", (_CASES,)),
    "initiative": ("initiatief", (_CASES,)),
    "place": ("plek", (_PLACES,)),
    "area": ("gebied", (_PLACES,)),
    "event": ("herindeling", (_PLACES,)),
    "actor": ("betrokkene", (Link("Betrokkenen", "/betrokkenen"),)),
    "lesson": ("les", (_LESSONS,)),
    "theme": ("thema", (Link("Thema’s", "/themas"),)),
    "bundle": ("bundel", (Link("Over", "/over"), Link("Bundels", "/bundels"))),
    "source": ("bron", (_DATA, Link("Bronnen", "/bronnen"))),
    "figure": ("reeks cijfers", (_DATA, Link("Cijfers", "/cijfers"))),
    "measure": ("cijfer", (_DATA, Link("Cijfers", "/cijfers"))),
}
"""By kind, what one is called, and the way from the start to the list of them."""


def kind_of(path: str) -> str:
    """The kind in `/doc/case/x`, `/id/case/x` or an IRI that ends so; empty when there is none."""
    parts = path.rstrip("/").split("/")
    return parts[-2] if len(parts) > 2 and parts[-3] in ("doc", "id") else ""
