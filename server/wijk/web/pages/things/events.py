"""The page of an event: areas that ended, began or became larger on a day."""

from rdflib import URIRef
from rdflib.namespace import DCTERMS, PROV, SDO

from wijk.web.pages.shown import Shown
from wijk.web.pages.things import framing
from wijk.web.pages.things.filed import filed
from wijk.web.pages.things.linking import Listed, joined, listed

_FACTS = (DCTERMS.date, SDO.additionalType, DCTERMS.references, SDO.sameAs)
_PARTS: tuple[tuple[URIRef, str, str, str], ...] = (
    (PROV.invalidated, "Hield op te bestaan", "hield {} op te bestaan", "hielden {} op te bestaan"),
    (PROV.generated, "Ontstond", "ontstond {}", "ontstonden {}"),
    (PROV.used, "Werd groter", "werd {} groter", "werden {} groter"),
)


async def event(shown: Shown) -> bytes:
    """The page of an event.

    Raises:
        EngineError: the engine does not answer.
    """
    site, filing = shown.site, await filed(shown.site)
    lists: list[Listed] = []
    clauses: list[str] = []

    def small(iri: str) -> str:
        return framing.cases(filing.count("gemeente", iri))

    for predicate, heading, one, several in _PARTS:
        if found := framing.objects(shown, predicate):
            lists.append(listed(site, heading, found, small))
            names = joined(link.text for link in lists[-1].links)
            clauses.append((one if len(found) == 1 else several).format(names))
    day = next((value.text for value in framing.values(shown, DCTERMS.date)), "")
    return framing.filled(
        shown,
        "gebeurtenis",
        framing.PLACES,
        framing.Plate("Herindeling", day),
        _FACTS,
        lists=lists,
        lead=f"Op {day} {joined(clauses)}." if day and clauses else "",
    )
