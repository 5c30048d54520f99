"""`/redactie/intrekken/{kind}/{slug}`: a published thing leaves the graph, with a reason."""

from collections.abc import Sequence
from functools import partial

from starlette.exceptions import HTTPException
from starlette.responses import Response

from wijk import stamps
from wijk.documents import base_of
from wijk.editing.desk.publications import DONE, WITHDRAWN
from wijk.errors import OutputError, PublishError
from wijk.publishing import edits, withdrawing
from wijk.snapshot import Document
from wijk.web.redactie import closed, live
from wijk.web.redactie.listing import KINDS
from wijk.web.redactie.review import publishing
from wijk.web.redactie.visit import HERE, Door, Visit
from wijk.web.views import Link


def _iri(visit: Visit) -> str:
    """The document that this address is about."""
    return f"{visit.site.snapshot.base}doc/{visit.named['kind']}/{visit.named['slug']}"


def _wanted(visit: Visit) -> Document:
    """The document of this address.

    Raises:
        HTTPException: there is none, or it was withdrawn.
    """
    iri = _iri(visit)
    document = visit.site.snapshot.documents.get(iri)
    if visit.named["kind"] not in KINDS or document is None or iri in visit.site.gone:
        raise HTTPException(404)
    return document


def _shown(visit: Visit, status: int = 200, fault: str = "", reason: str = "") -> Response:
    document, site = _wanted(visit), visit.site
    thing = base_of(document.iri)
    mentions = withdrawing.mentions(thing, site.snapshot)
    homes = {it.document.iri: it.document for it in mentions}
    lonely = withdrawing.alone_named([document], site.snapshot)
    return visit.shown(
        "intrekken.html",
        status,
        [Link(f"{site.label(thing)} intrekken", "")],
        title=site.label(thing),
        kind=KINDS[document.kind][0],
        fault=fault,
        reason=reason,
        pointing=[_link(visit, it) for it in homes.values() if stamps.is_logged(it.path)],
        lonely=[
            (it.iri, site.label(base_of(it.iri)), KINDS[it.kind][0])
            for it in lonely
            if it.kind in KINDS
        ],
    )


def _link(visit: Visit, document: Document) -> Link:
    kind = KINDS.get(document.kind)
    href = f"{HERE}/wijzig/{document.kind}/{document.slug}" if kind else ""
    return Link(visit.site.label(base_of(document.iri)), href, kind[0] if kind else "")


async def _withdraw(visit: Visit) -> Response:
    """Withdraw it, and what was ticked along with it."""
    reason = " ".join(visit.given.get("reden", "").split())[: publishing.WHY]
    along = [iri for name, iri in visit.sent if name == "mee"]
    there = f"{HERE}/geschiedenis/{visit.named['kind']}/{visit.named['slug']}"
    if _iri(visit) in visit.site.gone:
        done = _did(visit, along, reason)
        return visit.go(there) if done else closed.withdrawn(visit, _iri(visit), "waarom", reason)
    document = _wanted(visit)
    if not reason:
        return _shown(visit, 422, "Schrijf op waarom. Wie later op het adres komt, leest dat.")
    things = [base_of(iri) for iri in (document.iri, *along)]
    make = partial(edits.withdrawal, things, reason)
    try:
        message = f"data: withdraw. {reason}"
        whose = visit.account.author
        await live.publish(visit, make, whose, message, reason, act=WITHDRAWN)
    except (PublishError, OutputError) as error:
        if not _did(visit, along, reason):
            if _iri(visit) in visit.site.gone:
                return closed.withdrawn(visit, _iri(visit), "waarom", reason)
            return _shown(visit, 409, publishing.told(visit, error), reason)
    return visit.go(there)


def _did(visit: Visit, along: Sequence[str], reason: str) -> bool:
    """Whether the same person withdrew all of it for the same reason: the form was sent twice."""
    acts = [it for it in visit.desk.acts() if it.act in DONE]
    for iri in (_iri(visit), *along):
        last = next((it for it in acts if it.about.startswith(live.version(iri, ""))), None)
        wanted = (WITHDRAWN, visit.account.name, reason)
        if last is None or (last.act, last.by, last.why) != wanted:
            return False
    return True


DOORS = (Door("/intrekken/{kind}/{slug}", _shown, _withdraw, role="administrator"),)
