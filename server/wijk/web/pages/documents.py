"""The page of a document: one for its kind where there is one, else all that it says."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from wijk.namespaces import FIGURE
from wijk.snapshot import Document
from wijk.web import figures, publication, signposts
from wijk.web.publication import Publication
from wijk.web.site import NAMES, Site
from wijk.web.views import Link, Page


@dataclass(frozen=True)
class Shown:
    """What every page of a document shows.

    `page` has its statements in words with their sources; `told` is schema.org in JSON-LD;
    `formats` are its files.
    """

    site: Site
    root: str
    document: Document
    page: Page
    publication: Publication
    told: str
    formats: list[Link]

    def filled(self, template: str, **values: object) -> bytes:
        """The page that a template makes of this and of these values."""
        given = {"page": self.page, "publication": self.publication, "told": self.told}
        given |= {"formats": self.formats, "here": self.page.path}
        return self.site.show(template, self.root, **given, **values)


Maker = Callable[[Shown], Awaitable[bytes]]


async def body(site: Site, root: str, document: Document) -> bytes:
    """The page of a document, as HTML.

    Raises:
        EngineError: the engine does not answer.
    """
    page = site.views.page(document)
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
    site, found, page = shown.site, shown.document, shown.page
    compared = await figures.compared(site, page.iri) if found.kind in figures.KINDS else []
    return shown.filled(
        "document.html",
        incoming=await site.incoming(page.iri, page.path),
        table=figures.table(site, found.graph) if found.kind == FIGURE else None,
        compared=compared,
        crumbs=[Link(page.title, page.path)],
    )


BY_KIND: Mapping[str, Maker] = {}
"""The pages of their own, by kind of document."""
