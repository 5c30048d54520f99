"""What became of the folder when it was looked at again."""

from collections.abc import Mapping
from dataclasses import dataclass

from wijk.checking import Finding
from wijk.remarks import Remarks
from wijk.snapshot import Document


@dataclass(frozen=True)
class Good:
    """What is to be served from now on: as the difference with what is, or whole.

    The graphs are those of the documents in N-Quads; what is removed has none. The remarks are
    those of all of it; None when it was not known what they were.
    """

    documents: tuple[Document, ...]
    removed: tuple[str, ...]
    digest: str
    asides: str
    graphs: Mapping[str, bytes]
    whole: bool
    remarks: Remarks | None = None

    @property
    def count(self) -> int:
        """How many documents changed."""
        return len(self.documents) + len(self.removed)


@dataclass(frozen=True)
class Bad:
    """Why the folder as it is cannot be served: violations, or one message."""

    findings: tuple[Finding, ...]
    prefixes: Mapping[str, str]
    message: str = ""


@dataclass(frozen=True)
class Same:
    """The folder is again as it is served."""


Outcome = Good | Bad | Same
