"""A small valid graph, and what the check finds in it once something in it is broken.

The valid graph is a folder like the real one; the shapes and the checks are the real ones.
A broken example is one of three:

- Turtle describes things anew: what the valid graph says of those subjects is left out.
  What it says needs no evidence, so an example shows its fault and nothing else.
- TriG brings whole documents: for faults in what stands where.
- Text is the file of the film as it stands: for faults in how a file is written.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePosixPath

import pytest
from rdflib import RDF, RDFS, SH, Dataset, Graph, URIRef
from rdflib.term import Node
from wijk import snapshot, turtle
from wijk.checking import Finding, check
from wijk.checking.findings import term
from wijk.engine.local import LocalStore
from wijk.namespaces import ONTOLOGY, SHAPES, WIJK, document_iri
from wijk.snapshot import Document, Reading, Snapshot

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CHECKS = ROOT / "queries" / "checks"
VALID = HERE / "valid"
FILM = "data/media/film-over-de-pluktuin.ttl"
EVIDENCE = "evidence-missing"
Triple = tuple[Node, Node, Node]


def rule_of(path: Path) -> str:
    """The rule that an example is named after: `Case-title`, also for `Case-title-2.ttl`."""
    name, _, number = path.stem.rpartition("-")
    return name if number.isdigit() else path.stem


def folder_at(root: Path) -> Path:
    """The valid graph as a folder of its own, with the real shapes and checks."""
    shutil.copytree(VALID, root)
    shutil.copytree(ROOT / "shapes", root / "shapes")
    shutil.copytree(CHECKS, root / "queries" / "checks")
    return root


def completed(small: Snapshot, shipped: Snapshot) -> Snapshot:
    """A small graph with, of the terms of the ontology that it does not describe, the names."""
    ontology = small.documents[ONTOLOGY]
    described = {*ontology.graph.subjects()}
    terms = {*shipped.documents[ONTOLOGY].graph.subjects()} - described
    named = [(name, RDF.type, RDFS.Resource) for name in terms if name.startswith(WIJK)]
    whole = replace(ontology, parsed=turtle.merged([ontology.graph, named]))
    return replace(small, documents={**small.documents, ONTOLOGY: whole})


def owners(graph: Snapshot) -> dict[Node, str]:
    """The document in which each thing is described."""
    found = {
        thing: iri
        for iri, document in graph.documents.items()
        for thing in document.graph.subjects()
    }
    return found


@dataclass(frozen=True)
class Small:
    """The valid graph, and what becomes of it with an example in it."""

    valid: Snapshot
    missing: str

    @cached_property
    def owners(self) -> dict[Node, str]:
        """The document of each thing."""
        return owners(self.valid)

    @classmethod
    def of(cls, valid: Snapshot) -> "Small":
        return cls(valid, (CHECKS / f"{EVIDENCE}.rq").read_text())

    def broken(self, path: Path) -> Snapshot:
        """The valid graph with the example in place of what it describes anew."""
        if path.suffix == ".trig":
            quads = Dataset(default_union=True).parse(path).quads()
            return self._with(_by_document((q[:3], str(q[3])) for q in quads))
        told = {*turtle.parse(path.read_bytes(), path)}
        things = {triple[0] for triple in told}
        changed = {self._document_of(thing) for thing in things} & self.valid.documents.keys()
        kept = (
            (triple, iri)
            for iri in changed
            for triple in self.valid.documents[iri].graph
            if triple[0] not in things
        )
        given = ((triple, self._document_of(triple[0])) for triple in told)
        broken = self._with(_by_document(chain(given, kept)))
        return self.supported(broken, things) if rule_of(path) == EVIDENCE else broken

    def _document_of(self, thing: Node) -> str:
        whole = URIRef(str(thing).partition("#")[0])
        for each in (thing, whole):
            if each in self.owners:
                return self.owners[each]
        if whole.startswith(f"{self.valid.base}id/"):
            return document_iri(whole, self.valid.base)
        return self.owners[URIRef("https://example.org/pluktuin")]

    def _with(self, told: dict[str, Graph], around: Snapshot | None = None) -> Snapshot:
        around = around or self.valid
        documents = {iri: self._document(iri, graph) for iri, graph in told.items()}
        return replace(around, documents={**around.documents, **documents})

    def _document(self, iri: str, graph: Graph) -> Document:
        source = turtle.serialize(graph, turtle.TURTLE, prefixes=self.valid.prefixes)
        known = self.valid.documents.get(iri)
        kind, _, slug = iri.removeprefix(f"{self.valid.base}doc/").partition("/")
        path = known.path if known else PurePosixPath(f"data/{kind}s/{slug}.ttl")
        base = known.base if known else iri.replace("/doc/", "/id/", 1)
        first = f"@base <{base}> .\n".encode() if base else b""
        return Document(iri, kind, slug, path, first + source, graph, "")

    def supported(self, graph: Snapshot, spared: AbstractSet[Node] = frozenset()) -> Snapshot:
        """The graph with evidence for every statement that needs it, save of the spared things."""
        described_in = owners(graph)
        added: dict[str, list[Triple]] = defaultdict(list)
        for count, found in enumerate(LocalStore(graph.nquads()).rows(self.missing)):
            row = {name: term(value) for name, value in found.items()}
            if row["thing"] not in spared:
                added[described_in[row["thing"]]] += evidence(row, count)
        told = {
            iri: turtle.merged([graph.documents[iri].graph, triples])
            for iri, triples in added.items()
        }
        return self._with(told, graph)


def _by_document(pairs: Iterator[tuple[Triple, str]]) -> dict[str, Graph]:
    told: dict[str, Graph] = defaultdict(lambda: Graph(bind_namespaces="none"))
    for triple, iri in pairs:
        told[iri].add(triple)
    return dict(told)


def evidence(row: dict[str, Node], count: int) -> Iterator[Triple]:
    """Evidence for a statement that has none."""
    node = URIRef(f"{row['thing']}#evidence-{count}")
    concepts = "https://w3id.org/wijindewijk/id/"
    yield node, RDF.type, WIJK.Evidence
    yield node, RDF.subject, row["thing"]
    yield node, RDF.predicate, row["property"]
    yield node, RDF.object, row["value"]
    yield node, WIJK.basis, URIRef(f"{concepts}basis/assigned")
    yield node, WIJK.status, URIRef(f"{concepts}status/asserted")


@pytest.fixture(scope="session")
def shapes(shipped: Snapshot) -> Graph:
    """All shapes in one graph."""
    return shipped.documents[SHAPES].graph


@pytest.fixture(scope="session")
def shipped() -> Snapshot:
    """The folder as it is shipped."""
    return snapshot.read(ROOT).snapshot


@pytest.fixture(scope="session")
def reporting(shapes: Graph) -> set[URIRef]:
    """The property shapes that can be broken: those of a shape with a target."""
    targets = {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}
    return {rule for target in targets for rule in shapes.objects(target, SH.property)}


@pytest.fixture(scope="session")
def rule_names(reporting: set[URIRef]) -> set[str]:
    """What can be broken: property shapes, checks, and the rules written in Python."""
    checks = {path.stem for path in CHECKS.glob("*.rq")}
    in_python = {"turtle-syntax", "base", "prefix", "dangling", "unknown-term", "ill-typed"}
    return {rule.rpartition("#")[2] for rule in reporting} | checks | in_python


@pytest.fixture(scope="session")
def small(shipped: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The small graph in which everything is as it should be."""
    root = folder_at(tmp_path_factory.mktemp("valid") / "graph")
    return Small.of(completed(snapshot.read(root, folders=("data",)).snapshot, shipped))


@pytest.fixture(scope="session")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All checks but the one for evidence: what an example says has none, save for that one."""
    folder = tmp_path_factory.mktemp("checks")
    for path in CHECKS.glob("*.rq"):
        if path.stem != EVIDENCE:
            shutil.copy(path, folder)
    return folder


@pytest.fixture
def reading(small: Small, shipped: Snapshot, tmp_path: Path) -> Callable[[Path], Reading]:
    """The small graph as it is read with an example in it."""

    def read(path: Path) -> Reading:
        if path.suffix != ".txt":
            return Reading(small.broken(path))
        root = folder_at(tmp_path / "graph")
        shutil.copy(path, root / FILM)
        found = snapshot.read(root, folders=("data",))
        return replace(found, snapshot=completed(found.snapshot, shipped))

    return read


@pytest.fixture
def findings(reading: Callable[[Path], Reading], checks: Path) -> Callable[[Path], list[Finding]]:
    """What the check finds in the small graph with an example in it."""

    def find(path: Path) -> list[Finding]:
        read = reading(path)
        described = {iri: each for iri, each in read.snapshot.documents.items() if iri != SHAPES}
        rows = LocalStore(replace(read.snapshot, documents=described).nquads()).rows
        return check(read, rows, CHECKS if rule_of(path) == EVIDENCE else checks)

    return find
