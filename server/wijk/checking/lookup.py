"""Who describes a thing and what refers to it: looked up in every document, or asked of a store."""

from collections import defaultdict
from collections.abc import Collection
from functools import cached_property
from typing import Protocol

from rdflib import BNode, URIRef
from rdflib.term import Node

from wijk.namespaces import FIGURE, SHAPES
from wijk.snapshot import Document, Snapshot

Row = dict[str, str]
_ASIDE = ("shape", FIGURE)
"""What a finding has no need of: the shapes, and figures, which no shape looks at."""


class Store(Protocol):
    """The graph as it is now, to be asked; names are IRIs, terms as N-Triples writes them."""

    def rows(self, text: str) -> list[Row]:
        """The rows of a SELECT."""
        ...

    def among(self, text: str, name: str, terms: Collection[str]) -> list[Row]:
        """Those of its rows that have one of these terms in a variable."""
        ...

    def graphs(self, subject: str) -> set[str]:
        """The graphs in which something is described."""
        ...

    def pointing(self, value: str, property: str | None = None) -> set[tuple[str, str]]:
        """What refers to it, by any property or this one, as a term, and in which graph."""
        ...


class Lookup(Protocol):
    """What a finding needs to know of the rest of the graph; the shapes are no part of it."""

    def owners(self, thing: Node) -> list[Document]:
        """The documents that describe it."""
        ...

    def subjects(self, property: Node, value: Node) -> set[Node]:
        """What has this value."""
        ...


class Whole:
    """Looks in every document: for who has all of their graphs at hand."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._having: dict[tuple[Node, Node], set[Node]] = {}

    @cached_property
    def _owners(self) -> dict[Node, list[Document]]:
        owners: dict[Node, list[Document]] = defaultdict(list)
        for document in self._snapshot.documents.values():
            if document.iri != SHAPES:
                for subject in {triple[0] for triple in document.graph}:
                    owners[subject].append(document)
        return owners

    def owners(self, thing: Node) -> list[Document]:
        """The documents that describe it."""
        return self._owners.get(thing, [])

    def subjects(self, property: Node, value: Node) -> set[Node]:
        """What has this value."""
        about = (property, value)
        if about not in self._having:
            told = (it for it in self._snapshot.documents.values() if it.kind not in _ASIDE)
            triples = (triple for it in told for triple in it.graph)
            self._having[about] = {it[0] for it in triples if it[1] == property and it[2] == value}
        return self._having[about]


class Asked:
    """Asks a store that holds the same, and opens only the documents that it names."""

    def __init__(self, snapshot: Snapshot, store: Store) -> None:
        self._documents = snapshot.documents
        self._store = store

    def owners(self, thing: Node) -> list[Document]:
        """The documents that describe it; of what has no name, none."""
        if isinstance(thing, BNode) or not thing:
            return []
        graphs = self._store.graphs(str(thing))
        return [self._documents[iri] for iri in sorted(graphs) if iri != SHAPES]

    def subjects(self, property: Node, value: Node) -> set[Node]:
        """What has this value."""
        found = self._store.pointing(str(value), str(property))
        return {
            URIRef(term[1:-1]) if term.startswith("<") else BNode(term[2:])
            for term, graph in found
            if graph != SHAPES
        }
