"""Every page of the event stream is as LDES and TREE have it, and a broken one is seen."""

from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Dataset, Graph
from wijk import turtle
from wijk.harvesting.ldes.stream import TREE

from .events import default, read, redacted, stream


@pytest.fixture(scope="module")
def shapes():
    return Graph().parse(Path(__file__).parent / "ldes-pages.ttl")


def broken_rules(graph, shapes):
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=False)
    below = report.objects(report.value(None, RDF.type, SH.ValidationReport), SH.result)
    paths = {path for it in below for path in report[it : SH.resultPath]}
    return conforms, {str(it).rpartition("#")[2].rpartition("/")[2] for it in paths}


def test_every_page_is_as_ldes_and_tree_have_it(short, shapes):
    own = stream(redacted(short, short.entries[2].document))
    for page in (None, *own.pages.all):
        graph = default(read(own, page))
        seen = {*graph.objects(None, TREE.relation), *graph.objects(None, TREE.member)}
        assert len(seen) >= 4, "there is something to look at"
        assert broken_rules(graph, shapes) == (True, set())


@pytest.mark.parametrize(
    ("on_page", "was", "becomes", "rule"),
    [
        (False, "tree#view>", "tree#other>", "view"),
        (False, "ldes#timestampPath>", "ldes#other>", "timestampPath"),
        (False, "ldes#RetentionPolicy>", "ldes#Other>", "retentionPolicy"),
        (False, "tree#node>", "tree#other>", "node"),
        (False, "tree#value>", "tree#other>", "value"),
        (False, 'Z"^^', '"^^', "value"),
        (False, "tree#LessThanOrEqualToRelation>", "tree#Other>", "type"),
        (True, '"true"^^', '"false"^^', "immutable"),
        (True, "dc/terms/isVersionOf>", "dc/terms/other>", "isVersionOf"),
        (True, 'Z"^^', '"^^', "created"),
        (True, "activitystreams#Create>", "activitystreams#Add>", "type"),
    ],
)
def test_a_page_that_was_broken_is_seen(short, shapes, on_page, was, becomes, rule):
    own = stream(redacted(short, short.entries[2].document))
    text = own.written(own.pages.all[0] if on_page else None, turtle.NQUADS).decode()
    assert was in text
    found = Dataset()
    found.parse(data=text.replace(was, becomes), format="nquads")
    conforms, rules = broken_rules(default(found), shapes)
    assert not conforms
    assert rules == {rule}
