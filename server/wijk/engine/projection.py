"""Which variables a query asks for, and in which order: the engine has those of SELECT * sorted."""

from collections.abc import Iterator

from wijk.engine.tokens import Kind, Token, tokens


def star(text: str) -> int | None:
    """Where the `*` of an outermost `SELECT *` stands."""
    previous: list[str] = []
    if "*" not in text:
        return None
    for token in _after_prologue(text):
        previous.append(token.text.upper())
        if token.text == "*":
            return token.start if previous[0] == "SELECT" and len(previous) <= 3 else None
        if len(previous) > 2:
            return None
    return None


def variables(text: str) -> list[str]:
    """The names of the variables, in the order in which they first stand in the query."""
    names = (token.text[1:] for token in tokens(text) if token.kind is Kind.VARIABLE)
    return list(dict.fromkeys(names))


def _after_prologue(text: str) -> Iterator[Token]:
    begun = False
    for token in tokens(text):
        begun = begun or (token.kind is Kind.WORD and token.text.upper() == "SELECT")
        if begun:
            yield token
