"""Every constraint in use has a plain sentence, in Dutch and in English."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import SH, Graph, Literal, URIRef
from wijk.checking import Finding
from wijk.checking.findings import Other
from wijk.checking.lookup import Whole
from wijk.checking.messages import TABLE, Plain, fields, level, sentence, table
from wijk.errors import GraphFolderError
from wijk.snapshot import Snapshot

from .small import CHECKS, ROOT

SHAPE = "https://w3id.org/wijk/shape#"
# Parameters of SHACL that are no constraint, or that belong to another one.
NO_CONSTRAINT = {
    *("path", "name", "description", "order", "group", "severity", "message", "property"),
    *("qualifiedValueShape", "deactivated", "defaultValue", "flags"),
}
IN_PYTHON = {
    *("turtle-syntax", "base", "prefix", "dangling", "unknown-term", "ill-typed", "blank-node"),
    *("thing-in-two-documents", "stamp", "log-line", "unpublished", "published-gone"),
    *("withdrawn-still-told", "question-file"),
    *("source-astray", "source-gone", "source-gone-kept", "source-silent", "source-moved"),
}
TYPES = ("date", "gYear", "integer", "nonNegativeInteger", "boolean", "")
JARGON = re.compile(
    r"\b(sh|dcterms|schema|wijk|rdf|skos|xsd|prov|geo):|[a-z](?:Count|Kind|Lang)\b"
    r"|datatype|\bIRI\b|\bURI\b|(?<!\w)@[a-z]|\^\^|\[0-9\]|[.][*]|</?\w|\bTurtle\b|\btriple|\bXML\b"
    r"|\bbestand\b|\bfile\b|`|w3id[.]org|XMLSchema|\bquotes\b|aanhalingsteken|\btrue\b|\bfalse\b"
)
SLOT = re.compile(r"\{(\w+)\}")


@pytest.fixture(scope="module")
def plain(shipped: Snapshot) -> Plain:
    """What says findings about the shipped graph in plain sentences."""
    return Plain(shipped, Whole(shipped))


def in_use(shapes: Graph, reporting: set[URIRef]) -> set[tuple[str, str]]:
    """Each shape with each of its constraints, and each rule."""
    constraints = {
        (str(shape).removeprefix(SHAPE), str(said).removeprefix(str(SH)))
        for shape in reporting
        for said in shapes.predicates(shape)
        if str(said).startswith(str(SH))
    }
    found = {(shape, said) for shape, said in constraints if said not in NO_CONSTRAINT}
    found |= {(path.stem, "") for path in CHECKS.glob("*.rq")}
    return found | {(rule, "") for rule in IN_PYTHON} | {("ill-typed", name) for name in TYPES}


def test_every_constraint_in_use_has_a_sentence_and_no_other_has(
    shapes: Graph, reporting: set[URIRef]
) -> None:
    assert table(ROOT).keys() == in_use(shapes, reporting)


def test_the_rules_in_python_are_those_that_the_check_makes() -> None:
    sources = (ROOT / "server" / "wijk" / "checking").glob("*.py")
    made = re.compile(r'(?:[Ff]inding\(\s*|rule(?:: str)?\s?=\s?|return )"([\w-]+)"')
    text = "\n".join(path.read_text() for path in sources)
    elsewhere = {"turtle-syntax", "thing-in-two-documents"}  # who reads files tells them
    assert {*made.findall(text)} | elsewhere == IN_PYTHON


def test_no_row_stands_twice_and_each_is_in_both_languages() -> None:
    with (ROOT / TABLE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert len({tuple(row[:2]) for row in rows}) == len(rows)
    assert [row for row in rows if len(row) != 4 or not all(row[2:])] == []


def test_sentences_are_plain_and_say_je() -> None:
    for rule, said in table(ROOT).items():
        for text in said.values():
            assert not JARGON.search(text), rule
            assert text[0].isupper() or text.startswith("“{"), rule
            assert text[-1] in ".?", rule
            assert not set(text) & {'"', "'"}, rule
            assert set(SLOT.findall(text)) <= {"value", "field", "thing", "other"}, rule
        assert not re.search(r"\b(u|uw)\b", said["nl"], re.IGNORECASE), rule
        assert len(set(map(str, map(set, map(SLOT.findall, said.values()))))) == 1, rule


def test_the_test_of_jargon_sees_it() -> None:
    told = ("Zet @nl erbij", "minCount 1", "dcterms:title", "^[0-9]{4}", "een bestand", "een IRI")
    assert [text for text in told if not JARGON.search(text)] == []


def test_a_sentence_names_things_as_people_do(plain: Plain, shipped: Snapshot) -> None:
    theme = f"{shipped.base}id/theme/ontmoetn"
    case = f"{shipped.base}id/case/boefjes-en-baristas"
    finding = Finding(
        f"{SHAPE}Case-theme-list",
        "violation",
        {"nl": "", "en": ""},
        thing=case,
        property="http://purl.org/dc/terms/subject",
        value=f"<{theme}>",
        nearest=("theme:ontmoeting",),
        constraint="node",
    )
    said = plain.said(finding)
    assert sentence(said, "nl") == (
        "“ontmoetn” staat niet in de lijst met thema’s. Kies iets uit die lijst. "
        "Bedoel je “ontmoeting”?"
    )
    assert said.field == {"nl": "thema", "en": "theme"}
    assert said.suggested == ("ontmoeting",)
    other = replace(finding, rule="number-twice", constraint="", value='"7"', nearest=())
    second = f"{shipped.base}id/case/krachtstation-kanaleneiland"
    told = plain.said(replace(other, other=Other(f"<{second}>")))
    both = f"van “{shipped.labels[case]}” en van “{shipped.labels[second]}”"
    assert sentence(told, "nl") == f"Nummer 7 is {both}. Geef een van de twee een ander nummer."


def test_dates_are_written_as_people_do_and_long_texts_are_cut(plain: Plain) -> None:
    day = '"2027-02-03"^^<http://www.w3.org/2001/XMLSchema#date>'
    finding = Finding("date-in-future", "violation", {"nl": "", "en": ""}, value=day)
    assert sentence(plain.said(finding), "nl").startswith("“3 februari 2027” ligt")
    assert sentence(plain.said(finding), "en").startswith("“3 February 2027” lies")
    long = plain.said(replace(finding, value=f'"{"lang " * 100}"'))
    assert len(sentence(long, "nl")) < 150


def test_a_slot_in_a_value_is_not_filled(plain: Plain) -> None:
    finding = Finding("date-in-future", "violation", {"nl": "", "en": ""}, value='"{field}"')
    assert "(field}" in sentence(plain.said(finding), "nl")


def test_what_has_no_row_says_what_it_says_to_who_edits_turtle(plain: Plain) -> None:
    finding = Finding(f"{SHAPE}Other", "warning", {"nl": "Vul in.", "en": "Fill in."})
    assert sentence(finding, "nl") == sentence(plain.said(finding), "nl") == "Vul in."
    assert level(finding, "nl") == "let op"


def test_a_table_with_other_columns_is_told(tmp_path: Path) -> None:
    assert table(tmp_path) == {}
    (tmp_path / "shapes").mkdir()
    (tmp_path / TABLE).write_text("rule,text\n")
    with pytest.raises(GraphFolderError, match="other columns"):
        table(tmp_path)


@pytest.mark.parametrize("said", [("Titel@nl", "Title@en"), ("Title@en", "Titel@nl")])
def test_a_field_is_named_in_dutch_first_whatever_comes_first_in_its_shape(
    said: tuple[str, ...],
) -> None:
    shape, path = URIRef(f"{SHAPE}title"), URIRef("https://example.org/title")
    graph = Graph().add((shape, SH.path, path))
    for text, lang in (each.split("@") for each in said):
        graph.add((shape, SH.name, Literal(text, lang=lang)))
    assert [*fields(graph)["", str(path)].items()] == [("nl", "Titel"), ("en", "Title")]
