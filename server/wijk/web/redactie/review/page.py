"""`/redactie/concept/{id}/beoordelen`: what a draft changes, and what may be done with it."""

import asyncio
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from wijk.editing.desk.desk import Stale
from wijk.editing.desk.drafts import Draft
from wijk.editing.numbers import whole
from wijk.publishing import edits
from wijk.web.redactie import checked, closed
from wijk.web.redactie.comparing import Comparing
from wijk.web.redactie.drafting import draft_of, href
from wijk.web.redactie.form.faults import summed
from wijk.web.redactie.form.showing import Fault
from wijk.web.redactie.listing import STATES, gone, may_change, may_see, moment
from wijk.web.redactie.review import refusing
from wijk.web.redactie.visit import Door, Visit
from wijk.web.views import Link


@dataclass(frozen=True)
class May:
    """What this person may do with the draft now, and why not."""

    send: bool
    recall: bool
    judge: bool
    why: str = ""


def path(draft: Draft) -> str:
    """The address of the page."""
    return f"{href(draft)}/beoordelen"


async def faults(visit: Visit, draft: Draft) -> list[Fault]:
    """What was not understood of it, and what the check would find."""
    by_input = await checked.faults(visit.site, visit.desk, draft, visit.account.name)
    return summed(it for found in by_input.values() for it in found)


def marks(found: Iterable[Fault]) -> str:
    """What a page carries of the findings that it shows: a mark of each."""
    told = {f"{it.level} {it.at} {it.text}" for it in found}
    return " ".join(sorted(hashlib.sha256(it.encode()).hexdigest()[:12] for it in told))


def wrong(found: Iterable[Fault]) -> bool:
    """Whether something stands in the way of a publication."""
    return any(it.level == "fout" for it in found)


def may(visit: Visit, draft: Draft, faulty: bool) -> May:
    """What this person may do with a draft; `faulty` when something is wrong with it."""
    wrote = visit.account.name in visit.desk.writers(draft.id)
    if not draft.open:
        return May(False, False, False)
    if draft.state != "review":
        why = "Verbeter eerst wat er fout is." if faulty else ""
        return May(not faulty, False, False, why)
    if wrote:
        return May(False, True, False, "Iemand anders beoordeelt dit: je schreef er zelf aan mee.")
    if not visit.account.may("editor"):
        return May(False, False, False, "Een redacteur beoordeelt dit.")
    return May(False, False, True, "Verbeter eerst wat er fout is." if faulty else "")


async def shown(visit: Visit, status: int = 200, fault: str = "") -> Response:
    """The page, with what went wrong just now."""
    draft = await asyncio.to_thread(draft_of, visit)
    found = await faults(visit, draft)
    remarks = visit.desk.remarks(draft)
    title = draft.title or "Nog zonder titel"
    return visit.shown(
        "beoordelen.html",
        status,
        [Link(title, href(draft)), Link("Beoordelen" if draft.open else "Gesloten", path(draft))],
        draft=draft,
        title=title,
        state=STATES[draft.state],
        closed=closed.told(visit, draft),
        changed=moment(draft.changed),
        sheets=Comparing(draft, visit.site.snapshot, remarks).sheets(),
        faults=found,
        marks=marks(found),
        fault=fault,
        typed=(visit.given.get("waarom") or visit.given.get("opmerking", "")) if fault else "",
        may=may(visit, draft, wrong(found)),
        acts=visit.desk.acts(draft.id),
        broken_off=not draft.open and edits.broken_off(visit.site.snapshot.root),
        moment=moment,
    )


def away(visit: Visit, name: str) -> Response | None:
    """The page for who typed `name` about what was withdrawn meanwhile; None when it was not.

    Raises:
        HTTPException: there is no such draft, or it is not for this person.
    """
    draft = draft_of(visit, may_change)
    if may_see(visit, draft):
        return None
    text = visit.given.get(name, "").strip()
    return closed.withdrawn(visit, gone(visit.site, draft)[0], name, text)


async def _send(visit: Visit) -> Response:
    """To review, when nothing is wrong with it."""
    draft = draft_of(visit)
    if not may(visit, draft, wrong(await faults(visit, draft))).send:
        return await shown(visit, 409, "Dit concept kan nu niet worden ingestuurd.")
    return await _moved(visit, draft, "review", "ingestuurd")


async def _recall(visit: Visit) -> Response:
    draft = draft_of(visit)
    if draft.state != "review":
        return await shown(visit, 409, "Dit concept wacht niet op een beoordeling.")
    return await _moved(visit, draft, "draft", "teruggehaald")


async def _return(visit: Visit) -> Response:
    """Back to who wrote it, with what is to be done."""
    if told := away(visit, "waarom"):
        return told
    draft = draft_of(visit)
    why = visit.given.get("waarom", "").strip()
    if not may(visit, draft, False).judge:
        return await refused(visit, draft)
    if not why:
        return await shown(visit, 422, "Schrijf op wat er nog moet gebeuren.")
    visit.desk.remark(draft, "", why, visit.account.name)
    return await _moved(visit, draft, "returned", "teruggestuurd", why)


async def _moved(visit: Visit, draft: Draft, state: str, act: str, why: str = "") -> Response:
    """Move the draft as the page showed it, or tell that it is another one by now."""
    try:
        if not seen(visit, draft):
            raise Stale(draft)
        visit.desk.move(draft, state)
    except Stale as error:
        return await shown(visit, 409, refusing.meanwhile(visit, error.theirs))
    visit.log(act, draft.id, why)
    return visit.go(path(draft))


async def refused(visit: Visit, draft: Draft) -> Response:
    """The page, with why nothing can be done with the draft as it is now."""
    own = draft.state == "review" and visit.account.name in visit.desk.writers(draft.id)
    return await shown(visit, 403 if own else 409, refusing.why_not(visit, draft))


def seen(visit: Visit, draft: Draft) -> bool:
    """Whether the page that was sent showed the draft as it is now."""
    return visit.given.get("versie") == str(draft.version)


async def more_found(visit: Visit, draft: Draft) -> bool:
    """Whether the check finds what the page that was sent did not show."""
    now = marks(await faults(visit, draft)).split()
    return not set(now) <= set(visit.given.get("gevonden", "").split())


async def _remark(visit: Visit) -> Response:
    """A remark on a field, or on the whole."""
    if told := away(visit, "opmerking"):
        return told
    draft, given = draft_of(visit), visit.given
    text = given.get("opmerking", "").strip()
    if not text:
        return await shown(visit, 422, "Schrijf eerst een opmerking.")
    if not draft.open:
        return await shown(
            visit, 409, f"{closed.told(visit, draft)} Je opmerking is niet geplaatst."
        )
    where = (given.get("ding", ""), given.get("deel", ""))
    visit.desk.remark(draft, given.get("veld", ""), text[:4000], visit.account.name, *where)
    return visit.go(f"{path(draft)}#{given.get('plek', 'opmerkingen')}")


async def _settled(visit: Visit) -> Response:
    draft = draft_of(visit)
    number = whole(visit.given.get("nummer", ""))
    if number is None:
        return await shown(visit, 422, "Deze opmerking kennen we niet.")
    visit.desk.settle(draft, number)
    return visit.go(path(draft))


_HERE = "/concept/{id}"
DOORS = (
    Door(f"{_HERE}/beoordelen", shown),
    Door(f"{_HERE}/insturen", post=_send),
    Door(f"{_HERE}/terughalen", post=_recall),
    Door(f"{_HERE}/terugsturen", post=_return, role="editor"),
    Door(f"{_HERE}/opmerking", post=_remark),
    Door(f"{_HERE}/opmerking-klaar", post=_settled),
)
