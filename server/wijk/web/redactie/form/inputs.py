"""How the inputs of the form are called, and what was sent in them.

`0.titel.0` is the first value of the field `titel` of the first thing of a draft; `0-1.rol` is of
its second part. `.taal` behind a value is its language, `.b0.bron` the source of its first
evidence; `0.thema.alle.b0.bron` is of the evidence for all values. `0.titel.er` says that the field
was there.
"""

from collections.abc import Sequence

from wijk.characters import entered
from wijk.editing.meaning import BASIS, NOTE, SOURCE, STATUS
from wijk.editing.numbers import whole

USUAL = "vast"
"""The evidence that the draft has for what is entered without any."""
PROOF = ("bron", "grondslag", "zekerheid", "toelichting")
PROOF_OF = dict(zip((SOURCE, BASIS, STATUS, NOTE), PROOF, strict=True))
"""The inputs of evidence, and which is of what property."""


class Sent:
    """The fields of a form by name; every line break is one character."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._by: dict[str, list[str]] = {}
        for name, text in pairs:
            self._by.setdefault(name, []).append(entered(text))

    def has(self, name: str) -> bool:
        """Whether there was such a field."""
        return name in self._by

    def one(self, name: str, otherwise: str = "") -> str:
        """The first text of that name."""
        return self._by.get(name, [otherwise])[0]

    def value(self, name: str) -> str:
        """What was chosen from the list of an input, or else typed in it."""
        return self.one(f"{name}.keuze") or self.one(name)

    def all(self, name: str) -> tuple[str, ...]:
        """Every text of that name."""
        return tuple(self._by.get(name, ()))

    def count(self, name: str) -> int:
        """How many there are: `name.0`, `name.1` and so on."""
        number = 0
        while f"{name}.{number}" in self._by:
            number += 1
        return number

    def proofs(self, name: str) -> int:
        """How many pieces of evidence there are below a name."""
        number = 0
        while f"{name}.b{number}.bron" in self._by:
            number += 1
        return number


def of_record(number: int, part: int | None = None) -> str:
    """The beginning of the names of a thing of a draft, or of a part of that."""
    return str(number) if part is None else f"{number}-{part}"


def placed(prefix: str) -> tuple[int, int | None]:
    """The number of the thing, and of its part.

    Raises:
        ValueError: this is no such beginning.
    """
    number, _, part = prefix.partition("-")
    found = [whole(it) for it in (number, part or "0")]
    if found[0] is None or found[1] is None:
        raise ValueError(f"{prefix} begins no name of an input")
    return found[0], found[1] if part else None
