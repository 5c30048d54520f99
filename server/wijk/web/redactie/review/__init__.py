"""From a draft to what is published: reviewed by someone else, shown before, and undone."""

from wijk.web.redactie.review import leaving, logbook, page, past, preview, publishing
from wijk.web.redactie.visit import Door

DOORS: tuple[Door, ...] = (
    *page.DOORS,
    *publishing.DOORS,
    *preview.DOORS,
    *leaving.DOORS,
    *past.DOORS,
    *logbook.DOORS,
)
