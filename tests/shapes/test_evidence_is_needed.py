"""On the shipped data: every statement rests on evidence, and without it the check fails."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import DCTERMS, OWL, PROV, QB, RDF, RDFS, SH, Graph, URIRef
from rdflib.namespace import GEO
from wijk.namespaces import ONTOLOGY, SHAPE, WIJK
from wijk.snapshot import Snapshot

from .test_constraints import alone

ROOT = Path(__file__).parents[2]
SCHEMA = "https://schema.org/"
STATUS = "https://w3id.org/wijindewijk/id/status/"
EVERYTHING = None
# What needs no evidence, and why. Whatever is not listed here needs it: a new class too.
NEEDS_NONE: Mapping[str, frozenset[str] | None] = {
    # Evidence and sources are what the rest is judged by.
    f"{WIJK}Evidence": EVERYTHING,
    f"{SCHEMA}WebPage": EVERYTHING,
    # A participation names its own source, basis and status: they are about all of it.
    f"{WIJK}Participation": EVERYTHING,
    # A point names its own source, or the point it was computed from.
    str(GEO.Geometry): EVERYTHING,
    # The own source of a lesson is about its text.
    f"{WIJK}Lesson": frozenset(
        {f"{SCHEMA}text", str(DCTERMS.source), f"{WIJK}basis", f"{WIJK}status"}
    ),
    # A figure and its series name the table it stands in; what a measure is says its own document.
    f"{SCHEMA}Dataset": EVERYTHING,
    **{str(QB[name]): EVERYTHING for name in ("Observation", "DataSet", "MeasureProperty")},
    **{str(QB[name]): EVERYTHING for name in ("DimensionProperty", "DataStructureDefinition")},
    str(QB.ComponentSpecification): EVERYTHING,
    # What a term of others is called in our words is not told by anybody else.
    **{str(term): EVERYTHING for term in (RDF.Property, RDFS.Class, RDFS.Datatype)},
    # A change of municipalities is a row of the register.
    str(PROV.Activity): EVERYTHING,
    # How derived documents were made is provenance itself.
    str(PROV.Entity): EVERYTHING,
    str(PROV.SoftwareAgent): EVERYTHING,
    # The own source of an area is the list of a year, which gives its code, name and place in it,
    # or the register, which tells since when and until when it is valid, and what came after it.
    f"{WIJK}Area": frozenset(
        {
            f"{SCHEMA}name",
            str(DCTERMS.source),
            *(str(DCTERMS[name]) for name in ("replaces", "isReplacedBy")),
            *(f"{WIJK}{name}" for name in ("code", "divisionYear", "placeKind", "withinArea")),
            # The organisation follows from the code; a point has a source of its own.
            *(f"{WIJK}governedBy", str(GEO.hasGeometry)),
            *(f"{WIJK}{name}" for name in ("validFrom", "validUntil")),
        }
    ),
}
# What a thing is follows from its address; its identifier is our own.
# What is derived stands in a document that says how it was made.
OURS = frozenset({str(RDF.type), str(DCTERMS.identifier), f"{WIJK}presentArea", str(GEO.sfWithin)})
TYPE, SUBJECT, PREDICATE, OBJECT = (
    ox.NamedNode(str(term)) for term in (RDF.type, RDF.subject, RDF.predicate, RDF.object)
)
Value = ox.NamedNode | ox.BlankNode | ox.Literal
Statement = tuple[ox.NamedNode, ox.NamedNode, Value]


@pytest.fixture(scope="module")
def store(nquads: bytes) -> ox.Store:
    """The shipped graph."""
    filled = ox.Store()
    filled.load(nquads, format=ox.RdfFormat.N_QUADS)
    return filled


@pytest.fixture(scope="module")
def missing() -> str:
    """The check that finds statements without evidence."""
    return (ROOT / "queries" / "checks" / "evidence-missing.rq").read_text()


@pytest.fixture(scope="module")
def things(shipped: Snapshot) -> set[ox.NamedNode]:
    """Everything that a file in data/ describes; the catalogue is about the files themselves.

    So is what a document says of itself: when it was published.
    """
    return {
        ox.NamedNode(str(thing))
        for document in shipped.documents.values()
        if document.path.parts[0] == "data" and document.path.name != "catalog.ttl"
        for thing in document.graph.subjects()
        if str(thing) != document.iri
    }


@pytest.fixture(scope="module")
def evidence(store: ox.Store, things: set[ox.NamedNode]) -> Mapping[Statement, list[ox.NamedNode]]:
    """Per statement that needs it, the evidence that is asserted or disputed."""
    trusted = defaultdict(list)
    for name in ("asserted", "disputed"):
        status = ox.NamedNode(f"{STATUS}{name}")
        for quad in store.quads_for_pattern(None, ox.NamedNode(f"{WIJK}status"), status):
            for subject in values(store, quad.subject, SUBJECT):
                trusted[subject].append(quad.subject)
    return {
        (thing, quad.predicate, quad.object): [
            node for node in trusted[thing] if covers(store, node, quad)
        ]
        for thing in things
        for quad in store.quads_for_pattern(thing, None, None)
        if needs_evidence(store, quad)
    }


def needs_evidence(store: ox.Store, quad: ox.Quad) -> bool:
    spared = [NEEDS_NONE.get(kind.value, OURS) for kind in values(store, quad.subject, TYPE)]
    return all(
        properties is not EVERYTHING and quad.predicate.value not in properties | OURS
        for properties in spared
    )


def values(store: ox.Store, node: ox.NamedNode, property: ox.NamedNode) -> list[Value]:
    return [quad.object for quad in store.quads_for_pattern(node, property, None)]


def covers(store: ox.Store, node: ox.NamedNode, quad: ox.Quad) -> bool:
    told = values(store, node, OBJECT)
    return quad.predicate in values(store, node, PREDICATE) and (not told or quad.object in told)


def without_evidence(store: ox.Store, missing: str, thing: ox.NamedNode) -> set[Statement]:
    found = store.query(
        missing, use_default_graph_as_union=True, substitutions={ox.Variable("thing"): thing}
    )
    return {(thing, row["property"], row["value"]) for row in found}


def remove(store: ox.Store, nodes: list[ox.NamedNode]) -> Iterator[ox.Quad]:
    for node in nodes:
        for quad in [*store.quads_for_pattern(node, None, None)]:
            store.remove(quad)
            yield quad


def test_things_of_every_class_of_our_own_are_tried(
    store: ox.Store, things: set[ox.NamedNode], shipped: Snapshot
) -> None:
    ontology = shipped.documents[ONTOLOGY].graph
    own = {str(kind) for kind in ontology.subjects(RDF.type, OWL.Class) if kind.startswith(WIJK)}
    tried = {kind.value for thing in things for kind in values(store, thing, TYPE)}
    assert own | {f"{SCHEMA}Project", f"{SCHEMA}CreativeWork"} <= tried


def test_every_statement_has_evidence(
    evidence: Mapping[Statement, list[ox.NamedNode]],
) -> None:
    assert len(evidence) > 1000
    assert [statement for statement, nodes in evidence.items() if not nodes] == []


def test_removing_the_last_evidence_of_any_statement_fails_the_check(
    store: ox.Store, missing: str, evidence: Mapping[Statement, list[ox.NamedNode]]
) -> None:
    for statement, (last, *others) in evidence.items():
        removed = [*remove(store, others)]
        if others:
            assert statement not in without_evidence(store, missing, statement[0])
        removed += remove(store, [last])
        assert statement in without_evidence(store, missing, statement[0])
        store.extend(removed)
    assert not [*store.query(missing, use_default_graph_as_union=True)]


def own_sources(store: ox.Store, kind: str) -> Iterator[tuple[ox.NamedNode, list[ox.Quad]]]:
    source = ox.NamedNode(str(DCTERMS.source))
    for described in [*store.quads_for_pattern(None, TYPE, ox.NamedNode(kind))]:
        quads = [*store.quads_for_pattern(described.subject, source, None)]
        if quads:
            yield described.subject, quads


@pytest.mark.parametrize("kind", ["Lesson", "Participation"])
def test_removing_the_own_sources_of_a_thing_fails_the_check(store: ox.Store, kind: str) -> None:
    check = (ROOT / "queries" / "checks" / "source-missing.rq").read_text()
    tried = [*own_sources(store, f"{WIJK}{kind}")]
    assert len(tried) > 15
    for thing, quads in tried:
        for quad in quads:
            store.remove(quad)
        rows = [*store.query(check, use_default_graph_as_union=True)]
        store.extend(quads)
        assert [row["thing"] for row in rows] == [thing]


def test_an_area_without_its_own_source_breaks_a_shape(
    store: ox.Store, shipped: Snapshot, shapes: Graph
) -> None:
    tried = {URIRef(thing.value) for thing, _ in own_sources(store, f"{WIJK}Area")}
    areas = {*shipped.union.subjects(RDF.type, URIRef(f"{WIJK}Area"))}
    assert tried == areas
    bare = Graph(bind_namespaces="none")
    for area in areas:
        bare += [(area, name, value) for name, value in shipped.union.predicate_objects(area)]
    bare.remove((None, DCTERMS.source, None))
    rule = SHAPE["Area-source"]
    _, report, _ = pyshacl.validate(bare, shacl_graph=alone(shapes, rule), inplace=True)
    broken = report.subjects(SH.sourceShape, rule)
    assert {report.value(result, SH.focusNode) for result in broken} == areas
