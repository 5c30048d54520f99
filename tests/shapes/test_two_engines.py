"""A check says the same in both engines: pyoxigraph runs it, rdflib keeps it honest."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, URIRef
from rdflib.util import from_n3
from wijk.namespaces import SHAPES
from wijk.snapshot import Document

from .small import BROKEN, Small, rule_of

HERE = Path(__file__).parent
CHECKS = sorted((HERE.parents[1] / "queries" / "checks").glob("*.rq"))
NAMES = ("thing", "property", "value", "other")


as_rdflib = cache(from_n3)


@dataclass(frozen=True)
class Both:
    """The same documents in two engines."""

    store: ox.Store
    dataset: Dataset

    def put(self, iri: str, document: Document | None) -> None:
        """Have this for the document of that name, and nothing else; None for no document."""
        name, graph = ox.NamedNode(iri), URIRef(iri)
        self.store.remove_graph(name)
        self.dataset.remove_graph(graph)
        if document is not None:
            self.store.load("".join(document.lines()).encode(), format=ox.RdfFormat.N_QUADS)
            into = self.dataset.graph(graph)
            for quad in self.store.quads_for_pattern(None, None, None, name):
                into.add(tuple(as_rdflib(str(term)) for term in quad.triple))


@pytest.fixture(scope="module")
def valid(small: Small) -> Both:
    """The valid graph, which whoever changes it puts back."""
    both = Both(ox.Store(), Dataset(default_union=True))
    for iri, document in small.valid.documents.items():
        if iri != SHAPES:
            both.put(iri, document)
    return both


@pytest.fixture
def broken(path: Path, small: Small, valid: Both) -> Iterator[Both]:
    """The same with the example of a check in it."""
    changed = small.changed(next(each for each in BROKEN if rule_of(each) == path.stem))
    for iri, document in changed.items():
        valid.put(iri, document)
    yield valid
    for iri in changed:
        valid.put(iri, small.valid.documents.get(iri))


@pytest.mark.filterwarnings("ignore:Dataset.(contexts|default_context) is deprecated")
@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_both_engines_find_the_same_in_the_broken_example(path: Path, broken: Both) -> None:
    found = broken.store.query(path.read_text(), use_default_graph_as_union=True)
    named = [variable.value for variable in found.variables]
    expected = Counter(
        tuple(term and from_n3(str(term)) for term in (row[name] for name in named))
        for row in found
    )
    rows = broken.dataset.query(path.read_text())
    assert Counter(tuple(row[name] for name in named) for row in rows) == expected
    assert expected
