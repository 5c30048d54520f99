"""Splits SPARQL text into tokens: enough to tell a keyword from a word in a string or a name.

Each step takes what it has read for good (`++`, `(?>…)`): the time grows with the text, not with
its square, whatever the text is.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

_ELSEWHERE = (
    r"\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_INSIDE = r"\u00B7\u0300-\u036F\u203F-\u2040"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"


class Kind(Enum):
    """What a token is."""

    IRI = "iri"
    STRING = "string"
    VARIABLE = "variable"
    BLANK = "blank"
    PREFIXED = "prefixed"
    TAG = "tag"
    NUMBER = "number"
    WORD = "word"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Token:
    """One token and where it starts in the text."""

    kind: Kind
    text: str
    start: int


# A string that is not closed goes on to the end of its line, a long one to the end of the text.
_SPACE_IRI_STRING = (
    r"(?P<space>[ \t\r\n]++|\#[^\r\n]*+)",
    r"(?P<iri><[^<>\"{}|^`\x00-\x20]*+>)",
    r'(?P<string>"""(?:[^"\\]++|\\.|"(?!""))*+(?:""")?+'
    r"|'''(?:[^'\\]++|\\.|'(?!''))*+(?:''')?+"
    r'|"(?:[^"\\\n\r]++|\\[^\n\r])*+"?+'
    r"|'(?:[^'\\\n\r]++|\\[^\n\r])*+'?+)",
)
Patterns = tuple[re.Pattern[str], re.Pattern[str]]


def _compiled(elsewhere: str, inside: str) -> Patterns:
    """Every token, and the pieces of what is no name, with these letters beside those of ASCII."""
    start = "A-Za-z" + elsewhere
    name = start + r"_0-9\-" + inside
    prefix = rf"[{start}][{name}]*+(?:\.++[{name}]++)*+"
    part = rf"(?:[{name}:]|{_ESCAPE})"
    local = rf"(?:[{start}_:0-9]|{_ESCAPE}){part}*+(?:\.++{part}++)*+"
    bare = (
        r"(?P<number>(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++)",
        rf"(?P<word>[{start}_][{start}_0-9]*+)",
        r"(?P<mark>&&|\|\||!=|<=|>=|\^\^|<<|>>|.)",
    )
    every = (
        *_SPACE_IRI_STRING,
        rf"(?P<variable>[?$][{start}_0-9][{start}_0-9{inside}]*+)",
        rf"(?P<blank>_:[{start}_0-9][{name}]*+(?:\.++[{name}]++)*+)",
        rf"(?P<prefixed>:(?:{local})?+)",
        # A name is read once: with a colon it has a prefix, without one it is words and signs.
        rf"(?P<name>{prefix}(?P<colon>:(?:{local})?+)?+)",
        r"(?P<tag>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)",
        *bare,
    )
    return re.compile("|".join(every), re.DOTALL), re.compile("|".join(bare), re.DOTALL)


_PLAIN = _compiled("", "")


@cache
def _all() -> Patterns:
    """For any text: these take ten times as long to make, and few texts need them."""
    return _compiled(_ELSEWHERE, _INSIDE)


_CODE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")


def tokens(text: str) -> Iterator[Token]:
    """Read the text from its beginning; white space and comments are left out."""
    every, pieces = _PLAIN if _is_plain(text) else _all()
    for match in every.finditer(text):
        kind = match.lastgroup or ""
        if match["colon"] is not None:
            yield Token(Kind.PREFIXED, match.group(), match.start())
        elif kind == "name":
            for piece in pieces.finditer(text, match.start(), match.end()):
                yield Token(Kind(piece.lastgroup), piece.group(), piece.start())
        elif kind != "space":
            yield Token(Kind(kind), match.group(), match.start())


def _is_plain(text: str) -> bool:
    """Whether other letters than those of ASCII are in strings, addresses and remarks alone."""
    if text.isascii():
        return True
    return all(match.group().isascii() for match in _PLAIN[0].finditer(text) if match["mark"])


def without_escapes(text: str) -> str:
    """The text with a character for each `\\u0041` in it, wherever it stands: SPARQL 1.1, 19.2."""
    return _CODE.sub(_character, text) if "\\" in text else text


def _character(code: re.Match[str]) -> str:
    number = int(code[1] or code[2], 16)
    return chr(number) if number <= sys.maxunicode else code[0]
