"""JSON-LD made with the context is readable and says the same as the Turtle."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from wijk import turtle
from wijk.web.context import with_measures

ROOT = Path(__file__).parents[2]
OWN = json.loads((ROOT / "ontology" / "context.jsonld").read_text())["@context"]
CONTEXT = with_measures(OWN, "https://w3id.org/wijindewijk/")["@context"]
# rdflib's own reader of JSON-LD still uses a class that rdflib itself has deprecated.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated"),
]

# Of the figures of municipalities the shortest; of the hundreds of wijken those of one of them.
DOCUMENTS = sorted(
    path
    for folder in ("data", "ontology")
    for path in (ROOT / folder).rglob("*.ttl")
    if not re.match(r"2022-(gm(?!1926)|wk(?!0362))", path.name)
)


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


def told(text: bytes, form: ox.RdfFormat) -> ox.Dataset:
    """What a text says, whatever its nodes without a name are called."""
    dataset = ox.Dataset(ox.parse(text, form))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def test_a_document_comes_back_the_same() -> None:
    for path in DOCUMENTS:
        graph, text = written(path)
        lines = "".join(turtle.lines(graph)).encode()
        assert told(text, ox.RdfFormat.JSON_LD) == told(lines, ox.RdfFormat.N_TRIPLES), path


def test_a_document_of_each_kind_comes_back_the_same_in_rdflib_too() -> None:
    for path in {path.parent: path for path in DOCUMENTS}.values():
        graph, text = written(path)
        back = Graph().parse(data=text, format="json-ld")
        assert set(back) == set(graph) or isomorphic(back, graph), path


def test_no_key_of_a_document_is_a_full_iri() -> None:
    for path in DOCUMENTS:
        assert [key for key in keys(body(path)) if "//" in key] == [], path


def test_a_case_reads_like_ordinary_json() -> None:
    document = body(ROOT / "data" / "cases" / "boefjes-en-baristas.ttl")
    things = {thing["id"]: thing for thing in document["@graph"]}
    case = things["https://w3id.org/wijindewijk/id/case/boefjes-en-baristas"]
    assert case["type"] == "Case"
    assert case["number"] == 5
    assert case["title"] == {"nl": "Boefjes en Barista's"}
    assert case["spatial"] == ["https://w3id.org/wijindewijk/id/place/de-muntel"]
    assert not [key for key in case if ":" in key]


def bare(path: Path) -> list[object]:
    """What a document has for numbers and for yes or no."""
    found = []
    for thing in body(path).get("@graph", [body(path)]):
        assert isinstance(thing, dict)
        for key in ("number", "caseCount", "lessonCount", "online", "numberOfItems"):
            found += thing[key] if isinstance(thing.get(key), list) else [thing.get(key)]
    return [value for value in found if value is not None]


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("cases/holybe", [True]),
        ("bundles/wij-in-de-wijk-1", [7, 8]),
        ("media/monitor-zorgzame-gemeenschappen", [1471, 1472]),
    ],
)
def test_numbers_and_truths_are_those_of_json(path: str, values: list[object]) -> None:
    found = bare(ROOT / "data" / f"{path}.ttl")
    assert [value for value in values if value in found] == values
    assert not [value for value in found if isinstance(value, str)]


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("5", 5),
        ("0", {"@value": 0}),
        ("true", True),
        ("false", {"@value": False}),
        ('"05"^^xsd:integer', {"type": "xsd:integer", "@value": "05"}),
        ('"1"^^xsd:boolean', {"type": "xsd:boolean", "@value": "1"}),
        ('"5"', "5"),
    ],
)
def test_a_value_is_bare_only_when_it_comes_back_the_same(literal: str, value: object) -> None:
    text = f"""@prefix wijk: <https://w3id.org/wijk/def#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <https://example.org/x> wijk:number {literal} ; wijk:online {literal} ."""
    graph = turtle.parse(text.encode(), "one value")
    written = turtle.serialize(graph, turtle.JSONLD, context=CONTEXT)
    thing = json.loads(written)
    assert [thing["number"], thing["online"]] == [value, value]
    assert set(Graph().parse(data=written, format="json-ld")) == set(graph)


def test_a_document_with_a_list_comes_back_with_it() -> None:
    graph, text = written(ROOT / "ontology" / "wijk.ttl")
    assert isomorphic(Graph().parse(data=text, format="json-ld"), graph)
    assert b"@list" in text


def test_the_context_belongs_to_no_single_case_base() -> None:
    assert "wijindewijk" not in json.dumps(OWN)
