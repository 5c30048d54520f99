"""All words that texts have: which of them a searched word stands for, and the nearest to it."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz.distance import OSA

from wijk.matching.texts import mistyped
from wijk.search.stems import SILENT, stem

_SHORT = 4
"""Letters that a word has at least to be found in another, at its start or end."""
_INNER = 6
"""Letters that a word has at least to be found anywhere in another, or as its only known part."""
_MOST = 120
"""Words that one word of a search stands for, the most common first."""
_SPELLED = {"friesland": "fryslan"}
"""Words for a name that is written otherwise where it comes from, as both are folded."""
_LINKS = ("", "s", "e", "en", "n")
"""What Dutch puts between the parts of a compound."""


class Vocabulary:
    """The words with how many things have them; a trigram index finds a part of a word.

    Of the words, not of the texts: that is a tenth of the size, and what it finds has a word.
    Not to be used by two threads at once.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        self._stems: dict[str, list[str]] = defaultdict(list)
        for word in counts:
            self._stems[stem(word)].append(word)
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        self._base.execute("CREATE VIRTUAL TABLE words USING fts5(word, tokenize = 'trigram')")
        rows = ((word,) for word in counts if len(word) >= 3)
        self._base.executemany("INSERT INTO words VALUES (?)", rows)

    def meant(self, word: str) -> list[str]:
        """The words that a searched word stands for: other forms of it, and compounds with it.

        One that has neither stands for the words that it is in the middle of.
        """
        forms = (word, _SPELLED.get(word, word))
        same = [it for form in forms for it in self._stems.get(stem(form), ())]
        found = dict.fromkeys((*(it for it in forms if it in self._counts), *same))
        found |= dict.fromkeys(self._common(self._compounds(word)))
        return list(found or self._common(self._around(word)))[:_MOST]

    def parts(self, word: str) -> list[str]:
        """The known words that an unknown one is made of, the last first; or a long one of them.

        The last part of a Dutch compound says what it is: an `energiearmoede` is an `armoede`.
        A short word beside letters that are none is there by chance: no Maastricht is a `richt`.
        """
        halves = [(word[at:], word[:at]) for at in range(_SHORT, len(word) - _SHORT + 1)]
        known = [[it for it in both if self._says(it)] for both in halves]
        made = [them for them in known if len(them) > 1 or len("".join(them)) >= _INNER]
        return max(made, key=lambda them: (len(them), len("".join(them))), default=[])

    def nearest(self, word: str) -> str:
        """The known word that may be meant by an unknown one; nothing when none is near.

        What says nothing is not offered.
        """
        if len(word) < 3:
            return ""
        pieces = " OR ".join(f'"{word[at : at + 3]}"' for at in range(len(word) - 2))
        near = [*self._having(pieces, 400), *(it for it in self._counts if it[:2] == word[:2])]
        near = [it for it in near if it not in SILENT and mistyped(word, it)]
        found = {it: -OSA.distance(word, it) for it in near}
        return max(found, key=lambda it: (found[it], self._counts[it], it), default="")

    def _compounds(self, word: str) -> Iterable[str]:
        """The words of which this is the beginning, or the end after another known word."""
        for part in {word, stem(word)}:
            if len(part) < _SHORT:
                continue
            for whole in self._having(f'"{part}"', 2000):
                before = whole.removesuffix(part)
                if whole.startswith(part) or (before != whole and self._is_known(before)):
                    yield whole

    def _around(self, word: str) -> Iterable[str]:
        """The words that have this one, or its stem, anywhere in them."""
        parts = (part for part in {word, stem(word)} if len(part) >= _INNER)
        return {whole for part in parts for whole in self._having(f'"{part}"', 2000)}

    def _common(self, words: Iterable[str]) -> list[str]:
        """These words, those first that most things have."""
        return sorted(words, key=lambda it: (-self._counts[it], it))

    def _says(self, part: str) -> bool:
        return len(part) >= _SHORT and part in self._counts and part not in SILENT

    def _is_known(self, part: str) -> bool:
        bare = (part.removesuffix(link) for link in _LINKS if part.endswith(link))
        return any(len(it) > 2 and (it in self._counts or stem(it) in self._stems) for it in bare)

    def _having(self, match: str, most: int) -> list[str]:
        query = "SELECT word FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
        return [word for (word,) in self._base.execute(query, (match, most))]
