"""The pages of themes, other concepts, and the schemes they are in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

from wijk.matching import texts
from wijk.web import numbers
from wijk.web.pages.shown import Shown
from wijk.web.pages.things import framing
from wijk.web.pages.things.filed import Cases, Filed, filed
from wijk.web.pages.things.linking import Listed, bound, joined, link, listed
from wijk.web.views import Link

_FACTS = (
    *(RDFS.comment, SKOS.broader, SKOS.related, SKOS.altLabel, SKOS.inScheme),
    *(SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch),
)
_FACETS = {
    "theme": ("thema", "voor"),
    "audience": ("les",),
    "connection": ("werking",),
    "actor-kind": ("betrokken",),
    "case-state": ("stand",),
}
_THEME = "theme"
_LESSONS = 12
_COUNTED = ("basis", "status")
Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Branch:
    """A concept with what it means, those below it, and how many cases it has."""

    about: Link
    meaning: str
    narrower: tuple["Branch", ...]


async def concept(shown: Shown) -> bytes:
    """The page of a concept.

    Raises:
        EngineError: the engine does not answer.
    """
    site, iri, kind = shown.site, shown.page.iri, shown.document.kind
    filing = await filed(site)
    below = await site.rows("narrower", bound(iri))
    facet = next((it for it in _FACETS.get(kind, ()) if iri in filing.values.get(it, {})), "")
    counted = await site.rows("counted", bound(iri)) if kind in _COUNTED else []
    above = [site.label(it) for it in framing.objects(shown, SKOS.broader)]
    scheme = [site.label(it) for it in framing.objects(shown, SKOS.inScheme)]
    section = framing.THEMES if kind == _THEME else framing.DATA
    return framing.filled(
        shown,
        "begrip",
        section,
        framing.Plate("Thema" if kind == _THEME else joined(scheme) or "Begrip", joined(above)),
        _FACTS,
        (SKOS.definition,),
        definition=framing.values(shown, SKOS.definition),
        found=filing.cases(facet, (iri,)) if facet else Cases(),
        lists=[
            *_below(shown, filing, below, facet),
            *(_lessons(shown, filing, facet) if kind == _THEME else ()),
            *await _uses(shown, bool(facet)),
        ],
        soort="ding ding--begrip",
        counted=_times(counted),
        tree=(),
    )


async def scheme(shown: Shown) -> bytes:
    """The page of a list of concepts, as a tree.

    Raises:
        EngineError: the engine does not answer.
    """
    site, iri = shown.site, shown.page.iri
    filing = await filed(site)
    rows = [it for it in await site.rows("narrower", bound(iri)) if it["field"] == "member"]
    return framing.filled(
        shown,
        "begrip",
        framing.DATA,
        framing.Plate("Begrippenlijst"),
        (RDFS.comment,),
        (DCTERMS.description, SKOS.hasTopConcept),
        definition=framing.values(shown, DCTERMS.description),
        found=Cases(),
        lists=[],
        counted="",
        tree=_tree(shown, filing, rows),
    )


def _times(rows: Rows) -> str:
    return numbers.counted(int(rows[0]["count"]), "uitspraak", "uitspraken") if rows else ""


def _below(shown: Shown, filing: Filed, rows: Rows, facet: str) -> Iterator[Listed]:
    def small(iri: str) -> str:
        return framing.cases(filing.count(facet, iri)) if facet else ""

    for field, heading in (("narrower", "Valt hieronder"), ("related", "Hangt samen met")):
        if found := [row["value"] for row in rows if row["field"] == field]:
            yield listed(shown.site, heading, found, small)


def _lessons(shown: Shown, filing: Filed, facet: str) -> Iterator[Listed]:
    """The lessons that hold for cases with this theme, those that say most of them first."""
    own = filing.values.get(facet, {}).get(shown.page.iri)
    found = {}
    for iri, lesson in filing.values.get("geleerd", {}).items():
        if own and (count := (own.bits & lesson.bits).bit_count()):
            found[iri] = (count / len(lesson.at), count)
    order = sorted(found, key=lambda iri: (-found[iri][0], -found[iri][1], iri))
    links = (link(shown.site, it, f"bij {framing.cases(found[it][1])}") for it in order[:_LESSONS])
    if found:
        yield Listed("Lessen uit casussen met dit thema", tuple(links), len(found))


async def _uses(shown: Shown, cases_shown: bool) -> list[Listed]:
    """What uses it, by the property it does that with; cases only when the page has them not."""
    site, groups = shown.site, dict[str, dict[Link, None]]()
    for row in await site.rows("uses", bound(shown.page.iri)):
        whole = row["subject"].partition("#")[0]
        name = row["property"].rpartition("/")[2].rpartition("#")[2]
        about = row.get("actor", whole)
        if site.path(about) is None or (cases_shown and "/id/case/" in about):
            continue
        inside = site.label(row["in"]) if "in" in row else ""
        path = site.path(row["subject"] if "in" in row else about) or ""
        found = Link(site.label(about), path, inside)
        groups.setdefault(site.words.incoming(URIRef(row["property"])) or name, {})[found] = None
    return [Listed(heading, _sorted(links)[:50], len(links)) for heading, links in groups.items()]


def _sorted(links: Mapping[Link, None]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda it: (texts.sorted_as(it.text), it.small, it.href)))


def _tree(shown: Shown, filing: Filed, rows: Rows) -> tuple[Branch, ...]:
    """The concepts of a scheme: those that are widest, each with what is below it."""
    above = {row["value"]: row.get("broader", "") for row in rows}
    below: dict[str, list[str]] = {}
    for iri, broader in above.items():
        below.setdefault(broader if broader in above else "", []).append(iri)
    kind = next(iter(above), "").split("/")[-2:-1]
    facets = _FACETS.get(kind[0] if kind else "", ())

    meanings = _meanings(shown)

    def branches(parent: str, seen: frozenset[str]) -> tuple[Branch, ...]:
        named = {iri: shown.site.label(iri) for iri in below.get(parent, ()) if iri not in seen}
        return tuple(
            Branch(
                link(shown.site, iri, _count(filing, facets, iri)),
                meanings.get(iri, ""),
                branches(iri, seen | {iri}),
            )
            for iri in sorted(named, key=lambda it: texts.sorted_as(named[it]))
        )

    return branches("", frozenset())


def _meanings(shown: Shown) -> dict[str, str]:
    """What each concept of a scheme means, in Dutch."""
    found = shown.document.graph.subject_objects(SKOS.definition)
    return {
        str(subject): str(text)
        for subject, text in found
        if isinstance(text, Literal) and text.language in ("nl", None)
    }


def _count(filing: Filed, facets: Sequence[str], iri: str) -> str:
    return framing.cases(max((filing.count(facet, iri) for facet in facets), default=0))
