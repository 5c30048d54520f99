"""No constraint can go unnoticed: without it, some broken example is no longer caught."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node
from wijk import turtle
from wijk.namespaces import SHAPE, SHAPES

from .conftest import Small, rule_of

HERE = Path(__file__).parent
SAYS = {RDF.type, SH.path, SH.name, SH.order, SH.group, SH.severity, SH.message}
TARGETS = (SH.targetClass, SH.targetSubjectsOf)
# One constraint in two lines.
ELSEWHERE = {SH.qualifiedValueShape: SH.qualifiedMinCount}
RULES = sorted(path.name for path in (HERE / "broken").iterdir())
Triple = tuple[Node, Node, Node]


@pytest.fixture(scope="module")
def union_of(small: Small) -> Callable[[Path], Graph]:
    """The small graph with an example in it, as one graph."""

    @cache
    def read(path: Path) -> Graph:
        documents = small.broken(path).documents.items()
        return turtle.merged(document.graph for iri, document in documents if iri != SHAPES)

    return read


def closure(shapes: Graph, node: Node) -> Iterator[Triple]:
    """All that is said of a node and of what it is made of."""
    for triple in shapes.triples((node, None, None)):
        yield triple
        if triple[1] != SH.group:
            yield from closure(shapes, triple[2])


def alone(shapes: Graph, rule: URIRef) -> Graph:
    """The shapes that have this rule, and nothing but this rule."""
    reduced = turtle.merged([closure(shapes, rule)])
    for shape in shapes.subjects(SH.property, rule):
        reduced.add((shape, RDF.type, SH.NodeShape))
        reduced.add((shape, SH.property, rule))
        for name in TARGETS:
            for target in shapes.objects(shape, name):
                reduced.add((shape, name, target))
    return reduced


def constraints(rule: Graph) -> Iterator[tuple[str, list[Triple]]]:
    """Each constraint in turn, with the lines that say it."""
    for part in {*rule.subjects(RDF.type, SH.PropertyShape)}:
        for name in {*rule.predicates(part)} - SAYS - {*ELSEWHERE.values()}:
            lines = [*rule.triples((part, name, None))]
            if name in ELSEWHERE:
                lines += rule.triples((part, ELSEWHERE[name], None))
            yield name.rpartition("#")[2], lines


def passed_over(rule: Graph, caught: list[Graph]) -> bool:
    """Is one of these graphs sound in the eyes of this rule?"""
    return any(pyshacl.validate(union, shacl_graph=rule, inplace=True)[0] for union in caught)


NAMES = sorted({rule_of(Path(name)) for name in RULES if name[0].isupper()})


@pytest.mark.parametrize("name", NAMES)
def test_without_a_constraint_a_broken_example_is_no_longer_caught(
    name: str, shapes: Graph, union_of: Callable[[Path], Graph]
) -> None:
    rule = alone(shapes, SHAPE[name])
    paths = [HERE / "broken" / each for each in RULES if rule_of(Path(each)) == name]
    broken = [union_of(path) for path in paths]
    assert not passed_over(rule, broken)
    unnoticed = []
    for constraint, lines in constraints(rule):
        weaker = turtle.merged([rule])
        for line in lines:
            weaker.remove(line)
        if not passed_over(weaker, broken):
            unnoticed.append(constraint)
    assert unnoticed == []
