"""What a form that was sent makes of its draft."""

from dataclasses import dataclass, replace

from wijk.editing.desk.drafts import Draft
from wijk.editing.meaning import Meaning, called, reread
from wijk.editing.numbers import whole
from wijk.web.redactie import checked
from wijk.web.redactie.form import acting, meeting
from wijk.web.redactie.form.acting import Action
from wijk.web.redactie.form.inputs import Sent
from wijk.web.redactie.form.losing import lost, without, without_proof
from wijk.web.redactie.form.settling import Settling, moving
from wijk.web.redactie.form.taking import Taking
from wijk.web.redactie.resumed import as_now
from wijk.web.redactie.visit import Visit
from wijk.web.requests import BadRequest


@dataclass(frozen=True)
class Typed:
    """The version that a form was made of, and what that became by what was typed in it.

    In `draft` things refer to each other as they were called in `base`.
    """

    base: Draft
    draft: Draft

    @property
    def named(self) -> Draft:
        """The draft, in which new sources go by the addresses that were typed."""
        now = self.draft.records
        moved = {it.thing: its.thing for it, its in zip(self.base.records, now, strict=True)}
        usual = meeting.moving_proof(self.draft.usual, moved)
        return replace(self.draft, records=moving(now, moved), usual=usual)


def typed(visit: Visit, draft: Draft, gone: str = "") -> Typed:
    """What was typed, of a form of this draft; `gone` is the name of what a button takes out.

    Raises:
        BadRequest: the form names no version of a draft.
    """
    sent = Sent(visit.sent)
    taken = visit.site.snapshot
    base = as_now(visit.desk.version(draft.id, _version(sent, draft)) or draft, taken)
    meaning = Meaning(taken, base.records)
    there = [it.thing for it in base.records if not checked.is_new(base, it)]
    taking = Taking(sent, meaning, there, gone)
    ours = replace(base, records=taking.records(base.records), usual=taking.usual(base.usual))
    return Typed(base, ours)


def made(visit: Visit, draft: Draft, action: Action) -> tuple[Draft, acting.Done, meeting.Meeting]:
    """The draft as it is after this, merged with what others saved meanwhile.

    Raises:
        BadRequest: the form names no version of a draft.
    """
    found = typed(visit, draft, action.about if action.name == acting.GONE else "")
    taken = visit.site.snapshot
    sent = Sent(visit.sent)
    met = meeting.Meeting.of(found.base, found.draft, draft, sent, taken)
    meaning = Meaning(taken, met.records)
    known = [it.thing for it in met.records if not checked.is_new(draft, it)]
    about = replace(met.placed(action), text=sent.value(action.about).strip().replace("\n", " "))
    done = acting.done(about, met.records, meaning)
    gone = lost(met.records, done.records, draft.bases)
    usual, was = (without_proof(it, gone) for it in (met.usual, met.was))
    after = reread(replace(draft, records=without(done.records, gone), usual=usual), taken)
    settling = Settling(Meaning(taken, after.records), met.before, known, after.usual, was)
    records = settling.records(after.records)
    first = records[0]
    after = replace(
        after, records=records, usual=settling.usual, slug=first.slug, title=called(first)
    )
    return after, done, met


def _version(sent: Sent, draft: Draft) -> int:
    version = whole(sent.one("versie", str(draft.version)))
    if version is None:
        raise BadRequest("This form names no version of the draft.")
    return version
