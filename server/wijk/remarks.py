"""What a check said of a folder that is served all the same: no errors, but what can be better."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Remark:
    """One of them: in which file, about what thing, and a sentence in Dutch for people."""

    path: str
    thing: str
    sentence: str


@dataclass(frozen=True)
class Remarks:
    """Those of the last check of everything, without those about files that changed after it."""

    said: tuple[Remark, ...]
    changed: frozenset[str] = frozenset()

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many there are about each file."""
        return Counter(remark.path for remark in self.said)

    def since(self, paths: Iterable[str]) -> "Remarks":
        """What is left of them when these files have changed too."""
        changed = self.changed | set(paths)
        return Remarks(tuple(it for it in self.said if it.path not in changed), changed)
