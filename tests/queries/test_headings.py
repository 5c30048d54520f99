"""The columns of each answer, as their headings call them on a page."""

import csv
from pathlib import Path

import pytest
from wijk.web.pages.columns import headings

HERE = Path(__file__).parent
QUESTIONS = sorted(path.parent.name for path in HERE.glob("*/given.ttl"))


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_two_columns_of_an_answer_have_the_same_heading(name: str) -> None:
    answer = next(iter(sorted((HERE / name).glob("*.csv"))))
    with answer.open(encoding="utf-8", newline="") as lines:
        told = headings(next(csv.reader(lines)))
    assert len(set(told)) == len(told), told


def test_a_column_says_of_what_it_is_another_or_an_own_one() -> None:
    assert headings(["case", "other", "shared"]) == ["casus", "andere casus", "hoeveel gemeen"]
    assert headings(["initiative", "other"]) == ["initiatief", "andere naam"]
    assert headings(["theme", "own"]) == ["thema", "thema van de casus"]
