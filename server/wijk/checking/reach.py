"""How far the shapes look: what a change elsewhere can mean for a thing that did not change."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, RDFS, SH, SKOS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from wijk.namespaces import DASH

_INSIDE = (SH.node, SH.property, SH.qualifiedValueShape, SH["not"])
_LISTED = (SH["or"], SH["and"], SH.xone)
# What looks at the values of the thing itself, or at nothing.
_NEAR = (
    *(SH.datatype, SH.nodeKind, SH.minCount, SH.maxCount, SH.minInclusive, SH.maxInclusive),
    *(SH.minExclusive, SH.maxExclusive, SH.minLength, SH.maxLength, SH.pattern, SH.flags),
    *(SH.languageIn, SH.uniqueLang, SH["in"], SH.hasValue, SH.qualifiedMinCount),
    *(SH.qualifiedMaxCount, SH.qualifiedValueShapesDisjoint, SH.targetClass, SH.targetSubjectsOf),
    *(SH.name, SH.description, SH.order, SH.group, SH.message, SH.severity, SH.deactivated),
    *(SH.path, SH.alternativePath, SH["class"]),
    *(SKOS.example, DASH.editor, DASH.hidden, DASH.singleLine),
)
_KNOWN = frozenset((*_INSIDE, *_LISTED, *_NEAR))
_DEEPEST = 4


@dataclass(frozen=True)
class Reach:
    """So many steps from a thing, and there only by these properties."""

    steps: int
    properties: frozenset[Node]

    @classmethod
    def of(cls, shapes: Graph) -> "Reach | None":
        """The reach of these shapes; None when that cannot be told."""
        used = {str(node) for node in shapes.predicates() if str(node).startswith(str(SH))}
        if not used <= {str(node) for node in _KNOWN}:
            return None
        read: set[tuple[int, Node]] = set()
        starts = {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}
        starts |= set(shapes.subjects(RDF.type, RDFS.Class))  # a class may be its own target
        try:
            for shape in starts:
                read.update(_read(shapes, shape, 0))
        except LookupError:
            return None
        far = [(step, property) for step, property in read if step > 0]
        steps = max((step for step, _ in far), default=0)
        return cls(steps, frozenset(property for _, property in far))


def _read(shapes: Graph, shape: Node, step: int) -> Iterator[tuple[int, Node]]:
    """Each property that the shape reads, and how many steps from the thing."""
    if step > _DEEPEST:
        raise LookupError("these shapes go round, or very far")
    ends = {step}
    for path in shapes.objects(shape, SH.path):
        ends = set()
        for told in _told(shapes, path):
            yield from ((step + n, property) for n, property in enumerate(told))
            ends.add(step + len(told))
    for end in ends:
        if (shape, SH["class"], None) in shapes:
            yield end, RDF.type
            yield end, RDFS.subClassOf
        for inner in _inner(shapes, shape):
            yield from _read(shapes, inner, end)


def _inner(shapes: Graph, shape: Node) -> Iterator[Node]:
    for property in _INSIDE:
        yield from shapes.objects(shape, property)
    for property in _LISTED:
        for items in shapes.objects(shape, property):
            yield from Collection(shapes, items)


def _told(shapes: Graph, path: Node) -> list[list[Node]]:
    """The properties along a path, in each way that it can go."""
    if isinstance(path, URIRef):
        return [[path]]
    if (path, RDF.first, None) in shapes:
        ways: list[list[Node]] = [[]]
        for part in Collection(shapes, path):
            ways = [[*way, *more] for way in ways for more in _told(shapes, part)]
        return ways
    choices = list(shapes.objects(path, SH.alternativePath)) if isinstance(path, BNode) else []
    if len(choices) != 1:
        raise LookupError("a path that is not followed here")
    return [way for part in Collection(shapes, choices[0]) for way in _told(shapes, part)]
