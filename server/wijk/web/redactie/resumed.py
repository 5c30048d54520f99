"""A draft that was saved again while it was published goes on as a correction of that."""

from contextlib import suppress
from dataclasses import replace

from wijk.editing.desk.desk import Stale
from wijk.editing.desk.drafts import Draft
from wijk.editing.records import path_of
from wijk.web.redactie import checked
from wijk.web.redactie.visit import Visit


def resumed(visit: Visit, draft: Draft) -> Draft:
    """The draft, begun from what it brought itself: that is new in it no more."""
    site, bases = visit.site, dict(draft.bases)
    for it in draft.records:
        document = f"{site.snapshot.base}doc/{it.kind}/{it.slug}"
        if document in draft.brought and checked.is_new(draft, it):
            made = [each for each in site.log.history(document) if each.type == "Create"]
            if made and made[-1].content and document not in site.gone:
                bases[str(path_of(it))] = made[-1].content
    if draft.open and bases != draft.bases:
        with suppress(Stale):  # somebody saves it now: the next who opens it does this
            return visit.desk.save(replace(draft, bases=bases), draft.version, draft.by)
    return draft
