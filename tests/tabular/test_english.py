"""What is told of cells is told in English too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import wijk.tabular
from wijk.checking.messages import sentence
from wijk.editing.sentences import MISREAD
from wijk.tabular import english, layout
from wijk.tabular.checked import finding
from wijk.tabular.problems import FOUT, Problem, Spot

TELLING = ("Problem", "Unreadable", "_tell")


def codes() -> Iterator[str]:
    """The codes that the sources of this room give to findings."""
    for path in Path(wijk.tabular.__path__[0]).glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and call.args:
                named = getattr(call.func, "id", getattr(call.func, "attr", ""))
                if named in TELLING and isinstance(call.args[0], ast.Constant):
                    yield call.args[0].value


def said() -> Iterator[str]:
    """The texts in the sources of this room that are of several words, or part of those."""
    for path in Path(wijk.tabular.__path__[0]).glob("*.py"):
        tree = ast.parse(path.read_text())
        joined = [it for it in ast.walk(tree) if isinstance(it, ast.JoinedStr)]
        inside = {id(part) for it in joined for part in it.values}
        for it in ast.walk(tree):
            if isinstance(it, ast.Constant) and isinstance(it.value, str):
                docstring = "\n" in it.value
                if (id(it) in inside or " " in it.value) and not docstring:
                    yield it.value


def test_quotes_in_what_is_told_are_those_of_the_site() -> None:
    assert [text for text in said() if '"' in text] == []


def test_each_finding_has_its_sentence_and_each_sentence_its_finding() -> None:
    evidence = {layout.OF_KIND, layout.OF_THING, layout.OF_FIELD, layout.OF_VALUE}
    assert set(english.SENTENCES) == {*codes(), *MISREAD, *evidence}


def test_a_finding_in_english_says_what_stands_there_and_what_may_be_meant() -> None:
    where = Spot("Casussen", 3, 4)
    found = finding(
        Problem("choice", FOUT, "…", where, "stand", "bekent", "naam bekend", (4, 5, 9))
    )
    assert sentence(found, "en") == (
        "“bekent” is not in the list of “stand”. Did you mean “naam bekend”? "
        "The same in row 4, 5 and 9."
    )
    alone = finding(Problem("leeg", FOUT, "…", where))
    assert sentence(alone, "en") == english.SENTENCES["leeg"]
