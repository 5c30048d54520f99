"""The shipped folder as one graph."""

from pathlib import Path

import pytest
from rdflib import Graph
from wijk import turtle
from wijk.namespaces import prefixes

BASE = "https://w3id.org/wijindewijk/"


@pytest.fixture(scope="session")
def graph_root() -> Path:
    """The root of the checkout, which holds the four graph folders."""
    return Path(__file__).parents[2]


@pytest.fixture(scope="session")
def union(graph_root: Path) -> Graph:
    """All documents in data/ but the figures, with the standard prefixes."""
    graph = Graph(bind_namespaces="none")
    for name, namespace in prefixes(BASE).items():
        graph.bind(name, namespace)
    for path in sorted((graph_root / "data").rglob("*.ttl")):
        if path.parent.name != "figures":
            for triple in turtle.parse(path.read_bytes(), path):
                graph.add(triple)
    return graph
