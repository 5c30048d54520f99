"""Values as people write them, and the terms that they mean."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Misread:
    """A text that is no value of its field, and what would be.

    `code` is "integer", "decimal", "date", "address", "boolean", "choice", "unknown" (no such
    thing) or "ambiguous" (several things are called that; `nearest` names them).
    """

    code: str
    value: str
    expected: str
    nearest: tuple[str, ...] = ()
    example: str = ""
