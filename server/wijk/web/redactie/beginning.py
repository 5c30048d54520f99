"""Where a draft begins: with something new, or with what is there and is to be corrected."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from rdflib import Literal
from rdflib.namespace import XSD
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from wijk import turtle
from wijk.documents import Document
from wijk.editing.desk.desk import Desk
from wijk.editing.kinds import KINDS as ENTERED
from wijk.editing.meaning import Meaning, called
from wijk.editing.numbers import whole
from wijk.editing.records import Evidence, Record, Statement, read
from wijk.namespaces import WIJK
from wijk.web.pages import shelving
from wijk.web.redactie import lists
from wijk.web.redactie.form.acting import fresh
from wijk.web.redactie.form.settling import Settling
from wijk.web.redactie.listing import ALONE, KINDS, STATES, may_see, moment
from wijk.web.redactie.visit import HERE, Door, Visit
from wijk.web.views import Link

_LONGEST = 300
_OURS = "Eigen volgnummer."
_NUMBER = str(WIJK.number)
_ONE = asyncio.Semaphore(1)
"""One new draft at a time: what is sent twice finds what the first made."""


async def _new(visit: Visit) -> Response:
    """`/redactie/nieuw`: a draft of something that is not there yet."""
    kind = visit.given.get("soort", "case")
    if kind not in ALONE:
        raise HTTPException(404)
    async with _ONE:
        number = await _free(visit) if kind == "case" else 0
        return await asyncio.to_thread(_made, visit, kind, number)


def _made(visit: Visit, kind: str, number: int) -> Response:
    meaning = Meaning(visit.site.snapshot)
    record = fresh(kind, visit.given.get("titel", "")[:_LONGEST], meaning, ())
    if number:
        count = turtle.term(Literal(str(number), datatype=XSD.integer))
        base = f"{visit.site.snapshot.base}id"
        ours = Evidence("", f"{base}/basis/assigned", f"{base}/status/asserted", _OURS)
        said = Statement(_NUMBER, count, (ours,))
        record = replace(record, statements=(*record.statements, said))
    record = Settling(meaning, (), (), None).records((record,))[0]
    return _at(visit, record, {})


def _at(visit: Visit, record: Record, bases: Mapping[str, str], about: str = "") -> Response:
    """To the form of a new draft; of a form that was sent twice, of the one that it made before."""
    name, said = visit.account.name, ([_unnumbered(record)], bases, None)
    for it in visit.desk.drafts():
        same = ([*map(_unnumbered, it.records)], it.bases, it.usual) == said
        if same and (it.author, it.version) == (name, 1):
            return visit.go(f"{HERE}/concept/{it.id}")
    draft = visit.desk.begin(name, (record,), called(record), bases)
    visit.log("begonnen", draft.id, about)
    return visit.go(f"{HERE}/concept/{draft.id}")


def _unnumbered(record: Record) -> Record:
    """A record without the number that a new one gets, which is another each time."""
    return record.having(_NUMBER, ())


async def _free(visit: Visit) -> int:
    """The next number that no case has, also not one in a draft."""
    shelf = await shelving.shelf(visit.site)
    used = {it.number for it in shelf.cases if it.number}
    used |= await asyncio.to_thread(_drafted, visit.desk)
    return max(used, default=0) + 1


def _drafted(desk: Desk) -> set[int]:
    found = (it.value for draft in desk.drafts() for it in draft.record.values(_NUMBER))
    numbers = (it.partition('"')[2].partition('"')[0] for it in found)
    return {it for it in map(whole, numbers) if it is not None}


def _there(visit: Visit) -> Document:
    """What is to be corrected.

    Raises:
        HTTPException: it is not there, or is withdrawn, or no kind that is entered.
    """
    kind, slug = visit.named["kind"], visit.named["slug"]
    iri = f"{visit.site.snapshot.base}doc/{kind}/{slug}"
    document = visit.site.snapshot.documents.get(iri)
    if kind not in ENTERED or document is None or iri in visit.site.gone:
        raise HTTPException(404)
    return document


def _asked(visit: Visit) -> Response:
    """`/redactie/wijzig/<kind>/<slug>`: who is at it already, and a button to begin."""
    document = _there(visit)
    thing = f"{visit.site.snapshot.base}id/{document.kind}/{document.slug}"
    path = str(document.path)
    others = [it for it in visit.desk.drafts() if path in it.bases]
    return visit.shown(
        "wijzig.html",
        crumbs=[Link("Verbeteren", "")],
        name=visit.site.label(thing),
        kind=KINDS[document.kind][0],
        path=visit.site.path(thing),
        others=[(it, may_see(visit, it), STATES[it.state], moment(it.changed)) for it in others],
    )


async def _begun(visit: Visit) -> Response:
    document = _there(visit)
    record = read(document, visit.site.snapshot)
    bases = {str(document.path): document.source.decode("utf-8")}
    async with _ONE:
        return await asyncio.to_thread(_at, visit, record, bases, document.iri)


def _suggested(visit: Visit) -> Response:
    """`/redactie/voorstel/<kinds>?q=`: what is called so, for the script of the form."""
    kinds = visit.named["kinds"].split("-")
    text = visit.request.query_params.get("q", "").strip()[:100]
    if not text:
        return JSONResponse([])
    return JSONResponse(lists.found(visit.site, kinds, text))


DOORS = (
    Door("/nieuw", post=_new),
    Door("/wijzig/{kind}/{slug}", _asked, _begun),
    Door("/voorstel/{kinds}", _suggested),
)
