"""A draft as it goes on from now: with what became of it since it was saved."""

from dataclasses import replace

from wijk.editing.desk.desk import Stale
from wijk.editing.desk.drafts import Draft
from wijk.editing.meaning import Meaning, called, reread
from wijk.editing.records import path_of
from wijk.loaded import Snapshot
from wijk.web.redactie import checked
from wijk.web.redactie.form.settling import Settling, unnamed
from wijk.web.redactie.visit import Visit


def as_now(draft: Draft, taken: Snapshot) -> Draft:
    """A draft with what was typed as what it means by now, and with what follows from that.

    While all means what it meant it stays as it was saved; a new part that has no name gets one.
    """
    now = reread(draft, taken)
    if now == draft and not any(
        part.name == unnamed(part.id) for it in now.records for part in it.parts
    ):
        return draft
    known = [it.thing for it in now.records if not checked.is_new(now, it)]
    meaning = Meaning(taken, now.records)
    settling = Settling(meaning, now.records, known, now.usual, now.usual)
    records = settling.records(now.records)
    first = records[0]
    return replace(now, records=records, usual=settling.usual, slug=first.slug, title=called(first))


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
    now = as_now(replace(draft, bases=bases), site.snapshot)
    if now == draft:
        return draft
    try:
        return visit.desk.save(now, draft.version, draft.by)
    except Stale as error:
        return resumed(visit, error.theirs)
