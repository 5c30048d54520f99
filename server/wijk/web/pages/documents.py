"""The page of a document: one for its kind where there is one, else all that it says."""

from collections.abc import Mapping

from rdflib import URIRef

from wijk.namespaces import FIGURE, MEASURE
from wijk.snapshot import Document
from wijk.web import figures, publication, signposts
from wijk.web.pages import numbers, things
from wijk.web.pages.cases.around import around
from wijk.web.pages.cases.initiative import initiative
from wijk.web.pages.cases.page import case
from wijk.web.pages.ontology.page import ontology
from wijk.web.pages.shown import Maker, Shown
from wijk.web.pages.things import framing
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
    known = (await around(site)).sources
    page = views.named(document) if brief else views.page(document, known)
    shown = Shown(
        site,
        root,
        document,
        page,
        publication.of(site, document),
        await signposts.told(site, document),
        [Link(name, page.path + suffix) for suffix, name in NAMES.items()],
    )
    return await BY_KIND.get(document.kind, _any)(shown)


async def _any(shown: Shown) -> bytes:
    """All that a document says, of a kind that has no page of its own."""
    site, found, page = shown.site, shown.document, shown.page
    incoming = await site.incoming(page.iri, page.path)
    return framing.filled(
        shown,
        "document",
        framing.FIGURES if found.kind in (FIGURE, MEASURE) else framing.DATA,
        framing.Plate(page.kind.capitalize()),
        [URIRef(row.predicate) for row in page.rows],
        table=figures.table(site, found.graph) if found.kind == FIGURE else None,
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
_IN_ITS_OWN_WAY = ("case", "initiative")
"""The kinds whose pages read their documents themselves."""
