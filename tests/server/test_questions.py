"""A prepared question takes the values that its header lists, and says what fits."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wijk import questions, snapshot
from wijk.errors import BadValue, MissingParam, QuestionFileError, UnknownParam, UnknownQuestion
from wijk.questions import Param, Question
from wijk.snapshot import Snapshot

from .conftest import BASE

LONG = """#+ summary: Wat is hier?
#+ question: CQ-99
#+ params:
#+   - name: waar
#+     kind: code
#+     required: true
#+     example: GM0796
#+     label: Gemeente
#+   - name: year
#+   - name: text
#+   - name: thing
#+     kind: iri
SELECT ?waar WHERE {}
"""


@pytest.fixture
def taken(small: Path) -> Snapshot:
    return snapshot.read(small).snapshot


@pytest.fixture
def long(tmp_path: Path) -> Question:
    (tmp_path / "lang.rq").write_text(LONG, encoding="utf-8")
    return questions.load(tmp_path)["lang"]


def test_the_short_form_makes_the_name_the_kind(small: Path) -> None:
    question = questions.load(small / "queries" / "questions")["cases-by-theme"]
    assert question.params == (Param("theme", "theme", label="theme"),)
    assert question.summary == "Welke casussen gaan over dit thema?"


def test_the_long_form_says_all(long: Question) -> None:
    assert long.params[0] == Param("waar", "code", True, "GM0796", "Gemeente")
    assert long.question == "CQ-99"


def test_a_short_name_and_an_iri_are_the_same_thing(small: Path, taken: Snapshot) -> None:
    question = questions.load(small / "queries" / "questions")["cases-by-theme"]
    term = f"<{BASE}id/theme/groen>"
    assert question.bind({"theme": "groen"}, taken) == {"theme": term}
    assert question.bind({"theme": f"{BASE}id/theme/groen"}, taken) == {"theme": term}


@pytest.mark.parametrize(
    ("name", "value", "term"),
    [
        ("waar", "gm0796", '"GM0796"'),
        ("waar", "BU07960401", '"BU07960401"'),
        ("year", "2018", '"2018"^^<http://www.w3.org/2001/XMLSchema#gYear>'),
        ("text", 'met "aanhaling" \\ en\nregel', '"met \\"aanhaling\\" \\\\ en\\nregel"'),
        ("thing", "case/pluktuin-zuid", f"<{BASE}id/case/pluktuin-zuid>"),
        ("thing", "https://www.movisie.nl/wijindewijk", "<https://www.movisie.nl/wijindewijk>"),
    ],
)
def test_a_value_becomes_a_term(
    long: Question, taken: Snapshot, name: str, value: str, term: str
) -> None:
    assert long.bind({"waar": "GM0796", name: value}, taken)[name] == term


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("waar", "0796"),
        ("waar", 'GM07"'),
        ("year", "18"),
        ("thing", "https://example.org/> <a:b"),
        ("thing", "case/bestaat-niet"),
    ],
)
def test_a_value_of_another_kind_is_refused(
    long: Question, taken: Snapshot, name: str, value: str
) -> None:
    with pytest.raises(BadValue, match=name):
        long.bind({"waar": "GM0796", name: value}, taken)


def test_a_misspelt_name_gets_the_nearest(small: Path, taken: Snapshot) -> None:
    question = questions.load(small / "queries" / "questions")["cases-by-theme"]
    with pytest.raises(BadValue) as caught:
        question.bind({"theme": "greon"}, taken)
    assert caught.value.nearest[0] == "groen"


def test_a_name_that_is_not_listed_is_refused(long: Question, taken: Snapshot) -> None:
    with pytest.raises(UnknownParam, match="waar, year, text, thing"):
        long.bind({"waar": "GM0796", "nog": "iets"}, taken)


@pytest.mark.parametrize("given_values", [{}, {"waar": " "}])
def test_what_is_required_must_be_given(
    long: Question, taken: Snapshot, given_values: dict[str, str]
) -> None:
    with pytest.raises(MissingParam, match="waar=GM0796"):
        long.bind(given_values, taken)


def test_an_unknown_question_gets_the_nearest(small: Path) -> None:
    with pytest.raises(UnknownQuestion, match="cases-by-theme"):
        questions.choose(questions.load(small / "queries" / "questions"), "case-by-theme")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "#+ question: CQ-1",
        "#+ summary: [",
        "#+ summary: x\n#+ params: theme",
        "#+ summary: x\n#+ params: [3]",
        "#+ summary: x\n#+ params: [{kind: theme}]",
        "#+ summary: x\n#+ params: [{name: theme, soort: theme}]",
    ],
)
def test_a_header_that_cannot_be_read_names_its_file(tmp_path: Path, header: str) -> None:
    (tmp_path / "kapot.rq").write_text(f"{header}\nASK {{}}", encoding="utf-8")
    with pytest.raises(QuestionFileError, match=r"kapot\.rq"):
        questions.load(tmp_path)


@given(value=st.text(min_size=1).filter(str.strip))
def test_whatever_text_is_given_stays_one_term(shipped: Snapshot, value: str) -> None:
    term = Param("text", "text").parse(value, shipped)
    assert term.startswith('"')
    assert term.endswith('"')
    assert "\n" not in term
    inside = term[1:-1].replace("\\\\", "").replace('\\"', "")
    assert '"' not in inside


def test_every_question_as_shipped_takes_its_own_examples(root: Path, shipped: Snapshot) -> None:
    loaded = questions.load(root / "queries" / "questions")
    for question in loaded.values():
        examples = {param.name: param.example for param in question.params if param.example}
        assert question.bind(examples, shipped).keys() == examples.keys()
