"""A closed draft goes on: what was thrown away comes back, what is published in a new draft."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from starlette.responses import Response

from wijk.documents import Document
from wijk.editing.desk import drafts
from wijk.editing.desk.desk import Stale
from wijk.editing.desk.drafts import Draft
from wijk.editing.meaning import called, together
from wijk.editing.records import Evidence, Record, path_of, read
from wijk.web.redactie import closed, drafting, making
from wijk.web.redactie.drafting import draft_of, href
from wijk.web.redactie.form import along, meeting
from wijk.web.redactie.form.inputs import Sent
from wijk.web.redactie.form.meeting import Meeting
from wijk.web.redactie.form.settling import moving
from wijk.web.redactie.listing import KINDS, gone, may_change, may_see, moment
from wijk.web.redactie.visit import Door, Visit
from wijk.web.views import Link

_ONE = asyncio.Semaphore(1)
"""One new draft at a time: what is sent twice finds what the first made."""


def _form(visit: Visit) -> Response:
    """To the form: for who comes here without anything to send."""
    return visit.go(href(draft_of(visit)))


async def _on(visit: Visit) -> Response:
    """Open a draft again and keep the form that was sent along, if there was one."""
    typed = "actie" in visit.given
    draft = await asyncio.to_thread(draft_of, visit, may_change if typed else may_see)
    if typed and not draft.open and gone(visit.site, draft):
        return await asyncio.to_thread(closed.page, visit, draft)
    if draft.state == "published" and typed:
        async with _ONE:
            return await asyncio.to_thread(_anew, visit, draft)
    if draft.state == "dropped":
        await asyncio.to_thread(_opened, visit, draft)
    return await drafting.save(visit) if typed else visit.go(href(draft))


def _opened(visit: Visit, draft: Draft) -> None:
    with suppress(Stale):  # somebody else did, a moment ago
        visit.desk.move(draft, "draft")
        visit.log("uit de weggegooide gehaald", draft.id)


def _anew(visit: Visit, draft: Draft) -> Response:
    """A new draft of what is published now, with what was typed since the other was.

    What others published meanwhile stays: of a field that both changed, one chooses.
    """
    found, taken = making.typed(visit, draft), visit.site.snapshot
    there = {it.thing: _there(visit, it) for it in draft.records}
    now = tuple(
        drafts.same(read(it, taken), each) if (it := there[each.thing]) else each
        for each in draft.records
    )
    published = {
        str(path_of(it)): document.source.decode("utf-8")
        for it in draft.records
        if (document := there[it.thing])
    }
    theirs = replace(draft, records=now, bases=published)
    met = Meeting.of(found.base, found.draft, theirs, Sent(visit.sent), taken)
    if met.conflicts:
        return meeting.page(visit, draft, met, f"{href(draft)}/verder")
    records: list[Record] = []
    bases: dict[str, str] = {}
    moved: dict[str, str] = {}
    for number, ours in enumerate(met.records):
        was = _published(draft, ours, number)
        if was is None or str(path_of(was)) not in published:
            records.append(ours)
            continue
        moved[ours.thing] = was.thing
        records.append(replace(ours, slug=was.slug, thing=was.thing))
        bases[str(path_of(was))] = published[str(path_of(was))]
    made = _begun(visit, tuple(moving(records, moved)), bases, met.usual)
    return visit.go(drafting.saved(made, visit.given.get(along.INPUT, "").strip()))


def _begun(
    visit: Visit, records: tuple[Record, ...], bases: Mapping[str, str], usual: Evidence | None
) -> Draft:
    """The new draft; of a form that was sent twice the one that it made before."""
    name, desk = visit.account.name, visit.desk
    for it in desk.drafts():
        first = desk.version(it.id, 1) if it.author == name else None
        if first and (first.records, first.bases, first.usual) == (records, bases, usual):
            return it
    made = desk.begin(name, records, called(records[0]), bases, usual)
    visit.log("begonnen", made.id, "met wat na een publicatie werd getypt")
    return made


def _published(draft: Draft, ours: Record, number: int) -> Record | None:
    """The record of the draft that this is, which may have another address in what was sent."""
    same = next((it for it in draft.records if it.thing == ours.thing), None)
    if same is None and number < len(draft.records):
        there = draft.records[number]
        same = there if there.kind == ours.kind else None
    return same


def _there(visit: Visit, record: Record) -> Document | None:
    """What is published of it now: a tombstone is not that."""
    taken = visit.site.snapshot
    iri = f"{taken.base}doc/{record.kind}/{record.slug}"
    return None if iri in visit.site.gone else taken.documents.get(iri)


def _thrown(visit: Visit) -> Response:
    """`/redactie/weggegooid`: what was thrown away, by whom, and a button to have it back."""
    drafts = [it for it in visit.desk.drafts(("dropped",)) if may_see(visit, it)]
    return visit.shown(
        "weggegooid.html",
        crumbs=[Link("Weggegooid", "")],
        lines=[
            (it, together(it.records), KINDS[it.kind][0], closed.told(visit, it)) for it in drafts
        ],
        moment=moment,
    )


DOORS = (Door("/concept/{id}/verder", _form, _on), Door("/weggegooid", _thrown))
