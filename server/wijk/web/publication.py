"""What a page says of the publication of its document: when, and whether it was edited since."""

from dataclasses import dataclass
from datetime import date

from wijk import days, stamps
from wijk.checking.published import is_edited
from wijk.snapshot import Document
from wijk.web.site import Site


@dataclass(frozen=True)
class Publication:
    """When a document was last published, and whether what is served is otherwise."""

    stamp: str
    edited: bool

    @property
    def published(self) -> date | None:
        """The day; None when there was none yet."""
        return date.fromisoformat(self.stamp[:10]) if self.stamp else None

    @property
    def day(self) -> str:
        """The day, in Dutch."""
        return days.dutch(self.published) if self.published else ""


def of(site: Site, document: Document) -> Publication:
    """That of a document; of a concept, that of its scheme."""
    whole = site.snapshot.concepts.get(document.iri, document)
    entry = site.log.latest.get(whole.iri) if stamps.is_logged(whole.path) else None
    return Publication(entry.stamp if entry else "", is_edited(whole, site.log))
