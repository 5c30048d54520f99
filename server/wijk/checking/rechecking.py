"""Checks what a change can touch, and finds of violations what a check of everything would find.

What was checked before and has no violations stays as it was, unless it changed, or refers to what
changed in a way that the shapes follow.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from rdflib import RDF, RDFS, BNode, Graph, URIRef
from rdflib.term import Node

from wijk import turtle
from wijk.checking import literals, published, references, rules, shapes, syntax
from wijk.checking.change import Change
from wijk.checking.check import judged
from wijk.checking.compiled import Result, compiled
from wijk.checking.findings import Finding
from wijk.checking.lookup import Asked, Store
from wijk.checking.places import Names, Places
from wijk.checking.reach import Reach
from wijk.checking.rules import Rule, Touched
from wijk.checking.views import Around
from wijk.namespaces import SHAPES
from wijk.snapshot import Document, Reading, Snapshot

_BY_EVERYONE = ("ontology", "shapes")
MOST = 5000
"""With so many things to look at, looking at everything is no slower."""


def recheck(
    before: Snapshot,
    now: Reading,
    store: Store,
    checks: Path | None = None,
    otherwise_logged: bool = False,
) -> list[Finding] | None:
    """The violations of a folder whose snapshot before it changed had none.

    When the log is another one, the stamp of every document is looked at.
    None when the change may matter to everything: check everything then.
    """
    taken = now.snapshot
    change = Change.between(before, taken)
    found = touched_by(change, now, store, Common.of(taken, checks))
    if found is None:
        return None
    everyone = taken.documents.values() if otherwise_logged else ()
    lookup = Asked(taken, store)
    stamps = published.stamps_of(taken, Places(taken, lookup), change.documents, everyone)
    every = judged(now, [*found, *stamps], lookup)
    return [finding for finding in every if finding.severity == "violation"]


@dataclass(frozen=True)
class Common:
    """What a check of any change needs of the whole: classes, terms, files and rules."""

    classes: Graph
    own: frozenset[Node]
    paths: Mapping[PurePosixPath, str]
    rules: Sequence[Rule]

    @classmethod
    def of(cls, taken: Snapshot, checks: Path | None = None) -> "Common":
        """That of a snapshot; `checks` is queries/checks in its folder.

        Raises:
            QuestionFileError: a rule that cannot be used.
        """
        classes = Graph(bind_namespaces="none")
        for document in taken.documents.values():
            if document.path.parts[0] == "ontology":
                for triple in document.graph.triples((None, RDFS.subClassOf, None)):
                    classes.add(triple)
        paths = {document.path: iri for iri, document in taken.documents.items()}
        asking = rules.read(checks or taken.root / "queries" / "checks")
        return cls(classes, frozenset(references.own(taken)), paths, asking)


def touched_by(
    change: Change,
    now: Reading,
    store: Store,
    common: Common,
    wanted: Collection[str] = ("violation",),
) -> list[Finding] | None:
    """What is to be found of a change, before it is judged; the log is not looked at.

    Rules are asked when they are of the wanted severities. None when the change may matter to
    everything.
    """
    taken = now.snapshot
    reached = touched(change, taken, store)
    if reached is None:
        return None
    lookup = Asked(taken, store)
    places, names = Places(taken, lookup), Names(taken.prefixes)
    found = [syntax.finding(file) for file in now.broken]
    results = results_of(reached, taken, store, common)
    found += shapes.findings_about(results, taken, lookup, places, names)
    touching = Touched(store.among, terms(change, taken, store))
    found += rules.findings(common.rules, store.rows, places, names, wanted, touching)
    part = _referring(change, taken, store)
    described = references.Described(common.own, lambda iri: bool(store.graphs(iri)))
    found += references.findings(taken, places, names, part, described)
    found += literals.findings(taken, places, change.documents)
    return found


def _reach(taken: Snapshot) -> Reach | None:
    return _reach_of(taken.documents[SHAPES].graph) if SHAPES in taken.documents else None


@lru_cache(maxsize=1)
def _reach_of(shapes: Graph) -> Reach | None:
    return Reach.of(shapes)


def terms(change: Change, taken: Snapshot, store: Store) -> dict[str, set[str]]:
    """What changed, and what that is about and names or did, as terms for the rules."""
    said = {triple for document in change.gone for triple in document.graph}
    said |= {triple for thing in change.things for triple in _told(thing, taken, store)}
    links = [
        (property, f"<{value}>")
        for thing, property, value in said
        if thing in change.things and isinstance(value, URIRef)
    ]
    return {
        "changed": {f"<{thing}>" for thing in change.things},
        "about": {value for property, value in links if property == RDF.subject},
        "named": {value for _, value in links},
    }


def touched(change: Change, taken: Snapshot, store: Store) -> set[Node] | None:
    """What changed, and what refers to it in a way that the shapes follow.

    None when the change may matter to everything.
    """
    reach = _reach(taken)
    if reach is None or any(document.path.parts[0] in _BY_EVERYONE for document in change.both):
        return None
    triples = change.triples
    if any(isinstance(node, BNode) for triple in triples for node in triple):
        return None  # another text gives other names to all of them
    reached: set[Node] = {subject for subject, _, _ in triples}
    far: set[Node] = {subject for subject, property, _ in triples if property in reach.properties}
    for _ in range(reach.steps):
        names = {name for node in far for name, _ in store.pointing(str(node))}
        if any(not name.startswith("<") for name in names):
            return None
        far = {URIRef(name.strip("<>")) for name in names}
        reached |= far
        if len(reached) > MOST:
            return None
    return reached


def results_of(
    things: set[Node], taken: Snapshot, store: Store, common: Common
) -> Iterable[Result]:
    """What is broken of these things; pySHACL judges what is not compiled."""
    told = taken.documents[SHAPES].graph
    if (quick := compiled(told)) is not None:
        return quick.results(Around(Asked(taken, store), common.classes), things)
    reach = _reach(taken)
    around = _around(things, reach.steps if reach else 0, taken, store, common.classes)
    return [it for it in shapes.judged(around, told, taken.root / "shapes") if it.thing in things]


def _around(
    things: Iterable[Node], steps: int, taken: Snapshot, store: Store, classes: Graph
) -> Graph:
    """All that is said of these things, and of what they lead to in so many steps."""
    graph = turtle.merged([classes])
    seen: set[Node] = set()
    coming = set(things)
    for _ in range(steps + 1):
        seen |= coming
        told = {triple for thing in coming for triple in _told(thing, taken, store)}
        for triple in told:
            graph.add(triple)
        values: set[Node] = {value for _, _, value in told if isinstance(value, URIRef)}
        coming = values - seen
    return graph


def _told(thing: Node, taken: Snapshot, store: Store) -> Iterator[tuple[Node, Node, Node]]:
    """What any document says of a thing, with what has no name in it."""
    for iri in store.graphs(str(thing)):
        coming = [thing]
        while coming:
            for triple in taken.documents[iri].graph.triples((coming.pop(), None, None)):
                yield triple
                if isinstance(triple[2], BNode):
                    coming.append(triple[2])


def _referring(change: Change, taken: Snapshot, store: Store) -> list[Document]:
    """The documents that changed, and those that refer to what is gone."""
    lost = {subject for document in change.gone for subject in document.graph.subjects()}
    there = {subject for document in change.documents for subject in document.graph.subjects()}
    graphs = {
        graph
        for subject in lost - there
        if isinstance(subject, URIRef)
        for _, graph in store.pointing(str(subject))
    }
    changed = {document.iri for document in change.documents}
    others = [taken.documents[iri] for iri in sorted(graphs - changed)]
    return [*change.documents, *others]
