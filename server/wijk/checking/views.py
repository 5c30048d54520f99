"""What shapes look at: all that the documents say, or what a change leads to and no more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rdflib import RDFS, Graph
from rdflib.term import Node

from wijk.checking.lookup import Lookup
from wijk.snapshot import Document


class _Classes:
    """Which class is a kind of which, as the ontology says."""

    def __init__(self, said: Graph) -> None:
        self._said = said
        self._known: dict[Node, frozenset[Node]] = {}

    def classes(self, kind: Node) -> frozenset[Node]:
        """A class, and what it is a kind of."""
        if kind not in self._known:
            above = self._said.transitive_objects(kind, RDFS.subClassOf)
            self._known[kind] = frozenset(it for it in above if it is not None)
        return self._known[kind]


class Everything(_Classes):
    """All that some documents say."""

    def __init__(self, documents: Iterable[Document]) -> None:
        above = Graph(bind_namespaces="none")
        said: dict[Node, dict[Node, list[Node]]] = defaultdict(dict)
        for document in documents:
            for thing, property, value in document.graph:
                said[thing].setdefault(property, []).append(value)
        for thing, properties in said.items():
            for value in properties.get(RDFS.subClassOf, ()):
                above.add((thing, RDFS.subClassOf, value))
        super().__init__(above)
        self._told: Mapping[Node, Mapping[Node, list[Node]]] = dict(said)

    @property
    def things(self) -> Iterable[Node]:
        """Of what anything is said."""
        return self._told.keys()

    def values(self, thing: Node, property: Node) -> Iterable[Node]:
        """What a thing has for a property; what two documents say, twice."""
        return self._told.get(thing, _NOTHING).get(property, ())


class Around(_Classes):
    """What the documents say of things that are asked about, opened when they are."""

    def __init__(self, lookup: Lookup, classes: Graph) -> None:
        super().__init__(classes)
        self._lookup = lookup
        self._owners: dict[Node, list[Document]] = {}

    def values(self, thing: Node, property: Node) -> Iterable[Node]:
        """What a thing has for a property; what two documents say, twice."""
        if thing not in self._owners:
            self._owners[thing] = self._lookup.owners(thing)
        return [it for owner in self._owners[thing] for it in owner.graph.objects(thing, property)]


_NOTHING: Mapping[Node, list[Node]] = {}
