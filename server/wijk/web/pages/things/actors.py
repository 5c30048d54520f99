"""The page of an actor: an organisation or group, never a private person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rdflib.namespace import OWL, SDO

from wijk.namespaces import WIJK
from wijk.search.shelf import OnShelf
from wijk.web.pages.shown import Shown
from wijk.web.pages.things import framing
from wijk.web.pages.things.filed import SHOWN, Filed, filed
from wijk.web.pages.things.linking import Listed, bound, link, listed
from wijk.web.pages.things.partners import partners
from wijk.web.sources import Mark, words
from wijk.web.views import Link

_FACTS = (WIJK.actorKind, SDO.alternateName, SDO.url, OWL.sameAs)
_NOT_YET = "candidate"
_FACET = "betrokkene"
Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Role:
    """What somebody does in a case or project: the role, where that is told, notes, and days."""

    role: Link
    told: str
    notes: tuple[str, ...]
    days: str
    mark: Mark


@dataclass(frozen=True)
class TakesPart:
    """A case or project, and the roles in it."""

    about: Link
    case: OnShelf | None
    roles: tuple[Role, ...]


async def actor(shown: Shown) -> bytes:
    """The page of an actor.

    Raises:
        EngineError: the engine does not answer.
    """
    site, iri = shown.site, shown.page.iri
    rows = await site.rows("actor", bound(iri))
    filing = await filed(site)
    takes_part = _takes_part(shown, filing, rows)
    cases = [it for it in takes_part if it.case]
    return framing.filled(
        shown,
        "betrokkene",
        framing.ACTORS,
        _plate(shown),
        _FACTS,
        found=cases[:SHOWN],
        every=filing.cases(_FACET, (iri,)),
        others=[it for it in takes_part if not it.case],
        lists=await _partners(shown),
    )


def _plate(shown: Shown) -> framing.Plate:
    kinds = [shown.site.label(it) for it in framing.objects(shown, WIJK.actorKind)]
    return framing.Plate(", ".join(kinds).capitalize() or "Betrokkene")


def _takes_part(shown: Shown, filing: Filed, rows: Rows) -> list[TakesPart]:
    told: dict[str, dict[str, list[Mapping[str, str]]]] = {}
    for row in rows:
        if not row.get("status", "").endswith(f"/{_NOT_YET}"):
            told.setdefault(row["in"], {}).setdefault(row["part"], []).append(row)
    found = [
        TakesPart(
            link(shown.site, about),
            filing.one(about),
            tuple(_role(shown, parts[part]) for part in sorted(parts)),
        )
        for about, parts in told.items()
    ]
    at = filing.shelf.at
    return sorted(found, key=lambda it: (at[it.case.iri] if it.case else -1, it.about.text))


def _role(shown: Shown, rows: Rows) -> Role:
    """One participation; it has a row for each of its notes and sources."""
    first, site = rows[0], shown.site
    known = link(site, first["role"]) if "role" in first else Link("doet mee", "")
    notes = dict.fromkeys(row["note"] for row in rows if "note" in row)
    numbered = shown.sources.cited(row["source"] for row in rows if "source" in row)
    return Role(
        known,
        site.path(first["part"]) or "",
        tuple(notes),
        _days(first),
        replace(numbered, words=words(first.get("basis", ""), first.get("status", ""))),
    )


def _days(row: Mapping[str, str]) -> str:
    """Since when, and until when, as far as that is known."""
    start, end = (framing.day(row[each]) if each in row else "" for each in ("start", "end"))
    if start and end:
        return f"{start} tot {end}"
    return f"vanaf {start}" if start else f"tot {end}" if end else ""


async def _partners(shown: Shown) -> list[Listed]:
    site = shown.site
    shared = (await partners(site)).of(shown.page.iri)
    if not shared:
        return []
    found = listed(
        site,
        "Zit in dezelfde casussen als",
        shared,
        lambda iri: f"{framing.cases(shared[iri])} samen" if shared[iri] > 1 else "",
    )
    return [found]
