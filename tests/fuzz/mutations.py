"""Spoils queries: what is real, with something missing, twice, in another place or unreadable."""

import re
from pathlib import Path

from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
REAL = tuple(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("queries/*/*.rq")))
_PIECE = re.compile(r"\s+|[\w:?$]+|.", re.DOTALL)
_ODD = (
    *("\x00", "\x01", "\x7f", "\x85", "\u200b", "\u2028", "\ufeff", "\ufffe", "\U0010ffff"),
    *("\ud800", "\udfff", "\ud83d", "\r", "\\", "\\u0053", "\\U0001F600", "\\uD800", "%00"),
    *('"', "'", '"""', "'''", "<", ">", "#", "{", "}", "(", ")", "[", "]", "<<(", ")>>", "^^"),
    *("@", ":", "?", "$", "SERVICE", "service<", "LOAD", "FROM", "BASE <", "PREFIX", "SELECT"),
    *(
        "*",
        "||",
        "&&",
        "!",
        "/",
        "^",
        "999999999999999999999999",
        "1e999999",
        "-",
        "é",
        "İ",
        "\u017f",
    ),
)
_LONG = st.tuples(st.sampled_from(("x", "?", "1", '"', "é", "(", "\\", "a:", "!", "-1 ")))


@st.composite
def spoilt(draw: st.DrawFn, texts: st.SearchStrategy[str] | None = None) -> str:
    """A real query, or one of these, after one to four changes."""
    pieces = _PIECE.findall(draw(texts if texts is not None else st.sampled_from(REAL)))
    for _ in range(draw(st.integers(1, 4))):
        _change(draw, pieces)
    return "".join(pieces)


def _change(draw: st.DrawFn, pieces: list[str]) -> None:
    places = st.integers(0, max(0, len(pieces) - 1))
    place = draw(places)
    change = draw(st.sampled_from(("drop", "twice", "swap", "odd", "char", "long", "cut")))
    if change == "odd":
        pieces.insert(place, draw(st.sampled_from(_ODD)))
    elif change == "char":
        pieces.insert(place, draw(st.characters(codec=None)))
    elif change == "long":
        (part,) = draw(_LONG)
        pieces.insert(place, part * draw(st.sampled_from((100, 600, 10_000, 70_000))))
    elif not pieces:
        return
    elif change == "drop":
        del pieces[place : place + draw(st.integers(1, 5))]
    elif change == "twice":
        pieces.insert(place, pieces[place])
    elif change == "swap":
        other = draw(places)
        pieces[place], pieces[other] = pieces[other], pieces[place]
    else:
        del pieces[place:]
