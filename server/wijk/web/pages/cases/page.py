"""The page of a case: what happens where, what was learned, who takes part, what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import RDF, SKOS, URIRef
from rdflib.namespace import DCTERMS, SDO

from wijk.namespaces import WIJK
from wijk.search import alike
from wijk.web.pages import maps, shelving
from wijk.web.pages.cases import citing, figuring, joining, teaching
from wijk.web.pages.cases.around import Around, around, day
from wijk.web.pages.cases.where import Where, where
from wijk.web.pages.shown import Shown
from wijk.web.pages.told import Fact, Told, fact, told, worded
from wijk.web.site import Site
from wijk.web.sources import Sources, web
from wijk.web.views import Link, Value

LONGEST = 320
"""A summary longer than this stands below the title in part, and whole in the text."""
_FORMS = tuple(citing.FORMS.items())
_SHOWN = (
    *(DCTERMS.abstract, DCTERMS.title, DCTERMS.spatial, DCTERMS.subject, DCTERMS.isPartOf),
    *(WIJK.number, WIJK.online, WIJK.state, WIJK.connection, SDO.about),
    *(SKOS.note, SKOS.editorialNote, DCTERMS.identifier),
)


@dataclass(frozen=True)
class Medium:
    """A film, podcast or article about a case."""

    link: Link
    genre: str
    outside: str | None


async def case(shown: Shown) -> bytes:
    """The page of a case.

    Raises:
        EngineError: the engine does not answer.
    """
    site, page = shown.site, shown.page
    tables = await around(site)
    sources = shown.sources
    said = Told(site, sources, shown.document, page.iri)
    lead = list(said.values(DCTERMS.abstract))
    places = where(site, sources, said)
    initiatives = [it for iri in said.nodes(SDO.about) if (it := told(site, sources, str(iri)))]
    read = _read(site, sources, tables, said, places, initiatives)
    rows = await figuring.rows_of(site, places.municipality) if places.municipality else []
    year = _year(said, site)
    figures = figuring.figures(site, sources, tables, places.municipality, year, rows)
    return shown.filled(
        "casus/casus.html",
        what=page.kind,
        section="casussen",
        crumbs=[Link("Casussen", "/casussen"), Link(page.title, page.path)],
        lead=_lead(lead),
        whole=[it for it in lead if len(it.text) > LONGEST],
        figures=figures,
        similar=alike.alike(await shelving.shelf(site), page.iri),
        plate=places.plate,
        dot=maps.dot(places.point, places.plate[0]) if places.point else None,
        **read,
        **_beside(shown),
    )


def _read(
    site: Site,
    sources: Sources,
    tables: Around,
    said: Told,
    places: Where,
    initiatives: Sequence[Told],
) -> dict[str, object]:
    """What the documents say of the case, in the order in which it is read."""
    facts = _facts(site, sources, said, places, initiatives)
    lessons = teaching.lessons(site, sources, tables, said)
    bells, joined = joining.bells(site, tables, said)
    about = [str(it.thing) for it in (said, *initiatives)]
    return {
        "number": said.text(WIJK.number),
        "named": bool(initiatives),
        "facts_of": facts,
        "notes": list(said.values(SKOS.note)),
        "noted": places.noted,
        "missing": list(said.values(SKOS.editorialNote)),
        "gaps": _gaps(said, bool(lessons.near), joined),
        "lessons": lessons,
        "bells": bells,
        "joined": joined,
        "media": _media(site, tables, about),
        "candidates": [row for it in (said, *initiatives) for row in it.candidates()],
        "identifier": said.fact("Kenmerk", DCTERMS.identifier),
        "kinds": [worded(it, it.text.lower()) for it in said.values(RDF.type) if it.mark],
    }


def _beside(shown: Shown) -> dict[str, object]:
    """How to name, cite and frame the case, and its history."""
    site, slug = shown.site, shown.document.slug
    return {
        "slug": slug,
        "cited": citing.citation(site, shown.document),
        "forms": [Link(name, f"/citeer/case/{slug}{it}") for it, (name, *_) in _FORMS],
        "framed": site.url(f"/embed/case/{slug}") if shown.publication.stamp else "",
        "history": site.log.history(shown.document.iri),
        "day": day,
    }


def _facts(
    site: Site, sources: Sources, said: Told, places: Where, initiatives: Sequence[Told]
) -> list[Fact]:
    """The facts in short, those of the initiative among them."""
    found = [said.fact("Nummer", WIJK.number)]
    title = said.fact("Titel", DCTERMS.title)
    if len(title.values) > 1 or any(it.mark.words for it in title.values):
        found.append(title)  # one that is simply stated is the heading
    if initiatives:
        found.append(said.fact("Initiatief", SDO.about))
    found += places.facts(site, sources)
    if places.online:
        found.append(fact("Plek", (worded(it, "Online") for it in said.values(WIJK.online))))
    found.append(said.fact("Thema’s", DCTERMS.subject))
    for label, predicate in (("Verbinding", WIJK.connection), ("Wat we weten", WIJK.state)):
        if said.nodes(predicate):
            found.append(said.fact(label, predicate))
    begun = [one for it in initiatives for one in it.values(SDO.startDate)]
    found.append(fact("Begonnen", (worded(it, day(it.text)) for it in begun)))
    for label, predicate in (("Begonnen door", WIJK.startedBy), ("Website", SDO.url)):
        values = [one for it in initiatives for one in it.values(predicate)]
        found += [fact(label, values)] if values else []
    found.append(fact("Bundel", _bundles(site, sources, said)))
    return [*found, *said.rest(_SHOWN)]


def _bundles(site: Site, sources: Sources, said: Told) -> list[Value]:
    """The bundle, with its year."""
    found = []
    for value, node in zip(
        said.values(DCTERMS.isPartOf), said.nodes(DCTERMS.isPartOf), strict=True
    ):
        bundle = told(site, sources, str(node))
        found += [value, *(bundle.values(DCTERMS.issued) if bundle else ())]
    return found


def _year(said: Told, site: Site) -> int | None:
    """The year of the bundle."""
    for bundle in said.nodes(DCTERMS.isPartOf):
        document = site.snapshot.find(site.addresses.home(str(bundle)) or "")
        issued = document.graph.value(URIRef(str(bundle)), DCTERMS.issued) if document else None
        if issued is not None and str(issued)[:4].isdigit():
            return int(str(issued)[:4])
    return None


def _lead(summary: Sequence[Value]) -> list[Value]:
    """The summary below the title; of a very long one its beginning."""
    return [
        it if len(it.text) <= LONGEST else worded(it, f"{it.text[:240].rpartition(' ')[0]} …")
        for it in summary[:1]
    ]


def _gaps(said: Told, taught: bool, joined: int) -> list[str]:
    """What a reader may expect of a case and nobody wrote down yet."""
    found = ["de aanleiding"]
    if not said.nodes(DCTERMS.abstract):
        found.append("de aanpak")
    found += ["wat het opleverde", "wat er tegenviel"]
    if not said.nodes(DCTERMS.subject):
        found.append("de thema’s")
    if not taught:
        found.append("de lessen")
    return found if joined else [*found, "wie er meedoen"]


def _media(site: Site, tables: Around, about: Sequence[str]) -> list[Medium]:
    found = dict.fromkeys(one for it in about for one in tables.media.get(it, ()))
    return [_medium(site, iri) for iri in [*found][: joining.MOST]]


def _medium(site: Site, iri: str) -> Medium:
    home = site.snapshot.find(site.addresses.home(iri) or "")
    genre = home.graph.value(URIRef(iri), SDO.genre) if home else None
    url = home.graph.value(URIRef(iri), SDO.url) if home else None
    outside = web(str(url)) if url else None
    return Medium(Link(site.label(iri), site.path(iri) or ""), str(genre or ""), outside)
