"""What differs between two records, and three records made into one, statement by statement."""

from dataclasses import dataclass

from wijk.editing.records import Record, Statement


@dataclass(frozen=True)
class FieldChange:
    """What was and is said with one property, of the thing or of a part of it (by its name)."""

    part: str
    path: str
    before: tuple[Statement, ...]
    after: tuple[Statement, ...]


@dataclass(frozen=True)
class Conflict:
    """A property of which two people said different things."""

    part: str
    path: str
    base: tuple[Statement, ...]
    ours: tuple[Statement, ...]
    theirs: tuple[Statement, ...]


@dataclass(frozen=True)
class Merged:
    """The record with what both said; where they disagree it has ours."""

    record: Record
    conflicts: tuple[Conflict, ...] = ()
