"""No constraint can go unnoticed: without it, some broken example is no longer caught."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, SKOS, Graph, URIRef
from rdflib.term import Node
from wijk import turtle
from wijk.namespaces import DASH, SHAPE, SHAPES

from .small import Small, rule_of

HERE = Path(__file__).parent
SAYS = {
    *(RDF.type, SH.path, SH.name, SH.order, SH.group, SH.severity, SH.message),
    *(SH.description, SKOS.example, DASH.editor, DASH.hidden, DASH.singleLine),
}
TARGETS = (SH.targetClass, SH.targetSubjectsOf)
# One constraint in two lines.
ELSEWHERE = {SH.qualifiedValueShape: SH.qualifiedMinCount}
RULES = sorted(path.name for path in (HERE / "broken").iterdir())
Triple = tuple[Node, Node, Node]


@pytest.fixture(scope="module")
def union_of(small: Small) -> Callable[[Path], Graph]:
    """The small graph with an example in it, as one graph."""

    @cache
    def read(path: Path) -> Graph:
        documents = small.broken(path).documents.items()
        return turtle.merged(document.graph for iri, document in documents if iri != SHAPES)

    return read


def closure(shapes: Graph, node: Node) -> Iterator[Triple]:
    """All that is said of a node and of what it is made of."""
    for triple in shapes.triples((node, None, None)):
        yield triple
        if triple[1] != SH.group:
            yield from closure(shapes, triple[2])


def alone(shapes: Graph, rule: URIRef) -> Graph:
    """The shapes that have this rule, and nothing but this rule."""
    reduced = turtle.merged([closure(shapes, rule)])
    for shape in shapes.subjects(SH.property, rule):
        reduced.add((shape, RDF.type, SH.NodeShape))
        reduced.add((shape, SH.property, rule))
        for name in TARGETS:
            for target in shapes.objects(shape, name):
                reduced.add((shape, name, target))
    return reduced


def constraints(rule: Graph) -> Iterator[tuple[str, list[Triple]]]:
    """Each constraint in turn, with the lines that say it."""
    for part in {*rule.subjects(RDF.type, SH.PropertyShape)}:
        for name in {*rule.predicates(part)} - SAYS - {*ELSEWHERE.values()}:
            lines = [*rule.triples((part, name, None))]
            if name in ELSEWHERE:
                lines += rule.triples((part, ELSEWHERE[name], None))
            yield name.rpartition("#")[2], lines


# That the whole rule catches them all is tested with the real check.
def passed_over(rule: Graph, caught: list[Graph]) -> bool:
    """Is one of these graphs sound in the eyes of this rule?"""
    return any(pyshacl.validate(union, shacl_graph=rule, inplace=True)[0] for union in caught)


TOOI = "https://identifier.overheid.nl/tooi/id/"
RD = "<http://www.opengis.net/def/crs/EPSG/0/28992>"
# What a pattern lets through, and what it stops.
FITS = {
    "Area-code-value": ["GM0796", "PV30", "WK034403", "WK0363TA", "BU07960401", "BU0363TA01"],
    "Area-divisionYear-value": ["1999", "2022"],
    "Area-validFrom-value": ["1814", "1999-01-01", "2019"],
    "Area-validUntil-value": ["1814", "1999-01-01", "2019"],
    "Contact-hasEmail-value": ["mailto:redactie@buiten.nl", "mailto:data@post.buiten.nl"],
    "Dataset-uriSpace": ["https://example.org/", "http://example.org/cases/"],
    "Source-temporalCoverage": ["2000-01-01/2022-12-22"],
    "Thing-datePublished": ["1999", "2021-11-26"],
    "Thing-endDate": ["1999", "2021-11-26"],
    "Thing-startDate": ["1999", "2021-11-26"],
    "Thing-url": ["https://example.org", "http://example.org/x"],
    "Area-governedBy-value": [f"{TOOI}gemeente/gm0796", f"{TOOI}provincie/pv30"],
    "Geometry-wkt-value": [
        *("POINT(5.309 51.695)", f"{RD} POINT(148000 411000.5)", "POINT(-5 51)"),
        *("POLYGON((5 51, 6 51, 6 52, 5 51))", "MULTIPOLYGON (((5 51, 6 51, 6 52, 5 51)))"),
    ],
    "Thing-sameAs-value": [
        *("http://www.wikidata.org/entity/Q9899", "https://sws.geonames.org/2759794/"),
    ],
}
STOPPED = {
    "Area-code-value": [
        *("WK036", "BU07960a01", "GM07961", "GM079", "PV3", "PV301", "wk034403", "WK0363ta"),
        *("WK03630", "WK03630001", "BU0363TA1", "BU0363TA012", "XX0796", "GM0A96", " GM0796", ""),
    ],
    "Area-divisionYear-value": ["1899", "2122", "21", ""],
    "Area-validFrom-value": ["1799", "2100", "mei"],
    "Area-validUntil-value": ["1799", "2100", "mei"],
    "Contact-hasEmail-value": [
        "redactie@buiten.nl",
        "mailto:redactie",
        "mailto:a@b",
        "mailto:@b.nl",
    ],
    "Dataset-uriSpace": ["https://example.org", "ftp://example.org/", "https://a b/"],
    "Source-temporalCoverage": ["2000", "2000-01-01", "2000/2022", "2000-01-01/..", ""],
    "Thing-datePublished": ["1899", "2121-11-26"],
    "Thing-endDate": ["1899", "2121-11-26"],
    "Thing-startDate": ["1899", "2121-11-26"],
    "Thing-url": ["ftp://example.org", "example.org", " https://example.org"],
    "Area-governedBy-value": [
        *(f"{TOOI}gemeente/GM0796", f"{TOOI}gemeente/gm796", f"{TOOI}gemeente/pv30"),
        *(f"{TOOI}gemeente/gm0796/", "https://www.den-bosch.example/gm0796", ""),
    ],
    "Geometry-wkt-value": [
        *("POINT(5.309,51.695)", "POINT(5,309 51,695)", "POINT(5.309 51.695 3)", "POINT EMPTY"),
        *("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(51.695 5.309)", "5.309 51.695", ""),
    ],
    "Thing-sameAs-value": [
        *("https://www.wikidata.org/wiki/Q9899", "http://www.wikidata.org/entity/P382"),
        *("https://www.geonames.org/2759794", "https://sws.geonames.org/2759794", "Q9899", ""),
    ],
}
NAMES = sorted({rule_of(Path(name)) for name in RULES if name[0].isupper()})


@pytest.mark.parametrize("name", NAMES)
def test_without_a_constraint_a_broken_example_is_no_longer_caught(
    name: str, shapes: Graph, union_of: Callable[[Path], Graph]
) -> None:
    rule = alone(shapes, SHAPE[name])
    paths = [HERE / "broken" / each for each in RULES if rule_of(Path(each)) == name]
    broken = [union_of(path) for path in paths]
    unnoticed = []
    for constraint, lines in constraints(rule):
        weaker = turtle.merged([rule])
        for line in lines:
            weaker.remove(line)
        if not passed_over(weaker, broken):
            unnoticed.append(constraint)
    assert unnoticed == []


def test_every_pattern_has_values_that_fit_and_values_that_it_stops(shapes: Graph) -> None:
    patterns = {rule.removeprefix(SHAPE) for rule in shapes.subjects(SH.pattern)}
    assert patterns == FITS.keys() == STOPPED.keys()


@pytest.mark.parametrize("name", FITS)
def test_a_pattern_lets_through_what_fits_and_nothing_else(name: str, shapes: Graph) -> None:
    pattern = str(shapes.value(SHAPE[name], SH.pattern))
    assert [value for value in FITS[name] if not re.search(pattern, value)] == []
    assert [value for value in STOPPED[name] if re.search(pattern, value)] == []
