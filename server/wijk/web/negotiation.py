"""Which representation a client wants, by RFC 9110, section 12.5.1."""

import re
from collections.abc import Mapping, Sequence

HTML = "text/html"

MOST = 4096
_PART = re.compile(r'(?:[^,"]++|"(?:[^"\\]++|\\.)*+"?+)++', re.DOTALL)
_RANGE = re.compile(r"\s*+([^;,/\s]++)\s*+/\s*+([^;,/\s]++)\s*+(?:;|$)")
_NAMED = re.compile(
    r"""\s*+([^;,="\s]++)\s*+=\s*+(?:"((?:[^"\\]++|\\.)*+)"|([^;,"\s]*+))\s*+(?:;|$)""", re.DOTALL
)
_NUMBER = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")

Wish = tuple[str, str, float]


def wishes(accept: str) -> list[Wish]:
    """Type, subtype and quality of each media range; what cannot be read is left out."""
    found = []
    for part in _PART.findall(accept):
        if (match := _RANGE.match(part)) is None:
            continue
        quality = _quality(part, match.end())
        if quality is not None:
            found.append((match[1].lower(), match[2].lower(), quality))
    return found


def choose(
    accept: str | None, offered: Sequence[str], aliases: Mapping[str, str] | None = None
) -> str | None:
    """The offered media type that suits best, the first of equals; None when none does.

    A header longer than MOST says nothing: a server may leave it aside, and nobody needs so much.
    An alias is another name of an offered type. A specific range goes before a wildcard, whatever
    their qualities; of two types wanted as much, the one that was named goes first.
    """
    if accept is None or not accept.strip() or len(accept) > MOST:
        return offered[0]
    wanted = wishes(accept)
    best: tuple[float, int] = (0.0, 0)
    chosen = None
    for media_type in offered:
        names = [media_type, *(name for name, of in (aliases or {}).items() if of == media_type)]
        rank = max(_rank(name, wanted, name == media_type) for name in names)
        if rank > best and rank[0] > 0:
            best, chosen = rank, media_type
    return chosen


def _rank(name: str, wanted: Sequence[Wish], own: bool) -> tuple[float, int]:
    """The quality for this type, from the most specific range, and how specific that was."""
    kind, _, subtype = name.partition("/")
    fits: dict[int, float] = {}
    for wish_kind, wish_subtype, quality in wanted:
        if (wish_kind, wish_subtype) == (kind, subtype):
            level = 3 if own else 2
        elif (wish_kind, wish_subtype) == (kind, "*") and own:
            level = 1
        elif (wish_kind, wish_subtype) == ("*", "*") and own:
            level = 0
        else:
            continue
        fits[level] = max(quality, fits.get(level, 0.0))
    if not fits:
        return 0.0, 0
    level = max(fits)
    return fits[level], level


def _quality(part: str, start: int) -> float | None:
    """What the parameters from here on say; None when that is not a quality."""
    while match := _NAMED.match(part, start):
        start = match.end()
        if match[1].lower() == "q":
            value = match[2] or match[3] or ""
            return float(value) if _NUMBER.fullmatch(value) else None
    return 1.0
