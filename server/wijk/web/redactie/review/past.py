"""`/redactie/geschiedenis/{kind}/{slug}`: every version, by whom and why; and one put back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from rdflib import RDF
from rdflib.namespace import SDO
from starlette.exceptions import HTTPException
from starlette.responses import Response

from wijk import documents, stamps, turtle
from wijk.changelog import ChangeLog, Entry
from wijk.editing.desk.acts import Act
from wijk.editing.desk.publications import DONE, RESTORED, WROTE
from wijk.errors import OutputError, PublishError, TurtleSyntaxError
from wijk.publishing import edits
from wijk.snapshot import Snapshot
from wijk.web.pages.cases import history
from wijk.web.redactie import live
from wijk.web.redactie.listing import KINDS, moment
from wijk.web.redactie.review import publishing
from wijk.web.redactie.visit import HERE, ROLES, Door, Visit
from wijk.web.views import Link

_AT_ONCE = timedelta(seconds=1)
"""What one publication withdraws has moments that are no further apart."""


@dataclass(frozen=True)
class Version:
    """One publication, with who did it here; `back` is whether it can be put back.

    `wrote` and `by` name who wrote and who published it, each with the role.
    """

    told: history.Version
    wrote: str
    by: str
    why: str
    back: bool


def _entries(visit: Visit) -> tuple[Entry, ...]:
    """The versions of the document of this address, the first first.

    Raises:
        HTTPException: it was never published.
    """
    kind, slug = visit.named["kind"], visit.named["slug"]
    entries = visit.site.log.history(f"{visit.site.snapshot.base}doc/{kind}/{slug}")
    if kind not in KINDS or not entries:
        raise HTTPException(404)
    return entries


def _along(visit: Visit, entries: Sequence[Entry]) -> list[Entry]:
    """What is withdrawn still, of what was withdrawn in one go with this, for the same reason."""
    last = entries[-1]
    if last.type != "Delete":
        return []
    return [
        it
        for it in visit.site.log.withdrawn
        if it.reason == last.reason
        and abs(it.time - last.time) < _AT_ONCE
        and it.document != last.document
    ]


def _title(visit: Visit, entry: Entry) -> str:
    if entry.document not in visit.site.gone:
        return visit.site.label(entry.thing)
    return _last_called(visit, entry.document) or visit.named["slug"]


def _shown(visit: Visit, status: int = 200, fault: str = "", why: str = "") -> Response:
    entries = _entries(visit)
    last = entries[-1]
    hidden = _hidden(visit, entries)
    versions = [*_versions(visit, entries, hidden)]
    return visit.shown(
        "geschiedenis.html",
        status,
        [Link(f"Geschiedenis van {_title(visit, last)}", "")],
        title=_title(visit, last),
        versions=versions,
        count=len(entries),
        gone=last.type == "Delete",
        along=[(it.document, _named(visit, it.document)) for it in _along(visit, entries)],
        broken_off=edits.broken_off(visit.site.snapshot.root),
        hidden=hidden,
        moment=moment,
        kind=visit.named["kind"],
        slug=visit.named["slug"],
        fault=fault,
        typed={visit.named.get("version", ""): why},
    )


def _versions(visit: Visit, entries: Sequence[Entry], hidden: bool) -> Iterator[Version]:
    """What is told of each version: its fields, who wrote and who published it, and why."""
    last = entries[-1]
    for told in history.versions(visit.site, last.document, whole=True):
        entry = next(it for it in entries if it.stamp == told.stamp)
        acts = visit.desk.acts(live.version(entry.document, told.stamp))
        act = next((it for it in acts if it.act in DONE), None)
        wrote = " en ".join(sorted(_by(it) for it in acts if it.act == WROTE))
        back = entry.content is not None and entry is not last
        told = replace(told, fields=()) if hidden else told
        # Of what was withdrawn a reason may have the name; that of a withdrawal is public.
        why = act.why if act and (not hidden or entry.type == "Delete") else ""
        yield Version(told, wrote, _by(act) if act else "", why, back)


def _hidden(visit: Visit, entries: Sequence[Entry]) -> bool:
    """Whether the text is withdrawn, and not for this person to read."""
    return entries[-1].type == "Delete" and not visit.account.may("administrator")


def _by(act: Act) -> str:
    role = ROLES.get(act.role, act.role)
    return f"{act.by} ({role})" if role else act.by


def _one(visit: Visit) -> Response:
    """One version as it was, in Turtle and in fields."""
    entries = _entries(visit)
    if _hidden(visit, entries):
        return visit.shown("mag-niet.html", 403)
    entry = next((it for it in entries if it.stamp == visit.named["version"]), None)
    if entry is None or entry.content is None:
        raise HTTPException(404)
    return visit.shown(
        "versie.html",
        crumbs=[
            Link(f"Geschiedenis van {_title(visit, entry)}", _path(visit)),
            Link(f"Versie van {moment(entry.stamp)}", ""),
        ],
        title=_title(visit, entry),
        stamp=entry.stamp,
        fields=history.fields(visit.site, entry),
        text=entry.content,
        back=entry is not entries[-1],
        kind=visit.named["kind"],
        slug=visit.named["slug"],
    )


async def _restore(visit: Visit) -> Response:
    """Put a version back: it is published again, as a new one."""
    stamp = visit.named["version"]
    entries = _entries(visit)
    entry = next((it for it in entries if it.stamp == stamp), None)
    if entry is None:
        raise HTTPException(404)
    wanted = {value for name, value in visit.sent if name == "mee"}
    along = [it.thing for it in _along(visit, entries) if it.document in wanted]
    version, here = entry, _stands(visit, entry)

    def make(taken: Snapshot, log: ChangeLog) -> list[edits.Edit]:
        made = edits.restoration(version.thing, version.time, taken, log)
        return made + [it for each in along for it in edits.restoration(each, None, taken, log)]

    why = " ".join(visit.given.get("waarom", "").split())[: publishing.WHY]
    message = why or f"data: put back the version of {stamp}"
    try:
        told = why or f"De versie van {moment(stamp)} is teruggezet."
        whose = visit.account.author
        await live.publish(visit, make, whose, message, told, act=RESTORED)
    except (PublishError, OutputError) as error:
        if isinstance(error, PublishError) and error.kind == "same" and not here:
            return visit.go(_path(visit))  # it was put back while this waited
        return _shown(visit, 409, publishing.told(visit, error), why)
    return visit.go(_path(visit))


def _stands(visit: Visit, entry: Entry) -> bool:
    """Whether what is served says the same as this version."""
    document = visit.site.snapshot.documents.get(entry.document)
    now = document.source if document is not None else b""
    was = (entry.content or "").encode()
    return stamps.parted(now, entry.document)[0] == stamps.parted(was, entry.document)[0]


def _named(visit: Visit, document: str) -> str:
    """What is withdrawn as its kind, and what it was called or else its name in the address."""
    kind, slug = document.split("/")[-2:]
    name = _last_called(visit, document) or slug
    return f"{KINDS[kind][0] if kind in KINDS else kind} {name}"


def _last_called(visit: Visit, document: str) -> str:
    """What a withdrawn thing was called last, by the log: for who may read that."""
    entries = visit.site.log.history(document)
    last = next((it for it in reversed(entries) if it.type != "Delete"), None)
    if last is None or not last.content or _hidden(visit, entries):
        return ""
    try:
        graph = turtle.parse(last.content.encode(), last.path, last.thing)
    except TurtleSyntaxError:
        return ""
    page = graph.value(None, RDF.type, SDO.WebPage)  # what a source is about is elsewhere
    return documents.label(graph, str(page or last.thing))


def _path(visit: Visit) -> str:
    return f"{HERE}/geschiedenis/{visit.named['kind']}/{visit.named['slug']}"


DOORS = (
    Door("/geschiedenis/{kind}/{slug}", _shown),
    Door("/geschiedenis/{kind}/{slug}/{version}", _one),
    Door("/terugzetten/{kind}/{slug}/{version}", post=_restore, role="administrator"),
)
