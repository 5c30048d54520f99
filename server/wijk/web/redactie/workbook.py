"""`/redactie/werkboek`: a workbook to fill in; one that comes back gives drafts, or findings."""

import asyncio
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.responses import Response

from wijk.editing.desk.drafts import Draft
from wijk.editing.meaning import called, together
from wijk.tabular import exporting, importing, making
from wijk.tabular.annotating import annotated
from wijk.tabular.checked import MEDIA_TYPES
from wijk.tabular.grid import Unreadable
from wijk.tabular.grouping import groups
from wijk.tabular.importing import Given, Made, Taken
from wijk.tabular.problems import once, total
from wijk.web import trying
from wijk.web.redactie.checked import twins
from wijk.web.redactie.visit import Door, Visit
from wijk.web.site import Site
from wijk.web.views import Link

_UNPACKED = 64 * 1024**2
"""Bytes that the parts of a workbook may be together, once unpacked."""
_MOST = 50
"""So many drafts come of one workbook; who enters more uses the command."""
_COPIES = 10
"""So many copies with what was found are kept in memory, the last ones."""
_TITLE = "Werkboek"
_ONE = asyncio.Semaphore(1)
"""One workbook at a time becomes drafts: what is sent twice finds what the first made."""


@dataclass(frozen=True)
class Begun:
    """A draft that came of a workbook, or that was there; `twins` tells of others like it."""

    draft: Draft
    title: str
    old: bool
    twins: list[str]


async def _file(visit: Visit) -> Response:
    """`/redactie/werkboek`: the workbook, empty or with all that is there."""
    site, whole = visit.site, visit.request.query_params.get("met") == "alles"
    name = "casussen-alles.xlsx" if whole else "casussen.xlsx"
    made = await site.once(("workbook", whole), lambda: _made(site, whole))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type=MEDIA_TYPES[0], headers=headers)


def _made(site: Site, whole: bool) -> bytes:
    into = io.BytesIO()
    making.write(site.snapshot, into, exporting.rows(site.snapshot) if whole else None)
    return into.getvalue()


def _asked(visit: Visit) -> Response:
    """`/redactie/werkboek/insturen`: where it is handed in."""
    return _shown(visit, None)


class HandedIn:
    """What is handed in; of who handed in something wrong, the last copy with findings on it."""

    def __init__(self) -> None:
        self._copies: dict[str, bytes] = {}

    @property
    def doors(self) -> tuple[Door, ...]:
        """Where it is handed in, and where its copy is fetched."""
        return (
            Door("/werkboek/insturen", _asked, self._handed_in, upload=True),
            Door("/werkboek/nagekeken", self._copy),
        )

    async def _handed_in(self, visit: Visit) -> Response:
        """Drafts of what is right; else what is wrong, each at its cell, and nothing is kept."""
        if visit.upload is None:
            return _shown(visit, None, "Kies eerst een bestand.")
        content = await asyncio.to_thread(visit.upload.stream.read)
        given = await asyncio.to_thread(_read, visit.site, content)
        found = given.judged(await trying.tried(visit.site, given.files) if given.made else ())
        sorted_out = groups(found.made) if found.right else []
        if len(sorted_out) > _MOST:
            fault = (
                f"Dit zijn meer dan {_MOST} concepten. Verdeel het werkboek over meer bestanden."
            )
            return _shown(visit, None, fault)
        copied = await asyncio.to_thread(self._keep, visit.account.name, content, found)
        async with _ONE:
            drafts = await asyncio.to_thread(_all_begun, visit, sorted_out)
        return _shown(visit, found, drafts=drafts, copied=copied)

    def _keep(self, name: str, content: bytes, found: Taken) -> bool:
        """Whether there is a copy with what was found on its cells."""
        self._copies.pop(name, None)
        if found.right:
            return False
        try:
            self._copies[name] = annotated(content, found.problems)
        except Unreadable:
            return False
        while len(self._copies) > _COPIES:
            self._copies.pop(next(iter(self._copies)), None)
        return True

    def _copy(self, visit: Visit) -> Response:
        """`/redactie/werkboek/nagekeken`: the copy of what this person handed in last."""
        if (copy := self._copies.get(visit.account.name)) is None:
            raise HTTPException(404)
        headers = {"Content-Disposition": 'attachment; filename="nagekeken.xlsx"'}
        return Response(copy, media_type=MEDIA_TYPES[0], headers=headers)


def _read(site: Site, content: bytes) -> Given:
    given = importing.read(content, site.snapshot, unpacked=_UNPACKED)
    return replace(given, problems=once(given.problems))


def _all_begun(visit: Visit, sorted_out: Iterable[tuple[Made, ...]]) -> tuple[Begun, ...]:
    """The drafts; of what is handed in again unchanged, the one that it made before."""
    before = visit.desk.drafts()
    drafts = [_begun(visit, group, before) for group in sorted_out]
    there = visit.desk.drafts()
    name, old = visit.account.name, {it.id for it in before}
    return tuple(
        Begun(
            *(it, together(it.records), it.id in old),
            sorted({told for each in twins(it, there, name).values() for told in each}),
        )
        for it in drafts
    )


def _begun(visit: Visit, group: tuple[Made, ...], before: Iterable[Draft]) -> Draft:
    records, name = tuple(each.record for each in group), visit.account.name
    bases = {
        str(each.path): each.document.source.decode("utf-8")
        for each in group
        if each.document is not None
    }
    for it in before:
        if (it.author, it.records, it.bases, it.usual) == (name, records, bases, None):
            return it
    draft = visit.desk.begin(name, records, called(records[0]), bases)
    visit.log("begonnen", draft.id, "werkboek")
    return draft


def _shown(
    visit: Visit,
    found: Taken | None,
    fault: str = "",
    drafts: tuple[Begun, ...] = (),
    copied: bool = False,
) -> Response:
    wrong = found is not None and not found.right
    return visit.shown(
        "werkboek.html",
        422 if wrong or fault else 200,
        crumbs=[Link(_TITLE, "")],
        fault=fault,
        problems=found.problems if found else (),
        counted=total(found.problems) if found else "",
        done=found is not None,
        right=found is not None and found.right,
        drafts=drafts,
        copied=copied,
    )


DOORS = (Door("/werkboek", _file),)
