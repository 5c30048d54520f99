"""The lessons of a case: its own, those of its bundle and those of the whole project."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, SDO

from wijk.namespaces import WIJK
from wijk.web import numbers
from wijk.web.pages.cases.around import Around
from wijk.web.pages.told import Told, told
from wijk.web.site import Site
from wijk.web.sources import Mark, Sources

MOST = 12
"""So many lessons of each reach stand on the page; the page of the bundle has them all."""
_PLURAL = {
    "bewoner": "bewoners",
    "professional": "professionals",
    "beleid": "beleid",
    "instantie": "instanties",
}
_LOOKS = {"bewoner": ("bewoners", "huis"), "professional": ("professionals", "mensen")}
_LOOKS |= {"beleid": ("beleid", "stadhuis"), "instantie": ("beleid", "stadhuis")}
_ALL = ("allen", "huizen")


@dataclass(frozen=True)
class Block:
    """One lesson as a page shows it.

    `whom` says for whom it is, `look` and `icon` how that is shown; `reach` says what it holds for,
    and `read` what stands behind the audience when that is our own reading.
    """

    title: str
    text: str
    lang: str
    href: str
    whom: str
    look: str
    icon: str
    reach: str
    mark: Mark
    read: Mark


@dataclass(frozen=True)
class Lessons:
    """Those of the case and its bundle, and those that hold for the whole project."""

    near: tuple[Block, ...]
    wide: tuple[Block, ...]


def lessons(site: Site, sources: Sources, around: Around, case: Told) -> Lessons:
    """All lessons that hold for a case."""
    bundles = [str(it) for it in case.nodes(DCTERMS.isPartOf)]
    wholes = [whole for it in bundles for whole in _wholes(site, sources, it)]
    making = _Making(site, sources, around, str(case.thing))
    near = [*making.of([str(case.thing)]), *making.of(bundles)]
    return Lessons(tuple(near), tuple(making.of(wholes)))


def audience(names: Iterable[str], labels: Iterable[str]) -> tuple[str, str, str]:
    """For whom a lesson is, in words, and its look and icon, from slugs and labels of audiences."""
    slugs = [*names]
    if not slugs:
        return "Voor iedereen", *_ALL
    words = [_PLURAL.get(slug, label) for slug, label in zip(slugs, labels, strict=True)]
    *first, last = words
    said = f"{', '.join(first)} en {last}" if first else last
    look = _LOOKS.get(slugs[0], _ALL) if len(slugs) == 1 else _ALL
    return f"Voor {said}", *look


@dataclass
class _Making:
    site: Site
    sources: Sources
    around: Around
    case: str

    def of(self, targets: Iterable[str]) -> Iterator[Block]:
        listed = [(it, target) for target in targets for it in self.around.lessons.get(target, ())]
        for iri, target in listed[:MOST]:
            if (lesson := told(self.site, self.sources, iri)) is not None:
                yield self._block(lesson, target)

    def _block(self, lesson: Told, target: str) -> Block:
        audiences = sorted(lesson.nodes(WIJK.audience), key=lambda it: _order(str(it)))
        slugs = [str(it).rpartition("/")[2] for it in audiences]
        whom, look, icon = audience(slugs, (self.site.label(str(it)) for it in audiences))
        marks = [self._read(lesson, URIRef(str(it))) for it in audiences]
        text = next(iter(lesson.nodes(SDO.text)), None)
        lang = text.language if isinstance(text, Literal) and text.language != "nl" else None
        iri = str(lesson.thing)
        title = self.site.label(iri)
        return Block(
            title,
            str(text) if text is not None else title,
            lang or "",
            self.site.path(iri) or "",
            whom,
            look,
            icon,
            self._reach(target, iri),
            lesson.sources.own(lesson.thing),
            next((mark for mark in marks if mark.words), Mark()),
        )

    def _read(self, lesson: Told, one: URIRef) -> Mark:
        """How sure the audience is; what is noted of that stands on the page of the lesson."""
        return lesson.sources.of(lesson.thing, WIJK.audience, one, notes=False)

    def _reach(self, target: str, lesson: str) -> str:
        """What the lesson holds for, in a line."""
        if target == self.case:
            others = len(self.around.targets.get(lesson, ())) - 1
            more = numbers.counted(others, "andere casus", "andere casussen")
            return f"Les bij deze casus en {more}" if others > 0 else "Les bij deze casus"
        name = f"de bundel “{self.site.label(target)}”"
        if (count := self.around.cases.get(target)) is not None:
            return f"Les bij alle {numbers.counted(count, 'casus', 'casussen')} van {name}"
        return f"Les bij alle casussen van {name}"


def _wholes(site: Site, sources: Sources, bundle: str) -> list[str]:
    found = told(site, sources, bundle)
    return [str(it) for it in found.nodes(DCTERMS.isPartOf)] if found else []


def _order(iri: str) -> int:
    slug = iri.rpartition("/")[2]
    return [*_PLURAL].index(slug) if slug in _PLURAL else len(_PLURAL)
