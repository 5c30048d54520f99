"""On the shipped data: every statement rests on evidence, and without it the check fails."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF
from wijk.snapshot import Snapshot

ROOT = Path(__file__).parents[2]
WIJK = "https://w3id.org/wijk/def#"
SCHEMA = "https://schema.org/"
STATUS = "https://w3id.org/wijindewijk/id/status/"
NEEDS = {
    *(f"{WIJK}{name}" for name in ("Case", "Bundle", "Initiative", "Actor", "Place")),
    *(f"{SCHEMA}{name}" for name in ("Project", "CreativeWork", "PodcastSeries", "VideoObject")),
    *(f"{SCHEMA}{name}" for name in ("BlogPosting", "Article", "Report")),
}
NEEDS_NONE = {str(RDF.type), "http://purl.org/dc/terms/identifier"}
TYPE, SUBJECT, PREDICATE, OBJECT = (
    ox.NamedNode(str(term)) for term in (RDF.type, RDF.subject, RDF.predicate, RDF.object)
)
Value = ox.NamedNode | ox.BlankNode | ox.Literal
Statement = tuple[ox.NamedNode, ox.NamedNode, Value]


@pytest.fixture(scope="module")
def store(shipped: Snapshot) -> ox.Store:
    """The shipped graph."""
    filled = ox.Store()
    filled.load(shipped.nquads(), format=ox.RdfFormat.N_QUADS)
    return filled


@pytest.fixture(scope="module")
def missing() -> str:
    """The check that finds statements without evidence."""
    return (ROOT / "queries" / "checks" / "evidence-missing.rq").read_text()


@pytest.fixture(scope="module")
def evidence(store: ox.Store) -> Mapping[Statement, list[ox.NamedNode]]:
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
        for thing in things(store)
        for quad in store.quads_for_pattern(thing, None, None)
        if quad.predicate.value not in NEEDS_NONE
    }


def values(store: ox.Store, node: ox.NamedNode, property: ox.NamedNode) -> list[Value]:
    return [quad.object for quad in store.quads_for_pattern(node, property, None)]


def things(store: ox.Store) -> set[ox.NamedNode]:
    return {
        quad.subject
        for kind in NEEDS
        for quad in store.quads_for_pattern(None, TYPE, ox.NamedNode(kind))
    }


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


def test_every_statement_has_evidence(
    evidence: Mapping[Statement, list[ox.NamedNode]],
) -> None:
    assert len(evidence) > 900
    assert [statement for statement, nodes in evidence.items() if not nodes] == []


def test_removing_the_last_evidence_of_any_statement_fails_the_check(
    store: ox.Store, missing: str, evidence: Mapping[Statement, list[ox.NamedNode]]
) -> None:
    for statement, (last, *others) in evidence.items():
        removed = [*remove(store, others)]
        assert statement not in without_evidence(store, missing, statement[0])
        removed += remove(store, [last])
        assert statement in without_evidence(store, missing, statement[0])
        store.extend(removed)
    assert not [*store.query(missing, use_default_graph_as_union=True)]
