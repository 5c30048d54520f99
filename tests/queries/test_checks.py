"""Each check is well made, and the shipped data breaks none of those that forbid."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from wijk.questions import header

ROOT = Path(__file__).parents[2]
CHECKS = sorted((ROOT / "queries" / "checks").glob("*.rq"))
HEADER = {"summary", "severity", "message_nl", "message_en"}
WHERE_TO_LOOK = {"changed", "about", "named"}
SHOWN = {"thing", "property", "value", "other"}


@pytest.fixture(scope="module")
def store(nquads: bytes) -> ox.Store:
    """The shipped graph."""
    filled = ox.Store()
    filled.load(nquads, format=ox.RdfFormat.N_QUADS)
    return filled


def selected(text: str) -> list[str]:
    line = next(line for line in text.splitlines() if line.startswith("SELECT"))
    named = re.sub(r"\(\w+\(.*?\) AS (\?\w+)\)", r"\1", line)
    return re.findall(r"\?(\w+)", named)


def test_a_check_says_what_it_is_for_and_what_to_do() -> None:
    for path in CHECKS:
        said, text = header(path)
        assert said.keys() - WHERE_TO_LOOK == HEADER, path
        assert said["severity"] in {"violation", "warning", "info"}, path
        messages = said["message_nl"], said["message_en"]
        assert {*re.findall(r"\{(\w+)\}", "".join(messages))} <= {*selected(text)}, path
        assert all(message[0].isupper() and message[-1] in ".?" for message in messages), path


def test_a_message_says_je_and_names_the_other() -> None:
    for path in CHECKS:
        said, text = header(path)
        assert not re.search(r"\b(u|uw)\b", said["message_nl"], re.IGNORECASE), path
        if "other" in selected(text):
            assert "{other}" in said["message_nl"], path
            assert "{other}" in said["message_en"], path


def test_a_check_selects_what_a_finding_shows_in_a_fixed_order() -> None:
    for path in CHECKS:
        _, text = header(path)
        names = selected(text)
        assert names[0] == "thing", path
        assert set(names) <= SHOWN, path
        assert text.rstrip().splitlines()[-1].startswith("ORDER BY ?thing"), path


def test_no_two_checks_say_the_same() -> None:
    said = [header(path)[0] for path in CHECKS]
    for key in ("summary", "message_nl", "message_en"):
        assert len({one[key] for one in said}) == len(CHECKS)


@pytest.mark.parametrize("path", CHECKS, ids=lambda path: path.stem)
def test_the_shipped_data_breaks_no_check_that_forbids(path: Path, store: ox.Store) -> None:
    said, text = header(path)
    rows = [*store.query(text, use_default_graph_as_union=True)]
    assert said["severity"] != "violation" or rows == []


@pytest.mark.parametrize(
    "name",
    ["lesson-count", "source-http", "source-copy", "catalog-publisher", "catalog-contact"],
)
def test_the_to_do_list_starts_with_what_is_known_to_be_missing(name: str, store: ox.Store) -> None:
    text = (ROOT / "queries" / "checks" / f"{name}.rq").read_text()
    assert [*store.query(text, use_default_graph_as_union=True)]


def groups(part: object, around: tuple[tuple, ...] = ()) -> Iterator[tuple[list, tuple]]:
    """The triple patterns of a query, and for those of NOT EXISTS and MINUS what is around them."""
    mine: list[tuple] = []
    inner: list[object] = []
    coming = [part]
    while coming:
        each = coming.pop()
        if isinstance(each, CompValue):
            named = dict(each)
            if each.name in ("Builtin_NOTEXISTS", "Builtin_EXISTS"):
                inner.append(named.pop("graph"))
            elif each.name == "Minus":
                inner.append(named.pop("p2"))
            for told in named.pop("triples", []):  # one after the other, where it is not an algebra
                mine += zip(*[iter(told)] * 3, strict=True)
            coming += named.values()
        elif isinstance(each, list | tuple):
            coming += each
    yield mine, around
    for group in inner:
        yield from groups(group, (*around, *mine))


NARROWED = [path for path in CHECKS if header(path)[0].keys() & WHERE_TO_LOOK]


@pytest.mark.parametrize("path", NARROWED, ids=lambda path: path.stem)
def test_no_statement_that_a_narrowed_check_reads_escapes_the_variables_it_names(
    path: Path,
) -> None:
    said, text = header(path)
    names = {
        where: {Variable(name) for name in said.get(where, "").split()} for where in WHERE_TO_LOOK
    }
    assert "GROUP BY" not in text
    (first, _), *inner = groups(prepareQuery(text).algebra)
    assert names["changed"] | names["about"] | names["named"] <= {
        name for triple in first for name in triple
    }
    for triple in first:
        assert triple[0] in names["changed"], triple
    for group, around in inner:
        reached = {
            subject
            for subject, property, value in (*group, *around)
            if value in names["named"] or (property == RDF.subject and value in names["about"])
        }
        for triple in group:
            assert triple[0] in names["changed"] | reached, triple


def test_every_check_that_forbids_is_narrowed_save_for_those_that_follow_paths() -> None:
    forbidding = {path for path in CHECKS if header(path)[0]["severity"] == "violation"}
    assert {path.stem for path in forbidding - set(NARROWED)} == {
        "derived-without-origin",  # asks for what stands beside it in one graph
        "place-loop",
        "replaced-without-event",
    }
