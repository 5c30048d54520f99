"""`/redactie/concept/{id}/beoordelen`: what a draft changes, and what may be done with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.responses import Response

from wijk.editing.desk.desk import Stale
from wijk.editing.desk.drafts import Draft
from wijk.editing.numbers import whole
from wijk.publishing import edits
from wijk.web.redactie import checked
from wijk.web.redactie.drafting import draft_of, href
from wijk.web.redactie.form.showing import Fault
from wijk.web.redactie.listing import STATES, moment
from wijk.web.redactie.review.comparing import Comparing
from wijk.web.redactie.visit import Door, Visit
from wijk.web.views import Link

CHANGED = "Het concept is intussen veranderd. Bekijk het opnieuw."


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
    by_input = await checked.faults(visit.site, visit.desk, draft)
    return [it for found in by_input.values() for it in found]


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
    draft = draft_of(visit)
    found = await faults(visit, draft)
    remarks = visit.desk.remarks(draft)
    title = draft.title or "Nog zonder titel"
    return visit.shown(
        "beoordelen.html",
        status,
        [Link(title, href(draft)), Link("Beoordelen", path(draft))],
        draft=draft,
        title=title,
        state=STATES[draft.state],
        changed=moment(draft.changed),
        sheets=Comparing(draft, visit.site.snapshot, remarks).sheets(),
        faults=found,
        fault=fault,
        may=may(visit, draft, bool(fault) or wrong(found)),
        acts=visit.desk.acts(draft.id),
        broken_off=not draft.open and edits.broken_off(visit.site.snapshot.root),
        moment=moment,
    )


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
    draft = draft_of(visit)
    why = visit.given.get("waarom", "").strip()
    if not may(visit, draft, False).judge:
        return await shown(visit, 403, "Dit concept kun je niet terugsturen.")
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
    except Stale:
        return await shown(visit, 409, CHANGED)
    visit.log(act, draft.id, why)
    return visit.go(path(draft))


def seen(visit: Visit, draft: Draft) -> bool:
    """Whether the page that was sent showed the draft as it is now."""
    return visit.given.get("versie") == str(draft.version)


async def _remark(visit: Visit) -> Response:
    """A remark on a field, or on the whole."""
    draft, given = draft_of(visit), visit.given
    text = given.get("opmerking", "").strip()
    if not text:
        return await shown(visit, 422, "Schrijf eerst een opmerking.")
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
