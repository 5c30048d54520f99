"""A small valid graph, and what the rules find in it once something in it is broken.

A broken example is Turtle that describes things anew: what the valid graph says of those subjects
is left out. Statements without evidence get some, so an example shows its fault and nothing else.
A broken example in TriG brings whole documents: for faults in what stands where.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyshacl import Validator
from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from rdflib import RDF, SH, Graph
from wijk import snapshot
from wijk.namespaces import ONTOLOGY
from wijk.snapshot import Snapshot

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BASE = "https://w3id.org/wijindewijk/"
EVIDENCE = "evidence-missing"


def document_of(thing: str) -> str:
    """The document in which the valid graph keeps what it says of this thing."""
    if thing.startswith(f"{BASE}id/"):
        return f"{BASE}doc/{thing.removeprefix(f'{BASE}id/').partition('#')[0]}"
    if thing.startswith(ONTOLOGY):
        return ONTOLOGY
    if thing.startswith(BASE) or thing == "https://example.org/uitgever":
        return f"{BASE}doc/catalog"
    return f"{BASE}doc/source/voorbeeld"


def read(path: Path) -> list[ox.Quad]:
    """What a file says, each statement in its document."""
    if path.suffix == ".trig":
        return [*ox.parse(path=path)]
    return [
        ox.Quad(
            told.subject, told.predicate, told.object, ox.NamedNode(document_of(told.subject.value))
        )
        for told in ox.parse(path=path)
    ]


def broken_by(path: Path, valid: list[ox.Quad]) -> list[ox.Quad]:
    """The valid graph with the example in place of what it describes anew."""
    example = read(path)
    if path.suffix == ".trig":
        documents = {told.graph_name for told in example}
        return example + [told for told in valid if told.graph_name not in documents]
    things = {told.subject for told in example}
    return example + [told for told in valid if told.subject not in things]


@dataclass(frozen=True)
class Rules:
    """The shapes and the checks of the project, read once."""

    shapes: Graph
    checks: dict[str, str]

    @cached_property
    def prepared(self) -> ShapesGraph:
        """The shapes as pySHACL keeps them, so that it need not read them again."""
        return ShapesGraph(self.shapes)

    def of_shapes(self, told: list[ox.Quad]) -> Iterator[str]:
        """The names of the property shapes that are broken, one for each finding."""
        triples = ox.serialize((quad.triple for quad in told), format=ox.RdfFormat.N_TRIPLES)
        union = Graph(bind_namespaces="none").parse(data=triples, format="nt")
        validator = Validator(
            DataGraph.from_rdflib_graph(union), shacl_graph=Graph(bind_namespaces="none")
        )
        validator.shacl_graph = self.prepared
        _, report, _ = validator.run()
        for result in report.objects(None, SH.result):
            yield str(report.value(result, SH.sourceShape)).rpartition("#")[2]

    def of_checks(self, store: ox.Store) -> Iterator[str]:
        """The names of the checks that are broken, one for each finding."""
        for name, text in self.checks.items():
            for _ in store.query(text, use_default_graph_as_union=True):
                yield name


@pytest.fixture(scope="session")
def shapes() -> Graph:
    """All shapes in one graph."""
    graph = Graph(bind_namespaces="none")
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        graph.parse(path)
    return graph


@pytest.fixture(scope="session")
def shipped() -> Snapshot:
    """The folder as it is shipped."""
    return snapshot.read(ROOT).snapshot


@pytest.fixture(scope="session")
def rules(shapes: Graph) -> Rules:
    """All shapes and checks."""
    checks = sorted((ROOT / "queries" / "checks").glob("*.rq"))
    return Rules(shapes, {path.stem: path.read_text() for path in checks})


@pytest.fixture(scope="session")
def rule_names(shapes: Graph, rules: Rules) -> set[str]:
    """What can be broken: the property shapes of shapes with a target, and the checks."""
    targets = {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}
    properties = {rule for target in targets for rule in shapes.objects(target, SH.property)}
    return {str(rule).rpartition("#")[2] for rule in properties} | rules.checks.keys()


@pytest.fixture(scope="session")
def valid() -> list[ox.Quad]:
    """The small graph in which everything is as it should be."""
    return read(HERE / "valid.ttl")


@pytest.fixture(scope="session")
def filled(rules: Rules, valid: list[ox.Quad]) -> Callable[[Path], ox.Store]:
    """The valid graph with an example in it, and evidence where the example is not about that."""

    def fill(path: Path) -> ox.Store:
        store = ox.Store()
        store.extend(broken_by(path, valid))
        spared = {quad.subject for quad in read(path)} if path.stem == EVIDENCE else set()
        rows = store.query(rules.checks[EVIDENCE], use_default_graph_as_union=True)
        for count, row in enumerate([*rows]):
            if row["thing"] not in spared:
                store.extend(evidence(store, row, count))
        return store

    return fill


@pytest.fixture(scope="session")
def findings(
    rules: Rules, valid: list[ox.Quad], filled: Callable[[Path], ox.Store]
) -> Callable[[Path], list[str]]:
    """The rules that an example breaks, one name for each finding."""

    def find(path: Path) -> list[str]:
        told = broken_by(path, valid)
        return sorted([*rules.of_shapes(told), *rules.of_checks(filled(path))])

    return find


def evidence(store: ox.Store, row: ox.QuerySolution, count: int) -> Iterator[ox.Quad]:
    """Evidence for a statement, in the document of the thing that it is about."""
    thing = row["thing"]
    described = next(store.quads_for_pattern(thing, ox.NamedNode(str(RDF.type)), None))
    told = {
        RDF.type: ox.NamedNode(f"{ONTOLOGY}#Evidence"),
        RDF.subject: thing,
        RDF.predicate: row["property"],
        RDF.object: row["value"],
        f"{ONTOLOGY}#basis": ox.NamedNode(f"{BASE}id/basis/assigned"),
        f"{ONTOLOGY}#status": ox.NamedNode(f"{BASE}id/status/asserted"),
    }
    node = ox.NamedNode(f"{thing.value}#evidence-{count}")
    for predicate, value in told.items():
        yield ox.Quad(node, ox.NamedNode(str(predicate)), value, described.graph_name)
