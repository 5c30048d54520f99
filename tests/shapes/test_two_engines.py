"""A check says the same in both engines: pyoxigraph runs it, rdflib keeps it honest."""

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, URIRef
from rdflib.util import from_n3
from wijk.namespaces import SHAPES

from .small import BROKEN, Small, rule_of

HERE = Path(__file__).parent
CHECKS = sorted((HERE.parents[1] / "queries" / "checks").glob("*.rq"))
NAMES = ("thing", "property", "value", "other")


# All examples are nearly the same graph.
as_rdflib = cache(from_n3)


def in_rdflib(store: ox.Store) -> Dataset:
    dataset = Dataset(default_union=True)
    for graph in store.named_graphs():
        into = dataset.graph(URIRef(graph.value))
        for quad in store.quads_for_pattern(None, None, None, graph):
            into.add(tuple(as_rdflib(str(term)) for term in quad.triple))
    return dataset


@pytest.mark.filterwarnings("ignore:Dataset.(contexts|default_context) is deprecated")
@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_both_engines_find_the_same_in_the_broken_example(path: Path, small: Small) -> None:
    example = next(each for each in BROKEN if rule_of(each) == path.stem)
    store = ox.Store()
    broken = small.broken(example)
    described = {iri: each for iri, each in broken.documents.items() if iri != SHAPES}
    store.load(replace(broken, documents=described).nquads(), format=ox.RdfFormat.N_QUADS)
    found = store.query(path.read_text(), use_default_graph_as_union=True)
    named = [variable.value for variable in found.variables]
    expected = Counter(
        tuple(term and from_n3(str(term)) for term in (row[name] for name in named))
        for row in found
    )
    rows = in_rdflib(store).query(path.read_text())
    assert Counter(tuple(row[name] for name in named) for row in rows) == expected
    assert expected
