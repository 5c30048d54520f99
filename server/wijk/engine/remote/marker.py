"""The graph in which a push says what it put into an engine, and whether it came to its end.

It holds one statement about itself, `snapshot` with the hash of the folder or `begun` with the name
of a push under way, and the hash of each document that is there as it should be.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_HASH = re.compile(r'^<([^>]*)>\s+<([^>]*)>\s+"([^"]*)"', re.MULTILINE)


@dataclass(frozen=True)
class Marker:
    """The names that the marker of a case base uses."""

    graph: str

    @classmethod
    def of(cls, base: str) -> "Marker":
        """The marker of the case base whose IRIs begin like this."""
        return cls(f"{base}pushed")

    @property
    def snapshot(self) -> str:
        """The property with the hash of all that was pushed."""
        return f"{self.graph}#snapshot"

    @property
    def begun(self) -> str:
        """The property of a push that is under way, or was broken off."""
        return f"{self.graph}#begun"

    @property
    def hash(self) -> str:
        """The property with the hash of one document."""
        return f"{self.graph}#hash"

    def state(self, name: str, value: str) -> str:
        """The statement that the marker makes about itself, and that its graph is ours."""
        return (
            f'<{self.graph}> <{self.graph}#{name}> "{value}" .\n<{self.graph}> <{self.hash}> "" .\n'
        )

    def hashes(self, documents: Mapping[str, str]) -> str:
        """The hashes of documents, as N-Triples."""
        return "".join(f'<{iri}> <{self.hash}> "{value}" .\n' for iri, value in documents.items())

    def read(self, ntriples: str) -> tuple[dict[str, str], dict[str, str]]:
        """What the marker says of itself, and the hash of each document."""
        said: dict[str, str] = {}
        hashes: dict[str, str] = {}
        for subject, predicate, value in _HASH.findall(ntriples):
            if predicate != self.hash:
                said[predicate] = value
            elif subject != self.graph:
                hashes[subject] = value
        return said, hashes
