"""Finds the cases that have words in what the shelf tells of them: a way in for their list."""

import re
from collections.abc import Iterable

from rapidfuzz import process

from wijk.matching import texts
from wijk.search import bits
from wijk.search.shelf import OnShelf, Shelf

LONGEST = 200
"""Characters of a search that are read."""
_SPLIT = re.compile(r"\S+")


def words(asked: str) -> list[str]:
    """The words of a search as they are compared."""
    return _SPLIT.findall(texts.plain(asked[:LONGEST]))


class Scanning:
    """The words of all cases of a shelf; they are looked through one case after the other."""

    def __init__(self, shelf: Shelf) -> None:
        self._told = tuple(f" {texts.plain(' '.join(_texts(case)))}" for case in shelf.cases)
        self._known = sorted({word for told in self._told for word in told.split()})

    def hits(self, asked: str) -> int:
        """The set of the cases that have a word that begins with each word of the search."""
        wanted = [f" {word}" for word in words(asked)]
        return bits.of(at for at, told in enumerate(self._told) if all(it in told for it in wanted))

    def nearest(self, asked: str) -> str:
        """The same search with each unknown word as the known one most like it; or nothing."""
        found = []
        for word in words(asked):
            known = any(f" {word}" in told for told in self._told)
            near = None if known else process.extractOne(word, self._known, score_cutoff=70)
            found.append(near[0] if near else word)
        return " ".join(found) if found != words(asked) else ""


def _texts(case: OnShelf) -> Iterable[str]:
    yield from (case.title, case.where, case.abstract)
    for named in (*case.initiatives, *case.themes, *case.actors, *case.places):
        yield named.label
    for place in case.places:
        for area in (place.municipality, place.province):
            if area is not None:
                yield area.label
