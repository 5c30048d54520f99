"""The shipped graph, once in each of two engines, and the questions."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node
from rdflib.util import from_n3
from wijk import questions, turtle
from wijk.questions import Question
from wijk.snapshot import Snapshot

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
Cell = tuple[str, str, str] | None
Row = tuple[Cell, ...]


@pytest.fixture(scope="session")
def real(shipped: Snapshot) -> Snapshot:
    """The folder as shipped."""
    return shipped


@pytest.fixture(scope="session")
def union(real: Snapshot) -> Graph:
    """The same for rdflib: all documents in one graph."""
    return real.union


@pytest.fixture(scope="session")
def store(nquads: bytes) -> ox.Store:
    """The same for Oxigraph: a named graph per document."""
    store = ox.Store()
    store.load(nquads, format=ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="session")
def facts(real: Snapshot) -> frozenset[str]:
    """The documents of the things that the facts know; facts.csv was made once."""
    _, *things = (HERE / "facts.csv").read_text(encoding="utf-8").split()
    return frozenset(f"{real.base}doc/{thing}" for thing in things)


@pytest.fixture(scope="session")
def of_facts(real: Snapshot, facts: frozenset[str]) -> Graph:
    """The folder without what was added later: cases, places, lessons and so on."""
    kinds = {iri.rpartition("/")[0] for iri in facts}
    return turtle.merged(
        document.graph
        for iri, document in real.documents.items()
        if iri in facts or iri.rpartition("/")[0] not in kinds
    )


@pytest.fixture(scope="session")
def store_of_facts(of_facts: Graph) -> ox.Store:
    """The same for Oxigraph."""
    store = ox.Store()
    store.load(turtle.serialize(of_facts, turtle.NTRIPLES), format=ox.RdfFormat.N_TRIPLES)
    return store


@pytest.fixture(scope="session")
def asked() -> Mapping[str, Question]:
    """The prepared questions by name."""
    return questions.load(ROOT / "queries" / "questions")


def cell(term: ox.NamedNode | ox.Literal | Node | None) -> Cell:
    """A term of either engine: its value, its language, its datatype."""
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value.removesuffix("#string").removesuffix("#langString")
        return term.value, term.language or "", datatype if "#" in datatype else ""
    if isinstance(term, Literal):
        return str(term), term.language or "", str(term.datatype or "")
    return None if term is None else (getattr(term, "value", str(term)), "iri", "")


def by_oxigraph(store: ox.Store, text: str, bound: Mapping[str, str]) -> list[Row]:
    """The rows as Oxigraph gives them."""
    terms = {
        ox.Variable(name): next(
            ox.parse(f"<urn:x> <urn:x> {term} .", ox.RdfFormat.N_TRIPLES)
        ).object
        for name, term in bound.items()
    }
    found = store.query(text, use_default_graph_as_union=True, substitutions=terms)
    return [tuple(cell(term) for term in row) for row in found]


# Reading a question takes rdflib longer than answering it from a small graph.
prepared = cache(prepareQuery)


def by_rdflib(graph: Graph, text: str, bound: Mapping[str, str]) -> list[Row]:
    """The rows as rdflib gives them."""
    terms = {name: from_n3(term) for name, term in bound.items()}
    return [
        tuple(cell(term) for term in row) for row in graph.query(prepared(text), initBindings=terms)
    ]


@pytest.fixture(scope="session")
def oxigraph() -> Callable[[ox.Store, str, Mapping[str, str]], list[Row]]:
    """How to ask Oxigraph."""
    return by_oxigraph


@pytest.fixture(scope="session")
def rdflib() -> Callable[[Graph, str, Mapping[str, str]], list[Row]]:
    """How to ask rdflib."""
    return by_rdflib
