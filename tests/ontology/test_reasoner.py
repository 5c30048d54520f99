"""The ontology, its alignments and the data do not contradict each other."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from wijk import turtle
from wijk.namespaces import WIJK

pytestmark = pytest.mark.reasoner

INITIATIVE = Namespace("https://w3id.org/wijindewijk/id/initiative/")
CASE = Namespace("https://w3id.org/wijindewijk/id/case/")
PLACE = Namespace("https://w3id.org/wijindewijk/id/place/")
PROV = Namespace("http://www.w3.org/ns/prov#")
DATA = "https://w3id.org/wijindewijk/id/"

# OWL keeps these for itself; evidence uses them to point at a statement.
REIFICATION = {RDF.subject, RDF.predicate, RDF.object}
LOGIC = (str(OWL), str(RDF), str(RDFS), str(XSD))
TEXTS = {
    *(SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.definition, SKOS.example),
    *(SKOS.note, SKOS.scopeNote, SKOS.editorialNote, SKOS.changeNote, SKOS.historyNote),
}

# Each of these is one statement too many, and each for another reason.
CONTRADICTIONS = {
    "two classes that exclude each other": (PLACE["de-muntel"], RDF.type, WIJK.Case),
    "a kind of actor that is a place": (INITIATIVE["choku-gym"], RDF.type, WIJK.Place),
    "a domain": (PLACE["de-muntel"], WIJK.number, Literal(5)),
    "a range": (CASE["choku-gym"], WIJK.state, PLACE["de-muntel"]),
    "a text where a number belongs": (CASE["choku-gym"], WIJK.number, Literal("vijf")),
    "an alignment": (CASE["choku-gym"], RDF.type, PROV.Activity),
}


def of_owl(term: URIRef) -> bool:
    """Whether OWL, RDF or RDFS itself says what this term is."""
    return str(term).startswith(LOGIC)


def kind(graph: Graph, term: URIRef) -> URIRef:
    """What sort of property a borrowed term is here: told by its values."""
    literals = {isinstance(value, Literal) for value in graph.objects(None, term)}
    if term in TEXTS or len(literals) > 1:
        return OWL.AnnotationProperty
    return OWL.DatatypeProperty if True in literals else OWL.ObjectProperty


def typed(graph: Graph) -> Graph:
    """The same, with every borrowed class, property and thing declared as OWL wants."""
    whole = Graph(bind_namespaces="none")
    # A cube describes its measures as things; for this reasoner a property is nothing else.
    measures = {*graph.subjects(RDF.type, RDF.Property)}
    measures |= {name for name in graph.predicates() if str(name).startswith(DATA)}
    for triple in graph:
        if triple[1] not in REIFICATION and not measures & {triple[0], triple[2]}:
            whole.add(triple)
    declared = {*whole.subjects(RDF.type, OWL.ObjectProperty)}
    declared |= {*whole.subjects(RDF.type, OWL.DatatypeProperty)}
    for term in set(whole.predicates()) - declared:
        if not of_owl(term):
            whole.add((term, RDF.type, kind(whole, term)))
    for own, other in list(whole.subject_objects(RDFS.subPropertyOf)):
        whole.add((other, RDF.type, whole.value(own, RDF.type)))
    for other in {*whole.objects(None, RDFS.subClassOf), *whole.objects(None, RDFS.range)}:
        if not of_owl(other):
            whole.add((other, RDF.type, OWL.Class))
    for thing, other in list(whole.subject_objects(RDF.type)):
        if not of_owl(other):
            whole.add((other, RDF.type, OWL.Class))
            whole.add((thing, RDF.type, OWL.NamedIndividual))
    return whole


def together(*graphs: Iterable[tuple[URIRef, URIRef, URIRef]]) -> Graph:
    """Several graphs as one."""
    whole = Graph(bind_namespaces="none")
    for graph in graphs:
        for triple in graph:
            whole.add(triple)
    return whole


def consistent(graph: Graph, folder: Path) -> tuple[bool, Counter[str]]:
    """Ask HermiT; also how much of each sort it was given."""
    import owlready2

    path = folder / "graph.nt"
    path.write_bytes(turtle.serialize(typed(graph), turtle.NTRIPLES))
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    seen = Counter(
        individuals=len(list(world.individuals())),
        classes=len(list(world.classes())),
        object_properties=len(list(world.object_properties())),
        data_properties=len(list(world.data_properties())),
        disjoint=len(list(world.disjoint_classes())),
        triples=len(world.graph),
    )
    try:
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False, seen
    return True, seen


@pytest.fixture(scope="module")
def whole(
    ontology: Graph, alignments: Graph, concepts: Graph, vocabularies: Graph, data: Graph
) -> Graph:
    """Everything that has to be true at once."""
    return together(ontology, alignments, concepts, vocabularies, data)


def test_the_ontology_is_consistent_with_all_the_data(whole: Graph, tmp_path: Path) -> None:
    answer, seen = consistent(whole, tmp_path)
    assert answer
    # The reasoner had something to reason about.
    assert seen["individuals"] > 1500
    assert seen["classes"] > 20
    assert seen["object_properties"] > 30
    assert seen["data_properties"] > 15
    assert seen["disjoint"] > 3
    assert seen["triples"] > 8000


def test_the_file_that_is_made_to_contradict_itself_is_found_out(
    ontology: Graph, here: Path, tmp_path: Path
) -> None:
    path = here / "inconsistent.ttl"
    spoilt = together(ontology, turtle.parse(path.read_bytes(), path))
    assert consistent(ontology, tmp_path)[0]
    assert not consistent(spoilt, tmp_path)[0]


@pytest.mark.parametrize("why", CONTRADICTIONS)
def test_one_statement_too_many_is_found_out_among_all_the_data(
    why: str, whole: Graph, tmp_path: Path
) -> None:
    assert not consistent(together(whole, [CONTRADICTIONS[why]]), tmp_path)[0]


def test_an_initiative_of_the_data_is_understood_to_be_an_agent(
    whole: Graph, tmp_path: Path
) -> None:
    not_an_agent = turtle.parse(
        b"""@prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix prov: <http://www.w3.org/ns/prov#> .
        @prefix initiative: <https://w3id.org/wijindewijk/id/initiative/> .
        <https://w3id.org/wijk/test#Other> a owl:Class ; owl:complementOf prov:Agent .
        initiative:choku-gym a <https://w3id.org/wijk/test#Other> .""",
        "not-an-agent",
    )
    assert not consistent(together(whole, not_an_agent), tmp_path)[0]
