"""`/lessen`: all lessons, or those for an audience, with what each holds for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from wijk.matching import texts
from wijk.web import numbers
from wijk.web.pages import frame
from wijk.web.pages.lists import paging
from wijk.web.pages.lists.faults import Fault, typed
from wijk.web.pages.things import blocks, teaching
from wijk.web.pages.things.blocks import Block
from wijk.web.pages.things.filed import Filed, filed
from wijk.web.pages.things.linking import joined
from wijk.web.site import Site
from wijk.web.views import Link

PATH = "/lessen"
_NOBODY = "iedereen"


@dataclass(frozen=True)
class Choice:
    """One audience to choose: its name in addresses, its words, how many lessons it has."""

    slug: str
    words: str
    count: str
    chosen: bool


async def _lessons(request: Request) -> Response:
    """`?voor=` names audiences, `?pagina=` the page."""
    site: Site = request.app.state.site
    every = (await teaching.lessons(site)).one.values()
    filing = await filed(site)
    audiences = _audiences(site, every)
    chosen, faults = _wanted(site, audiences, request.query_params.getlist("voor"))
    return _shown(request, filing, [*every], audiences, chosen, faults)


def _wanted(
    site: Site, audiences: Mapping[str, str], asked: Sequence[str]
) -> tuple[list[str], list[Fault]]:
    """The audiences that are asked for, by their names in addresses; which are not there."""
    named = {name: _named(audiences, name) for name in filter(str.strip, asked)}
    chosen = list(dict.fromkeys(filter(None, named.values())))
    missing = (name for name, slug in named.items() if not slug)
    return chosen, [_unknown(site, audiences, chosen, name) for name in missing]


def _unknown(site: Site, audiences: Mapping[str, str], chosen: Sequence[str], name: str) -> Fault:
    """That an audience is not known, with those that are, each beside what is chosen."""
    others = [it for it in (*audiences, _NOBODY) if it not in chosen]
    there = [
        Link(_words(site, audiences, it), paging.way(PATH, _pairs([*chosen, it]), 1))
        for it in others
    ]
    return Fault("De doelgroep " + typed(name) + " kennen we niet.", tuple(there), "voor")


def _shown(
    request: Request,
    filing: Filed,
    every: list[teaching.Lesson],
    audiences: Mapping[str, str],
    chosen: Sequence[str],
    faults: list[Fault],
) -> Response:
    site = request.app.state.site
    named, others = _chosen(every, audiences, chosen)
    found = [*_ordered(named), *_ordered(others)]
    part = paging.read(request, len(found), faults, PATH, _pairs(chosen))
    shown = [blocks.block(site, filing, it) for it in part.of(found)]
    title = _title(site, audiences, chosen)
    return frame.shown(
        request,
        "lessen.html",
        status=part.status,
        section="lessen",
        part=part,
        crumbs=[Link("Lessen", PATH), *([Link(title, "")] if chosen else [])],
        title=title,
        count=numbers.counted(len(named) or len(found), "les", "lessen").capitalize(),
        others=numbers.counted(len(others), "les", "lessen") if named and others else "",
        choices=_choices(site, every, audiences, chosen),
        groups=_groups(shown),
    )


def _chosen(
    every: list[teaching.Lesson], audiences: Mapping[str, str], chosen: Sequence[str]
) -> tuple[list[teaching.Lesson], list[teaching.Lesson]]:
    """The lessons that name one of these audiences, and those that name none; or else all."""
    wanted = {audiences[slug] for slug in chosen if slug != _NOBODY}
    named = [it for it in every if wanted & set(it.audiences)]
    return named, [it for it in every if not it.audiences] if chosen else every


def _audiences(site: Site, every: Iterable[teaching.Lesson]) -> dict[str, str]:
    """The audiences of lessons by their name in addresses, from near to far."""
    found = {iri for lesson in every for iri in lesson.audiences}
    return {iri.rpartition("/")[2]: iri for iri in blocks.ordered(found)}


def _named(audiences: Mapping[str, str], name: str) -> str | None:
    """What an audience is called in addresses; `bewoners` is `bewoner` too."""
    asked = texts.plain(name)
    for slug in (*audiences, _NOBODY):
        if asked in (slug, blocks.PEOPLE.get(slug)):
            return slug
    return None


def _title(site: Site, audiences: Mapping[str, str], chosen: Sequence[str]) -> str:
    words = joined(_words(site, audiences, slug) for slug in chosen)
    return f"Lessen voor {words}" if chosen else "Lessen"


def _words(site: Site, audiences: Mapping[str, str], slug: str) -> str:
    return slug if slug == _NOBODY else blocks.people(site, audiences[slug])


def _ordered(lessons: Iterable[teaching.Lesson]) -> list[teaching.Lesson]:
    """Lessons by their audiences: those for one group first, those for everybody last."""

    def key(lesson: teaching.Lesson) -> tuple[bool, int, list[int], str]:
        audiences = blocks.ordered(lesson.audiences)
        first = [blocks.place(each) for each in audiences]
        return not audiences, len(audiences), first, texts.sorted_as(lesson.title)

    return sorted(lessons, key=key)


def _groups(shown: Sequence[Block]) -> dict[str, list[Block]]:
    groups: dict[str, list[Block]] = {}
    for one in shown:
        groups.setdefault(one.heading, []).append(one)
    return groups


def _choices(
    site: Site,
    every: Sequence[teaching.Lesson],
    audiences: Mapping[str, str],
    chosen: Sequence[str],
) -> list[Choice]:
    found = [Choice("", "Alle", numbers.whole(len(every)), not chosen)]
    for slug, iri in audiences.items():
        count = sum(iri in lesson.audiences for lesson in every)
        words = blocks.people(site, iri).capitalize()
        found.append(Choice(slug, words, numbers.whole(count), slug in chosen))
    left = sum(not lesson.audiences for lesson in every)
    if left:
        told = numbers.whole(left)
        found.append(Choice(_NOBODY, "Doelgroep niet genoemd", told, _NOBODY in chosen))
    return found


def _pairs(chosen: Sequence[str]) -> list[tuple[str, str]]:
    return [("voor", slug) for slug in chosen]


ROUTES = {PATH: _lessons}
