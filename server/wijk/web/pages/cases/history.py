"""What changed in a case, and when: from the change log, in the words of the page."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, Graph, Node, URIRef
from rdflib.namespace import DCTERMS
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from wijk import days, turtle
from wijk.changelog import Entry
from wijk.errors import TurtleSyntaxError
from wijk.namespaces import WIJK
from wijk.web.pages import frame
from wijk.web.site import Site
from wijk.web.views import Link

MOST = 50
"""So many versions are told on the page, the newest ones; the log has them all."""
_TYPES = {"Create": "Geplaatst", "Update": "Gewijzigd", "Delete": "Ingetrokken"}
Fields = dict[str, tuple[str, ...]]
"""The texts of each field of a version, by its name in words."""


@dataclass(frozen=True)
class Field:
    """A field that changed: what it said, and what it says since."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]


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
    entries = site.log.history(document)[-MOST:]
    gone = not whole and entries and entries[-1].type == "Delete"
    found, before = [], None
    for entry in entries:
        now = None if gone or entry.content is None else fields(site, entry)
        found.append(_version(entry, before, now))
        before = now
    return found[::-1]


def _version(entry: Entry, before: Fields | None, now: Fields | None) -> Version:
    day, what = days.dutch(entry.time.date()), _TYPES[entry.type]
    if entry.type == "Delete":
        return Version(entry.stamp, day, what, (), entry.reason)
    if entry.redacted:
        return Version(entry.stamp, day, what, (), "De inhoud van deze versie is weggehaald.")
    if before is None or now is None:
        return Version(entry.stamp, day, what, ())
    changed = tuple(
        Field(name, _without(old, new), _without(new, old))
        for name in sorted(before.keys() | now.keys())
        if (old := before.get(name, ())) != (new := now.get(name, ()))
    )
    said = "" if changed else "Alleen de schrijfwijze veranderde."
    return Version(entry.stamp, day, what, changed, said)


def _without(these: tuple[str, ...], those: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(it for it in these if it not in those)


def fields(site: Site, entry: Entry) -> Fields | None:
    """What a version said; None when it cannot be read any more."""
    try:
        graph = turtle.parse((entry.content or "").encode(), entry.path, entry.thing)
    except TurtleSyntaxError:
        return None
    thing = URIRef(entry.thing)
    kinds = list(graph.objects(thing, RDF.type))
    found: dict[str, list[str]] = {}
    for predicate, value in graph.predicate_objects(thing):
        found.setdefault(site.words.property(predicate, kinds), []).append(_text(site, value))
    for part in graph.subjects(RDF.type, WIJK.Participation):
        found.setdefault("wie doen er mee", []).append(_taking_part(site, graph, part))
    for told in _sources(site, graph):
        found.setdefault("bronnen", []).append(told)
    return {name: tuple(sorted({*texts})) for name, texts in found.items()}


def _taking_part(site: Site, graph: Graph, part: Node) -> str:
    actor = graph.value(part, WIJK.actor)
    roles = sorted(site.label(str(role)) for role in graph.objects(part, WIJK.role))
    return ", ".join([site.label(str(actor or part)), *roles])


def _sources(site: Site, graph: Graph) -> Iterator[str]:
    for source in set(graph.objects(None, DCTERMS.source)):
        yield site.label(str(source))


def _text(site: Site, node: Node) -> str:
    return site.label(str(node)) if isinstance(node, URIRef) else str(node)


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
