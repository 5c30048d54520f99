"""Examples of parameters name what is there."""

from dataclasses import replace
from pathlib import Path

import pytest
from wijk import questions
from wijk.errors import BadValue
from wijk.loaded import of_documents
from wijk.questions import Param, Question
from wijk.snapshot import Snapshot, parsed
from wijk.tombstones import Tombstone
from wijk.web.api.cases import CASES
from wijk.web.examples import fitted, fitting

GONE = "case/boefjes-en-baristas"
PLACE = "place/de-muntel"


@pytest.fixture(scope="module")
def taken(shipped: Snapshot) -> Snapshot:
    """The graph as shipped, with a case withdrawn and a place of which the file is gone."""
    base = shipped.base
    case = shipped.documents[f"{base}doc/{GONE}"]
    stone = Tombstone(f"{base}id/{GONE}", "2026-11-23T09:30:00Z", "Op verzoek.")
    text = stone.written(shipped.prefixes)
    documents = {**shipped.documents, case.iri: parsed(case.path, text, base)}
    del documents[f"{base}doc/{PLACE}"]
    return of_documents(shipped.root, base, documents)


@pytest.fixture(scope="module")
def known(root: Path) -> dict[str, Question]:
    """The questions as shipped."""
    return questions.load(root / "queries" / "questions")


def test_what_is_there_stays_the_example(shipped: Snapshot, known: dict[str, Question]) -> None:
    assert fitting(known, shipped) == known
    assert [fitted(it, shipped) for it in CASES.filters] == [*CASES.filters]


def test_what_was_withdrawn_is_no_example(taken: Snapshot, known: dict[str, Question]) -> None:
    assert [it for it in known["who-hosts"].params if it.example in GONE]
    for question in fitting(known, taken).values():
        for param in question.params:
            assert not (param.kind == "case" and param.example == "boefjes-en-baristas")
            assert not param.example or param.parse(param.example, taken)
    (param,) = fitting(known, taken)["who-hosts"].params
    assert param.example == min(set(taken.slugs("case")) - {"boefjes-en-baristas"})


def test_what_was_withdrawn_is_no_value_and_no_suggestion(taken: Snapshot) -> None:
    with pytest.raises(BadValue, match="and not one that was withdrawn"):
        Param("case", "case").parse("boefjes-en-baristas", taken)
    with pytest.raises(BadValue) as raised:
        Param("case", "case").parse("boefjes-en-baristaz", taken)
    assert "boefjes-en-baristas" not in raised.value.nearest


def test_what_belonged_to_an_example_goes_with_it(
    taken: Snapshot, known: dict[str, Question]
) -> None:
    place, code = fitting(known, taken)["areas-of-a-place"].params
    assert place.example == taken.slugs("place")[0]
    assert code.example == ""


def test_an_iri_is_replaced_by_one_of_its_kind_and_else_by_nothing(taken: Snapshot) -> None:
    param = Param("thing", "iri", example=GONE)
    assert fitted(param, taken).example.startswith("case/")
    assert fitted(param, taken).example != GONE
    assert fitted(replace(param, example="nothing/x"), taken).example == ""
    elsewhere = replace(param, example="https://www.movisie.nl/wijindewijk")
    assert fitted(elsewhere, taken) == elsewhere
