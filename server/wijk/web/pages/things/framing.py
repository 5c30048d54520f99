"""What the pages of things have in common: which facts stand in short, and which below."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rdflib import RDF, URIRef
from rdflib.namespace import SDO, SKOS

from wijk import days
from wijk.namespaces import WIJK
from wijk.web import numbers
from wijk.web.pages.shown import Shown
from wijk.web.sources import Mark
from wijk.web.views import Link, Page, Row, Value


@dataclass(frozen=True)
class Plate:
    """The plate above the name: what it says large, and small."""

    large: str
    small: str = ""


@dataclass(frozen=True)
class Section:
    """Where a page is: its entry in the menu, and the way from the start to the list it is in."""

    name: str
    way: tuple[Link, ...]


PLACES = Section("plaatsen", (Link("Plaatsen", "/plaatsen"),))
ACTORS = Section("betrokkenen", (Link("Betrokkenen", "/betrokkenen"),))
LESSONS = Section("lessen", (Link("Lessen", "/lessen"),))
THEMES = Section("themas", (Link("Thema’s", "/themas"),))
DATA = Section("gegevens", (Link("Data", "/gegevens"),))
SOURCES = Section("gegevens", (*DATA.way, Link("Bronnen", "/bronnen")))
FIGURES = Section("gegevens", (*DATA.way, Link("Cijfers", "/cijfers")))
ABOUT = Section("over", (Link("Over", "/over"),))
TECHNICAL = (RDF.type, SDO.sameAs)
"""What the page of a thing says to who makes something with the data, and to nobody else."""
BUNDLES = Section("over", (*ABOUT.way, Link("Bundels", "/bundels")))


def filled(
    shown: Shown,
    template: str,
    section: Section,
    plate: Plate,
    facts: Sequence[URIRef],
    without: Collection[URIRef] = (),
    technical: Collection[URIRef] = TECHNICAL,
    **given: object,
) -> bytes:
    """The page of a thing.

    `facts` are the properties that stand in short, in this order; all others stand below, but for
    those (`without`) that the page shows in its own way. What is `technical` stands apart there,
    confirmed or not.
    """
    page = shown.page
    rows = {row.predicate: row for row in page.rows}
    brief = [rows[str(it)] for it in facts if str(it) in rows and it not in without]
    told = {str(it) for it in (*facts, *without, SKOS.editorialNote)}
    crumbs = [*section.way, Link(page.title, page.path)]
    given = {"soort": "ding", "plate": plate, "brief": brief, **given}
    return shown.filled(
        f"dingen/{template}.html",
        section=section.name,
        crumbs=crumbs,
        editorial=values(shown, SKOS.editorialNote),
        **_below([row for row in page.rows if row.predicate not in told], page, technical),
        **given,
    )


def _below(
    rest: Sequence[Row], page: Page, technical: Collection[URIRef]
) -> Mapping[str, Sequence[Row]]:
    """What is known besides, what is not confirmed, and what of both is for makers."""
    found, apart = page.candidates, {str(it) for it in technical}
    return {
        "rest": [row for row in rest if row.predicate not in apart],
        "candidates": [row for row in found if row.predicate not in apart],
        "makers": [row for row in (*rest, *found) if row.predicate in apart],
    }


def values(shown: Shown, predicate: URIRef) -> tuple[Value, ...]:
    """The values of one property, with what stands behind them."""
    rows = (row for row in shown.page.rows if row.predicate == str(predicate))
    return next((row.values for row in rows), ())


def objects(shown: Shown, predicate: URIRef) -> list[str]:
    """The IRIs that one property has as its values."""
    found = shown.document.graph.objects(URIRef(shown.page.iri), predicate)
    return sorted(str(it) for it in found if isinstance(it, URIRef))


def kind(shown: Shown) -> str:
    """What kind of place or area it is."""
    kinds = (shown.site.label(it) for it in objects(shown, WIJK.placeKind))
    return next(kinds, shown.page.kind)


def fact(label: str, links: Sequence[Link]) -> Row:
    """A fact of things that have pages of their own, which tell where it comes from."""
    none = Mark()
    return Row(label, tuple(Value(it.text, it.href or None, False, None, none) for it in links))


def cases(count: int) -> str:
    """How many cases, in words for behind a name; nothing when there are none."""
    return "" if count == 0 else "1 casus" if count == 1 else f"{numbers.whole(count)} casussen"


def day(written: str) -> str:
    """A day, month or year of the graph as Dutch people write it."""
    return days.told(written) or written
