"""Words as they are searched: folded, brought back to their stem, without those that say nothing.

Folding is that of `matching.texts`: no capitals, accents or punctuation. The stem is that of the
Dutch Snowball algorithm, which joins `ontmoeten` and `ontmoeting`; it knows no compounds.
"""

from functools import cache, lru_cache

import snowballstemmer

from wijk.matching.texts import plain

_SILENT = """
aan al als bij dan dat de deze die dit door een en er het hier hoe hun ik in is je maar met mijn
naar niet nog of om onze ook op over te tot uit van voor waar wat we welke wie wij worden wordt
ze zijn zo zonder
"""
SILENT = frozenset(_SILENT.split())
"""Words that a search may have without asking for them."""


def folded(text: str) -> list[str]:
    """The words of a text, folded, in their order."""
    return plain(text).split()


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The stem of a folded word."""
    return str(_dutch().stemWord(word))


@cache
def _dutch() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("dutch")
