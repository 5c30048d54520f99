"""JSON-LD made with the context is readable and says the same as the Turtle."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from wijk import turtle

ROOT = Path(__file__).parents[2]
CONTEXT = json.loads((ROOT / "ontology" / "context.jsonld").read_text())["@context"]
# rdflib's own reader of JSON-LD still uses a class that rdflib itself has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

DOCUMENTS = sorted([*(ROOT / "data").rglob("*.ttl"), *(ROOT / "ontology").rglob("*.ttl")])


@cache
def written(path: Path) -> tuple[Graph, bytes]:
    """A document, and its JSON-LD."""
    graph = turtle.parse(path.read_bytes(), path)
    return graph, turtle.serialize(graph, turtle.JSONLD, context=CONTEXT)


def keys(value: object) -> Iterator[str]:
    """All keys in a JSON value, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def body(path: Path) -> dict[str, object]:
    """The JSON-LD of a document without its context."""
    document = json.loads(written(path)[1])
    del document["@context"]
    return document


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_document_comes_back_the_same(path: Path) -> None:
    graph, text = written(path)
    back = Graph().parse(data=text, format="json-ld")
    assert set(back) == set(graph) or isomorphic(back, graph)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_key_of_a_document_is_a_full_iri(path: Path) -> None:
    assert [key for key in keys(body(path)) if "//" in key] == []


def test_a_case_reads_like_ordinary_json() -> None:
    document = body(ROOT / "data" / "cases" / "boefjes-en-baristas.ttl")
    things = {thing["id"]: thing for thing in document["@graph"]}
    case = things["https://w3id.org/wijindewijk/id/case/boefjes-en-baristas"]
    assert case["type"] == "Case"
    assert case["number"] == "5"
    assert case["title"] == {"nl": "Boefjes en Barista's"}
    assert case["spatial"] == ["https://w3id.org/wijindewijk/id/place/de-muntel"]
    assert not [key for key in case if ":" in key]


def test_a_document_with_a_list_comes_back_with_it() -> None:
    graph, text = written(ROOT / "ontology" / "wijk.ttl")
    assert isomorphic(Graph().parse(data=text, format="json-ld"), graph)
    assert b"@list" in text


def test_the_context_belongs_to_no_single_case_base() -> None:
    assert "wijindewijk" not in json.dumps(CONTEXT)
