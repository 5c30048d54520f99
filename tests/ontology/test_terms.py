"""The ontology is small, says what each term means, and every term is used."""

import json
import re
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection
from wijk import turtle
from wijk.namespaces import ONTOLOGY, WIJK, prefixes
from wijk.snapshot import Snapshot

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/wijindewijk/"
TERMS = turtle.parse((ROOT / "ontology" / "wijk.ttl").read_bytes(), "wijk.ttl")
CLASSES = sorted(TERMS.subjects(RDF.type, OWL.Class))
PROPERTIES = sorted(
    {*TERMS.subjects(RDF.type, OWL.ObjectProperty), *TERMS.subjects(RDF.type, OWL.DatatypeProperty)}
)
OWN = [*CLASSES, *PROPERTIES]
# No real name of a person stands in the ontology, so this example is made up.
MADE_UP = {WIJK.founderName}
IN_TEXT = re.compile(r"(?<![\w:])wijk:([A-Za-z]\w*)")


def name(term: URIRef) -> str:
    """The local name of a term, for the names of the tests."""
    return str(term).removeprefix(str(WIJK))


def example(term: URIRef) -> Graph:
    """The statements of a term's examples."""
    head = "".join(f"@prefix {short}: <{iri}> .\n" for short, iri in prefixes(BASE).items())
    lines = "\n".join(str(text) for text in TERMS.objects(term, SKOS.example))
    return turtle.parse(f"{head}{lines}".encode(), name(term))


def used(graph: Graph) -> set[URIRef]:
    """The own terms that a graph uses, in whatever place."""
    return {
        node
        for triple in graph
        for node in triple
        if isinstance(node, URIRef) and node.startswith(str(WIJK))
    }


def queries(folder: str) -> str:
    """The text of all queries in a folder, without their comments."""
    texts = [path.read_text() for path in sorted((ROOT / "queries" / folder).glob("*.rq"))]
    lines = "\n".join(texts).splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def test_there_are_at_most_twelve_classes_and_thirty_properties() -> None:
    assert 9 <= len(CLASSES) <= 12
    assert 20 <= len(PROPERTIES) <= 30


def test_a_term_has_one_label_and_one_definition_in_dutch_and_english() -> None:
    for term in OWN:
        for what in (RDFS.label, SKOS.definition):
            languages = sorted(text.language for text in TERMS.objects(term, what))
            assert languages == ["en", "nl"], term


def test_a_scope_note_is_in_both_languages_or_absent() -> None:
    for term in OWN:
        languages = sorted(text.language for text in TERMS.objects(term, SKOS.scopeNote))
        assert languages in ([], ["en", "nl"]), term


def test_a_term_says_which_ontology_defines_it() -> None:
    for term in OWN:
        assert list(TERMS.objects(term, RDFS.isDefinedBy)) == [URIRef(ONTOLOGY)], term
        assert term.startswith(str(WIJK))


def test_the_example_of_a_term_is_turtle_that_uses_it() -> None:
    for term in OWN:
        assert term in used(example(term)), term


@pytest.mark.parametrize("term", [term for term in OWN if term not in MADE_UP], ids=name)
def test_the_example_of_a_term_is_true(term: URIRef, data: Graph) -> None:
    assert [triple for triple in example(term) if triple not in data] == []


def test_no_two_terms_have_the_same_label() -> None:
    for kind in (CLASSES, PROPERTIES):
        labels = [text for term in kind for text in TERMS.objects(term, RDFS.label)]
        assert len(labels) == len(set(labels))


def test_every_class_excludes_the_others_and_concepts() -> None:
    (lists,) = TERMS.objects(None, OWL.members)
    members = set(Collection(TERMS, lists))
    under = {term for term in CLASSES if TERMS.value(term, RDFS.subClassOf) in members}
    assert members | under == {*CLASSES, SKOS.Concept}
    assert under == {WIJK.Initiative}


def test_no_property_has_an_inverse() -> None:
    assert list(TERMS.subject_objects(OWL.inverseOf)) == []


def test_the_version_in_the_header_is_that_of_the_version_address() -> None:
    version = TERMS.value(URIRef(ONTOLOGY), OWL.versionInfo)
    assert TERMS.value(URIRef(ONTOLOGY), OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")


def test_every_term_is_used_in_the_data(data: Graph) -> None:
    for term in OWN:
        place = (None, RDF.type, term) if term in CLASSES else (None, term, None)
        assert place in data, term


def test_every_term_is_used_in_a_shape(shapes: Graph) -> None:
    assert set(OWN) - used(shapes) == set()


def test_every_term_is_used_in_a_question() -> None:
    assert set(map(name, OWN)) - {*IN_TEXT.findall(queries("questions"))} == set()


def test_only_defined_terms_are_used_in_turtle(shipped: Snapshot) -> None:
    rooms = {document.path.parts[0] for document in shipped.documents.values()}
    assert rooms == {"data", "shapes", "ontology"}
    for document in shipped.documents.values():
        assert used(document.graph) <= set(OWN), document.path


@pytest.mark.parametrize("folder", ["questions", "pages", "checks"])
def test_only_defined_terms_are_used_in_queries(folder: str) -> None:
    assert set(IN_TEXT.findall(queries(folder))) <= {name(term) for term in OWN}


def test_the_context_names_every_term_and_no_other() -> None:
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text())["@context"]
    iris = {
        value if isinstance(value, str) else value["@id"]
        for key, value in context.items()
        if key != "@version"
    }
    assert {iri for iri in iris if iri.startswith("wijk:")} == {f"wijk:{name(t)}" for t in OWN}
