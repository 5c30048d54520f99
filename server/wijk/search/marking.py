"""Finds the words of a search in a text, to be marked there: without accents, from their start."""

import re
import unicodedata
from collections.abc import Sequence

Part = tuple[str, bool]
"""A piece of a text, and whether it is what was searched."""


def marks(text: str, words: Sequence[str]) -> list[Part]:
    """The text in pieces: what begins with one of these words, and what stands between."""
    wanted = [_pattern(_plain(word)) for word in words if word.strip()]
    if not wanted:
        return [(text, False)]
    parts: list[Part] = []
    end = 0
    for found in re.finditer(rf"\b(?:{'|'.join(wanted)})", _plain(text)):
        if found.start() > end:
            parts.append((text[end : found.start()], False))
        parts.append((text[found.start() : found.end()], True))
        end = found.end()
    return [*parts, (text[end:], False)] if end < len(text) else parts


def _pattern(word: str) -> str:
    """What begins with it; a letter, such as the s of ’s-Hertogenbosch, only by itself."""
    return re.escape(word) + (r"\w*" if len(word) > 1 else r"\b")


def _plain(text: str) -> str:
    """The same text, letter by letter: lower case and without accents, as long as it was."""
    return "".join(_bare(letter) for letter in text)


def _bare(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    lower = unicodedata.normalize("NFKD", letter)[0].lower()
    return lower if len(lower) == 1 else letter
