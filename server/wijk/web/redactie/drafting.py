"""`/redactie/concept/<id>`: a draft is shown as a form, and kept whatever is in it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from wijk.editing.desk.desk import Stale
from wijk.editing.desk.drafts import Draft
from wijk.editing.fields import Field, fields
from wijk.editing.kinds import EVIDENCE, PARTICIPATION
from wijk.editing.kinds import KINDS as ENTERED
from wijk.editing.meaning import Meaning
from wijk.editing.numbers import whole
from wijk.tabular.layout import this
from wijk.web.redactie import checked, closed, lists, making, sent
from wijk.web.redactie.form import acting, along, meeting
from wijk.web.redactie.form.acting import Action
from wijk.web.redactie.form.faults import summed
from wijk.web.redactie.form.showing import Fault, Showing
from wijk.web.redactie.listing import KINDS, STATES, may_change, may_see, moment
from wijk.web.redactie.resumed import resumed
from wijk.web.redactie.visit import HERE, Door, Visit
from wijk.web.views import Link

Faults = Mapping[str, Sequence[Fault]]
_ENTERED = (*ENTERED, PARTICIPATION, EVIDENCE)
_SEND, _DROP, _LESSON = "insturen", "weggooien", "les"
_ACTS = {"dropped": closed.DROPPED, "review": "ingestuurd"}
"""What is written down of a form that was sent, by what became of the draft."""
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
    return resumed(visit, draft)


def href(draft: Draft) -> str:
    """The path of its form."""
    return f"{HERE}/concept/{draft.id}"


async def _shown(visit: Visit) -> Response:
    draft = await asyncio.to_thread(draft_of, visit)
    if not draft.open:
        return visit.go(f"{href(draft)}/beoordelen")
    site, desk, reader = visit.site, visit.desk, visit.account.name
    found = await checked.faults(site, desk, draft, reader) if draft.version > 1 else {}
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
    listed = summed(fault for faults in found.values() for fault in faults)
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
        this=this,
        state=STATES[draft.state],
        saved=moment(draft.changed),
        just="opgeslagen" in asked,
        together=asked.get("samen", ""),
        lesson=asked.get("les", ""),
        left=whole(asked.get("vorige", "")) or 0,
        found=found,
        lists=offered,
        targets={box.name: box.target for sheet in sheets for box in sheet.boxes},
    )


async def _saved(visit: Visit) -> Response:
    return await save(visit)


async def save(visit: Visit, tries: int = _TRIES) -> Response:
    """Keep a form as it was sent, and do what its button says.

    A draft that is closed meanwhile stays as it is: what was typed comes back.

    Raises:
        HTTPException: there is no such draft, or it is not for this person.
        BadRequest: the form names no version of it.
    """
    # What was withdrawn a moment ago is kept as it was typed, also when it is shown no more.
    draft = await asyncio.to_thread(draft_of, visit, may_change)
    if not draft.open:
        return await asyncio.to_thread(closed.page, visit, draft)
    action = Action.read(visit.given.get("actie", acting.SAVE))
    made, done, met = await asyncio.to_thread(making.made, visit, draft, action)
    text = visit.given.get(along.INPUT, "").strip()
    with_lesson = along.joined(made, text, visit.site.snapshot) if action.name == _LESSON else None
    made = with_lesson or made
    if met.conflicts:
        return await asyncio.to_thread(_met, visit, draft, met)
    found = await checked.faults(visit.site, visit.desk, made, visit.account.name)
    wrong = any(it.level == "fout" for faults in found.values() for it in faults)
    state = _state(action, wrong)
    try:
        kept = await asyncio.to_thread(_kept, visit, draft, replace(made, state=state))
    except Stale:
        if tries > 1:
            return await save(visit, tries - 1)  # merged with what was saved a moment ago
        return sent.back(visit, 409, 1.0)
    if kept is not draft:
        await asyncio.to_thread(visit.log, _ACTS.get(state, "opgeslagen"), draft.id)
    if state in ("dropped", "review"):
        return visit.go(HERE)
    if not may_see(visit, kept):
        return await asyncio.to_thread(closed.page, visit, kept, True)
    lesson = "" if with_lesson else text
    return visit.go(_after(draft, kept, action, done.at, bool(met.met), lesson))


def _met(visit: Visit, draft: Draft, met: meeting.Meeting) -> Response:
    if not may_see(visit, draft):
        return closed.page(visit, draft)
    return meeting.page(visit, draft, met)


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


def _state(action: Action, wrong: bool) -> str:
    """What becomes of a draft that is saved with this button."""
    if action.name == _DROP:
        return "dropped"
    if wrong:
        return "draft"
    return "review" if action.name == _SEND else "checked"


def _left(before: Draft, now: Draft) -> int:
    """At how many places the usual source of before stands still, when it is another one now.

    It was entered there, or filled in before it was marked as such.
    """
    was = before.usual.source if before.usual else ""
    if not was or (now.usual and now.usual.source == was):
        return 0
    said = [proof for it in now.records for each in it.statements for proof in each.evidence]
    return sum(it.source == was and not it.name for it in said)


def _after(before: Draft, draft: Draft, action: Action, at: str, met: bool, lesson: str) -> str:
    """Where to go after saving: the form, at the input that the button was about."""
    given = {
        "erbij": action.about if action.name == acting.MORE else "",
        "samen": before.by if met else "",
        "vorige": _left(before, draft),
    }
    return f"{saved(draft, lesson, given)}{f'#{at}' if at else ''}"


def saved(draft: Draft, lesson: str, given: Mapping[str, object] = MappingProxyType({})) -> str:
    """The form of a draft that was saved, with the lesson that was typed and did not join it."""
    asked = {"opgeslagen": 1, "les": lesson[:_LONGEST], **given}
    return f"{href(draft)}?{urlencode({name: it for name, it in asked.items() if it})}"


DOORS = (Door("/concept/{id}", _shown, _saved),)
