"""Every prepared question has the same answer from the engine that comes along and elsewhere."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

import pytest
from wijk.errors import QueryTooLarge
from wijk.questions import Question
from wijk.snapshot import Snapshot

from .conftest import Asked
from .engines import ROOT

pytestmark = pytest.mark.engine
NAMES = sorted(path.stem for path in (ROOT / "queries" / "questions").glob("*.rq"))
PAGES = ROOT / "queries" / "pages"
TABLES = sorted(path.stem for kind in ("join", "reconcile") for path in PAGES.glob(f"{kind}-*.rq"))
TABLES += ["cases", "places"]
XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = tuple(XSD + kind for kind in ("integer", "decimal", "int", "double"))
Row = tuple[tuple[str, tuple[str, ...]], ...]


def value(term: Mapping[str, str]) -> tuple[str, ...]:
    """A term by its value: 1.0 is 1, a yes is 1 (one engine keeps it so), a string has no type."""
    text, datatype = term["value"], term.get("datatype", "")
    if datatype == f"{XSD}boolean":
        return "number", str(int(text in ("true", "1")))
    if datatype in NUMBERS:
        return "number", str(Decimal(text).normalize())
    return term["type"], text, term.get("xml:lang", ""), datatype.removesuffix(f"{XSD}string")


def rows(body: bytes) -> list[Row]:
    """The rows of an answer, each with its bound variables."""
    found = json.loads(body)["results"]["bindings"]
    return [tuple(sorted((name, value(term)) for name, term in row.items())) for row in found]


MOST = {"virtuoso": 5000}
"""Rows that an engine gives at most, as it is set up here: more is refused and never cut."""


@pytest.mark.parametrize("question", NAMES)
def test_every_question_has_the_same_rows_with_and_without_its_parameters(
    question: str,
    remote: Asked,
    embedded: Asked,
    prepared: Mapping[str, Question],
    shipped: Snapshot,
) -> None:
    asked = prepared[question]
    for each in given(asked):
        how = {"bindings": asked.bind(each, shipped), "own": True}
        ours = Counter(rows(embedded.body(asked.text, **how)))
        assert ours
        if ours.total() > MOST.get(remote.name, ours.total()):
            with pytest.raises(QueryTooLarge, match="Page with LIMIT"):
                remote.body(asked.text, **how)
        else:
            theirs = Counter(rows(remote.body(asked.text, **how)))
            assert theirs == ours, each


def given(asked: Question) -> Iterator[Mapping[str, str]]:
    """No parameter at all, and then each by itself."""
    yield {}
    for param in asked.params:
        yield {param.name: param.example}


@pytest.mark.parametrize("table", TABLES)
def test_what_is_looked_up_for_tables_openrefine_and_maps_is_the_same(
    table: str, remote: Asked, embedded: Asked
) -> None:
    text = (PAGES / f"{table}.rq").read_text(encoding="utf-8")
    ours = Counter(rows(embedded.body(text, own=True)))
    assert ours
    assert Counter(rows(remote.body(text, own=True))) == ours


@pytest.mark.parametrize("thing", ["area/gm0344", "place/keizer-karelpark"])
def test_the_figures_of_a_page_are_the_same(
    thing: str, remote: Asked, embedded: Asked, shipped: Snapshot
) -> None:
    text = (PAGES / "figures.rq").read_text(encoding="utf-8")
    how = {"bindings": {"thing": f"<{shipped.base}id/{thing}>"}, "own": True}
    ours = Counter(rows(embedded.body(text, **how)))
    assert ours
    assert Counter(rows(remote.body(text, **how))) == ours
