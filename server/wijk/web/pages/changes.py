"""`/wijzigingen`: what was published, changed and withdrawn, by day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from wijk import days
from wijk.changelog import Entry
from wijk.web.pages import frame
from wijk.web.site import Site
from wijk.web.sources import shortly
from wijk.web.views import Link

_DONE = {"Create": "nieuw", "Update": "gewijzigd", "Delete": "ingetrokken"}
_AT_ONCE = 50
_HERE = Link("Wijzigingen", "/wijzigingen")


@dataclass(frozen=True)
class Change:
    """One entry of the log: what happened to what, and why when it was withdrawn."""

    done: str
    title: str
    href: str
    reason: str


@dataclass(frozen=True)
class Day:
    """One day of the log, in words, with how often each thing was done."""

    day: str
    words: str
    counts: tuple[tuple[str, int], ...]


async def by_day(site: Site) -> Mapping[str, Sequence[Entry]]:
    """The entries of each day such as `2026-11-23`, the newest day and entry first."""

    def make() -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in reversed(site.log.entries):
            found.setdefault(entry.stamp[:10], []).append(entry)
        return found

    return await site.once("changes", make)


async def _all(request: Request) -> Response:
    site: Site = request.app.state.site
    found = [_day(day, entries) for day, entries in (await by_day(site)).items()]
    return frame.shown(request, "gegevens/wijzigingen.html", crumbs=[_HERE], days=found)


async def _one(request: Request) -> Response:
    """`/wijzigingen/<day>` and `/wijzigingen/<day>/deel/<number>`: fifty at a time."""
    site: Site = request.app.state.site
    day, number = request.path_params["day"], request.path_params.get("number", 1)
    entries = (await by_day(site)).get(day, ())
    part = entries[(number - 1) * _AT_ONCE : number * _AT_ONCE] if number else ()
    if not part:
        raise HTTPException(404)
    told = _day(day, entries)
    return frame.shown(
        request,
        "gegevens/dag.html",
        crumbs=[_HERE, Link(told.words, f"/wijzigingen/{day}")],
        told=told,
        changes=[_change(site, entry) for entry in part],
        number=number,
        parts=parts(entries),
    )


def parts(entries: Sequence[Entry]) -> int:
    """How many pages these take."""
    return -(-len(entries) // _AT_ONCE)


def _day(day: str, entries: Sequence[Entry]) -> Day:
    counted = Counter(_DONE[entry.type] for entry in entries)
    counts = tuple((done, counted[done]) for done in _DONE.values() if counted[done])
    return Day(day, days.dutch(date.fromisoformat(day)), counts)


def _change(site: Site, entry: Entry) -> Change:
    document = site.snapshot.documents.get(entry.document)
    things = document.told.things if document else ()
    # The document of a source has a name of ours, and the source its own.
    thing = entry.thing if entry.thing in things else next(iter(things), entry.thing)
    title = shortly(site.label(thing))
    href = site.path(entry.thing) or site.addresses.document_path(entry.document)
    return Change(_DONE[entry.type], title, href, entry.reason)


ROUTES = {
    "/wijzigingen": _all,
    "/wijzigingen/{day}": _one,
    "/wijzigingen/{day}/deel/{number:int}": _one,
}
