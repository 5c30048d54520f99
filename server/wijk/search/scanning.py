"""Finds the cases that have words in what the shelf tells of them: a way in for their list."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import reduce
from itertools import chain
from operator import and_

from rapidfuzz import process
from rapidfuzz.distance import OSA

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
    """The words of all cases of a shelf, in order, and which cases have each."""

    def __init__(self, shelf: Shelf) -> None:
        found: dict[str, list[int]] = {}
        for at, case in enumerate(shelf.cases):
            for word in set(texts.plain(" ".join(_texts(case))).split()):
                found.setdefault(word, []).append(at)
        self._known = sorted(found)
        self._at = [found[word] for word in self._known]

    def hits(self, asked: str) -> int:
        """The set of the cases that have a word that begins with each word of the search."""
        each = (bits.of(chain(*self._at[self._starting(word)])) for word in words(asked))
        return reduce(and_, each, -1)

    def nearest(self, asked: str) -> str:
        """The same search with each unknown word as the known one most like it; or nothing."""
        found = []
        for word in words(asked):
            known = self._known[self._starting(word)]
            near = None if known else self._like(word)
            found.append(near or word)
        return " ".join(found) if found != words(asked) else ""

    def _like(self, word: str) -> str | None:
        near = process.extractOne(
            word, self._known, scorer=OSA.normalized_similarity, score_cutoff=0.65
        )
        return near[0] if near else None

    def _starting(self, word: str) -> slice:
        """Where the words are that begin so."""
        return slice(bisect_left(self._known, word), bisect_left(self._known, f"{word}\U0010ffff"))


def _texts(case: OnShelf) -> Iterable[str]:
    yield from (case.title, case.where, case.abstract)
    for named in (*case.initiatives, *case.themes, *case.actors, *case.places):
        yield named.label
    for place in case.places:
        for area in (place.municipality, place.province):
            if area is not None:
                yield area.label
