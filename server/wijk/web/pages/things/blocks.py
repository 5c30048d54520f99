"""Lessons as blocks on a page: for whom, what, and where that holds, in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from wijk.web import numbers
from wijk.web.lists import kind_of
from wijk.web.pages.things.filed import Filed
from wijk.web.pages.things.linking import joined, link
from wijk.web.pages.things.teaching import Lesson
from wijk.web.site import Site
from wijk.web.views import Link

PEOPLE = {"bewoner": "bewoners", "professional": "professionals", "instantie": "instanties"}
_LOOKS = {
    "bewoner": ("bewoners", "huis"),
    "professional": ("professionals", "mensen"),
    "beleid": ("beleid", "stadhuis"),
}
_SUBTITLE = re.compile(r"[.:] ")
_WHOLES = {"bundle": "de bundel", "project": "het project"}
_ORDER = ("bewoner", "professional", "beleid", "instantie")
_EVERYBODY = ("allen", "huizen")


@dataclass(frozen=True)
class Block:
    """One lesson for people: `look` and `icon` by its audience; `holds` says where it holds.

    `own` says that its audience is our own reading, `named` that it has one.
    """

    lesson: Lesson
    about: Link
    heading: str
    look: str
    icon: str
    named: bool
    own: bool
    holds: str
    links: tuple[Link, ...]
    count: int


def block(site: Site, filing: Filed, lesson: Lesson) -> Block:
    """How one lesson is shown."""
    audiences = ordered(lesson.audiences)
    look, icon = _LOOKS.get(_last(audiences[0]), _EVERYBODY) if len(audiences) == 1 else _EVERYBODY
    return Block(
        lesson,
        link(site, lesson.iri),
        f"Voor {joined(people(site, each) for each in audiences) if audiences else 'iedereen'}",
        look,
        icon,
        bool(audiences),
        lesson.own,
        _holds(filing, lesson),
        tuple(_short(link(site, each)) for each in lesson.holds_for),
        filing.count("geleerd", lesson.iri),
    )


def people(site: Site, audience: str) -> str:
    """An audience as a group of people: `bewoners`."""
    return PEOPLE.get(_last(audience), site.label(audience))


def ordered(audiences: Iterable[str]) -> list[str]:
    """Audiences from near to far: who lives there first."""
    return sorted(audiences, key=lambda it: (place(it), it))


def place(audience: str) -> int:
    """How far an audience is from who lives there."""
    slug = _last(audience)
    return (*_ORDER, slug).index(slug)


def _holds(filing: Filed, lesson: Lesson) -> str:
    """What it holds for, in the words before the link to that."""
    kinds = {kind_of(target) for target in lesson.holds_for}
    count = filing.count("geleerd", lesson.iri)
    if not kinds:
        return ""
    if kinds == {"case"}:
        return "Les uit de casus" if count == 1 else "Les uit de casussen"
    if count < 2:
        return "Les bij"
    whole = _WHOLES.get(next(iter(kinds)), "") if len(lesson.holds_for) == 1 else ""
    return f"Les bij alle {numbers.counted(count, 'casus', 'casussen')} van {whole}".rstrip()


def _short(found: Link) -> Link:
    """A link by the title without its subtitle."""
    title = _SUBTITLE.split(found.text, maxsplit=1)[0]
    return Link(title, found.href, found.small)


def _last(iri: str) -> str:
    return iri.rpartition("/")[2]
