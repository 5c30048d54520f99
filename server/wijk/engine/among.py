"""A query for those of its rows alone that have one of some terms in a variable."""

from collections.abc import Collection, Iterator
from functools import lru_cache

from wijk.engine.complaints import no_pattern
from wijk.engine.tokens import Token, tokens


def among(text: str, name: str, terms: Collection[str]) -> str:
    """The query with these terms as the values of a variable, at the start of its pattern.

    They are also put in what is taken away by MINUS, and in each branch of a UNION in the pattern
    itself, if the variable is there: the engine works that out on its own.

    Raises:
        QueryRefused: it has no pattern.
    """
    row = f" VALUES ?{name} {{ {' '.join(sorted(terms))} }} "
    places = _known(text, f"?{name}")
    if not places:
        raise no_pattern()
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
    depth, first = 0, True
    for n, token in enumerate(read):
        depth += (token.text == "{") - (token.text == "}")
        if token.text != "{":
            continue
        inside, after = _group(read[n:])
        before = read[n - 1].text.upper()
        alone = before == "MINUS" or (depth == 2 and "UNION" in (before, after))
        if first or (alone and variable in inside):
            yield token.start + 1
        first = False


def _group(read: list[Token]) -> tuple[set[str], str]:
    """The words of the group that begins here but what it makes itself, and the word after it."""
    found: set[str] = set()
    made: set[str] = set()
    depth = 0
    for n, token in enumerate(read):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            return found - made, read[n + 1].text.upper() if n + 1 < len(read) else ""
        found.add(token.text)
        if n and read[n - 1].text.upper() == "AS":
            made.add(token.text)
    return found - made, ""
