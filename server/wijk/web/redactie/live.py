"""What goes live: the desk keeps it beforehand, so that desk and folder agree whatever breaks."""

import asyncio
import sys
from contextlib import suppress
from pathlib import Path

from wijk.editing.desk.desk import Desk
from wijk.editing.desk.drafts import Draft
from wijk.editing.desk.publications import PUBLISHED, Publication
from wijk.errors import OutputError, PublishError
from wijk.publishing import edits
from wijk.publishing.plan import Plan
from wijk.web.redactie.visit import Visit

_ONE = asyncio.Semaphore(1)
"""One publication at a time: the next waits, and finds what the one before did."""
_PATIENCE, _LOOK = 10.0, 0.05
"""Seconds to wait for the server to take in what was published, and between two looks."""


async def publish(
    visit: Visit,
    make: edits.Make,
    author: str,
    message: str,
    why: str,
    draft: Draft | None = None,
    act: str = PUBLISHED,
) -> None:
    """Publish in the name of an author, write down who did that, and wait until it is served.

    `message` is for git; `why` is what people read of it here, and may be empty;
    `act` is what the log calls it.

    What is public and could not be finished or committed counts as published: the next publication
    finishes it, and the page tells that.

    Raises:
        PublishError, OutputError: nothing was published; why.
        DeskError: the desk cannot be used; what was published nevertheless is settled later.
    """
    async with _ONE:
        await _publish(visit, make, (author, message), why, draft, act)


async def _publish(
    visit: Visit, make: edits.Make, whose: tuple[str, str], why: str, draft: Draft | None, act: str
) -> None:
    root, desk = visit.site.snapshot.root, visit.desk
    ours: list[Publication] = []

    def planned(made: Plan) -> None:
        settle(desk, root)
        ours.append(_planned(visit, made, why, draft, act))
        desk.publications.begin(ours[0])

    try:
        await asyncio.to_thread(edits.publish, root, make, *whose, tell, planned)
    except (PublishError, OutputError) as error:
        if not (ours and edits.is_fact(root, ours[0].path)):
            raise
        tell(str(error))
    await asyncio.to_thread(settle, desk, root)
    if visit.request.app.state.live is not None:
        with suppress(TimeoutError):  # it is published; the page after this may be that of before
            await asyncio.wait_for(_served(visit, ours[0]), _PATIENCE)


def settle(desk: Desk, root: Path) -> None:
    """Let the desk say of what was broken off what the folder says: it was published."""
    for made in desk.publications.unsettled():
        with suppress(OutputError):  # of a journal that cannot be read `wijk publish` tells
            if edits.is_fact(root, made.path):
                desk.publications.settle(made)


def version(document: str, stamp: str) -> str:
    """What the log calls one version of a document."""
    return f"{document}?versie={stamp}"


def tell(line: str) -> None:
    """Tell something to who looks after the server."""
    print(f"/redactie: {line}", file=sys.stderr)


def _planned(visit: Visit, made: Plan, why: str, draft: Draft | None, act: str) -> Publication:
    versions = tuple(version(it.entry.document, it.entry.stamp) for it in made.changes)
    by, role = visit.account.name, visit.account.role
    if draft is None:
        return Publication(str(made.log), versions, by, role, why, act=act)
    roles = {it.name: it.role for it in visit.desk.accounts.all()}
    writers = tuple((it, roles.get(it, "")) for it in sorted(visit.desk.writers(draft.id)))
    return Publication(
        *(str(made.log), versions, by, role, why, writers, draft.id, draft.version, why)
    )


def title(draft: Draft) -> str:
    """What is told of a publication without a reason."""
    return f"data: {draft.title}"


async def _served(visit: Visit, made: Publication) -> None:
    """Wait until the server took in the last of what was published."""
    document, _, stamp = made.versions[-1].partition("?versie=")
    while not any(it.stamp == stamp for it in visit.site.log.history(document)):
        await asyncio.sleep(_LOOK)
