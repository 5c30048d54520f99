"""Splits SPARQL text into tokens: enough to tell a keyword from a word in a string or a name.

Each step takes what it has read for good (`++`, `(?>…)`): the time grows with the text, not with
its square, whatever the text is.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_START = (
    r"A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NAME = _START + r"_0-9\-\u00B7\u0300-\u036F\u203F-\u2040"
_PREFIX = rf"[{_START}][{_NAME}]*+(?:\.++[{_NAME}]++)*+"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL_PART = rf"(?:[{_NAME}:]|{_ESCAPE})"
_LOCAL = rf"(?:[{_START}_:0-9]|{_ESCAPE}){_LOCAL_PART}*+(?:\.++{_LOCAL_PART}++)*+"


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


_BARE = (
    r"(?P<number>(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++)",
    rf"(?P<word>[{_START}_][{_START}_0-9]*+)",
    r"(?P<mark>&&|\|\||!=|<=|>=|\^\^|<<|>>|.)",
)
# A string that is not closed goes on to the end of its line, a long one to the end of the text.
_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<space>[ \t\r\n]++|\#[^\r\n]*+)",
            r"(?P<iri><[^<>\"{}|^`\x00-\x20]*+>)",
            r'(?P<string>"""(?:[^"\\]++|\\.|"(?!""))*+(?:""")?+'
            r"|'''(?:[^'\\]++|\\.|'(?!''))*+(?:''')?+"
            r'|"(?:[^"\\\n\r]++|\\[^\n\r])*+"?+'
            r"|'(?:[^'\\\n\r]++|\\[^\n\r])*+'?+)",
            rf"(?P<variable>[?$][{_START}_0-9][{_START}_0-9\u00B7\u0300-\u036F\u203F-\u2040]*+)",
            rf"(?P<blank>_:[{_START}_0-9][{_NAME}]*+(?:\.++[{_NAME}]++)*+)",
            rf"(?P<prefixed>:(?:{_LOCAL})?+)",
            # A name is read once: with a colon it has a prefix, without one it is words and signs.
            rf"(?P<name>{_PREFIX}(?P<colon>:(?:{_LOCAL})?+)?+)",
            r"(?P<tag>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)",
            *_BARE,
        )
    ),
    re.DOTALL,
)
_CODE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_PIECES = re.compile("|".join(_BARE), re.DOTALL)


def tokens(text: str) -> Iterator[Token]:
    """Read the text from its beginning; white space and comments are left out."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if match["colon"] is not None:
            yield Token(Kind.PREFIXED, match.group(), match.start())
        elif kind == "name":
            for piece in _PIECES.finditer(text, match.start(), match.end()):
                yield Token(Kind(piece.lastgroup), piece.group(), piece.start())
        elif kind != "space":
            yield Token(Kind(kind), match.group(), match.start())


def without_escapes(text: str) -> str:
    """The text with a character for each `\\u0041` in it, wherever it stands: SPARQL 1.1, 19.2."""
    return _CODE.sub(_character, text) if "\\" in text else text


def _character(code: re.Match[str]) -> str:
    number = int(code[1] or code[2], 16)
    return chr(number) if number <= sys.maxunicode else code[0]
