"""What changed between two readings of a folder: documents, triples, things and values."""

from dataclasses import dataclass
from functools import cached_property

from rdflib.term import Node

from wijk.namespaces import FIGURE
from wijk.snapshot import Document, Snapshot

Triple = tuple[Node, Node, Node]


@dataclass(frozen=True)
class Change:
    """What is different between two readings of a folder."""

    documents: tuple[Document, ...]
    gone: tuple[Document, ...]

    @classmethod
    def between(cls, before: Snapshot, now: Snapshot) -> "Change":
        """The documents that are new or otherwise, and those that are no longer so."""
        old, new = before.documents, now.documents
        changed = [it for iri, it in new.items() if iri not in old or old[iri] is not it]
        gone = [it for iri, it in old.items() if iri not in new or new[iri] is not it]
        return cls(tuple(changed), tuple(gone))

    @property
    def both(self) -> tuple[Document, ...]:
        """The documents as they are and as they were."""
        return (*self.documents, *self.gone)

    @cached_property
    def triples(self) -> set[Triple]:
        """The triples that came or went, without those of figures, which no shape looks at."""
        added, gone = (
            {triple for it in documents if it.kind != FIGURE for triple in it.graph}
            for documents in (self.documents, self.gone)
        )
        return added ^ gone

    @cached_property
    def things(self) -> set[Node]:
        """Of what a triple came or went, be it from one document to another."""
        return {triple[0] for triple in self._moved}

    @cached_property
    def values(self) -> set[Node]:
        """What is or was the value in such a triple."""
        return {triple[2] for triple in self._moved}

    @cached_property
    def _moved(self) -> set[Triple]:
        added = {(it.iri, triple) for it in self.documents for triple in it.graph}
        gone = {(it.iri, triple) for it in self.gone for triple in it.graph}
        return {triple for _, triple in added ^ gone}
