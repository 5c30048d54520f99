"""The page of an initiative: what people do there, and the cases that tell of it."""

from rdflib import SKOS
from rdflib.namespace import DCTERMS, SDO

from wijk.namespaces import WIJK
from wijk.search.shelf import OnShelf, Shelf
from wijk.web.pages import shelving
from wijk.web.pages.cases.around import around, day
from wijk.web.pages.shown import Shown
from wijk.web.pages.told import Fact, Told, fact, worded
from wijk.web.views import Link

MOST = 20
"""So many cases stand on the page; the list of cases has them all."""
_BRIEF = {
    "Soort": (WIJK.actorKind,),
    "Begonnen": (SDO.startDate,),
    "Begonnen door": (WIJK.founderName, WIJK.startedBy),
    "Gestopt": (SDO.endDate,),
    "Website": (SDO.url,),
    "Ook geschreven als": (SDO.alternateName,),
}
_ALWAYS = ("Soort", "Begonnen", "Begonnen door")
_DAYS = ("Begonnen", "Gestopt")
_SHOWN = (
    *(it for told in _BRIEF.values() for it in told),
    *(SKOS.note, SKOS.editorialNote, DCTERMS.description),
)


async def initiative(shown: Shown) -> bytes:
    """The page of an initiative.

    Raises:
        EngineError: the engine does not answer.
    """
    site, page = shown.site, shown.page
    tables = await around(site)
    said = Told(site, shown.sources, shown.document, page.iri)
    given = _read(said)
    shelf = await shelving.shelf(site)
    rows = await site.rows("incoming", {"thing": f"<{page.iri}>"})
    about = _cases(shelf, [it["subject"] for it in rows if it["property"] == str(SDO.about)])
    joined = _cases(shelf, [it["subject"].partition("#")[0] for it in rows if "role" in it])
    others = [it for it in joined if it not in about]
    return shown.filled(
        "casus/initiatief.html",
        what=page.kind,
        section="betrokkenen",
        crumbs=[Link("Betrokkenen", "/betrokkenen"), Link(page.title, page.path)],
        where=next((it.where for it in about if it.where), ""),
        about=about[:MOST],
        others=others[:MOST],
        count=len(about) + len(others),
        media=[Link(site.label(it), site.path(it) or "") for it in tables.media.get(page.iri, ())],
        **given,
    )


def _read(said: Told) -> dict[str, object]:
    """What the document says of it, in the order in which it is read."""
    return {
        "lead": list(said.values(DCTERMS.description)),
        "facts_of": _facts(said),
        "notes": list(said.values(SKOS.note)),
        "missing": list(said.values(SKOS.editorialNote)),
        "candidates": said.candidates(),
    }


def _facts(said: Told) -> list[Fact]:
    found = [said.fact("Naam", SDO.name)]
    for label, predicates in _BRIEF.items():
        values = [value for it in predicates for value in said.values(it)]
        if label in _DAYS:
            values = [worded(it, day(it.text)) for it in values]
        if values or label in _ALWAYS:
            found.append(fact(label, values))
    return [*found, *said.rest((*_SHOWN, SDO.name))]


def _cases(shelf: Shelf, iris: list[str]) -> list[OnShelf]:
    """The cases with these IRIs, in the order of the shelf."""
    return [shelf.cases[at] for at in sorted({shelf.at[it] for it in iris if it in shelf.at})]
