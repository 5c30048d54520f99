"""`/redactie/concept/<id>`: a draft is shown as a form, and kept whatever is in it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from wijk.editing.desk.desk import Stale
from wijk.editing.desk.drafts import OPEN, Draft
from wijk.editing.fields import Field, fields
from wijk.editing.kinds import EVIDENCE, PARTICIPATION
from wijk.editing.kinds import KINDS as ENTERED
from wijk.editing.numbers import whole
from wijk.web.redactie import checked, lists, sent
from wijk.web.redactie.form import acting, along, meeting
from wijk.web.redactie.form.acting import Action
from wijk.web.redactie.form.inputs import Sent
from wijk.web.redactie.form.meaning import Meaning, called
from wijk.web.redactie.form.settling import Settling, moving
from wijk.web.redactie.form.showing import Fault, Showing
from wijk.web.redactie.form.taking import Taking
from wijk.web.redactie.listing import KINDS, STATES, may_change, may_see, moment
from wijk.web.redactie.visit import HERE, Door, Visit
from wijk.web.requests import BadRequest
from wijk.web.views import Link

Faults = Mapping[str, Sequence[Fault]]
_ENTERED = (*ENTERED, PARTICIPATION, EVIDENCE)
_SEND, _DROP, _LESSON = "insturen", "weggooien", "les"
_LONGEST = 1000
_TRIES = 5
"""So often a form is merged with what others saved meanwhile; then it waits a moment."""


def draft_of(visit: Visit, for_whom: Callable[[Visit, Draft], bool] = may_see) -> Draft:
    """The draft at this address.

    Raises:
        HTTPException: there is none, or it is not for this person.
    """
    draft = visit.desk.draft(visit.named["id"])
    if draft is None or not for_whom(visit, draft):
        raise HTTPException(404)
    return draft


def href(draft: Draft) -> str:
    """The path of its form."""
    return f"{HERE}/concept/{draft.id}"


async def _shown(visit: Visit) -> Response:
    draft = await asyncio.to_thread(draft_of, visit)
    found = await checked.faults(visit.site, visit.desk, draft) if draft.version > 1 else {}
    wanted = {"-".join(it.kinds) for kind in _ENTERED for it in _fields(visit, kind) if it.kinds}
    offered = await lists.lists(visit.site, wanted | {"lesson"})
    return await asyncio.to_thread(_page, visit, draft, found, offered)


def _fields(visit: Visit, kind: str) -> Sequence[Field]:
    return fields(visit.site.snapshot, kind)


def _page(visit: Visit, draft: Draft, found: Faults, offered: lists.Lists) -> Response:
    asked = visit.request.query_params
    meaning = Meaning(visit.site.snapshot, draft.records)
    more = frozenset(asked.getlist("erbij"))
    remarks = [it for it in visit.desk.remarks(draft) if not it.done]
    showing = Showing(draft, meaning, found, remarks, more)
    sheets = showing.sheets()
    listed = [fault for faults in found.values() for fault in faults]
    return visit.shown(
        "concept.html",
        crumbs=[Link(draft.title or "Nog zonder titel", "")],
        draft=draft,
        sheets=sheets,
        usual=showing.usual(),
        remarks=[it for it in remarks if not it.path],
        wrong=[it for it in listed if it.level == "fout"],
        other=[it for it in listed if it.level != "fout"],
        kinds=KINDS,
        state=STATES[draft.state],
        saved=moment(draft.changed),
        just="opgeslagen" in asked,
        together=asked.get("samen", ""),
        lesson=asked.get("les", ""),
        found=found,
        lists=offered,
        targets={box.name: box.target for sheet in sheets for box in sheet.boxes},
    )


async def _saved(visit: Visit) -> Response:
    return await _save(visit, _TRIES)


async def _save(visit: Visit, tries: int) -> Response:
    # What was withdrawn a moment ago is kept as it was typed, also when it is shown no more.
    draft = await asyncio.to_thread(draft_of, visit, may_change)
    if draft.state not in OPEN:
        return visit.go(href(draft))
    action = Action.read(visit.given.get("actie", acting.SAVE))
    made, done, met = await asyncio.to_thread(_made, visit, draft, action)
    text = visit.given.get(along.INPUT, "").strip()
    with_lesson = along.joined(made, text, visit.site.snapshot) if action.name == _LESSON else None
    made = with_lesson or made
    if met.conflicts:
        return await asyncio.to_thread(meeting.page, visit, draft, met)
    found = await checked.faults(visit.site, visit.desk, made)
    wrong = any(it.level == "fout" for faults in found.values() for it in faults)
    sending = action.name == _SEND and not wrong
    state = "dropped" if action.name == _DROP else "review" if sending else _state(wrong)
    try:
        kept = await asyncio.to_thread(_kept, visit, draft, replace(made, state=state))
    except Stale:
        if tries > 1:
            return await _save(visit, tries - 1)  # merged with what was saved a moment ago
        return sent.back(visit, 409, 1.0)
    told = action.name if state in ("dropped", "review") else "opslaan"
    if kept is not draft:
        await asyncio.to_thread(visit.log, told, draft.id)
    if state in ("dropped", "review") or not may_see(visit, kept):
        return visit.go(HERE)
    other = draft.by if met.met else ""
    return visit.go(_after(kept, action, done.at, other, "" if with_lesson else text))


def _kept(visit: Visit, draft: Draft, made: Draft) -> Draft:
    """The draft as it is after saving; who changed nothing in it did not write it.

    Raises:
        Stale: someone else saved it meanwhile.
    """
    first = draft.version == 1 and draft.state == "draft"
    if first or _content(made) != _content(draft):
        return visit.desk.save(made, draft.version, visit.account.name)
    moved = made.state in ("dropped", "review") or draft.state in ("draft", "checked")
    if not moved or made.state == draft.state:
        return draft
    visit.desk.move(draft, made.state)
    return replace(draft, state=made.state)


def _content(draft: Draft) -> tuple[object, ...]:
    return draft.records, draft.usual, draft.bases


def _state(wrong: bool) -> str:
    return "draft" if wrong else "checked"


def _after(draft: Draft, action: Action, at: str, other: str, lesson: str) -> str:
    """Where to go after saving: the form, at the input that the button was about."""
    more = action.about if action.name == acting.MORE else ""
    given = {"erbij": more, "samen": other, "les": lesson[:_LONGEST]}
    asked = urlencode({"opgeslagen": "1", **{name: it for name, it in given.items() if it}})
    return f"{href(draft)}?{asked}{f'#{at}' if at else ''}"


def _made(visit: Visit, draft: Draft, action: Action) -> tuple[Draft, acting.Done, meeting.Meeting]:
    """The draft as it is after this, merged with what others saved meanwhile."""
    sent = Sent(visit.sent)
    version = _version(sent, draft)
    base = visit.desk.version(draft.id, version) or draft
    meaning = Meaning(visit.site.snapshot, base.records)
    gone = action.about if action.name == acting.GONE else ""
    there = [it.thing for it in base.records if not checked.is_new(base, it)]
    taking = Taking(sent, meaning, there, gone)
    usual = taking.usual(base.usual)
    ours = taking.records(base.records)
    moved = {was.thing: now.thing for was, now in zip(base.records, ours, strict=True)}
    ours = moving(ours, moved)
    usual = replace(usual, source=moved.get(usual.source, usual.source)) if usual else None
    was = base.usual and replace(base.usual, source=moved.get(base.usual.source, base.usual.source))
    met = meeting.Meeting.of(base, ours, draft, sent, meaning.taken)
    meaning = Meaning(visit.site.snapshot, met.records)
    known = [it.thing for it in met.records if not checked.is_new(draft, it)]
    done = acting.done(action, met.records, meaning)
    settling = Settling(Meaning(meaning.taken, done.records), base.records, known, usual, was)
    records = settling.records(done.records)
    first = records[0]
    made = replace(
        draft, records=records, usual=settling.usual, slug=first.slug, title=called(first)
    )
    return made, done, met


def _version(sent: Sent, draft: Draft) -> int:
    """The version that the form was made of.

    Raises:
        BadRequest: it names none.
    """
    version = whole(sent.one("versie", str(draft.version)))
    if version is None:
        raise BadRequest("This form names no version of the draft.")
    return version


DOORS = (Door("/concept/{id}", _shown, _saved),)
