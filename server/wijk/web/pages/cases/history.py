"""What changed in a case, and when: from the change log, in the words of the page."""

import asyncio
from dataclasses import dataclass

from rdflib import Graph, URIRef
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from wijk import days, turtle
from wijk.changelog import Entry
from wijk.editing.changes import changes
from wijk.editing.handing import based
from wijk.editing.meaning import Meaning
from wijk.editing.records import Record
from wijk.editing.told import Said, Words
from wijk.errors import TurtleSyntaxError
from wijk.web.pages import frame
from wijk.web.site import Site
from wijk.web.views import Link

MOST = 50
"""So many versions are told on the page, the newest ones; the log has them all."""
_SAME = "Er staat hetzelfde als voor het intrekken."
_TYPES = {"Create": "Geplaatst", "Update": "Gewijzigd", "Delete": "Ingetrokken"}


@dataclass(frozen=True)
class Field:
    """A field that changed: what it said, and what it says since; each value with its evidence."""

    label: str
    before: tuple[Said, ...]
    after: tuple[Said, ...]


@dataclass(frozen=True)
class Version:
    """One publication: when, what happened, and which fields changed; or why that is not told."""

    stamp: str
    day: str
    what: str
    fields: tuple[Field, ...]
    said: str = ""


def versions(site: Site, document: str, whole: bool = False) -> list[Version]:
    """The publications of a document, the newest first.

    What was withdrawn is not told, unless it is to be `whole`: for its editors.
    """
    entries = site.log.history(document)
    told = whole or not entries or entries[-1].type != "Delete"
    found, before = [], None
    for at, entry in enumerate(entries):
        if at >= len(entries) - MOST:
            found.append(_version(site, before, entry, told))
        before = before if entry.type == "Delete" else entry
    return found[::-1]


def _version(site: Site, before: Entry | None, entry: Entry, told: bool) -> Version:
    """One publication, and what stood there before it, also when that was withdrawn."""
    again = entry.type == "Create" and before is not None
    what = "Opnieuw geplaatst" if again else _TYPES[entry.type]
    fields, said = _told(site, before, entry, told)
    return Version(entry.stamp, days.dutch(entry.time.date()), what, fields, said)


def _told(
    site: Site, before: Entry | None, entry: Entry, told: bool
) -> tuple[tuple[Field, ...], str]:
    """Which fields a publication changed, or a sentence instead."""
    if entry.type == "Delete":
        return (), entry.reason
    if entry.redacted:
        return (), "De inhoud van deze versie is weggehaald."
    if before is None:
        return (), "Dit is de eerste versie."
    found = _changed(site, before, entry) if told else None
    if found is None:
        return (), "Wat er veranderde, is hier niet te zien."
    if found:
        return found, ""
    if _triples(before) == _triples(entry):
        again = entry.type == "Create"
        return (), _SAME if again else "Alleen de schrijfwijze veranderde."
    return (), "De velden bleven gelijk. Er veranderde iets anders in het bestand."


def fields(site: Site, entry: Entry) -> tuple[Field, ...]:
    """What a version said; nothing when it cannot be read any more."""
    return _changed(site, None, entry) or ()


def _changed(site: Site, before: Entry | None, entry: Entry) -> tuple[Field, ...] | None:
    """The fields that differ, with what is in one version alone; None when one cannot be read."""
    try:
        old, now = (_record(site, before) if before else None), _record(site, entry)
    except TurtleSyntaxError:
        return None
    if now is None or (before and old is None):
        return None
    words, found = Words(Meaning(site.snapshot)), []
    for it in changes(old, now):
        field = words.field(now, it.part, it.path)
        was, become = words.said(field, it.before), words.said(field, it.after)
        label = words.label(it.part, it.path, now, old)
        found.append(Field(label, _without(was, become), _without(become, was)))
    return tuple(found)


def _record(site: Site, entry: Entry) -> Record | None:
    """What an entry says with its fields; nothing when its content is not there.

    Raises:
        TurtleSyntaxError: it cannot be read any more.
    """
    if entry.content is None:
        return None
    kind, slug = entry.document.split("/")[-2:]
    return based(entry.content, Record(kind, slug, entry.thing), site.snapshot)


def _without(these: tuple[Said, ...], those: tuple[Said, ...]) -> tuple[Said, ...]:
    return tuple(it for it in these if it not in those)


def _triples(entry: Entry) -> set[tuple[object, ...]]:
    """What an entry says, but for when it was published; there are no blank nodes in the data."""
    graph: Graph = turtle.parse((entry.content or "").encode(), entry.path, entry.thing)
    return {triple for triple in graph if triple[0] != URIRef(entry.document)}


async def _changes(request: Request) -> Response:
    """`/wijzigingen/case/<slug>`: every publication of a case, also of one that is gone."""
    site: Site = request.app.state.site
    slug: str = request.path_params["slug"]
    iri = f"{site.snapshot.base}doc/case/{slug}"
    if iri not in site.snapshot.documents and not site.log.history(iri):
        raise HTTPException(404)
    gone = iri in site.gone or iri not in site.snapshot.documents
    thing = iri.replace("/doc/", "/id/", 1)
    title = "Een ingetrokken casus" if gone else site.label(thing)
    path = "" if gone else site.path(thing) or ""
    made = await asyncio.to_thread(versions, site, iri)
    return frame.shown(
        request,
        "casus/wijzigingen.html",
        section="casussen",
        crumbs=[
            Link("Casussen", "/casussen"),
            *([Link(title, path)] if path else ()),
            Link("Wijzigingen", f"/wijzigingen/case/{slug}"),
        ],
        title=title,
        path=path,
        versions=made,
        count=len(site.log.history(iri)),
    )


ROUTES = {"/wijzigingen/case/{slug}": _changes}
