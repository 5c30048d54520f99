"""Remarks: what someone says of a field of a draft."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Remark:
    """What someone says of a field of a draft; `record` and `part` tell where it is.

    `record` is the IRI of a thing in it, `part` the fragment of a part of that or "", `path` the
    property or "" for all of it. `done` is when it was dealt with.
    """

    id: int
    draft: str
    record: str
    part: str
    path: str
    text: str
    by: str
    at: str
    done: str
