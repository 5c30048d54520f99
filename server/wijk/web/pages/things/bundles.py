"""The pages of a bundle, the project it is part of, and what was published about them."""

from collections.abc import Mapping, Sequence

from rdflib.namespace import DC, DCTERMS, SDO

from wijk.namespaces import WIJK
from wijk.web.pages.shown import Shown
from wijk.web.pages.things import framing, teaching
from wijk.web.pages.things.blocks import Block, block
from wijk.web.pages.things.filed import Cases, Filed, filed
from wijk.web.pages.things.linking import Listed, bound, link, listed
from wijk.web.views import Value

_BUNDLE = (
    *(DCTERMS.issued, DC.creator, DCTERMS.isPartOf, WIJK.caseCount, WIJK.lessonCount),
    *(WIJK.connection, WIJK.audience),
)
_PROJECT = (SDO.startDate, SDO.endDate, DC.contributor)
_WORK = (SDO.genre, DC.creator, SDO.datePublished, SDO.numberOfItems, SDO.url, SDO.contributor)
Rows = Sequence[Mapping[str, str]]


async def bundle(shown: Shown) -> bytes:
    """The page of a bundle.

    Raises:
        EngineError: the engine does not answer.
    """
    filing = await filed(shown.site)
    year = next((value.text for value in framing.values(shown, DCTERMS.issued)), "")
    return framing.filled(
        shown,
        "bundel",
        framing.BUNDLES,
        framing.Plate("Bundel", year),
        _BUNDLE,
        (DCTERMS.tableOfContents,),
        found=filing.cases("bundel", (shown.page.iri,), most=50),
        lessons=await _lessons(shown, filing),
        contents=sorted(framing.values(shown, DCTERMS.tableOfContents), key=_chapter),
        lists=await _around(shown, filing),
    )


async def project(shown: Shown) -> bytes:
    """The page of a project.

    Raises:
        EngineError: the engine does not answer.
    """
    filing = await filed(shown.site)
    start = next((value.text for value in framing.values(shown, SDO.startDate)), "")
    end = next((value.text for value in framing.values(shown, SDO.endDate)), "")
    return framing.filled(
        shown,
        "bundel",
        framing.ABOUT,
        framing.Plate("Project", " tot ".join(filter(None, (start, end)))),
        _PROJECT,
        found=Cases(),
        lessons=await _lessons(shown, filing),
        contents=(),
        lists=await _around(shown, filing),
    )


async def work(shown: Shown) -> bytes:
    """The page of an article, film, podcast or report.

    Raises:
        EngineError: the engine does not answer.
    """
    site, filing = shown.site, await filed(shown.site)
    about = framing.objects(shown, SDO.about)
    at = sorted(filing.shelf.at[it] for it in about if it in filing.shelf.at)
    others = [it for it in about if it not in filing.shelf.at and site.path(it)]
    places = [it for it in framing.objects(shown, DCTERMS.spatial) if site.path(it)]
    lists = [listed(site, "Gaat over", others)] if others else []
    if places:
        lists.append(listed(site, "Speelt in", places))
    genre = next((value.text for value in framing.values(shown, SDO.genre)), "")
    return framing.filled(
        shown,
        "bundel",
        framing.ABOUT,
        framing.Plate(genre.capitalize() or "Uiting"),
        _WORK,
        found=filing.at(at, most=50),
        lessons=(),
        contents=(),
        lists=lists,
    )


def _chapter(value: Value) -> tuple[int, str]:
    """Where a chapter comes: what has no number is a foreword."""
    number = value.text.partition(" ")[0].rstrip(".")
    return int(number) if number.isascii() and number.isdigit() else 0, value.text


async def _lessons(shown: Shown, filing: Filed) -> list[Block]:
    """The lessons of it, and those that hold for it."""
    every = await teaching.lessons(shown.site)
    iri = shown.page.iri
    holding = every.holding.get(iri, ())
    own = [it for it in every.one.values() if it.part_of == iri and it not in holding]
    return [block(shown.site, filing, it) for it in (*holding, *own)]


async def _around(shown: Shown, filing: Filed) -> list[Listed]:
    site = shown.site
    rows: Rows = await site.rows("about", bound(shown.page.iri))
    days = {row["value"]: row.get("day", "") for row in rows}
    bundles = [row["value"] for row in rows if row["field"] == "bundle"]
    media = [row["value"] for row in rows if row["field"] == "media"]

    def small(iri: str) -> str:
        parts = (framing.day(days[iri]) if days[iri] else "", _cases(filing, iri))
        return ", ".join(filter(None, parts))

    found = []
    if bundles:
        order = sorted(set(bundles), key=lambda it: (days[it], it))
        links = tuple(link(site, it, small(it)) for it in order)
        found.append(Listed("Bundels", links, len(links)))
    if media:
        found.append(listed(site, "Hierover gemaakt", media, small))
    return found


def _cases(filing: Filed, iri: str) -> str:
    return framing.cases(filing.count("bundel", iri))
