"""Search in the text of everything: names first, then places, actors, themes, lessons, texts.

What is asked for in full by its name comes before all else, and what has the words as they were
written in its name or place before what has other forms of them. The index is SQLite's FTS5 over
folded words, in memory, made once for a snapshot. A word that is searched stands for its other
forms and for compounds with it (`vocabulary`), so that the index has each word once. What a thing
refers to is searched with it: a case is found by the other names of its themes, and by the
municipality of its place.
"""

import re
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from wijk.search.stems import SILENT, folded, stem
from wijk.search.vocabulary import Vocabulary

LONGEST = 200
"""Characters of a search that are read."""
_WORDS = 12
_MARKED = 4
_PARTS = 4
_WORD = re.compile(r"\w[\w'\u2019]*")
_SPOTS = ("place", "area")
"""Kinds of what has a name that is written with a capital wherever it stands."""
KINDS = ("actor_kind", "audience", "connection", "place_kind")
COLUMNS = ("name", "place", "actor", "theme", "lesson", "text", *KINDS)
_WEIGHTS = "12, 6, 5, 4, 3, 1, 4, 4, 4, 4"
_RANKED = 3000
"""Hits that are put in order by what they weigh; of more, names with the words go first."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be found: its kind (of its address), its name, and texts by column.

    `real` has what is mostly said for a text that is another name of what is referred to.
    """

    iri: str
    kind: str
    label: str
    texts: Mapping[str, tuple[str, ...]]
    real: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What a search gives: numbers of things, the best first, and the words that are in them.

    `every` says whether they have all words of the search or just some, `nearest` is the same
    search with its unknown words replaced by the most like them; `parts` are searches with a part
    of an unknown word instead: `armoede` for `energiearmoede`. A search
    of one small word, such as `de`, is `small`, unless something is called so in full.
    """

    asked: str
    numbers: tuple[int, ...]
    words: tuple[str, ...]
    every: bool
    nearest: str
    small: bool = False
    parts: tuple[str, ...] = ()


class Text:
    """The index of one snapshot; any thread may ask it."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things = things
        self._lock = threading.Lock()
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.execute(
            f"CREATE VIRTUAL TABLE things USING fts5({', '.join(COLUMNS)}, content = '', "
            "tokenize = 'unicode61 remove_diacritics 2')"
        )
        marks = ", ".join("?" * len(COLUMNS))
        insert = f"INSERT INTO things(rowid, {', '.join(COLUMNS)}) VALUES (?, {marks})"
        counts: Counter[str] = Counter()
        self._called: dict[str, set[int]] = defaultdict(set)
        for number, thing in enumerate(things):
            columns = [folded(" ".join(thing.texts.get(name, ()))) for name in COLUMNS]
            for name in thing.texts.get("name", ()):
                self._called[" ".join(_telling(folded(name)))].add(number)
            counts.update({word for words in columns for word in words})
            self._base.execute(insert, (number, *map(" ".join, columns)))
        self._vocabulary = Vocabulary(counts)
        self._kept = lru_cache(maxsize=256)(self._find)

    def find(self, asked: str) -> Found:
        """All that has the words of a search; what has some of them when nothing has all."""
        words = list(dict.fromkeys(folded(asked[:LONGEST])))
        with self._lock:
            return self._kept(" ".join(_telling(words)[:_WORDS]))

    def called(self, asked: str) -> frozenset[int]:
        """The numbers of the things with this as one of their names, in full."""
        return frozenset(self._called.get(" ".join(_telling(folded(asked[:LONGEST]))), ()))

    def beginning(self, asked: str, most: int) -> list[Thing]:
        """The things with a name that has these words, the last of which may be unfinished."""
        *whole, last = folded(asked[:LONGEST])[:_WORDS] or [""]
        if not last:
            return []
        match = " AND ".join([*(_any([word]) for word in whole), f'"{last}"*'])
        query = "SELECT rowid FROM things WHERE things MATCH ? ORDER BY rowid LIMIT 400"
        with self._lock:
            rows = self._base.execute(query, (f"{{name}} : ({match})",)).fetchall()
        found = [self.things[number] for (number,) in rows]
        start = " ".join((*whole, last))
        found.sort(key=lambda it: (not " ".join(folded(it.label)).startswith(start), len(it.label)))
        return list({it.label.casefold(): it for it in found}.values())[:most]

    def _find(self, asked: str) -> Found:
        words = asked.split()
        if asked in SILENT:
            called = tuple(sorted(self._called.get(asked, ())))
            return Found(asked, called, (asked,) if called else (), True, "", not called)
        meant = {word: self._vocabulary.meant(word) for word in words}
        groups = [group for group in meant.values() if group]
        known = len(groups) == len(meant)
        numbers = self._ranked(words, groups, " AND ") if groups and known else ()
        every = bool(numbers)
        if not every and groups and len(words) > 1:
            numbers = self._ranked(words, groups, " OR ")
        near = " ".join(it if meant[it] else self._nearest(it) or it for it in words)
        # A stem also marks a word as written with an apostrophe, which folding takes out.
        stems = (stem(it) for it in words if meant[it] and len(stem(it)) >= _MARKED)
        flat = tuple(dict.fromkeys((*(word for group in groups for word in group), *stems)))
        parts = [
            " ".join(part if it == word else it for it in words)
            for word in words
            if not meant[word]
            for part in self._vocabulary.parts(word)
        ]
        near = near if near != asked else ""
        return Found(asked, numbers, flat, every, near, parts=tuple(parts[:_PARTS]))

    def _nearest(self, word: str) -> str:
        """The known word that may be meant; of a place as its name is written."""
        near = self._vocabulary.nearest(word)
        query = "SELECT rowid FROM things WHERE things MATCH ? ORDER BY rowid"
        found = self._base.execute(query, (f'name : "{near}"',)) if near else ()
        spots = (self.things[at] for (at,) in found if self.things[at].kind in _SPOTS)
        words = (word for it in spots for word in _WORD.findall(it.label))
        return next((it for it in words if folded(it) == [near]), near)

    def _telling_most(self, groups: Sequence[Sequence[str]]) -> Mapping[int, float]:
        """For each thing with any of these words how much those tell: what is rare tells most."""
        told: dict[int, float] = defaultdict(float)
        for group in groups:
            hits = self._rows(_any(group))
            for (at,) in hits:
                told[at] += log(1 + len(self.things) / len(hits))
        return told

    def _ranked(
        self, words: Sequence[str], groups: Sequence[Sequence[str]], how: str
    ) -> tuple[int, ...]:
        match = how.join(_any(group) for group in groups)
        every = how == " AND "
        named = {at for (at,) in self._rows(f"{{name}} : ({match})")} if every else set()
        called = self._called.get(" ".join(words), set())
        literal = " ".join(words)
        written = {at for (at,) in self._rows(f'{{name place}} : "{literal}"')} if every else set()

        telling = {} if every else self._telling_most(groups)

        def first(at: int) -> tuple[bool, bool, bool, float]:
            return at not in called, at not in written, at not in named, -telling.get(at, 0)

        hits = [number for (number,) in self._rows(match)]
        if len(hits) > _RANKED:
            return tuple(sorted(hits, key=lambda it: (first(it), it)))
        query = f"SELECT rowid, bm25(things, {_WEIGHTS}) FROM things WHERE things MATCH ?"
        weight = dict(self._base.execute(query, (match,)).fetchall())
        return tuple(sorted(hits, key=lambda it: (first(it), round(weight[it], 6), it)))

    def _rows(self, match: str) -> list[tuple[int]]:
        query = "SELECT rowid FROM things WHERE things MATCH ?"
        return self._base.execute(query, (match,)).fetchall()


def _telling(words: Sequence[str]) -> Sequence[str]:
    """These words without those that say nothing; all of them when none says anything."""
    return [word for word in words if word not in SILENT] or words


def _any(words: Iterable[str]) -> str:
    """One of these words, in the language of FTS5; folded words have no quotes in them."""
    return "(" + " OR ".join('"' + word + '"' for word in words) + ")"
