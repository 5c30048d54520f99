"""What every page of a document shows, whatever its kind."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from wijk.snapshot import Document
from wijk.web.publication import Publication
from wijk.web.site import Site
from wijk.web.sources import Sources
from wijk.web.views import Link, Page


@dataclass(frozen=True)
class Shown:
    """What every page of a document shows.

    `page` has its statements in words; a maker may ask more of their `sources`; `told` is
    schema.org in JSON-LD; `formats` are its files, `open` is how much of it is not known yet.
    """

    site: Site
    root: str
    document: Document
    page: Page
    sources: Sources
    publication: Publication
    told: str
    formats: list[Link]
    open: int

    def filled(self, template: str, **values: object) -> bytes:
        """The page that a template makes of this and of these values."""
        page = replace(self.page, sources=tuple(self.sources.listed()))
        given = {"page": page, "publication": self.publication, "told": self.told}
        given |= {"formats": self.formats, "here": self.page.path}
        given |= {"remarks": self._remarks, "open": self.open}
        given |= {"permanent": page.iri, "published": self.publication.published}
        return self.site.show(template, self.root, **given, **values)

    @property
    def _remarks(self) -> int | None:
        """How many points of attention a check found in the document; None when that is not known.

        A document with errors is not served.
        """
        said, path = self.site.snapshot.remarks, str(self.document.path)
        return None if said is None else said.counts[path]


Maker = Callable[[Shown], Awaitable[bytes]]
"""Makes the page of one kind of document, as HTML."""
