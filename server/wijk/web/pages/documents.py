"""The page of a document: one for its kind where there is one, else all that it says."""

from collections.abc import Mapping

from rdflib import RDF, SKOS, URIRef
from rdflib.namespace import DCTERMS, RDFS

from wijk.namespaces import FIGURE, MEASURE
from wijk.snapshot import Document
from wijk.web import figures, numbers, publication, signposts
from wijk.web.pages import control, things
from wijk.web.pages.cases.around import around
from wijk.web.pages.cases.initiative import initiative
from wijk.web.pages.cases.page import case
from wijk.web.pages.ontology.page import ontology
from wijk.web.pages.shown import Maker, Shown
from wijk.web.pages.things import figuring, framing
from wijk.web.pages.things.linking import Listed
from wijk.web.site import Site
from wijk.web.suffixes import NAMES
from wijk.web.views import Link


async def body(site: Site, root: str, document: Document) -> bytes:
    """The page of a document, as HTML.

    Raises:
        EngineError: the engine does not answer.
    """
    views, brief = site.views, document.kind in _IN_ITS_OWN_WAY
    sources = views.sources(document, (await around(site)).sources)
    page = views.named(document) if brief else views.page(document, sources)
    shown = Shown(
        site,
        root,
        document,
        page,
        sources,
        publication.of(site, document),
        await signposts.told(site, document),
        [Link(name, page.path + suffix) for suffix, name in NAMES.items()],
        len((await control.unknown(site)).get(page.iri, ())),
    )
    return await BY_KIND.get(document.kind, _any)(shown)


async def _any(shown: Shown) -> bytes:
    """All that a document says, of a kind that has no page of its own."""
    site, found, page = shown.site, shown.document, shown.page
    incoming = await site.incoming(page.iri, page.path)
    table = figures.table(site, found.graph) if found.kind == FIGURE else None
    technical = _TECHNICAL if found.kind == MEASURE else ()
    areas = framing.objects(shown, DCTERMS.spatial) if table else ()
    return framing.filled(
        shown,
        "document",
        framing.FIGURES if found.kind in (FIGURE, MEASURE) else framing.DATA,
        framing.Plate(page.kind.capitalize()),
        [it for row in page.rows if (it := URIRef(row.predicate)) not in technical],
        table=table,
        technical=technical,
        figures=await figuring.beside_the_country(site, areas),
        written=numbers.as_written,
        lists=[Listed(heading, tuple(links), len(links)) for heading, links in incoming],
    )


BY_KIND: Mapping[str, Maker] = {
    **things.BY_KIND,
    "case": case,
    "initiative": initiative,
    "ontology": ontology,
}
"""The pages of their own, by kind of document."""
_TECHNICAL = (RDF.type, RDFS.range, SKOS.hiddenLabel)
"""What a page of a measure says to who makes something with the data, and to nobody else."""
_IN_ITS_OWN_WAY = ("case", "initiative")
"""The kinds whose pages read their documents themselves."""
