"""The page of a source: what it is, what of it was read, and what rests on it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rdflib.namespace import DC, DCTERMS, SDO

from wijk.namespaces import WIJK
from wijk.web import numbers
from wijk.web.pages.shown import Shown
from wijk.web.pages.things import framing
from wijk.web.pages.things.filed import Cases, Filed, filed
from wijk.web.pages.things.linking import Listed, bound, listed
from wijk.web.sources import shortly, web

_FACTS = (
    *(DC.publisher, SDO.datePublished, SDO.temporalCoverage, WIJK.whatWasRead),
    *(DCTERMS.rights, DCTERMS.isVersionOf, DCTERMS.isReplacedBy),
)
_KINDS = {
    "initiative": "Initiatieven",
    "actor": "Betrokkenen",
    "place": "Plaatsen",
    "area": "Gebieden",
    "lesson": "Lessen",
    "bundle": "Bundels",
    "project": "Projecten",
    "media": "Wat ervan gemaakt is",
    "event": "Gebeurtenissen",
    "figure": "Reeksen cijfers",
}
_REST = "Verder"


async def source(shown: Shown) -> bytes:
    """The page of a source.

    Raises:
        EngineError: the engine does not answer.
    """
    site, iri = shown.site, shown.page.iri
    if untitled := web(shown.page.title) is not None:
        shown = replace(shown, page=replace(shown.page, title=shortly(shown.page.title)))
    filing = await filed(site)
    facts: dict[str, int] = {}
    for row in await site.rows("source", bound(iri)):
        whole = row["about"].partition("#")[0]
        if site.path(whole) is not None:
            facts[whole] = facts.get(whole, 0) + int(row["facts"])
    publisher = next((value.text for value in framing.values(shown, DC.publisher)), "")
    return framing.filled(
        shown,
        "bron",
        framing.SOURCES,
        framing.Plate("Bron", publisher),
        _FACTS,
        (DCTERMS.title,),
        what=shown.page.kind,
        address=web(iri),
        soort="ding ding--adres" if untitled else "ding",
        found=_cases(filing, facts),
        lists=_lists(shown, filing, facts),
        counted=_counted(facts),
    )


def _counted(facts: Mapping[str, int]) -> str:
    if not facts:
        return ""
    told = numbers.counted(sum(facts.values()), "uitspraak", "uitspraken")
    return f"{told} over {numbers.counted(len(facts), 'ding', 'dingen')}".capitalize()


def _cases(filing: Filed, facts: Mapping[str, int]) -> Cases:
    return filing.at(sorted(filing.shelf.at[it] for it in facts if it in filing.shelf.at))


def _lists(shown: Shown, filing: Filed, facts: Mapping[str, int]) -> list[Listed]:
    by: dict[str, list[str]] = {}
    for iri in facts:
        if iri not in filing.shelf.at:
            kind = iri.removeprefix(f"{shown.site.snapshot.base}id/").partition("/")[0]
            by.setdefault(_KINDS.get(kind, _REST), []).append(iri)

    def small(iri: str) -> str:
        return numbers.counted(facts[iri], "uitspraak", "uitspraken")

    order: Sequence[str] = (*_KINDS.values(), _REST)
    return [listed(shown.site, it, by[it], small) for it in order if it in by]
