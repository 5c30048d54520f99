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
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path, PurePosixPath

from rdflib import RDF, RDFS, Dataset, Graph, URIRef
from rdflib.term import Node
from wijk import turtle
from wijk.checking.findings import term
from wijk.engine.local import LocalStore
from wijk.namespaces import ONTOLOGY, WIJK, document_iri
from wijk.snapshot import Document, Snapshot

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CHECKS = ROOT / "queries" / "checks"
VALID = HERE / "valid"
BROKEN = sorted((HERE / "broken").iterdir())
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

    def changed(self, path: Path) -> dict[str, Document]:
        """The documents that an example changes."""
        documents = self.broken(path).documents.items()
        return {iri: each for iri, each in documents if each is not self.valid.documents.get(iri)}

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
