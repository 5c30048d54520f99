"""Texts as they are compared: without case, accents and punctuation; and how alike two are."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from wijk.linking import codes

_NO_WORD = re.compile(r"[^\w]+|_+")
_SILENT = re.compile(r"['`\u00b4\u02bc\u2018\u2019]")  # all that is typed as an apostrophe
_ARTICLE = re.compile("(?:'s[- ]|'t |de |het |een )(?=.)")
_OTHER_ORDER, _MORE_WORDS = 0.98, 0.8
"""What the same words in another order, and words of which one text has more, are worth."""
_BRIEF = 7
"""Letters of a text of which only one may be wrong."""
NEARLY = 99.0
"""The most that a text is worth that is not the same."""


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words of a text: lower case, no accents, no punctuation, `&` as `en`, single spaces."""
    spelled = unicodedata.normalize("NFKD", _SILENT.sub("", text).replace("&", " en "))
    letters = "".join(each for each in spelled if not unicodedata.combining(each))
    return _NO_WORD.sub(" ", letters.casefold()).strip()


def sorted_as(name: str) -> str:
    """A name as lists are sorted, without its article: 's-Hertogenbosch comes with the H."""
    lower = _SILENT.sub("'", name.casefold())
    return plain(_ARTICLE.sub("", lower, 1) if _ARTICLE.match(lower) else lower)


@lru_cache(maxsize=4096)
def code(text: str) -> str:
    """A code as it is compared: capitals without spaces, and of CBS as CBS writes it.

    Digits alone are no code: they are a number, or a year.
    """
    bare = "".join(text.upper().split())
    found = None if bare.isdecimal() else codes.read(bare)
    return found.text if found else bare


def meant_as_code(text: str) -> str:
    """The same of what is said to be a code: up to four digits are that of a municipality."""
    bare = text.strip()
    short = bare.isascii() and bare.isdecimal() and len(bare) <= 4
    return f"GM{bare:0>4}" if short else code(bare)


def likeness(one: str, other: str) -> float:
    """How alike two plain texts are: 100 when they are the same, else 0 to 99."""
    if one == other:
        return 100.0
    alike = max(
        fuzz.ratio(one, other),
        fuzz.token_sort_ratio(one, other) * _OTHER_ORDER,
        fuzz.token_set_ratio(one, other) * _MORE_WORDS,
    )
    return min(alike, NEARLY)


def mistyped(one: str, other: str) -> bool:
    """Whether one plain text may be the other, typed wrong.

    They begin with the same letter and differ in one letter; in texts of more than seven letters
    in two at most. Two letters that changed places count as one.
    """
    most = 1 if min(len(one), len(other)) <= _BRIEF else 2
    return one[:1] == other[:1] and OSA.distance(one, other, score_cutoff=most) <= most


def pieces(text: str) -> set[str]:
    """What a plain text is found by: three letters on end of each word, edges included."""
    return {
        f"  {word} "[start : start + 3] for word in text.split() for start in range(len(word) + 1)
    }
