"""`/redactie`: the drafts, and where something new or a correction begins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz, process, utils
from starlette.responses import Response

from wijk import days
from wijk.editing.desk.drafts import Draft
from wijk.editing.meaning import together
from wijk.editing.records import path_of
from wijk.web.redactie.visit import HERE, Door, Visit
from wijk.web.site import Site
from wijk.web.views import Link

STATES = {
    "draft": "concept",
    "checked": "gecontroleerd, nog niet ingestuurd",
    "review": "wacht op een beoordeling",
    "returned": "terug met opmerkingen",
    "published": "gepubliceerd",
    "dropped": "weggegooid",
}
KINDS = {
    "case": ("casus", "Casus"),
    "initiative": ("initiatief", "Initiatief"),
    "lesson": ("les", "Les"),
    "actor": ("betrokkene", "Betrokkene"),
    "place": ("plek", "Plek"),
    "media": ("uiting", "Uiting"),
    "source": ("bron", "Bron"),
}
"""The kinds that are entered, as people call them."""
ALONE = ("case", "lesson", "actor", "media")
"""What a draft can begin with: what else is new is published with what names it."""
_FOUND, _LIKE = 25, 70


@dataclass(frozen=True)
class Line:
    """A draft in the list."""

    draft: Draft
    title: str
    href: str
    kind: str
    state: str
    moment: str
    own: bool


def may_change(visit: Visit, draft: Draft) -> bool:
    """Whether a draft is this person's to work on: their own, or any as an editor."""
    return visit.account.may("editor") or draft.author == visit.account.name


def may_see(visit: Visit, draft: Draft) -> bool:
    """Whether this person may read it too: what was withdrawn is for an administrator."""
    closed = not visit.account.may("administrator") and withdrawn(visit.site, draft)
    return may_change(visit, draft) and not closed


def withdrawn(site: Site, draft: Draft) -> bool:
    """Whether what a draft began from or brought was withdrawn since: it has the text of it."""
    return bool(gone(site, draft))


def gone(site: Site, draft: Draft) -> tuple[str, ...]:
    """The documents that a draft began from or brought, and that were withdrawn since."""
    return tuple(it for it in _about(site, draft) if it in site.gone)


def withdrawn_since(site: Site, draft: Draft, moment: datetime) -> bool:
    """Whether that was so at any time after this moment, also when it is put back by now."""
    histories = (site.log.history(it) for it in _about(site, draft))
    return any(it.type == "Delete" and it.time > moment for told in histories for it in told)


def _about(site: Site, draft: Draft) -> Iterator[str]:
    """The documents that a draft began from, and those that were published with it.

    What else stands at the address of something new in it is not what it is about.
    """
    base = site.snapshot.base
    began = (it for it in draft.records if str(path_of(it)) in draft.bases)
    yield from dict.fromkeys([*(f"{base}doc/{it.kind}/{it.slug}" for it in began), *draft.brought])


def moment(text: str) -> str:
    """A moment as people write it: 23 november 2026, 14.05 uur."""
    when = datetime.fromisoformat(text).astimezone()
    return f"{days.dutch(when.date())}, {when:%H.%M} uur"


def _all(visit: Visit) -> Response:
    theirs = [it for it in visit.desk.drafts() if may_change(visit, it)]
    drafts = [it for it in theirs if may_see(visit, it)]
    asked = visit.request.query_params.get("zoek", "").strip()[:200]
    return visit.shown(
        "redactie.html",
        lines=[_line(visit, it) for it in drafts],
        closed=len(theirs) - len(drafts),
        kinds=[(kind, KINDS[kind][0]) for kind in ALONE],
        asked=asked,
        found=_found(visit, asked) if asked else [],
    )


def _line(visit: Visit, draft: Draft) -> Line:
    return Line(
        draft,
        together(draft.records),
        f"{HERE}/concept/{draft.id}" + ("/beoordelen" if draft.state == "review" else ""),
        KINDS[draft.kind][0],
        STATES[draft.state],
        moment(draft.changed),
        draft.author == visit.account.name,
    )


def _found(visit: Visit, asked: str) -> list[Link]:
    """What is called so, or nearly, of what can be corrected."""
    base, site = visit.site.snapshot.base, visit.site
    known = {
        (kind, slug): site.label(f"{base}id/{kind}/{slug}")
        for kind in KINDS
        for slug in site.snapshot.slugs(kind)
    }
    named = {it: label for it, label in known.items() if asked.casefold() in label.casefold()}
    if not named:
        near = process.extract(
            *(asked, known), scorer=fuzz.WRatio, processor=utils.default_process,
            limit=_FOUND, score_cutoff=_LIKE,
        )  # fmt: skip
        named = {it: label for label, _, it in near}
    first = sorted(named.items(), key=lambda it: (list(KINDS).index(it[0][0]), it[1].casefold()))
    return [
        Link(label or slug, f"{HERE}/wijzig/{kind}/{slug}", KINDS[kind][0])
        for (kind, slug), label in first[:_FOUND]
    ]


DOORS = (Door("", _all),)
