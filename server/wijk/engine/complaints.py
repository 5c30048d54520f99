"""What the engine complains about, in our words."""

import re

from wijk.errors import QueryRefused

_PLACE = re.compile(r"^error at (\d+):(\d+): (.*)", re.DOTALL)
# What the engine says in words, among the signs that it would have taken: those help nobody.
_SENTENCE = re.compile(r"(?:The [A-Z]+|IRI) [a-z][^,\[\]]*")
_NEAR = 40


def refusal(text: str, error: Exception) -> QueryRefused:
    """The engine's complaint as ours: where, and why when the engine has words for that."""
    placed = _PLACE.match(str(error))
    if placed is None:
        told = _shortened(str(error))
        return QueryRefused(told, f"Dit lukt hier niet. De server zegt: “{told}”")
    line, column = int(placed[1]), int(placed[2])
    reason, reden = "This is not SPARQL", "Dit is geen SPARQL"
    if "Prefix not found" in placed[3]:
        reason = "A prefix is used that no PREFIX line declares"
        reden = "Er staat een prefix in zonder regel met PREFIX"
    elif said := _SENTENCE.search(" ".join(placed[3].split())):
        reason = f"{reason}: {_shortened(said[0])}"
    return QueryRefused(reason, reden, line, column, _near(text, line, column))


def no_pattern() -> QueryRefused:
    """A value is to be filled in where nothing can hold it."""
    return QueryRefused(
        "The query has no pattern to fill a value in.",
        "Deze vraag heeft geen deel tussen { en } om een waarde in te vullen",
    )


def _near(text: str, line: int, column: int) -> str:
    """The text at this place, with the word before it: the engine often stops just behind it."""
    lines = text.split("\n")
    position = sum(len(before) + 1 for before in lines[: line - 1]) + column - 1
    begun = len(text[:position].rstrip())
    start = max((text.rfind(space, 0, begun) for space in " \t\r\n"), default=-1) + 1
    piece = " ".join(text[max(start, begun - _NEAR) : position + _NEAR].split())
    return f'"{piece[:_NEAR]}{"…" if len(piece) > _NEAR else ""}"'


def _shortened(reason: str) -> str:
    words = " ".join(reason.split())
    return words if len(words) < 200 else f"{words[:200]}…"
