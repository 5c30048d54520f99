"""What the compiled shapes find is what pySHACL finds: on every shape, example and damaged case."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SDO, SKOS
from rdflib.term import Node
from wijk import turtle
from wijk.checking.compiled import Result, compiled
from wijk.checking.shapes import judged
from wijk.checking.views import Everything
from wijk.namespaces import WIJK
from wijk.snapshot import Document, Snapshot

from .small import BROKEN, Small

EXAMPLES = [path for path in BROKEN if path.suffix != ".txt"]
SAMPLE = EXAMPLES[::160]
Verdict = tuple[Node, Node, Node | None, tuple[str, ...], str, Node]


def spelling(value: Node | None) -> tuple[str, ...]:
    """A value as it is written; `n3` warns of a number that is none."""
    if isinstance(value, Literal):
        return "literal", str(value), value.language or "", value.datatype or ""
    return type(value).__name__, str(value)


def verdicts(results: Iterable[Result]) -> Counter[Verdict]:
    """What can be compared of results; a path without a name is another node for each of them."""
    return Counter(
        (
            it.shape,
            it.thing,
            it.path if isinstance(it.path, URIRef) else None,
            spelling(it.value),
            it.constraint,
            it.severity,
        )
        for it in results
    )


def agree(graph: Graph, shapes: Graph) -> Counter[Verdict]:
    """Hold both against each other; what both find."""
    quick = compiled(shapes)
    assert quick is not None
    document = Document("", "", "", PurePosixPath("data/x.ttl"), b"", graph, "")
    view = Everything([document])
    found = verdicts(quick.results(view, view.things))
    assert found == verdicts(judged(graph, shapes, Path("shapes")))
    return found


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.stem)
def test_of_some_broken_examples_pyshacl_finds_the_same(
    path: Path, small: Small, shapes: Graph
) -> None:
    agree(small.broken(path).shaped, shapes)


@pytest.mark.referee
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_of_every_broken_example_pyshacl_finds_the_same(
    path: Path, small: Small, shapes: Graph
) -> None:
    agree(small.broken(path).shaped, shapes)


@pytest.mark.referee
def test_of_the_shipped_graph_pyshacl_finds_the_same(shipped: Snapshot, shapes: Graph) -> None:
    assert agree(shipped.shaped, shapes)


BASE = "https://w3id.org/wijindewijk/id"
PROPERTIES = st.sampled_from(
    [
        *(DCTERMS.title, DCTERMS.abstract, DCTERMS.isPartOf, DCTERMS.spatial, DCTERMS.subject),
        *(SDO.about, SDO.startDate, SDO.endDate, SDO.url, SDO.name, SDO.sameAs, RDF.type),
        *(WIJK.number, WIJK.state, WIJK.online, WIJK.code, WIJK.basis, WIJK.status, WIJK.role),
        *(RDF.subject, RDF.predicate, RDF.object, SKOS.inScheme, SKOS.prefLabel, DCTERMS.source),
        *(WIJK.validFrom, WIJK.caseCount, DCTERMS.identifier, OWL.sameAs, RDFS.label),
    ]
)
IRIS = st.sampled_from(
    [
        *(WIJK.Case, WIJK.Bundle, WIJK.Place, WIJK.Area, WIJK.Evidence, SDO.WebPage, SKOS.Concept),
        *(
            URIRef(f"{BASE}/{it}")
            for it in ("theme/groen", "theme/x", "basis/stated", "scheme/theme")
        ),
        *(URIRef(it) for it in ("https://example.org/", "ftp://example.org/x", "mailto:a@b.nl")),
        URIRef("http://www.wikidata.org/entity/Q42"),
    ]
)
TYPES = (
    XSD.integer,
    XSD.date,
    XSD.gYear,
    XSD.boolean,
    XSD.string,
    XSD.decimal,
    XSD.dateTime,
    WIJK.x,
)
WORDS = st.sampled_from(
    ["", "0", "1", "-3", "01", "2021", "2021-02-30", "2021-02-03", "true", "x", "GM0344"]
)
LITERALS = st.one_of(
    st.builds(
        lambda text, lang: Literal(text, lang=lang),
        WORDS,
        st.sampled_from(["nl", "fy", "en", "nl-NL", "NL"]),
    ),
    st.builds(
        lambda text, kind: Literal(text, datatype=kind, normalize=False),
        WORDS,
        st.sampled_from(TYPES),
    ),
    st.builds(Literal, WORDS),
)
NO_NUMBER = Literal("x", datatype=XSD.decimal, normalize=False)
VALUES = st.one_of(IRIS, LITERALS, st.builds(BNode, st.sampled_from(["b0", "b1"])))
DAMAGE = st.lists(
    st.tuples(
        st.sampled_from(["less", "more", "other", "moved"]),
        st.integers(0, 10**6),
        PROPERTIES,
        VALUES,
    ),
    min_size=1,
    max_size=6,
)


def damaged(graph: Graph, damage: Iterable[tuple[str, int, URIRef, Node]]) -> Graph:
    """A graph after some things went wrong with it."""
    found = turtle.merged([graph])
    for kind, number, property, value in damage:
        triples = sorted(found)
        thing, old, was = triples[number % len(triples)]
        if kind != "more":
            found.remove((thing, old, was))
        if kind == "more":
            found.add((thing, property, value))
        elif kind == "other":
            found.add((thing, old, value))
        elif kind == "moved":
            found.add((thing, property, was))
    return found


def of_the_case(small: Small) -> Graph:
    """A case with all that is around it, and the terms of the ontology."""
    kept = [it for it in small.valid.documents.values() if it.kind not in ("area", "shape")]
    return turtle.merged(it.graph for it in kept)


ODD = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))


@settings(ODD, max_examples=3, derandomize=True)
@given(damage=DAMAGE)
@example(damage=[("other", 40 * step, SDO.name, NO_NUMBER) for step in range(6)])
def test_of_some_damaged_cases_pyshacl_finds_the_same(
    damage: list, small: Small, shapes: Graph
) -> None:
    agree(damaged(of_the_case(small), damage), shapes)


@pytest.mark.referee
@settings(ODD, max_examples=1000, derandomize=True)
@given(damage=DAMAGE)
def test_of_a_thousand_damaged_cases_pyshacl_finds_the_same(
    damage: list, small: Small, shapes: Graph
) -> None:
    agree(damaged(of_the_case(small), damage), shapes)


def test_the_comparison_sees_a_difference(small: Small, shapes: Graph) -> None:
    less = turtle.merged([shapes])
    shape = URIRef("https://w3id.org/wijk/shape#Case-title")
    less.remove((shape, SH.maxCount, None))
    graph = turtle.merged([of_the_case(small)])
    case = graph.value(None, RDF.type, WIJK.Case)
    assert case is not None
    graph.add((case, DCTERMS.title, Literal("Nog een", lang="nl")))
    assert agree(graph, shapes) != agree(graph, less)


def test_shapes_with_what_is_not_compiled_are_for_pyshacl(shapes: Graph) -> None:
    for property, value in ((SH.closed, Literal(True)), (SH.deactivated, Literal(True))):
        more = turtle.merged([shapes])
        more.add((URIRef("https://w3id.org/wijk/shape#Case-title"), property, value))
        assert compiled(more) is None
