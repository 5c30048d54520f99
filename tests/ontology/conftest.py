"""The graph folders as the tests of the ontology read them."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from rdflib import Graph
from wijk import turtle
from wijk.snapshot import Snapshot

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


def read(paths: Iterable[Path]) -> Graph:
    """All these Turtle files in one graph."""
    whole = Graph(bind_namespaces="none")
    for path in sorted(paths):
        for triple in turtle.parse(path.read_bytes(), path):
            whole.add(triple)
    return whole


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def here() -> Path:
    """The folder of these tests."""
    return HERE


@pytest.fixture(scope="session")
def ontology() -> Graph:
    """The terms, without concepts and alignments."""
    return read([ROOT / "ontology" / "wijk.ttl"])


@pytest.fixture(scope="session")
def concepts() -> Graph:
    """All concept schemes."""
    return read((ROOT / "ontology" / "concepts").glob("*.ttl"))


@pytest.fixture(scope="session")
def alignments() -> Graph:
    """All mappings to other vocabularies."""
    return read((ROOT / "ontology" / "alignments").glob("*.ttl"))


@pytest.fixture(scope="session")
def shapes() -> Graph:
    """All shapes."""
    return read((ROOT / "shapes").glob("*.ttl"))


@pytest.fixture(scope="session")
def data(shipped: Snapshot) -> Graph:
    """All that is said, but for the figures of municipalities, which use no term of ours."""
    return turtle.merged(
        document.graph
        for document in shipped.documents.values()
        if document.path.parts[0] == "data" and not document.path.name.startswith("2022-gm")
    )


@pytest.fixture(scope="session")
def vocabularies() -> Graph:
    """What other vocabularies publish about the terms that we borrow."""
    return read([HERE / "vocabularies.ttl"])
