"""A check of what a change can touch finds the violations that a check of everything finds."""

import os
import random
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SDO, BNode, Literal, URIRef
from wijk import snapshot, turtle
from wijk.checking import Finding, check, rules
from wijk.checking.change import Change
from wijk.checking.lookup import Asked
from wijk.checking.places import Names, Places
from wijk.checking.rechecking import recheck, terms
from wijk.checking.rules import Touched
from wijk.engine.changing import ChangingStore
from wijk.namespaces import WIJK
from wijk.snapshot import Document, Reading, Snapshot

from .small import BROKEN, CHECKS, Small

EDITS = 120
EXAMPLES = [path for path in BROKEN if path.suffix != ".txt"]


def violations(reading: Reading, store: ChangingStore) -> list[Finding]:
    """What a check of everything finds."""
    found = check(reading, store.rows, CHECKS)
    return [finding for finding in found if finding.severity == "violation"]


ALL = os.environ.get("WIJK_TEST_ALL_EDITS") == "1"


def some(values: list, share: int) -> list:
    """One in so many of them; all of them takes minutes, and is for who changes the check."""
    return values if ALL else values[::share]


@pytest.fixture(scope="module")
def supported(small: Small) -> Snapshot:
    """The valid graph, with evidence for everything."""
    return small.supported(small.valid)


@pytest.mark.parametrize(
    "path", some([it for it in BROKEN if it.suffix != ".txt"], 24), ids=lambda path: path.stem
)
def test_of_every_broken_example_the_same_is_found(
    path: Path, small: Small, supported: Snapshot
) -> None:
    broken = small.broken(path)
    changed = {
        iri: document
        for iri, document in broken.documents.items()
        if document is not small.valid.documents.get(iri)
    }
    now = Reading(replace(supported, documents={**supported.documents, **changed}))
    store = ChangingStore(now.snapshot.nquads())
    found = recheck(supported, now, store, CHECKS)
    whole = any(
        isinstance(node, BNode) or iri.startswith(str(WIJK)[:-1]) or "/scheme/" in iri
        for iri, document in changed.items()
        for triple in document.graph
        for node in triple
    )
    if found is not None or not whole:
        assert found == violations(now, store)


class Edits:
    """Random edits of a graph: things that people do, and things that nobody should."""

    def __init__(self, given: Snapshot, chance: random.Random) -> None:
        self.given = given
        self.random = chance
        self.documents = dict(given.documents)
        self.data = [it for it in given.documents.values() if str(it.path).startswith("data/")]

    def result(self) -> Snapshot:
        """The graph after one to three edits."""
        for _ in range(self.random.randint(1, 3)):
            edit = self.random.choice((self.less, self.more, self.other, self.away, self.moved))
            edit(self.random.choice(self.data))
        return snapshot.of_documents(self.given.root, self.given.base, self.documents)

    def less(self, document: Document) -> None:
        """Some statement is gone."""
        self._write(document, [self.random.choice(self._triples(document))], [])

    def more(self, document: Document) -> None:
        """A statement from elsewhere is said of something here."""
        thing = self.random.choice(self._triples(document))[0]
        other = self.random.choice(self._triples(self.random.choice(self.data)))
        self._write(document, [], [(thing, other[1], other[2])])

    def other(self, document: Document) -> None:
        """A statement has another value: a wrong name, another text, a thing of another kind."""
        thing, property, value = self.random.choice(self._triples(document))
        elsewhere = self.random.choice(self._triples(self.random.choice(self.data)))
        values = (
            elsewhere[0],
            elsewhere[2],
            URIRef(f"{value}x") if isinstance(value, URIRef) else Literal(f"{value} x", lang="nl"),
        )
        new = (thing, property, self.random.choice(values))
        self._write(document, [(thing, property, value)], [new])

    def away(self, document: Document) -> None:
        """A document is gone."""
        if not str(document.path).endswith("catalog.ttl"):
            self.documents.pop(document.iri, None)

    def moved(self, document: Document) -> None:
        """A thing changes its kind."""
        triples = self._triples(document)
        types = [triple for triple in triples if triple[1] == RDF.type]
        kind = self.random.choice((WIJK.Case, WIJK.Actor, WIJK.Place, SDO.CreativeWork))
        if types:
            thing = self.random.choice(types)
            self._write(document, [thing], [(thing[0], RDF.type, kind)])

    def _triples(self, document: Document) -> list:
        return sorted(self.documents.get(document.iri, document).graph) or [
            (URIRef(document.iri), RDFS.label, Literal("x"))
        ]

    def _write(self, document: Document, gone: list, come: list) -> None:
        graph = turtle.merged([self.documents.get(document.iri, document).graph])
        for triple in gone:
            graph.remove(triple)
        for triple in come:
            graph.add(triple)
        base = f"@base <{document.base}> .\n".encode() if document.base else b""
        source = base + turtle.serialize(graph, turtle.TURTLE, prefixes=self.given.prefixes)
        self.documents[document.iri] = replace(
            document, parsed=graph, text=source, digest=str(hash(source))
        )


@settings(max_examples=EDITS if ALL else 2, deadline=None, derandomize=not ALL, database=None)
@given(seed=st.integers(0, 10**6))
@pytest.mark.referee
def test_of_random_edits_of_the_shipped_graph_the_same_is_found(
    seed: int, shipped: Snapshot
) -> None:
    now = Reading(Edits(shipped, random.Random(seed)).result())
    store = ChangingStore(now.snapshot.nquads())
    found = recheck(shipped, now, store)
    if found is not None:
        assert found == violations(now, store)


@pytest.fixture(scope="module")
def loaded(nquads: bytes) -> ChangingStore:
    """The shipped graph in a store, which whoever changes it puts back."""
    return ChangingStore(nquads, known=True)


@settings(max_examples=EDITS if ALL else 6, deadline=None, derandomize=not ALL, database=None)
@given(seed=st.integers(0, 10**6))
@pytest.mark.referee
def test_of_random_edits_each_rule_finds_in_what_they_touch_what_it_finds_anywhere(
    seed: int, shipped: Snapshot, loaded: ChangingStore
) -> None:
    now = Edits(shipped, random.Random(seed)).result()
    change = Change.between(shipped, now)
    names = {document.iri for document in change.both}
    loaded.change(names, written(change.documents))
    try:
        places = Places(now, Asked(now, loaded))
        asked = partial(
            rules.findings,
            rules.read(CHECKS),
            loaded.rows,
            places,
            Names(now.prefixes),
            ("violation",),
        )
        touched = Touched(loaded.among, terms(change, now, loaded))
        assert {it.rank() for it in asked(touched=touched)} == {it.rank() for it in asked()}
    finally:
        loaded.change(names, written(change.gone))


def written(documents: Iterable[Document]) -> bytes:
    """Some documents in N-Quads."""
    return "".join(line for document in documents for line in document.lines()).encode()
