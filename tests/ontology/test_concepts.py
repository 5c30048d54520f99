"""The concept schemes bring together the words of the facts, and none is lost."""

import csv
from functools import cache
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef
from wijk import turtle
from wijk.namespaces import WIJK

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/wijindewijk/id/"
SCHEMES = sorted(path.stem for path in (ROOT / "ontology" / "concepts").glob("*.ttl"))
HOW_MANY = {
    "theme": range(20, 36),
    "audience": range(4, 5),
    "connection": range(3, 4),
    "basis": range(3, 4),
    "status": range(3, 4),
    "case-state": range(3, 4),
    "event-kind": range(3, 4),
    "place-kind": range(10, 11),
    "unit": range(7, 8),
    "urbanity": range(5, 6),
    "actor-kind": range(30, 39),
    "role": range(20, 48),
}
LABELS = {"label": (SKOS.prefLabel, SKOS.altLabel), "hidden": (SKOS.hiddenLabel,)}

with (Path(__file__).parent / "fact-texts.csv").open(encoding="utf-8", newline="") as stream:
    TEXTS = list(csv.DictReader(stream))


@cache
def scheme(name: str) -> Graph:
    """One scheme with its concepts."""
    path = ROOT / "ontology" / "concepts" / f"{name}.ttl"
    return turtle.parse(path.read_bytes(), path)


def members(graph: Graph) -> list[URIRef]:
    """The concepts of a graph."""
    return sorted(graph.subjects(RDF.type, SKOS.Concept))


def test_there_is_a_scheme_for_every_kind_of_concept() -> None:
    assert set(HOW_MANY) == set(SCHEMES)


@pytest.mark.parametrize("name", SCHEMES)
def test_a_scheme_has_the_number_of_concepts_it_needs(name: str) -> None:
    assert len(members(scheme(name))) in HOW_MANY[name]


@pytest.mark.parametrize("name", SCHEMES)
def test_a_scheme_says_in_two_languages_what_it_is(name: str) -> None:
    graph = scheme(name)
    for what in (DCTERMS.title, DCTERMS.description):
        texts = graph.objects(URIRef(f"{BASE}scheme/{name}"), what)
        assert sorted(text.language for text in texts) == ["en", "nl"]


@pytest.mark.parametrize("name", SCHEMES)
def test_a_concept_is_at_home_in_its_scheme(name: str) -> None:
    graph = scheme(name)
    for concept in members(graph):
        assert concept.startswith(f"{BASE}{name}/")
        assert list(graph.objects(concept, SKOS.inScheme)) == [URIRef(f"{BASE}scheme/{name}")]


@pytest.mark.parametrize("name", SCHEMES)
def test_a_concept_has_labels_and_definitions_and_a_plain_comment(name: str) -> None:
    graph = scheme(name)
    for concept in members(graph):
        for what in (SKOS.prefLabel, SKOS.definition):
            assert sorted(text.language for text in graph.objects(concept, what)) == ["en", "nl"]
        assert [text.language for text in graph.objects(concept, RDFS.comment)] == ["nl"]


@pytest.mark.parametrize("name", SCHEMES)
def test_a_concept_is_a_top_concept_or_has_one_broader_concept(name: str) -> None:
    graph = scheme(name)
    tops = set(graph.objects(URIRef(f"{BASE}scheme/{name}"), SKOS.hasTopConcept))
    assert tops == set(graph.subjects(SKOS.topConceptOf, None))
    for concept in members(graph):
        assert len(list(graph.objects(concept, SKOS.broader))) == (0 if concept in tops else 1)


@pytest.mark.parametrize("name", SCHEMES)
def test_the_hierarchy_of_a_scheme_is_shallow_and_without_circles(name: str) -> None:
    graph = scheme(name)
    for concept in members(graph):
        assert len(list(graph.transitive_objects(concept, SKOS.broader))) <= 3


@pytest.mark.parametrize("name", SCHEMES)
def test_no_label_stands_for_two_concepts_of_a_scheme(name: str) -> None:
    graph = scheme(name)
    kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    labels = [text for kind in kinds for text in graph.objects(None, kind)]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.parametrize("name", SCHEMES)
def test_a_definition_is_no_copy_of_another(name: str) -> None:
    texts = list(scheme(name).objects(None, SKOS.definition))
    assert len(texts) == len(set(texts))


def test_every_text_of_the_facts_has_its_concept() -> None:
    for row in TEXTS:
        if row["how"] == "absent":
            assert row["concept"] == "", row
            continue
        graph = scheme(row["scheme"])
        concept = URIRef(f"{BASE}{row['scheme']}/{row['concept']}")
        assert concept in members(graph), row
        if row["how"] != "note":
            kinds = LABELS[row["how"]]
            text = Literal(row["text"], "nl")
            assert any((concept, kind, text) in graph for kind in kinds), row


def test_the_table_holds_all_texts_of_the_facts() -> None:
    counts = {name: sum(row["scheme"] == name for row in TEXTS) for name in SCHEMES}
    assert counts["theme"] + counts["connection"] == 30
    assert counts["actor-kind"] == 38 + 12
    assert counts["role"] == 47
    assert counts["place-kind"] == 11
    assert counts["audience"] == 8
    keys = [(row["scheme"], row["text"]) for row in TEXTS]
    assert len(keys) == len(set(keys)) == len(TEXTS)


@pytest.mark.parametrize(
    "row", [row for row in TEXTS if row["how"] == "note"], ids=lambda row: row["text"]
)
def test_a_role_text_that_says_more_is_kept_as_a_note(row: dict[str, str], data: Graph) -> None:
    role = URIRef(f"{BASE}role/{row['concept']}")
    notes = [
        str(note).lower()
        for participation in data.subjects(WIJK.role, role)
        for note in data.objects(participation, SKOS.note)
    ]
    assert any(row["text"].lower() in note for note in notes)
