"""Every prepared question is answered as was written down beforehand, by two engines.

`<question>/given.ttl` is a small made-up graph with, in `all.csv` and `<param>=<value>.csv`, all
the rows that it must give, in order. `<question>/real/` has the same for the shipped graph, written
from the facts: only the columns named there are compared, in any order. What was added after the
facts is left out there: a case (or place, actor, lesson and so on) that facts.csv does not list is
not in the graph that is asked, so no row about it is expected and no count has it. A value with a
slash or a colon is percent-encoded in the file name; an IRI in a cell is shortened with the usual
prefixes.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
from rdflib import DCTERMS, OWL, RDF, SDO, SKOS, XSD, Graph, Literal, URIRef
from wijk import namespaces
from wijk.questions import Question
from wijk.snapshot import Snapshot

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BASE = "https://w3id.org/wijindewijk/"
NAMES = [path.stem for path in sorted((ROOT / "queries" / "questions").glob("*.rq"))]
GIVEN = [path for name in NAMES for path in sorted((HERE / name).glob("*.csv"))]
REAL = [path for name in NAMES for path in sorted((HERE / name / "real").glob("*.csv"))]
FLOORS = {
    row["question"]: int(row["rows"])
    for row in csv.DictReader((HERE / "floors.csv").read_text().splitlines())
}
PREFIXES = {start: name for name, start in namespaces.prefixes(BASE).items()}

Cell = tuple[str, str, str] | None
Row = tuple[Cell, ...]
Ask = Callable[[ox.Store, str, Mapping[str, str]], list[Row]]
every_question = pytest.mark.parametrize("name", NAMES)


def name_of(path: Path) -> str:
    """The name of a test: the question and the file."""
    return "/".join(path.relative_to(HERE).parts)


def bindings(path: Path, question: Question) -> dict[str, str]:
    """What the name of a file fills in, as terms; the things need not exist."""
    name, filled, value = path.stem.partition("=")
    if not filled:
        return {}
    (kind,) = (param.kind for param in question.params if param.name == name)
    value = unquote(value)
    if kind in ("text", "code"):
        return {name: Literal(value).n3()}
    if kind == "date":
        return {name: Literal(value, datatype=XSD.date).n3()}
    start = "" if ":" in value else f"{BASE}id/" if kind == "iri" else f"{BASE}id/{kind}/"
    return {name: URIRef(start + value).n3()}


def columns(question: Question) -> list[str]:
    """The names of the columns, in order."""
    found = ox.Store().query(question.text)
    assert isinstance(found, ox.QuerySolutions)
    return [variable.value for variable in found.variables]


def shown(value: Cell) -> str:
    """A cell as it stands in a CSV file."""
    if value is None or value[1] != "iri":
        return value[0] if value else ""
    start = max((iri for iri in PREFIXES if value[0].startswith(iri)), key=len, default="")
    return f"{PREFIXES[start]}:{value[0].removeprefix(start)}" if start else value[0]


def table(path: Path) -> tuple[list[str], list[tuple[str, ...]]]:
    """The header and the rows of a CSV file."""
    head, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    return head, [tuple(row) for row in rows]


def given(name: str) -> ox.Store:
    """The made-up graph of a question."""
    store = ox.Store()
    store.load(path=str(HERE / name / "given.ttl"), format=ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize("path", GIVEN, ids=name_of)
def test_a_made_up_graph_gives_exactly_the_rows_that_were_written_down(
    path: Path,
    asked: Mapping[str, Question],
    oxigraph: Ask,
    rdflib: Callable[[Graph, str, Mapping[str, str]], list[Row]],
) -> None:
    question = asked[path.parent.name]
    bound = bindings(path, question)
    rows = oxigraph(given(question.name), question.text, bound)
    assert (columns(question), [tuple(map(shown, row)) for row in rows]) == table(path)
    graph = Graph(bind_namespaces="none").parse(path.parent / "given.ttl")
    assert rdflib(graph, question.text, bound) == rows


@pytest.mark.parametrize("path", REAL, ids=name_of)
def test_the_shipped_graph_gives_the_rows_that_follow_from_the_facts(
    path: Path,
    asked: Mapping[str, Question],
    store_of_facts: ox.Store,
    of_facts: Graph,
    real: Snapshot,
    oxigraph: Ask,
    rdflib: Callable[[Graph, str, Mapping[str, str]], list[Row]],
) -> None:
    question = asked[path.parent.parent.name]
    bound = bindings(path, question)
    assert bound == question.bind({name: path_value(path) for name in bound}, real)
    rows = oxigraph(store_of_facts, question.text, bound)
    head, expected = table(path)
    places = [columns(question).index(name) for name in head]
    assert sorted({tuple(shown(row[at]) for at in places) for row in rows}) == sorted(expected)
    assert rdflib(of_facts, question.text, bound) == rows


def test_nothing_that_the_facts_know_has_left_the_folder(
    real: Snapshot, facts: frozenset[str]
) -> None:
    assert facts - real.documents.keys() == set()


def path_value(path: Path) -> str:
    """The value in the name of a file."""
    return unquote(path.stem.partition("=")[2])


@pytest.mark.parametrize("path", GIVEN, ids=name_of)
def test_each_row_rests_on_a_statement_without_which_it_is_gone(
    path: Path, asked: Mapping[str, Question], oxigraph: Ask
) -> None:
    question = asked[path.parent.name]
    bound = bindings(path, question)
    store = given(question.name)
    rows = {*oxigraph(store, question.text, bound)}
    for quad in [*store]:
        store.remove(quad)
        rows -= rows - {*oxigraph(store, question.text, bound)}
        store.add(quad)
    assert not rows


@every_question
def test_on_the_shipped_graph_too_the_first_row_rests_on_a_statement(
    name: str, asked: Mapping[str, Question], store: ox.Store, oxigraph: Ask
) -> None:
    question = asked[name]
    row = oxigraph(store, question.text, {})[0]
    assert any(gone(oxigraph, store, quad, question, row) for quad in about(store, row))


def about(store: ox.Store, row: Row) -> Iterator[ox.Quad]:
    """The statements about the things in a row, and those that refer to them."""
    for thing in [ox.NamedNode(value[0]) for value in row if value and value[1] == "iri"]:
        yield from [*store.quads_for_pattern(thing, None, None)]
        yield from [*store.quads_for_pattern(None, None, thing)]


def gone(oxigraph: Ask, store: ox.Store, quad: ox.Quad, question: Question, row: Row) -> bool:
    """Whether the row is not there without the statement."""
    store.remove(quad)
    rows = oxigraph(store, question.text, {})
    store.add(quad)
    return row not in rows


@every_question
def test_every_question_has_an_answer_with_and_without_its_parameters(
    name: str, asked: Mapping[str, Question], store: ox.Store, real: Snapshot, oxigraph: Ask
) -> None:
    question = asked[name]
    assert len(oxigraph(store, question.text, {})) >= FLOORS[name] > 0
    for param in question.params:
        bound = question.bind({param.name: param.example}, real)
        assert oxigraph(store, question.text, bound), param.name


@every_question
def test_the_order_decides_every_tie(
    name: str, asked: Mapping[str, Question], store: ox.Store, oxigraph: Ask
) -> None:
    question = asked[name]
    keys = set(re.findall(r"\?(\w+)", question.text.rpartition("ORDER BY")[2]))
    places = [columns(question).index(key) for key in keys]
    rows = oxigraph(store, question.text, {})
    assert len({tuple(row[at] for at in places) for row in rows}) == len(rows)


@every_question
def test_a_question_says_what_it_asks_and_names_its_columns(
    name: str, asked: Mapping[str, Question], oxigraph: Ask
) -> None:
    question = asked[name]
    assert question.summary.endswith("?")
    assert re.fullmatch(r"CQ-\d\d", question.question)
    assert not re.search(r"SELECT\s+(DISTINCT\s+)?\*|GROUP_CONCAT", question.text)
    assert all(param.kind and param.example and param.label for param in question.params)
    assert {param.name for param in question.params} <= {*columns(question)}
    first = oxigraph(given(name), question.text, {})[0][0]
    assert first is not None
    assert first[1] == "iri"


@every_question
def test_a_question_has_a_made_up_graph_and_expected_rows(
    name: str, asked: Mapping[str, Question]
) -> None:
    filled = {path.stem.partition("=")[0] for path in GIVEN if path.parent.name == name}
    assert {"all", *(param.name for param in asked[name].params)} == filled
    assert any(path.parent.parent.name == name for path in REAL)


# What a case, initiative or participation says of itself, and what is about the statement.
SPARED = {RDF.type, DCTERMS.identifier, DCTERMS.source} | {
    namespaces.WIJK[name] for name in ("case", "basis", "status")
}


def test_everything_about_a_case_is_every_statement_with_its_note(
    asked: Mapping[str, Question], store: ox.Store, union: Graph, oxigraph: Ask
) -> None:
    question = asked["everything-about-a-case"]
    rows = oxigraph(store, question.text, {})
    answered = {tuple(each and each[0] for each in row[1:4]) for row in rows}
    noted = {(row[1], row[-1]) for row in rows}
    for case in union.subjects(RDF.type, namespaces.WIJK.Case):
        parts = union.subjects(namespaces.WIJK.case, case)
        for thing in (case, *union.objects(case, SDO.about), *parts):
            for relation, value in union.predicate_objects(thing):
                told = (str(thing), str(relation), str(value))
                assert relation in SPARED or told in answered
        for evidence in union.subjects(RDF.subject, case):
            note = union.value(evidence, SKOS.note)
            kind = str(union.value(evidence, namespaces.WIJK.status)).rpartition("/")[2]
            if note is not None and kind != "candidate":
                assert ((str(case), "iri", ""), (str(note), "nl", "")) in noted


def test_no_number_is_used_twice(asked: Mapping[str, Question]) -> None:
    numbers = [question.question for question in asked.values()]
    assert len({*numbers}) == len(numbers) >= 24


def test_every_class_and_property_of_the_ontology_is_asked_for(
    asked: Mapping[str, Question],
) -> None:
    ontology = Graph().parse(ROOT / "ontology" / "wijk.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    terms = {term for kind in kinds for term in ontology.subjects(RDF.type, kind)}
    own = {str(term).partition("#")[2] for term in terms if str(term) in namespaces.WIJK}
    text = "\n".join(question.text for question in asked.values())
    assert own - {*re.findall(r"\bwijk:(\w+)", text)} == set()


def test_the_page_about_the_questions_lists_each_with_a_command(
    asked: Mapping[str, Question],
) -> None:
    page = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    before_the_table = page.partition("| CQ-01")[0]
    assert "`.venv/bin/wijk`" in before_the_table
    assert "`source .venv/bin/activate`" in before_the_table
    for question in asked.values():
        assert f"| {question.question} | {question.summary} |" in page
        words = [f"{param.name}={param.example}" for param in question.params[:1]]
        assert f"`{' '.join(['wijk ask', question.name, *words])}`" in page
