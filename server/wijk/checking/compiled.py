"""Shapes made into functions: what pySHACL finds by them, found forty times as fast.

Only what is sure to be the same is taken: the constraints of SHACL Core that are listed here, on
paths of properties, one after another or to choose from. For any other shape there is no compiled
form, and pySHACL judges. It stays the referee: tests hold each verdict here against its own.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rdflib import OWL, RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from wijk.checking.constraints import (
    Constraint,
    Fits,
    Found,
    Unknown,
    View,
    along,
    among,
    any_of,
    each,
    from_number,
    having,
    in_language,
    is_a,
    is_of,
    matching,
    max_count,
    min_count,
    number,
    of_kind,
    unique,
)


@dataclass(frozen=True)
class Result:
    """One result, as a validation report has it."""

    shape: Node
    thing: Node
    path: Node | None
    value: Node | None
    constraint: str
    severity: Node
    said: tuple[Literal, ...] = ()
    """What the judge itself says, where the shape has no message."""


@dataclass(frozen=True, eq=False)
class _Part:
    """A property shape, as one node shape has it: of another it is another one."""

    shape: Node
    path: Node
    ways: tuple[tuple[Node, ...], ...]
    constraints: tuple[Constraint, ...]
    severity: Node

    def broken(self, view: View, thing: Node) -> Iterator[Found]:
        """What is broken of a thing."""
        values = tuple(dict.fromkeys(it for way in self.ways for it in along(view, thing, way)))
        for constraint in self.constraints:
            yield from constraint(view, values)


@dataclass(frozen=True)
class Compiled:
    """All shapes with a target, by what they are about."""

    by_class: Mapping[Node, tuple[_Part, ...]]
    by_property: Mapping[Node, tuple[_Part, ...]]

    def results(self, view: View, things: Iterable[Node]) -> Iterator[Result]:
        """What is broken of these things."""
        for thing in things:
            for part in self._about(view, thing):
                for constraint, value in part.broken(view, thing):
                    yield Result(part.shape, thing, part.path, value, constraint, part.severity)

    def _about(self, view: View, thing: Node) -> Iterable[_Part]:
        kinds = {up for kind in view.values(thing, RDF.type) for up in view.classes(kind)}
        parts = [part for kind in kinds for part in self.by_class.get(kind, ())]
        for property, more in self.by_property.items():
            if any(True for _ in view.values(thing, property)):
                parts += more
        return dict.fromkeys(parts)


@lru_cache(maxsize=2)
def compiled(shapes: Graph) -> Compiled | None:
    """These shapes as functions; None when one has what is not compiled here."""
    try:
        return _Compiler(shapes).all()
    except (Unknown, re.error):
        return None


_TOLD = frozenset((SH.name, SH.description, SH.order, SH.group, SH.message, SH.severity, SH.path))
_OF_NODES = frozenset((SH.property, SH.targetClass, SH.targetSubjectsOf))


class _Compiler:
    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._known: dict[Node, tuple[_Part, ...]] = {}
        self._makers: Mapping[Node, Callable[[Node, Node], Constraint]] = {
            SH.minCount: lambda _, most: min_count(number(most)),
            SH.maxCount: lambda _, most: max_count(number(most)),
            SH["class"]: lambda _, kind: each("class", lambda view, it: is_a(view, it, kind)),
            SH.datatype: lambda _, kind: each("datatype", lambda _, it: is_of(it, kind)),
            SH.nodeKind: lambda _, kind: each("nodeKind", of_kind(kind)),
            SH.pattern: lambda _, text: each("pattern", matching(text)),
            SH.languageIn: lambda _, items: each("languageIn", in_language(self._list(items))),
            SH.uniqueLang: lambda _, wanted: unique(wanted),
            SH["or"]: lambda _, items: each("or", any_of(list(map(self._fits, self._list(items))))),
            SH.node: lambda _, shape: each("node", self._fits(shape)),
            SH["in"]: lambda _, items: each("in", among(self._list(items))),
            SH.minInclusive: lambda _, least: each("minInclusive", from_number(number(least))),
            SH.hasValue: lambda _, value: having(value),
            SH.qualifiedMinCount: self._qualified,
        }

    def all(self) -> Compiled:
        shapes = self._shapes
        if any((None, RDF.type, kind) in shapes for kind in (RDFS.Class, OWL.Class)):
            raise Unknown  # a class may be its own target
        return Compiled(self._targets(SH.targetClass), self._targets(SH.targetSubjectsOf))

    def _targets(self, property: Node) -> dict[Node, tuple[_Part, ...]]:
        found: dict[Node, tuple[_Part, ...]] = {}
        for shape, target in self._shapes.subject_objects(property):
            if shape not in self._known:
                self._known[shape] = tuple(map(self._told, self._parts(shape)))
            found[target] = (*found.get(target, ()), *self._known[shape])
        return found

    def _said(self, shape: Node) -> list[tuple[Node, Node]]:
        said = self._shapes.predicate_objects(shape)
        return [(name, value) for name, value in said if str(name).startswith(str(SH))]

    def _parts(self, shape: Node) -> list[_Part]:
        """The property shapes of a node shape, which has nothing else."""
        if {name for name, _ in self._said(shape)} - _TOLD - _OF_NODES or (
            (shape, SH.path, None) in self._shapes
        ):
            raise Unknown
        return [self._part(part) for part in self._shapes.objects(shape, SH.property)]

    def _told(self, part: _Part) -> _Part:
        """A part that reports, which is to have a message: pySHACL makes one where it has none."""
        if (part.shape, SH.message, None) not in self._shapes:
            raise Unknown
        return part

    def _part(self, shape: Node) -> _Part:
        path = self._shapes.value(shape, SH.path)
        if path is None:
            raise Unknown
        severity = self._shapes.value(shape, SH.severity) or SH.Violation
        return _Part(shape, path, tuple(self._ways(path)), self._constraints(shape), severity)

    def _constraints(self, shape: Node) -> tuple[Constraint, ...]:
        found = []
        for name, value in self._said(shape):
            if name in _TOLD or name == SH.qualifiedValueShape:
                continue
            if name not in self._makers:
                raise Unknown
            found.append(self._makers[name](shape, value))
        return tuple(found)

    def _fits(self, shape: Node) -> Fits:
        """Whether a value is as a shape wants it."""
        parts: list[_Part] = []
        own: tuple[Constraint, ...] = ()
        if (shape, SH.path, None) in self._shapes:
            parts = [self._part(shape)]
        elif (shape, SH.property, None) in self._shapes:
            parts = self._parts(shape)
        elif not (own := self._constraints(shape)):
            raise Unknown

        def fits(view: View, value: Node) -> bool:
            broken = (part.broken(view, value) for part in parts)
            alone = (constraint(view, (value,)) for constraint in own)
            return not any(True for each in (*broken, *alone) for _ in each)

        return fits

    def _qualified(self, shape: Node, least: Node) -> Constraint:
        wanted = list(self._shapes.objects(shape, SH.qualifiedValueShape))
        if len(wanted) != 1:
            raise Unknown
        fits, most = self._fits(wanted[0]), number(least)

        def check(view: View, values: tuple[Node, ...]) -> Iterator[Found]:
            if sum(fits(view, value) for value in values) < most:
                yield "qualifiedMinCount", None

        return check

    def _list(self, items: Node) -> list[Node]:
        return list(Collection(self._shapes, items))

    def _ways(self, path: Node) -> Iterator[tuple[Node, ...]]:
        """The properties along a path, in each way that it can go."""
        if isinstance(path, URIRef):
            yield (path,)
        elif (path, RDF.first, None) in self._shapes:
            ways: list[tuple[Node, ...]] = [()]
            for step in self._list(path):
                ways = [(*way, *more) for way in ways for more in self._ways(step)]
            yield from ways
        elif (items := self._shapes.value(path, SH.alternativePath)) is not None:
            if len(list(self._shapes.predicate_objects(path))) != 1:
                raise Unknown
            for step in self._list(items):
                yield from self._ways(step)
        else:
            raise Unknown
