"""A query for those of its rows alone that have one of some terms in a variable."""

from collections.abc import Collection, Iterator
from functools import lru_cache

from wijk.engine.tokens import Token, tokens
from wijk.errors import QueryRefused


def among(text: str, name: str, terms: Collection[str]) -> str:
    """The query with these terms as the values of a variable, at the start of its pattern.

    They are also put in what is taken away by MINUS, if the variable is there: the engine works
    that out on its own.

    Raises:
        QueryRefused: it has no pattern.
    """
    row = f" VALUES ?{name} {{ {' '.join(sorted(terms))} }} "
    places = _known(text, f"?{name}")
    if not places:
        raise QueryRefused("The query has no pattern to fill a value in.")
    pieces, end = [], 0
    for place in places:
        pieces += [text[end:place], row]
        end = place
    return "".join((*pieces, text[end:]))


@lru_cache(maxsize=512)
def _known(text: str, variable: str) -> tuple[int, ...]:
    """The places in a text, which is one of the few of the rules, many times."""
    return tuple(_places(list(tokens(text)), variable))


def _places(read: list[Token], variable: str) -> Iterator[int]:
    first = True
    for n, token in enumerate(read):
        if token.text != "{":
            continue
        if first or (read[n - 1].text.upper() == "MINUS" and variable in _inside(read[n:])):
            yield token.start + 1
        first = False


def _inside(read: list[Token]) -> set[str]:
    """The words of the group that begins here."""
    depth, found = 0, set()
    for token in read:
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            break
        found.add(token.text)
    return found
