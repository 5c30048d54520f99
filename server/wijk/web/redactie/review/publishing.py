"""`/redactie/concept/{id}/publiceren` and `/samenvoegen`: what a reviewer agrees with goes live."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace

from starlette.responses import Response

from wijk.changelog import ChangeLog
from wijk.editing.changes import Conflict, resolved
from wijk.editing.desk import drafts
from wijk.editing.desk.desk import Stale
from wijk.editing.desk.drafts import Draft
from wijk.editing.handing import Buried, Clash, Clashing, Gone, Handed, Taken, Unclear, handed
from wijk.editing.meaning import called
from wijk.editing.records import Record
from wijk.errors import OutputError, PublishError
from wijk.publishing.edits import Edit, EditedMeanwhile, NotWell
from wijk.snapshot import Snapshot
from wijk.web.redactie import checked, live
from wijk.web.redactie.comparing import Comparing
from wijk.web.redactie.drafting import draft_of, href
from wijk.web.redactie.review import page, refusing, unwell
from wijk.web.redactie.visit import Door, Visit
from wijk.web.views import Link

MINE = "mijn"
"""What is sent of a choice for what the draft says."""
_ONE = asyncio.Semaphore(1)
"""One publication of a draft at a time: what waits finds what the one before did."""
WHY = 500
"""Characters of the reason of a publication."""


_NOT_WELL = (
    "De map met de gegevens is veranderd en klopt nog niet, of is nog niet opnieuw gelezen. Er is "
    "niets gepubliceerd. Probeer het straks nog eens, of vraag het aan wie deze site beheert."
)
_MORE_FOUND = (
    "De controle vindt nu iets dat er nog niet stond toen je deze pagina opende. Er is niets "
    "gepubliceerd. Lees het bij Controle en kies opnieuw."
)
_CLOSED = "Dit concept is al gepubliceerd of weggegooid. Er is niets samengevoegd."
_BY_CLASS: Mapping[type[PublishError], str] = {
    Buried: checked.BURIED,
    Taken: checked.TAKEN,
    Gone: f"{checked.GONE} Er is niets gedaan.",
    Unclear: (
        "Dit concept is nog niet af. Verbeter eerst wat er fout is. Er is niets gepubliceerd."
    ),
    EditedMeanwhile: "Iemand veranderde dit intussen. Kijk er nog eens naar en probeer het weer.",
}
_BY_KIND = {
    "busy": "Er wordt net iets anders gepubliceerd. Probeer het over een paar tellen nog eens.",
    "same": "Er verandert niets: het is al zo gepubliceerd.",
    "not-committed": (
        "Een eerdere publicatie is nog niet af: git wil die niet vastleggen. Er is nu niets "
        "gepubliceerd. Wie deze site beheert, kan lezen waarom."
    ),
    "no-file": "Dit is er niet meer. Er is niets gedaan.",
    "edited": "Iemand veranderde dit buiten de redactie om. Laat dat eerst publiceren.",
    "withdrawn": "Dit is al ingetrokken.",
    "no-version": "Deze versie is nooit gepubliceerd.",
    "no-content": "De tekst van deze versie is gewist. Die kun je niet terugzetten.",
}
"""Why nothing was published, by the kind of the error."""


def author(visit: Visit, name: str) -> str:
    """Who git is to name for an editor of that name, also of one who left."""
    accounts = visit.desk.accounts.all()
    return next((it.author for it in accounts if it.name == name), visit.account.author)


def told(visit: Visit, error: PublishError | OutputError) -> str:
    """Why nothing was published, for who presses the button."""
    if isinstance(error, NotWell):
        return unwell.told(visit.site, error)
    for known, words in _BY_CLASS.items():
        if isinstance(error, known):
            return words
    if isinstance(error, PublishError) and error.kind in _BY_KIND:
        return _BY_KIND[error.kind]
    live.tell(str(error))
    return "Dit ging niet goed. Er is niets gepubliceerd. Wie deze site beheert, kan lezen waarom."


async def _publish(visit: Visit) -> Response:
    """Publish what was reviewed, as the page showed it; who asks twice is told once."""
    async with _ONE:
        if gone := page.away(visit, "waarom"):
            return gone
        draft = draft_of(visit)
        if draft.state == "published":
            return visit.go(page.path(draft))
        return await _published(visit, draft)


async def _published(visit: Visit, draft: Draft) -> Response:
    if not page.may(visit, draft, False).judge:
        return await page.refused(visit, draft)
    if not page.seen(visit, draft):
        return await page.refused(visit, draft)
    if await page.more_found(visit, draft):
        return await page.shown(visit, 409, _MORE_FOUND)
    why = " ".join(visit.given.get("waarom", "").split())[:WHY]

    def make(taken: Snapshot, log: ChangeLog) -> Sequence[Edit]:
        given = handed(draft, taken)
        if given.clashes:
            raise Clashing(given.clashes)
        if any(map(drafts.unclear, given.records)):
            raise Unclear(f"{draft.title}: what was typed is not understood.")
        return given.edits

    try:
        message = why or live.title(draft)
        await live.publish(visit, make, author(visit, draft.author), message, why, draft)
    except (Clashing, Taken, Gone):
        return await _choosing(visit, _NOT_WELL)
    except (PublishError, OutputError) as error:
        return await page.shown(visit, 409, told(visit, error))
    return visit.go(page.path(draft))


async def _choosing(visit: Visit, otherwise: str = "") -> Response:
    """The fields that two people changed, each with a choice; else what is to be told then."""
    draft = draft_of(visit)
    given = await _given(visit, draft)
    if isinstance(given, Response):
        return given
    clashes = given.clashes
    if otherwise and not clashes:
        return await page.shown(visit, 409, otherwise)
    title = draft.title or "Nog zonder titel"
    return visit.shown(
        "samenvoegen.html",
        409 if clashes else 200,
        [Link(title, href(draft)), Link("Samenvoegen", "")],
        draft=draft,
        title=title,
        choices=Comparing(draft, visit.site.snapshot).choices(clashes),
        differs=any(draft.bases.get(path) != text for path, text in given.bases.items()),
        wrote=visit.account.name in visit.desk.writers(draft.id),
    )


async def _merge(visit: Visit) -> Response:
    """Take in what was published meanwhile, as was chosen; it is a draft again.

    Who had nothing to choose did not write it: it is saved in the name of its author.
    """
    draft = draft_of(visit)
    given = await _given(visit, draft)
    if isinstance(given, Response):
        return given
    records = given.records
    for clash in given.clashes:
        records = tuple(
            _settled(visit, it, clash) if it.thing == clash.record.thing else it for it in records
        )
    first = records[0]
    made = replace(draft, records=records, bases=given.bases, state="draft")
    made = replace(made, slug=first.slug, title=called(first))
    try:
        if not page.seen(visit, draft):
            raise Stale(draft)
        by = visit.account.name if given.clashes else draft.author
        visit.desk.save(made, draft.version, by)
    except Stale as error:
        return await page.shown(visit, 409, refusing.meanwhile(visit, error.theirs))
    visit.log("samengevoegd", draft.id)
    return visit.go(page.path(draft))


async def _given(visit: Visit, draft: Draft) -> Handed | Response:
    """What a draft gives in the graph that is served, or the page that says why nothing."""
    if not draft.open:
        return await page.shown(visit, 409, _CLOSED)
    try:
        return handed(draft, visit.site.snapshot)
    except (PublishError, OutputError) as error:
        return await page.shown(visit, 409, told(visit, error))


def _settled(visit: Visit, record: Record, clash: Clash) -> Record:
    def theirs(it: Conflict) -> bool:
        return visit.given.get(f"{record.thing} {it.part} {it.path}", MINE) != MINE

    return resolved(record, [it for it in clash.conflicts if theirs(it)])


_HERE = "/concept/{id}"
DOORS = (
    Door(f"{_HERE}/publiceren", post=_publish, role="editor"),
    Door(f"{_HERE}/samenvoegen", _choosing, _merge),
)
