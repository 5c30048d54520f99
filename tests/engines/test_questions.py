"""Every prepared question has the same answer from the engine that comes along and elsewhere."""

import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import pytest
from wijk.questions import Question
from wijk.snapshot import Snapshot

from .conftest import Asked
from .engines import ROOT

pytestmark = pytest.mark.engine
NAMES = sorted(path.stem for path in (ROOT / "queries" / "questions").glob("*.rq"))
XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = tuple(XSD + kind for kind in ("integer", "decimal", "int", "double"))
# What this engine cannot answer; docs/scale-out.md says so.
NOT_IN = {"virtuoso": {"place-with-everything-in-it", "everything-about-a-case"}}


def value(term: Mapping[str, str]) -> tuple[str, ...]:
    """A term by its value: 1.0 is 1, a yes is 1 (one engine keeps it so), names of blank nodes."""
    text, datatype = term["value"], term.get("datatype", "")
    if datatype == f"{XSD}boolean":
        return "number", str(int(text in ("true", "1")))
    if datatype in NUMBERS:
        return "number", str(Decimal(text).normalize())
    return term["type"], text, term.get("xml:lang", ""), datatype


def rows(body: bytes) -> list[tuple[tuple[str, tuple[str, ...]], ...]]:
    """The rows of an answer, each with its bound variables."""
    found = json.loads(body)["results"]["bindings"]
    return [tuple(sorted((name, value(term)) for name, term in row.items())) for row in found]


@pytest.mark.parametrize("question", NAMES)
def test_every_question_has_the_same_rows_with_and_without_its_parameters(
    question: str,
    remote: Asked,
    embedded: Asked,
    prepared: Mapping[str, Question],
    shipped: Snapshot,
) -> None:
    if question in NOT_IN.get(remote.name, ()):
        pytest.xfail("this engine does not take it; docs/scale-out.md")
    asked = prepared[question]
    given = [{}, *({param.name: param.example} for param in asked.params)]
    for each in given:
        bound = asked.bind(each, shipped)
        ours = rows(embedded.body(asked.text, bindings=bound, own=True))
        theirs = rows(remote.body(asked.text, bindings=bound, own=True))
        assert Counter(theirs) == Counter(ours), each
        assert ours
