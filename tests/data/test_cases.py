"""What the folder holds: how many of each, what each of them has, what none of them may have."""

from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, Graph, Literal, Namespace, URIRef
from wijk.namespaces import WIJK

SCHEMA = Namespace("https://schema.org/")
FLOORS = {
    WIJK.Case: 29,
    WIJK.Bundle: 4,
    WIJK.Initiative: 14,
    WIJK.Lesson: 16,
    WIJK.Place: 43,
    WIJK.Participation: 60,
    WIJK.Evidence: 1000,
    SCHEMA.WebPage: 110,
    SCHEMA.Project: 1,
}
# Names that the notes call weak: nothing but the town fits.
WEAK = [
    "Huize Lydia",
    "Resedastraat",
    "Thuis in Oss",
    "Al Amal",
    "NuDe Toekomst",
    "Thuis Wageningen",
    "Young Connection",
    "Buurtonderneming Woensel-West",
    "GMS On Tour",
]
FILLERS = ("", "onbekend", "unknown", "niet gevonden", "-")


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items(), ids=lambda value: str(value)[-13:])
def test_there_are_at_least_as_many_as_were_found(union: Graph, kind: URIRef, floor: int) -> None:
    assert len(set(union.subjects(RDF.type, kind))) >= floor


def test_the_cases_are_numbered_from_1_without_gaps(union: Graph) -> None:
    numbers = [int(number) for _, number in union.subject_objects(WIJK.number)]
    cases = set(union.subjects(RDF.type, WIJK.Case))
    assert sorted(numbers) == list(range(1, len(cases) + 1))


def test_a_case_has_a_place_or_is_online(union: Graph) -> None:
    cases = set(union.subjects(RDF.type, WIJK.Case))
    online = set(union.subjects(WIJK.online, Literal(True)))
    assert {case for case in cases if not union.value(case, DCTERMS.spatial)} == online
    assert "holybe" in [str(case).rpartition("/")[2] for case in online]


def test_every_place_lies_in_one_municipality_and_one_province(union: Graph) -> None:
    for place in union.subjects(RDF.type, WIJK.Place):
        codes = [
            str(union.value(area, WIJK.code)) for area in union.objects(place, WIJK.withinArea)
        ]
        assert sorted(code[:2] for code in codes) == ["GM", "PV"], place


def test_a_case_without_a_known_initiative_has_a_title_of_ours(union: Graph) -> None:
    for case in union.subjects(RDF.type, WIJK.Case):
        if not union.value(case, SCHEMA.about):
            assert str(union.value(case, DCTERMS.title)).startswith("Initiatief in ")


def test_a_candidate_name_appears_in_no_title_or_name(union: Graph) -> None:
    candidates = {
        str(union.value(evidence, RDF.object))
        for evidence in union.subjects(WIJK.status, None)
        if str(union.value(evidence, WIJK.status)).endswith("/candidate")
    }
    shown = {
        str(name) for path in (DCTERMS.title, SCHEMA.name) for name in union.objects(None, path)
    }
    assert candidates
    assert not candidates & shown


@pytest.mark.parametrize("name", WEAK)
def test_a_weak_candidate_stays_out_of_the_folder(graph_root: Path, name: str) -> None:
    files = (graph_root / "data").rglob("*.ttl")
    assert not [path for path in files if name in path.read_text("utf-8")]


def test_unknown_is_absent_and_never_an_empty_or_filler_text(union: Graph) -> None:
    for value in union.objects():
        if isinstance(value, Literal):
            assert str(value).strip().lower() not in FILLERS
