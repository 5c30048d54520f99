"""The shipped folder as one graph."""

from pathlib import Path

import pytest
from rdflib import Graph
from wijk import turtle
from wijk.namespaces import prefixes
from wijk.snapshot import Snapshot

BASE = "https://w3id.org/wijindewijk/"


@pytest.fixture(scope="session")
def graph_root() -> Path:
    """The root of the checkout, which holds the four graph folders."""
    return Path(__file__).parents[2]


@pytest.fixture(scope="session")
def union(shipped: Snapshot) -> Graph:
    """All documents in data/ but the figures, with the standard prefixes."""
    graph = turtle.merged(
        document.graph
        for document in shipped.documents.values()
        if document.path.parts[0] == "data" and document.path.parent.name != "figures"
    )
    for name, namespace in prefixes(BASE).items():
        graph.bind(name, namespace)
    return graph
