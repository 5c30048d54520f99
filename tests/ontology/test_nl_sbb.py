"""The concept schemes pass the shapes of the Dutch profile of SKOS (NL-SBB)."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.query import Result
from rdflib.term import Node
from wijk import turtle

ROOT = Path(__file__).parents[2]
SHAPES = Path(__file__).parent / "nl-sbb" / "skos-ap-nl.ttl"
PROFILE = Namespace("http://nlbegrip.nl/def/skosapnl#")
THEME = Namespace("https://w3id.org/wijindewijk/id/theme/")
SCHEME = URIRef("https://w3id.org/wijindewijk/id/scheme/theme")

Break = Callable[[Graph], object]


def without_definition(graph: Graph) -> None:
    """A concept nobody explained."""
    graph.remove((THEME.groen, SKOS.definition, None))


def with_a_shared_label(graph: Graph) -> None:
    """Two concepts that cannot be told apart."""
    graph.set((THEME.landschap, SKOS.prefLabel, Literal("groen", "nl")))


def with_a_broader_top(graph: Graph) -> None:
    """A top concept that is not at the top."""
    graph.add((THEME.welzijn, SKOS.broader, THEME.mensen))


def with_a_loose_concept(graph: Graph) -> None:
    """A concept that no other leads to."""
    graph.remove((THEME.sport, SKOS.broader, None))


def with_a_label_without_language(graph: Graph) -> None:
    """A name in no language."""
    graph.add((THEME.sport, SKOS.altLabel, Literal("bewegen met plezier")))


# What each of them makes a remark about, and the shape that says so.
BREAKS: dict[Break, tuple[URIRef, URIRef]] = {
    without_definition: (THEME.groen, PROFILE["Concept-definition"]),
    with_a_shared_label: (THEME.landschap, PROFILE.Concept),
    with_a_broader_top: (THEME.welzijn, PROFILE.Concept),
    with_a_loose_concept: (THEME.sport, PROFILE.Concept),
    with_a_label_without_language: (THEME.sport, PROFILE["Concept-altLabel"]),
}


class ReadOnce(Graph):
    """A graph that reads the text of a query once: the shapes ask the same of every concept."""

    _read = staticmethod(cache(prepareQuery))

    def query(self, query_object: str, *arguments: Any, **options: Any) -> Result:
        """The answer, as rdflib gives it."""
        return super().query(self._read(query_object), *arguments, **options)


def report(graph: Graph) -> Graph:
    """What pySHACL says."""
    shapes = turtle.parse(SHAPES.read_bytes(), SHAPES)
    asked = ReadOnce(store=graph.store, identifier=graph.identifier)
    _, found, _ = pyshacl.validate(asked, shacl_graph=shapes, inference="none")
    assert isinstance(found, Graph)
    return found


def results(found: Graph) -> list[tuple[Node | None, Node | None]]:
    """Focus node and shape of the results directly under the report, not the details below."""
    (top,) = found.subjects(RDF.type, SH.ValidationReport)
    return [
        (found.value(result, SH.focusNode), found.value(result, SH.sourceShape))
        for result in found.objects(top, SH.result)
    ]


def themes() -> Graph:
    """One scheme, read anew so that it may be broken."""
    path = ROOT / "ontology" / "concepts" / "theme.ttl"
    return turtle.merged([turtle.parse(path.read_bytes(), path)])


def test_the_shapes_find_something_to_look_at(concepts: Graph) -> None:
    shapes = turtle.parse(SHAPES.read_bytes(), SHAPES)
    targets = set(shapes.objects(PROFILE.Concept, SH.targetClass))
    assert targets == {SKOS.Concept}
    assert len(set(concepts.subjects(RDF.type, SKOS.Concept))) > 100
    assert len(set(concepts.subjects(RDF.type, SKOS.ConceptScheme))) == 12


def test_the_schemes_pass_without_a_single_remark(concepts: Graph) -> None:
    assert results(report(concepts)) == []


@pytest.fixture(scope="module")
def remarks() -> list[tuple[Node | None, Node | None]]:
    """What is said of a scheme that is spoilt in every way at once."""
    broken = themes()
    for spoil in BREAKS:
        spoil(broken)
    return results(report(broken))


@pytest.mark.parametrize("spoil", BREAKS, ids=lambda spoil: spoil.__name__)
def test_a_spoilt_copy_does_not_pass(
    spoil: Break, remarks: list[tuple[Node | None, Node | None]]
) -> None:
    assert BREAKS[spoil] in remarks


def test_every_scheme_is_in_the_graph_that_passes(concepts: Graph) -> None:
    assert (SCHEME, RDFS.comment, None) in concepts
    for concept, scheme in concepts.subject_objects(SKOS.inScheme):
        assert (scheme, RDF.type, SKOS.ConceptScheme) in concepts, concept
