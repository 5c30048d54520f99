"""The gate before every query from outside: what is not a query for here goes no further.

It reads tokens, not text, so that a word in a string or a name is never taken for a keyword.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from wijk.engine.tokens import Kind, Token, tokens, without_escapes
from wijk.errors import QueryRefused, QueryTextTooLarge

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = (
    *("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"),
)
_FETCHING = ("SERVICE", "LOAD")
_CHAINS = frozenset(
    ("&&", "||", "!", "+", "-", "*", "/", "|", "^", "{", "UNION", "OPTIONAL", "MINUS", "FILTER")
)
# A prologue as most write it; any other is read token by token.
_PLAIN = re.compile(
    r"(?:[ \t\r\n]++|PREFIX[ \t]++[A-Za-z][A-Za-z0-9]*+:[ \t]*+<[^<>\"{}|^`\\\x00-\x20]*+>)*+"
    r"(SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE,
)
ONLY_READS = (
    "This service only reads: a query is SELECT, ASK, CONSTRUCT or DESCRIBE, "
    "an update is not taken."
)
ONLY_READS_DUTCH = (
    "Hier kun je alleen vragen stellen, en niets veranderen. Begin met SELECT, ASK, CONSTRUCT "
    "of DESCRIBE"
)
"""The same, without its full stop: the place in the query may follow."""
_CHANGING = frozenset(("RAND", "NOW", "UUID", "STRUUID", "BNODE"))


@dataclass(frozen=True)
class Limits:
    """How much query text is taken."""

    text: int = 1024 * 1024
    by_get: int = 64 * 1024
    tokens: int = 50_000
    depth: int = 64
    chains: int = 500


@dataclass(frozen=True)
class Passed:
    """A query that may go through: its form, and whether the same answer may be given twice."""

    form: str | None
    repeatable: bool


def examine(text: str, limits: Limits = Limits()) -> Passed:
    """Let a query through, or say why not.

    Raises:
        QueryRefused: it is an update, or it would fetch something from elsewhere.
        QueryTextTooLarge: it is too long, too deep or too much.
    """
    if len(text.encode("utf-8", "surrogatepass")) > limits.text:
        raise QueryTextTooLarge(
            f"The query is longer than {limits.text:,} bytes. Ask for less at once."
        )
    if not text.strip():
        raise QueryRefused("The query is empty.", "De vraag is leeg")
    if (plain := without_escapes(text)) != text:
        examine(plain, limits)  # an engine elsewhere may read it so
    if _harmless(text, limits) and (usual := _usual(text)) in FORMS:
        return Passed(usual, True)
    found = _counted(text, limits)
    form = _form(found)
    if form in _UPDATES:
        raise _only_reads(text, found)
    _refuse_fetching(text, found)
    if (unsure := _unsure(text, found)) is not None and not _harmless(text, limits):
        raise QueryRefused(
            "This IRI can be read as a comparison too. Write it with a prefix, or absolute",
            "Dit adres kan ook een vergelijking zijn. Schrijf het met een prefix, of voluit",
            *_place(text, unsure.start),
        )
    words = {token.text.upper() for token in found if token.kind is Kind.WORD}
    return Passed(form if form in FORMS else None, words.isdisjoint(_CHANGING))


def _only_reads(text: str, found: list[Token]) -> QueryRefused:
    place = _place(text, first.start if (first := _first(found)) else 0)
    return QueryRefused(ONLY_READS, ONLY_READS_DUTCH, *place)


def _harmless(text: str, limits: Limits) -> bool:
    """Is nothing in the text, however it is read, over a limit, refused, or different each time?

    That is so for most queries, and a tenth of the time that it takes to read all tokens.
    """
    shown = text.upper()
    return (
        len(text) <= limits.tokens
        and sum(map(shown.count, "([{")) <= limits.depth
        and sum(map(shown.count, _CHAINS)) <= limits.chains
        and not any(word in shown for word in (*_FETCHING, *_CHANGING))
    )


def _counted(text: str, limits: Limits) -> list[Token]:
    found: list[Token] = []
    depth = chains = 0
    for token in tokens(text):
        found.append(token)
        if token.kind is Kind.MARK:
            depth += (token.text in "([{") - (token.text in ")]}")
        chains += token.text.upper() in _CHAINS
        if depth > limits.depth:
            problem = f"is nested more than {limits.depth} levels deep"
        elif chains > limits.chains:
            problem = f"has more than {limits.chains} groups and operators"
        elif len(found) > limits.tokens:
            problem = f"has more than {limits.tokens:,} words and signs"
        else:
            continue
        line, column = _place(text, token.start)
        raise QueryTextTooLarge(
            f"The query {problem} (line {line}, column {column}). Split it into smaller queries."
        )
    return found


def _usual(text: str) -> str | None:
    plain = _PLAIN.match(text)
    return plain[1].upper() if plain else _form(tokens(text))


def _form(found: Iterable[Token]) -> str | None:
    """The first keyword after the prologue; the engine asks for no space after it."""
    word = _first(found)
    first = word.text.upper() if word else ""
    return next((form for form in (*FORMS, *_UPDATES) if first.startswith(form)), None)


def _first(found: Iterable[Token]) -> Token | None:
    prologue = ("BASE", "PREFIX", "VERSION")
    first = None
    for token in found:
        first = first or token
        if token.kind is Kind.WORD and token.text.upper() not in prologue:
            return token
    return first


def _refuse_fetching(text: str, found: list[Token]) -> None:
    declared = _declared(found)
    unsure = _unsure(text, found)
    calls = {call.start for call in _calls(found)}
    for token in found:
        for keyword in _FETCHING:
            if (
                _hides(token, keyword, declared)
                or (token is unsure and keyword in text.upper())
                or token.start in calls
            ):
                raise QueryRefused(
                    f"{keyword} is not taken: this service fetches nothing from elsewhere. "
                    "Federate the other way round: call this endpoint with SERVICE from your own.",
                    f"{keyword} kan hier niet: deze server haalt niets van elders op",
                    *_place(text, token.start),
                )


def _calls(found: list[Token]) -> Iterable[Token]:
    """Names before a group that are no graph: the engine reads `SERVICE:a {` as a call of `:a`.

    It does so where a prefix of that name is declared too: no other reading is left to it there.
    """
    before: Token | None = None
    for name, group in pairwise(found):
        prefix = name.text.partition(":")[0].upper() if name.kind is Kind.PREFIXED else ""
        graph = before is not None and before.text.upper() in ("GRAPH", "FROM", "NAMED")
        if "SERVICE" in prefix and group.text == "{" and not graph:
            yield name
        before = name


def _unsure(text: str, found: Iterable[Token]) -> Token | None:
    """What is an IRI for us, and may be "less than" with a string or a comment for the engine.

    After an expression the engine reads `?a<?b#>` as a comment, so that a long string behind it
    hides nothing, and `?a<?b&&'>'` as a string that ends elsewhere. What has `//` before these
    signs can only be an IRI.
    """
    signs = "#'" if '"""' in text or "'''" in text else "'"
    for token in found:
        if token.kind is Kind.IRI:
            start = re.match(rf"[^{signs}]*", token.text)
            if start and start.end() < len(token.text) and "//" not in start[0]:
                return token
    return None


def _declared(found: list[Token]) -> set[str]:
    """The prefixes, each with its colon."""
    return {name.text for word, name in pairwise(found) if _declares(word)}


def _declares(token: Token) -> bool:
    return token.kind is Kind.WORD and token.text.upper() == "PREFIX"


def _hides(token: Token, keyword: str, declared: Iterable[str]) -> bool:
    """Can the engine read this keyword here? It reads `SERVICEex:a` as SERVICE and `ex:a`."""
    shown = token.text.upper()
    if keyword not in shown:
        return False
    if token.kind is Kind.WORD:
        return True
    if token.kind is Kind.PREFIXED:
        prefix = token.text.partition(":")[0]
        return keyword in prefix.upper() and f"{prefix}:" not in declared
    # In `FILTER(?a<?b)SERVICE?x#>` the engine sees "less than", a keyword and a comment.
    return token.kind is Kind.IRI and "#" in shown and ")" in shown.partition(keyword)[0]


def _place(text: str, position: int) -> tuple[int, int]:
    before = text[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


def names_dataset(text: str) -> bool:
    """Does the query say FROM or FROM NAMED? (The engine forgets that when it takes the union.)"""
    if "FROM" not in text.upper():
        return False
    found = list(tokens(text))
    declared = _declared(found)
    return any(_hides(token, "FROM", declared) for token in found)
