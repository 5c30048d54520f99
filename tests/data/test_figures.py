"""The shipped figures are those of the extract, cell by cell; missing stays missing."""

import csv
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import QB, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.namespace import DCTERMS, SDO, XSD
from wijk.namespaces import SDMX_ATTRIBUTE, SDMX_CODE, SDMX_DIMENSION, WIJK
from wijk.snapshot import Snapshot

HERE = Path(__file__).parent / "figures"
ROOT = HERE.parents[2]
BASE = "https://w3id.org/wijindewijk/id/"
MEASURE = f"{BASE}measure/"
ABOUT = URIRef(f"{MEASURE}about")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of an extract."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


ROWS = rows("kerncijfers_2022.csv")
COLUMNS = list(ROWS[0])[5:]
NATIONAL = {row["measure"]: row for row in rows("kerncijfers_2022_nederland.csv")}


def area(code: str) -> URIRef:
    """The area of a code in 2022."""
    year = "2022-" if code.startswith("WK") else ""
    return URIRef(f"{BASE}area/{year}{code.lower()}")


def measure(column: str) -> URIRef:
    """The measure of a column."""
    return URIRef(MEASURE + column.replace("_", "-"))


@pytest.fixture(scope="module")
def figures(shipped: Snapshot) -> Graph:
    """The documents of figures and measures."""
    graph = Graph(bind_namespaces="none")
    for document in shipped.documents.values():
        if document.kind in ("figure", "measure"):
            for triple in document.graph:
                graph.add(triple)
    return graph


@pytest.fixture(scope="module")
def cells(figures: Graph) -> dict[tuple[URIRef, URIRef], str | None]:
    """Every figure by its area and measure, as its text; None is a missing one."""
    found: dict[tuple[URIRef, URIRef], str | None] = {}
    for figure in figures.subjects(RDF.type, QB.Observation):
        series = figures.value(figure, QB.dataSet)
        of = figures.value(series, QB.measureType) or figures.value(figure, ABOUT)
        value = figures.value(figure, of)
        about = (figures.value(figure, SDMX_DIMENSION.refArea), of)
        assert about not in found
        found[about] = None if value is None else str(value)
    return found


@pytest.fixture(scope="module")
def make() -> ModuleType:
    """The script that made them."""
    spec = importlib.util.spec_from_file_location("make", HERE / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shown(column: str, text: str) -> str | None:
    """A cell as the graph has it."""
    if not text:
        return None
    if column == "urbanity":
        return f"{BASE}urbanity/{text.replace(' ', '-')}"
    # Every engine respells 25.0, each in its own way: a number has no needless zeros here.
    return text.removesuffix(".0")


def test_every_cell_of_the_extract_is_in_the_graph_and_nothing_else(cells) -> None:
    expected = {
        (area(row["code"]), measure(column)): shown(column, row[column])
        for row in ROWS[1:]
        for column in COLUMNS
    }
    for column, row in NATIONAL.items():
        expected[area("NL00"), measure(column)] = shown(column, row["value"])
    assert len(ROWS) == 480
    assert cells == expected


def test_the_sums_of_the_country_are_those_of_both_extracts() -> None:
    country = ROWS[0]
    assert {name: country[name] for name in COLUMNS if country[name]} == {
        name: row["value"] for name, row in NATIONAL.items() if row["kind"] == "exact"
    }


def test_every_figure_of_every_exactly_linked_area_is_that_of_the_extract(
    shipped: Snapshot, cells
) -> None:
    linked = {
        code
        for document in shipped.documents.values()
        if document.kind == "place"
        for it in document.graph.objects(None, WIJK.exactArea)
        for code in shipped.union.objects(it, WIJK.code)
    }
    known = {row["code"]: row for row in ROWS}
    here = {str(code) for code in linked} & known.keys()
    assert len(here) >= 10
    for code in here:
        for column in COLUMNS:
            assert cells[area(code), measure(column)] == shown(column, known[code][column])


def test_a_wijk_has_the_name_of_the_extract_and_lies_in_its_municipality(
    shipped: Snapshot,
) -> None:
    for row in ROWS:
        if row["level"] == "wijk":
            assert str(shipped.union.value(area(row["code"]), SDO.name)) == row["name"]
            within = shipped.union.objects(area(row["code"]), WIJK.withinArea)
            assert area(row["gemeente"]) in within


def test_a_number_has_no_more_decimals_than_its_source(figures: Graph) -> None:
    values = [it for it in figures.objects(None, measure("income_low"))]
    assert {it.datatype for it in values} == {XSD.integer, XSD.decimal}
    assert {it.datatype for it in figures.objects(None, measure("population"))} == {XSD.integer}


def test_a_missing_figure_has_a_status_and_no_value(figures: Graph, cells) -> None:
    missing = {*figures.subjects(SDMX_ATTRIBUTE.obsStatus, SDMX_CODE["obsStatus-M"])}
    assert len(missing) == sum(value is None for value in cells.values()) == 74
    for figure in missing:
        of = figures.value(figure, ABOUT)
        assert (of, RDF.type, QB.MeasureProperty) in figures
        assert (figure, of, None) not in figures


def test_a_national_value_says_how_it_was_obtained(figures: Graph) -> None:
    status = SDMX_ATTRIBUTE.obsStatus, SDMX_CODE["obsStatus-E"]
    for column, row in NATIONAL.items():
        figure = URIRef(f"{BASE}figure/2022-nl00#nl00-{column.replace('_', '-')}")
        notes = {it.language: str(it) for it in figures.objects(figure, SKOS.note)}
        assert notes["en"].lower() == f"{row['how'].lower()}."
        assert notes["nl"]
        assert (figure, WIJK.basis, URIRef(f"{BASE}basis/inferred")) in figures
        assert ((figure, *status) in figures) == (row["kind"] == "approximation")


def test_a_series_says_its_unit_its_table_and_its_licence(figures: Graph) -> None:
    for series in figures.subjects(RDF.type, QB.DataSet):
        of = figures.value(series, QB.measureType) or URIRef(f"{MEASURE}missing")
        unit = figures.value(series, SDMX_ATTRIBUTE.unitMeasure)
        assert unit == figures.value(of, SDMX_ATTRIBUTE.unitMeasure)
        assert "85318NED" in str(figures.value(series, DCTERMS.source))
        assert str(figures.value(series, DCTERMS.license)).endswith("/by/4.0/")
        assert str(figures.value(series, DCTERMS.isPartOf)).endswith("/dataset/figures")


def test_the_catalogue_has_the_figures_as_a_dataset_of_their_own(shipped: Snapshot) -> None:
    catalog = shipped.union
    dataset = URIRef("https://w3id.org/wijindewijk/dataset/figures")
    assert str(catalog.value(dataset, DCTERMS.license)).endswith("/by/4.0/")
    said = {str(text) for text in catalog.objects(dataset, DCTERMS.description)}
    words = "CBS (Kerncijfers wijken en buurten 2022), Kadaster; KOOP (TOOI)."
    assert all(text.endswith(words) for text in said)


def test_made_afresh_the_documents_are_what_is_shipped(make: ModuleType) -> None:
    made = dict(make.made())
    figures = {name for name in made if "/figures/" in name}
    there = {f"data/figures/{path.name}" for path in (ROOT / "data/figures").glob("2022-*.ttl")}
    assert figures == there
    assert [name for name in figures if (ROOT / name).read_bytes() != made[name]] == []
    assert [name for name in made if not (ROOT / name).exists()] == []


def test_a_measure_says_in_two_languages_what_it_is(figures: Graph) -> None:
    for of in figures.subjects(RDF.type, QB.MeasureProperty):
        for said in (RDFS.label, RDFS.comment):
            assert {it.language for it in figures.objects(of, said)} == {"nl", "en"}
