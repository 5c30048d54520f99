"""Mappings to other vocabularies: each argued, each to a term that exists."""

from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
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
