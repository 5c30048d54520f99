"""Names of things: one to show that nobody mistakes, what a name means, and a new address."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from rapidfuzz import fuzz, process
from rdflib import URIRef
from rdflib.namespace import SDO

from wijk import tombstones
from wijk.documents import Document
from wijk.editing import fields, reading
from wijk.editing.names import free, slugged
from wijk.editing.numbers import DIGITS, whole
from wijk.loaded import Snapshot
from wijk.matching.texts import plain

_BRACKETED = re.compile(r"(.+) \(([^()]+)\)")
_NUMBER = re.compile(rb"^ +wijk:number +([0-9]{1,%d}) +[;.]" % DIGITS, re.MULTILINE)
_OTHER_NAMES = b"alternateName"
_HAVE_OTHERS = ("actor", "initiative", "place")
_LIKE, _APART = 60.0, 15.0
_NEAR = 65
"""How like it a name is at least that may have been meant: a slip of the pen, or a word of it."""
_WORDS = 0.95
"""What it is worth to be like words of a name."""
_NAMES = 3
"""Names that one thing may have: what it is called, its slug, and otherwise."""
_Key = TypeVar("_Key")


def slug(kind: str, title: str, place: str, taken: Snapshot, also: Collection[str] = ()) -> str:
    """An address for a new thing: of its title, with its place or a number when it is taken.

    It is proposed once and never changes afterwards; `also` are addresses that others were given.
    """
    start, where = slugged(title) or kind, slugged(place)
    known = {*taken.slugs(kind), *also}
    if start in known and where and where not in start:
        start = slugged(f"{title} {place}")
    return free(start, known)


def known(text: str, kind: str, taken: Snapshot) -> tuple[str, ...]:
    """The things of a kind that a text names; several when it is ambiguous, none when unknown.

    By web address, `place:oss` or `place/oss`, number of a case, slug, name or other name; accents,
    capitals and the kind of apostrophe do not matter. What was withdrawn is not known.
    """
    return _names(taken).known(text, kind)


def recognised(text: str, kinds: Iterable[str], taken: Snapshot) -> tuple[str, ...]:
    """The same for several kinds; `Boefjes (casus)` says which of them, `Boefjes (slug)` which."""
    found = tuple(dict.fromkeys(it for kind in kinds for it in known(text, kind, taken)))
    bracketed = _BRACKETED.fullmatch(text.strip())
    if found or bracketed is None:
        return found
    return tuple(
        dict.fromkeys(
            thing
            for kind in kinds
            for thing in known(bracketed[1], kind, taken)
            if bracketed[2] in (_slug(thing), _word(kind, taken))
        )
    )


def called(thing: str, kinds: Collection[str], taken: Snapshot) -> str:
    """What to call a thing so that it is recognised among these kinds: its name, if that will do.

    Else the name with its kind or its slug; a source is called by its web address.
    """
    label = taken.labels.get(thing)
    if label is None or not thing.startswith(f"{taken.base}id/"):
        return thing
    kind = thing.removeprefix(f"{taken.base}id/").partition("/")[0]
    for name in (label, f"{label} ({_word(kind, taken)})", f"{label} ({_slug(thing)})"):
        if recognised(name, kinds, taken) == (thing,):
            return name
    return thing


def nearest(text: str, kinds: Collection[str], taken: Snapshot, limit: int = 3) -> tuple[str, ...]:
    """What things of these kinds are called of which a name is most like a text, the best first.

    A number is right or is another one: a name with other digits is not near.
    """
    named = [each for kind in kinds for each in _names(taken).spelled(kind)]
    wanted = plain(text)
    scored = process.extract(
        wanted, [name for name, _ in named], scorer=fuzz.WRatio, limit=limit * _NAMES
    )
    scores: dict[str, float] = {}
    for name, score, at in scored:
        if alike(wanted, name) >= _NEAR and _digits(wanted) in ("", _digits(name)):
            scores.setdefault(called(named[at][1], kinds, taken), score)
    return best(scores, limit)


def alike(wanted: str, name: str) -> float:
    """How like a name its letters are, from 0 to 100, or nearly those of words of it."""
    words = [max(fuzz.ratio(it, word) for word in name.split()) for it in wanted.split()]
    return max(fuzz.ratio(wanted, name), _WORDS * min(words, default=0))


def offered(text: str, kinds: Collection[str], taken: Snapshot, limit: int) -> tuple[str, ...]:
    """What to offer who is typing: what has this in a name, beginnings first, then what is near."""
    wanted = plain(text)
    having: dict[str, tuple[bool, int, str]] = {}
    for kind in kinds:
        for name, thing in _names(taken).spelled(kind):
            if wanted in name and _names(taken).alive(thing, kind):
                rank = (not name.startswith(wanted), len(name), name)
                having[thing] = min(having.get(thing, rank), rank)
    first = (called(it, kinds, taken) for it in sorted(having, key=having.__getitem__)[:limit])
    near = nearest(text, kinds, taken, limit) if len(having) < limit else ()
    return tuple(dict.fromkeys((*first, *near)))[:limit]


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def best(scores: Mapping[str, float], limit: int = 3) -> tuple[str, ...]:
    """Of names by how like they are (0 to 100), those that may be meant, the most like first."""
    top = max(scores.values(), default=0)
    found = [name for name, score in scores.items() if score >= max(_LIKE, top - _APART)]
    return tuple(sorted(found, key=lambda name: (-scores[name], name))[:limit])


class _Names:
    """What things are called, looked up once for a snapshot."""

    def __init__(self, taken: Snapshot) -> None:
        self._taken = taken
        self._things: dict[str, dict[str, Document]] = {}
        for document in taken.documents.values():
            for thing in _described(document):
                self._things.setdefault(document.kind, {})[thing] = document

    def known(self, text: str, kind: str) -> tuple[str, ...]:
        """As the function of that name."""
        given = text.strip().removeprefix("<").removesuffix(">")
        things, start = self._things.get(kind, {}), f"{self._taken.base}id/"
        for name in (given, f"{start}{given.replace(':', '/', 1)}", f"{start}{kind}/{given}"):
            if name in things:
                return self._alive((name,), kind)
        if kind == "case" and (number := whole(given)) is not None:
            return self._alive(self._numbered.get(number, ()), kind)
        names = (kind, plain(given))
        found = self._labelled.get(names) or self._otherwise.get(names)
        slug = f"{start}{kind}/{slugged(given)}"
        return self._alive(found or ((slug,) if slug in things else ()), kind)

    def labels(self, kind: str) -> list[tuple[str, str]]:
        """What each thing of a kind is called, and the thing."""
        labels = self._taken.labels
        return [(labels.get(thing, thing), thing) for thing in self._things.get(kind, ())]

    def spelled(self, kind: str) -> tuple[tuple[str, str], ...]:
        """The names of each thing of a kind, plain, and the thing: its slug is one of them."""
        return self._spelled.get(kind, ())

    @cached_property
    def _spelled(self) -> dict[str, tuple[tuple[str, str], ...]]:
        found: dict[str, dict[tuple[str, str], None]] = {}
        for kind in self._things:
            for label, thing in self.labels(kind):
                found.setdefault(kind, {})[plain(label), thing] = None
                if thing.startswith(f"{self._taken.base}id/"):
                    found[kind][plain(_slug(thing)), thing] = None
        for (kind, name), things in self._otherwise.items():
            found[kind] |= {(name, thing): None for thing in things}
        return {kind: tuple(names) for kind, names in found.items()}

    @cached_property
    def _labelled(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return _gathered(
            ((kind, plain(label)), thing)
            for kind in self._things
            for label, thing in self.labels(kind)
        )

    @cached_property
    def _otherwise(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return _gathered(
            ((kind, plain(str(name))), thing)
            for kind, things in self._things.items()
            for thing, document in things.items()
            if kind in _HAVE_OTHERS and _OTHER_NAMES in document.source
            for name in document.graph.objects(URIRef(thing), SDO.alternateName)
        )

    @cached_property
    def _numbered(self) -> dict[int, tuple[str, ...]]:
        return _gathered(
            (int(number), thing)
            for thing, document in self._things.get("case", {}).items()
            for number in _NUMBER.findall(document.source)
        )

    def alive(self, thing: str, kind: str) -> bool:
        """Whether a thing of a kind was not withdrawn."""
        return tombstones.of(self._things[kind][thing]) is None

    def _alive(self, things: tuple[str, ...], kind: str) -> tuple[str, ...]:
        return tuple(it for it in things if self.alive(it, kind))


def _names(taken: Snapshot) -> _Names:
    found = taken.made.get("names")
    if not isinstance(found, _Names):
        found = taken.made["names"] = _Names(taken)
    return found


def _described(document: Document) -> tuple[str, ...]:
    """The things that a document is about; the address of a source may have a `#` in it."""
    if document.kind == "source" and not document.told.things:
        return (str(reading.about(document, reading.blocks(document))),)
    return document.told.things


def _gathered(pairs: Iterable[tuple[_Key, str]]) -> dict[_Key, tuple[str, ...]]:
    found: dict[_Key, tuple[str, ...]] = {}
    for key, thing in pairs:
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), thing)))
    return found


def _slug(thing: str) -> str:
    return thing.rpartition("/")[2]


def _word(kind: str, taken: Snapshot) -> str:
    return fields.names(taken, kind)["nl"]
