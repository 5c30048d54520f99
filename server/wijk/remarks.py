"""What a check said of a folder that is served all the same: no errors, but what can be better."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

_GAPS = {
    *("Bundle-creator", "Bundle-lessonCount", "Case-initiative", "Initiative-start"),
    *("Lesson-holdsFor", "lesson-count"),
}
"""The rules that find what the question `what-is-still-unknown` tells with what was searched."""


@dataclass(frozen=True, order=True)
class Remark:
    """One of them: in which file, about what thing, a sentence in Dutch, and by which rule.

    The severity is `warning` or `info`.
    """

    path: str
    thing: str
    sentence: str
    rule: str = ""
    severity: str = "warning"


@dataclass(frozen=True)
class Remarks:
    """All that a check of everything says of the folder as it is."""

    said: tuple[Remark, ...]

    @classmethod
    def of(cls, said: Iterable[Remark]) -> "Remarks":
        """These, in the one order that does not hang on how they were found."""
        return cls(tuple(sorted(said)))

    @cached_property
    def pressing(self) -> tuple[Remark, ...]:
        """Those that tell something to do: without the gaps that are known as such."""
        return tuple(it for it in self.said if it.rule.rpartition("#")[2] not in _GAPS)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many of these there are about each file."""
        return Counter(remark.path for remark in self.pressing)
