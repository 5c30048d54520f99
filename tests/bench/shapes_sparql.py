"""The shapes as SPARQL, one query for each property shape, to be measured beside the functions.

It is no part of the product (docs/decisions/0030). Of the constraints in our shapes each is
translated, save for what Python cannot read of a value that has the right datatype: an ill-typed
literal. What it finds is compared by shape and thing.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import count

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from wijk import turtle

Pair = tuple[str, str]
"""A property shape, and a thing that breaks it."""
_SAID = frozenset(
    {SH.name, SH.description, SH.order, SH.group, SH.message, SH.severity, SH.path, SH.property}
    | {SH.targetClass, SH.targetSubjectsOf, SH.qualifiedValueShape}
)
_KINDS = {SH.IRI: "isIRI", SH.Literal: "isLiteral", SH.BlankNode: "isBlank"}
_UP = f"<{RDF.type}>/<{RDFS.subClassOf}>*"


class Translated:
    """A query for each property shape that has a target, and what none could be made of."""

    def __init__(self, shapes: Graph) -> None:
        self._shapes = shapes
        self._names = (f"?v{number}" for number in count())
        self.left_out: list[str] = []
        self.queries: list[tuple[str, str]] = []
        for shape, target in self._targets():
            for part in shapes.objects(shape, SH.property):
                broken = list(self._broken(part, "?thing"))
                if broken:
                    either = " UNION ".join(f"{{ {target} {one} }}" for one in broken)
                    self.queries.append((str(part), f"SELECT DISTINCT ?thing {{ {either} }}"))

    def found(self, store: ox.Store) -> set[Pair]:
        """Which things break which shapes."""
        told: set[Pair] = set()
        for shape, query in self.queries:
            rows = store.query(query, use_default_graph_as_union=True)
            assert isinstance(rows, ox.QuerySolutions)
            told.update((shape, row["thing"].value) for row in rows)
        return told

    def _targets(self) -> Iterator[tuple[Node, str]]:
        for shape, kind in self._shapes.subject_objects(SH.targetClass):
            yield shape, f"?thing {_UP} <{kind}> ."
        for shape, property in self._shapes.subject_objects(SH.targetSubjectsOf):
            yield shape, f"?thing <{property}> [] ."

    def _said(self, shape: Node) -> Iterator[tuple[URIRef, Node]]:
        for name, value in self._shapes.predicate_objects(shape):
            if isinstance(name, URIRef) and name.startswith(str(SH)) and name not in _SAID:
                yield name, value

    def _broken(self, part: Node, thing: str) -> Iterator[str]:
        """A pattern for each way in which a thing breaks a property shape."""
        path, value, other = self._path(self._shapes.value(part, SH.path)), *self._two()
        each = f"{thing} {path} {value} ."
        twice = f"{each} {thing} {path} {other} ."
        fits = []
        for name, wanted in self._said(part):
            if name == SH.minCount:
                yield self._fewer(f"{thing} {path}", int(str(wanted)))
            elif name == SH.maxCount:
                yield self._more(f"{thing} {path}", int(str(wanted)))
            elif name == SH.hasValue:
                yield f"FILTER NOT EXISTS {{ {thing} {path} {_term(wanted)} }}"
            elif name == SH.uniqueLang:
                same = f"LANG({value}) = LANG({other}) && LANG({value}) != ''"
                yield f"{twice} FILTER ({same} && STR({value}) < STR({other}))"
            elif name == SH.qualifiedMinCount and int(str(wanted)) == 1:
                inner = self._fits(self._shapes.value(part, SH.qualifiedValueShape), value)
                yield f"FILTER NOT EXISTS {{ {each} FILTER ({inner}) }}"
            else:
                fits.append(self._fit(part, name, wanted, value))
        if fits:
            yield f"{each} FILTER (!COALESCE({' && '.join(fits)}, false))"

    def _fits(self, shape: Node | None, value: str) -> str:
        """An expression that says whether a value is as a shape wants it."""
        if (shape, SH.path, None) in self._shapes:
            ways = list(self._broken(shape, value)) if shape is not None else []
        else:
            parts = self._shapes.objects(shape, SH.property)
            ways = [way for part in parts for way in self._broken(part, value)]
        own = [
            self._fit(shape, name, wanted, value)
            for name, wanted in (self._said(shape) if shape is not None else ())
        ]
        return " && ".join([*own, *(f"NOT EXISTS {{ {way} }}" for way in ways)]) or "true"

    def _fit(self, shape: Node | None, name: URIRef, wanted: Node, value: str) -> str:
        makers: dict[URIRef, Callable[[], str]] = {
            SH.datatype: lambda: f"(isLiteral({value}) && DATATYPE({value}) = <{wanted}>)",
            SH["class"]: lambda: f"EXISTS {{ {value} {_UP} <{wanted}> }}",
            SH.nodeKind: lambda: f"{_KINDS[wanted]}({value})",
            SH.pattern: lambda: f"(!isBlank({value}) && REGEX(STR({value}), {_term(wanted)}))",
            SH["in"]: lambda: f"{value} IN ({', '.join(map(_term, self._list(wanted)))})",
            SH.languageIn: lambda: self._languages(wanted, value),
            SH.minInclusive: lambda: f"COALESCE({value} >= {wanted}, false)",
            SH.node: lambda: f"({self._fits(wanted, value)})",
            SH["or"]: lambda: self._either(wanted, value),
        }
        if name not in makers:
            self.left_out.append(f"{shape} {name}")
            return "true"
        return makers[name]()

    def _languages(self, items: Node, value: str) -> str:
        ways = (f"LANGMATCHES(LANG({value}), {_term(it)})" for it in self._list(items))
        return f"({' || '.join(ways)})"

    def _either(self, items: Node, value: str) -> str:
        return f"({' || '.join(f'({self._fits(it, value)})' for it in self._list(items))})"

    def _fewer(self, said: str, least: int) -> str:
        return (
            f"FILTER NOT EXISTS {{ {self._different(said, least)} }}" if least else "FILTER false"
        )

    def _more(self, said: str, most: int) -> str:
        return f"FILTER EXISTS {{ {self._different(said, most + 1)} }}"

    def _different(self, said: str, number: int) -> str:
        """So many values that are not the same."""
        names = [next(self._names) for _ in range(number)]
        apart = [f"FILTER (!sameTerm({a}, {b}))" for a, b in _pairs(names)]
        return " ".join([*(f"{said} {name} ." for name in names), *apart])

    def _two(self) -> tuple[str, str]:
        return next(self._names), next(self._names)

    def _list(self, items: Node) -> list[Node]:
        return list(Collection(self._shapes, items))

    def _path(self, path: Node | None) -> str:
        if isinstance(path, URIRef):
            return f"<{path}>"
        assert path is not None
        choice = self._shapes.value(path, SH.alternativePath)
        steps = map(self._path, self._list(path if choice is None else choice))
        return f"({('/' if choice is None else '|').join(steps)})"


def _pairs(names: list[str]) -> Iterable[tuple[str, str]]:
    return ((a, b) for at, a in enumerate(names) for b in names[at + 1 :])


def _term(node: Node) -> str:
    assert isinstance(node, URIRef | Literal)
    return turtle.term(node)
