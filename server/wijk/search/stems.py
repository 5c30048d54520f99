"""Words as they are searched: folded, brought back to their stem, without those that say nothing.

Folding is that of `matching.texts`: no capitals, accents or punctuation. The stem is that of the
Dutch Snowball algorithm, which joins `ontmoeten` and `ontmoeting`; it knows no compounds.
"""

from functools import cache, lru_cache

import snowballstemmer

from wijk.matching.texts import plain

_SILENT = """
aan al als ben bent bij dan dat de deze die dit doen doet door dus een en er geen haar had heb
hebben heeft hem hen het hier hij hoe hun iets ik in is je jij jou jouw jullie kan kon kunnen maar
me men met mij mijn moest moesten moet moeten na naar niet nog nu of om ons onze ook op over te
tegen toch toen tot u uit uw van veel voor waar want waren was wat we welke werd werkt wie wij wil
willen worden wordt zal ze zich zij zijn zo zonder zou zullen
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
