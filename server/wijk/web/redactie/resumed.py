"""A draft as it goes on from now: with what became of it since it was saved."""

from dataclasses import replace

from wijk.editing.desk.desk import Stale
from wijk.editing.desk.drafts import Draft
from wijk.editing.meaning import reread
from wijk.editing.records import path_of
from wijk.web.redactie import checked
from wijk.web.redactie.visit import Visit


def resumed(visit: Visit, draft: Draft) -> Draft:
    """An open draft with what it says by now, and kept so: that is what is reviewed.

    It began from what it brought itself: that is new in it no more. What was typed and means
    something by now is that.
    """
    if not draft.open:
        return draft
    site, bases = visit.site, dict(draft.bases)
    for it in draft.records:
        document = f"{site.snapshot.base}doc/{it.kind}/{it.slug}"
        if document in draft.brought and checked.is_new(draft, it):
            made = [each for each in site.log.history(document) if each.type == "Create"]
            if made and made[-1].content and document not in site.gone:
                bases[str(path_of(it))] = made[-1].content
    now = reread(replace(draft, bases=bases), site.snapshot)
    if now == draft:
        return draft
    try:
        return visit.desk.save(now, draft.version, draft.by)
    except Stale as error:
        return resumed(visit, error.theirs)
