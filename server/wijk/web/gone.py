"""410: what is told of a thing that was withdrawn, on every address it had."""

from collections.abc import Iterable, Mapping
from datetime import date

from wijk import days, tombstones
from wijk.questions import Param
from wijk.tombstones import Tombstone
from wijk.web.lists import LISTS, kind_of
from wijk.web.problems import Problem
from wijk.web.site import Site
from wijk.web.views import Link


def stone(site: Site, document: str) -> Tombstone | None:
    """The tombstone of a document, in the folder or else in the log; None when it is not gone."""
    found = site.snapshot.documents.get(document)
    if found is not None:
        return tombstones.of(found)
    last = site.log.latest.get(document)
    if last is None or last.type != "Delete":
        return None
    return Tombstone(last.thing, last.stamp, last.reason)


def problem(site: Site, document: str) -> Problem | None:
    """The problem that is the answer about a document that is gone; None when it is not."""
    found = stone(site, document)
    if found is None:
        return None
    when = days.dutch(date.fromisoformat(found.time[:10]))
    word, way = LISTS.get(kind_of(document), ("", ()))
    what = f"Hier stond een {word}. De naam en de tekst tonen we niet meer. " if word else ""
    told = f"{what}Dit is ingetrokken op {when}. Reden: {found.reason}"
    if found.replaced_by:
        told += " Dit kwam ervoor in de plaats:"
    more = {"thing": found.thing, "withdrawn": found.time, "reason": found.reason}
    if found.replaced_by:
        more["replacedBy"] = found.replaced_by
    detail = f"{found.thing} was withdrawn at {found.time}: {found.reason}"
    return Problem(
        *(410, "Gone", detail),
        more=more,
        nearest=tuple(_successor(site, found)),
        told=told,
        way=way,
    )


def asked(site: Site, params: Iterable[Param], given: Mapping[str, str]) -> Problem | None:
    """The same of the first of these parameters that names a thing that is gone."""
    named = ((param, given.get(param.name, "").strip()) for param in params)
    documents = (param.document(value, site.snapshot) for param, value in named if value)
    return next(filter(None, (problem(site, it) for it in documents if it)), None)


def _successor(site: Site, found: Tombstone) -> list[Link]:
    if not found.replaced_by:
        return []
    path = site.path(found.replaced_by)
    return [Link(site.label(found.replaced_by), path)] if path else []
