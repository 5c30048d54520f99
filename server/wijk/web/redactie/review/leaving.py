"""`/redactie/intrekken/{kind}/{slug}`: a published thing leaves the graph, with a reason."""

from functools import partial

from starlette.exceptions import HTTPException
from starlette.responses import Response

from wijk import stamps
from wijk.documents import base_of
from wijk.errors import OutputError, PublishError
from wijk.publishing import edits, withdrawing
from wijk.snapshot import Document
from wijk.web.redactie import live
from wijk.web.redactie.listing import KINDS
from wijk.web.redactie.review import publishing
from wijk.web.redactie.visit import HERE, Door, Visit
from wijk.web.views import Link


def _wanted(visit: Visit) -> Document:
    """The document of this address.

    Raises:
        HTTPException: there is none, or it was withdrawn.
    """
    kind, slug = visit.named["kind"], visit.named["slug"]
    iri = f"{visit.site.snapshot.base}doc/{kind}/{slug}"
    document = visit.site.snapshot.documents.get(iri)
    if kind not in KINDS or document is None or iri in visit.site.gone:
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
    document = _wanted(visit)
    reason = " ".join(visit.given.get("reden", "").split())[: publishing.WHY]
    if not reason:
        return _shown(visit, 422, "Schrijf op waarom. Wie later op het adres komt, leest dat.")
    along = [iri for name, iri in visit.sent if name == "mee"]
    things = [base_of(iri) for iri in (document.iri, *along)]
    make = partial(edits.withdrawal, things, reason)
    try:
        message = f"data: withdraw. {reason}"
        await live.publish(visit, make, visit.account.author, message, reason)
    except (PublishError, OutputError) as error:
        return _shown(visit, 409, publishing.told(error), reason)
    return visit.go(f"{HERE}/geschiedenis/{document.kind}/{document.slug}")


DOORS = (Door("/intrekken/{kind}/{slug}", _shown, _withdraw, role="administrator"),)
