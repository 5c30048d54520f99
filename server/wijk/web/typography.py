"""The apostrophe as it is printed, ’, where a page has the one of a typewriter in its words.

In the data it stays as its source wrote it: `'s-Hertogenbosch`. What is code or is taken over by
letter stays as it is too: scripts, fields, addresses, and every attribute but names, titles and
what a page says of itself (`content` of meta).
"""

import re
from collections.abc import Iterator

_TYPED = re.compile("&#39;")
_MARK = r"(?:</?mark>)*"
"""What is marked of a word may end or begin at its apostrophe."""
_SHORT = re.compile(rf"{_MARK}[stnkm]\b(?!{_MARK}&#39;)")
"""What an apostrophe stands before at the begin of a word: 's, 't, 'n, 'k, 'm."""
_BEFORE, _AFTER = re.compile(rf"[^\W_]{_MARK}$"), re.compile(rf"{_MARK}[^\W_]")
"""A letter or figure on either side of it."""
_NEAR = 20
_AS_IT_IS = re.compile(
    r'<(pre|code|textarea|script|style)\b.*?</\1>|<p class="(?:plak|adres).*?</p>', re.DOTALL
)
_NAMES = (" aria-label", " title", " content")


def printed(html: str) -> str:
    """A page with its apostrophes as they are printed: those of values, which are escaped."""
    if "&#39;" not in html:
        return html
    left = 0
    parts: list[str] = []
    for start, end in _apostrophes(html):
        parts += (html[left:start], "’")
        left = end
    return "".join((*parts, html[left:]))


def _apostrophes(html: str) -> Iterator[tuple[int, int]]:
    """Where they are: from and to."""
    spans = _AS_IT_IS.finditer(html)
    kept = next(spans, None)
    for typed in _TYPED.finditer(html):
        start, end = typed.span()
        while kept is not None and kept.end() <= start:
            kept = next(spans, None)
        within = kept is not None and kept.start() < start
        if not within and _is_one(html, start, end) and _is_read(html, start):
            yield start, end


def _is_one(html: str, start: int, end: int) -> bool:
    """Whether it is in a word, or before one of those that begin with it; else it is a quote."""
    if _BEFORE.search(html[max(0, start - _NEAR) : start]):
        return _AFTER.match(html, end) is not None
    return _SHORT.match(html, end) is not None


def _is_read(html: str, at: int) -> bool:
    """Whether this is text, or an attribute that names something; and no other part of a tag."""
    tag = html.rfind("<", 0, at)
    if html.rfind(">", 0, at) >= tag:
        return True
    return html[tag : html.rfind('="', tag, at)].endswith(_NAMES)
