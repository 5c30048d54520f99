"""What a document says, as people enter it: statements with their evidence, and parts.

A record holds what the fields of its kind are about. What else stands in a document (its classes,
geometry, figures, the stamp) is no part of it and stays untouched in the file.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Evidence:
    """Where a statement comes from; source, basis and status are IRIs, source and note may be "".

    `name` is its fragment in the document ("e-title-2"), empty until it is written. `whole` is
    evidence for every value of the property, without one of its own.
    """

    source: str
    basis: str
    status: str
    note: str = ""
    name: str = ""
    whole: bool = False

    @property
    def content(self) -> tuple[str, str, str, str]:
        """What it says, whatever its name."""
        return self.source, self.basis, self.status, self.note

    @property
    def sure(self) -> bool:
        """Whether it says that something is so; of what is disputed it says of what value."""
        return not self.status.endswith(("/status/candidate", "/status/disputed"))

    @property
    def candidate(self) -> bool:
        """Whether it is about what is not confirmed, and so not in the graph."""
        return self.status.endswith("/status/candidate")


@dataclass(frozen=True)
class Statement:
    """One value of a property, as an N-Triples term, with the evidence for it."""

    path: str
    value: str
    evidence: tuple[Evidence, ...] = ()

    @property
    def stated(self) -> bool:
        """Whether it is in the graph; a candidate has its evidence only."""
        return not self.evidence or not all(each.candidate for each in self.evidence)

    @property
    def content(self) -> tuple[str, str, tuple[tuple[str, str, str, str], ...]]:
        """What it says, whatever the names and the order of its evidence."""
        return self.path, self.value, tuple(sorted({each.content for each in self.evidence}))


def general(statements: Iterable[Statement]) -> tuple[Evidence, ...]:
    """The evidence for every value of a field: what comes to stand there rests on it too."""
    found = (tuple(each for each in it.evidence if each.whole) for it in statements)
    return next(filter(None, found), ())


@dataclass(frozen=True)
class Part:
    """A part of a document, such as a participation; `name` is its fragment ("accolade").

    In a draft it keeps its `id`, whatever it is called by then.
    """

    kind: str
    name: str
    statements: tuple[Statement, ...]
    id: str = field(default="", compare=False)

    def values(self, path: str) -> tuple[Statement, ...]:
        """The statements with this property."""
        return tuple(each for each in self.statements if each.path == path)


@dataclass(frozen=True)
class Record:
    """What is entered of one thing; `thing` is its IRI, of a source its web address.

    In a draft it keeps its `id`, whatever it is called by then.
    """

    kind: str
    slug: str
    thing: str
    statements: tuple[Statement, ...] = ()
    parts: tuple[Part, ...] = ()
    id: str = field(default="", compare=False)

    def values(self, path: str) -> tuple[Statement, ...]:
        """The statements with this property."""
        return tuple(each for each in self.statements if each.path == path)

    def having(self, path: str, statements: tuple[Statement, ...]) -> "Record":
        """The same with these statements for a property."""
        kept = tuple(each for each in self.statements if each.path != path)
        return replace(self, statements=kept + statements)

    def part(self, name: str) -> Part | None:
        """Its part of that name."""
        return next((each for each in self.parts if each.name == name), None)
