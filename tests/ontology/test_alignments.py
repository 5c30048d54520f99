"""Mappings to other vocabularies: each argued, each to a term that exists."""

from collections.abc import Iterator
from pathlib import Path

import pyshacl
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.term import Node
from wijk import turtle
from wijk.namespaces import CLOSED, WIJK

FOLDER = Path(__file__).parents[2] / "ontology" / "alignments"
FILES = sorted(FOLDER.glob("*.ttl"))
RELATIONS = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso}


def of(path: Path) -> Graph:
    """The mappings of one file."""
    return turtle.parse(path.read_bytes(), path)


def test_the_expected_vocabularies_are_aligned() -> None:
    names = {path.stem for path in FILES}
    assert {"schema", "prov", "org", "dcterms", "skos", "geosparql"} <= names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_mapping_has_an_argument_above_it(path: Path) -> None:
    blocks = path.read_text().strip().split("\n\n")[1:]
    assert all(block.startswith("# ") for block in blocks)
    assert len(blocks) == len(of(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_mapping_goes_from_an_own_term_to_a_term_that_exists(path: Path, ontology: Graph) -> None:
    targets = set()
    for own, relation, other in of(path):
        assert (own, RDF.type, None) in ontology
        assert own.startswith(str(WIJK))
        assert relation in RELATIONS
        assert any(other in vocabulary for vocabulary in CLOSED)
        targets.add(other)
    assert len(targets) > 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_classes_are_put_under_classes_and_properties_under_properties(
    path: Path, ontology: Graph
) -> None:
    for own in of(path).subjects(RDFS.subClassOf, None):
        assert (own, RDF.type, OWL.Class) in ontology
    for own in of(path).subjects(RDFS.subPropertyOf, None):
        assert (own, RDF.type, OWL.Class) not in ontology


def test_no_mapping_uses_the_relations_that_are_for_concepts(alignments: Graph) -> None:
    mapping = [SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch]
    assert [relation for relation in mapping if (None, relation, None) in alignments] == []


def test_every_class_but_one_that_inherits_has_a_mapping(
    ontology: Graph, alignments: Graph
) -> None:
    classes: set[URIRef] = set(ontology.subjects(RDF.type, OWL.Class))
    inherits = set(ontology.subjects(RDFS.subClassOf, None))
    assert classes - inherits <= set(alignments.subjects(RDFS.subClassOf, None))


# Borrowed properties of which the value is a class, so says their own vocabulary.
CLASS_VALUED = (DCTERMS.type, DCTERMS.audience)
SAYS = (SH.name, SH.description, SKOS.example, SH.message, SH.order, SH.group)
Triple = tuple[Node, Node, Node]


def entailed(graph: Graph, triple: Triple) -> Iterator[Triple]:
    """What RDFS concludes from one statement and what the graph says of its property or class."""
    thing, relation, value = triple
    if relation == RDF.type:
        for above in graph.objects(value, RDFS.subClassOf):
            yield thing, RDF.type, above
    for above in graph.objects(relation, RDFS.subPropertyOf):
        yield thing, above, value
    for kind in graph.objects(relation, RDFS.domain):
        yield thing, RDF.type, kind
    if not isinstance(value, Literal):
        for kind in graph.objects(relation, RDFS.range):
            yield value, RDF.type, kind


@pytest.fixture(scope="module")
def closure(
    ontology: Graph, alignments: Graph, concepts: Graph, vocabularies: Graph, data: Graph
) -> Graph:
    """All that is said, and all that RDFS concludes from it."""
    whole = Graph(bind_namespaces="none")
    for part in (ontology, alignments, concepts, data):
        whole += part
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range):
        for triple in vocabularies.triples((None, relation, None)):
            whole.add(triple)
    new = set(whole)
    while new:
        new = {each for triple in new for each in entailed(whole, triple)} - set(whole)
        for triple in new:
            whole.add(triple)
    return whole


def forbidding(shapes: Graph) -> Graph:
    """The shapes without the rules that only ask or advise, and without what they say."""
    milder = {*shapes.subjects(SH.severity, SH.Warning), *shapes.subjects(SH.severity, SH.Info)}
    lean = Graph("SimpleMemory", bind_namespaces="none")  # it answers sooner, and is asked often
    for triple in shapes:
        if triple[1] not in SAYS and not milder & {triple[0], triple[2]}:
            lean.add(triple)
    return lean


@pytest.mark.referee
def test_what_follows_from_the_alignments_breaks_no_shape_that_forbids(
    closure: Graph, shapes: Graph
) -> None:
    _, report, _ = pyshacl.validate(closure, shacl_graph=forbidding(shapes), inplace=True)
    broken = {
        (report.value(result, SH.sourceShape), report.value(result, SH.focusNode))
        for result in report.subjects(SH.resultSeverity, SH.Violation)
    }
    assert broken == set()


def test_the_alignments_have_consequences(closure: Graph, alignments: Graph) -> None:
    for other in alignments.objects(None, RDFS.subClassOf):
        assert (None, RDF.type, other) in closure
    for other in alignments.objects(None, RDFS.subPropertyOf):
        assert (None, other, None) in closure


def test_no_concept_is_understood_to_be_a_class(closure: Graph) -> None:
    for concept in closure.subjects(RDF.type, SKOS.Concept):
        assert [way for way in CLASS_VALUED if (None, way, concept) in closure] == []


def test_what_the_data_state_with_a_borrowed_property_is_not_added_to(
    closure: Graph, data: Graph, alignments: Graph
) -> None:
    for other in set(alignments.objects(None, RDFS.subPropertyOf)) & set(data.predicates()):
        stated = set(data.subject_objects(other))
        added = set(closure.subject_objects(other)) - stated
        assert {thing for thing, _ in added} & {thing for thing, _ in stated} == set(), other
