"""A finding says where, what stands there, what may stand there and what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph
from rdflib.compare import isomorphic
from wijk import snapshot, turtle
from wijk.checking import Finding, check, narrowed, report
from wijk.engine.local import LocalStore

from .conftest import BASE, CASE, place, rules

Find = Callable[..., list[Finding]]
FILE = "data/cases/pluktuin-zuid.ttl"


def test_the_small_graph_has_one_warning(found: Find) -> None:
    assert [(finding.severity, *rules([finding])) for finding in found()] == [
        ("warning", "Case-place")
    ]


def test_a_finding_stands_at_its_line_and_names_the_nearest(found: Find, small: Path) -> None:
    (finding,) = narrowed(found(FILE, CASE.replace("theme:groen", "theme:greon")), [FILE])[:1]
    lines = (small / FILE).read_text().splitlines()
    assert finding.file == FILE
    assert finding.line is not None
    assert "theme:greon" in lines[finding.line - 1]
    assert finding.thing == f"{BASE}id/case/pluktuin-zuid"
    assert finding.value == f"<{BASE}id/theme/greon>"
    assert finding.allowed == ("theme:groen", "theme:jeugd")
    assert finding.nearest == ("theme:groen",)
    assert finding.message == {"nl": "Kies een thema.", "en": "Choose a theme."}


def test_a_reference_that_a_shape_already_refuses_is_one_finding(found: Find) -> None:
    findings = found(FILE, CASE.replace("theme:groen", "theme:greon"))
    assert rules(findings) == ["Case-subject", "Case-place"]


def test_a_missing_value_stands_at_the_thing(found: Find, small: Path) -> None:
    finding = found(FILE, "<> a wijk:Case ; dcterms:spatial <#hier> .\n<#hier> a wijk:Place .")[0]
    lines = (small / FILE).read_text().splitlines()
    assert rules([finding]) == ["Case-title"]
    assert finding.line is not None
    assert lines[finding.line - 1].startswith("<> a wijk:Case")


def test_a_reference_to_nothing_gets_the_nearest_thing(found: Find) -> None:
    finding = found(FILE, CASE.replace("bundle:een", "bundle:een1"))[0]
    assert (finding.rule, finding.severity) == ("dangling", "violation")
    assert finding.nearest == ("bundle:een",)
    assert "bundle:een1" in finding.message["nl"]


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        ("wijk:nummer 1", "wijk:number"),
        ("dcterms:titel 'x'@nl", "dcterms:title"),
        ("a wijk:Casus", "wijk:Case"),
        ("schema:abuot <#x>", "schema:about"),
    ],
)
def test_a_term_that_nobody_defines_gets_the_nearest(found: Find, wrong: str, nearest: str) -> None:
    findings = [
        each for each in found(FILE, f"{CASE}\n<> {wrong} .") if each.rule == "unknown-term"
    ]
    assert [finding.nearest[0] for finding in findings] == [nearest]


def test_a_rule_of_the_folder_finds_rows(found: Find) -> None:
    finding = found(FILE, CASE.replace('"01"^^xsd:integer', "13"))[-1]
    assert (finding.rule, finding.severity, finding.file) == ("number-13", "info", FILE)
    assert finding.message["en"] == "Have another look at 13."
    assert finding.value == '"13"^^<http://www.w3.org/2001/XMLSchema#integer>'


def test_a_syntax_error_is_the_first_finding(found: Find) -> None:
    finding = found("data/cases/kapot.ttl", "<> a wijk:Case\n\n; ; .. ")[0]
    assert (finding.rule, finding.file) == ("turtle-syntax", "data/cases/kapot.ttl")
    assert finding.line is not None


def test_two_files_about_one_thing_are_a_finding(found: Find) -> None:
    assert "thing-in-two-documents" in rules(found("data/cases/oud/pluktuin-zuid.ttl", CASE))


def test_a_base_that_is_not_the_files_name_is_a_finding(found: Find, small: Path) -> None:
    text = (small / FILE).read_text().replace("id/case/pluktuin-zuid>", "id/case/anders>")
    (small / FILE).write_text(text)
    finding = next(each for each in found() if each.rule == "base")
    assert (finding.file, finding.line) == (FILE, 1)
    assert f"{BASE}id/case/pluktuin-zuid" in finding.message["en"]


def test_a_prefix_for_something_else_is_worse_than_an_unknown_one(found: Find) -> None:
    text = "@prefix schema: <http://schema.org/> .\n@prefix tooi: <https://example.org/tooi/> .\n"
    findings = [each for each in found(FILE, text + CASE) if each.rule == "prefix"]
    assert [each.severity for each in findings] == ["violation", "warning"]


def test_a_file_from_elsewhere_is_checked_with_the_graph(
    found: Find, small: Path, tmp_path: Path
) -> None:
    path = place(tmp_path, "cases/nieuw.ttl", CASE.replace("bundle:een", "bundle:twee"))
    findings = narrowed(found(extra=(path,)), [path.as_posix()])
    assert rules(findings) == ["dangling", "Case-place"]


def test_findings_come_worst_first(found: Find) -> None:
    text = CASE.replace('"01"^^xsd:integer', "13").replace("bundle:een", "bundle:twee")
    severities = [finding.severity for finding in found(FILE, text)]
    assert severities == ["violation", "warning", "info"]


def test_narrowed_to_a_folder_only_that_folder_is_left(found: Find) -> None:
    findings = found("data/bundles/een.ttl", "<> a wijk:Bundle ; wijk:kleur 'x'@nl .")
    assert {finding.file for finding in narrowed(findings, ["data/cases/"])} == {FILE}
    assert narrowed(findings, ["."]) == findings


def test_findings_are_a_shacl_report(found: Find) -> None:
    findings = found(FILE, CASE.replace("theme:groen", "theme:greon"))
    graph = report(findings)
    body = turtle.serialize(graph, turtle.TURTLE)
    assert isomorphic(Graph().parse(data=body, format="turtle"), graph)
    assert len(list(graph.subjects(RDF.type, SH.ValidationResult))) == len(findings)
    assert not next(graph.objects(None, SH.conforms)).toPython()


def test_a_check_changes_nothing(small: Path) -> None:
    reading = snapshot.read(small)
    before = reading.snapshot.nquads(), len(reading.snapshot.union)
    check(reading, LocalStore(before[0]).rows)
    assert (reading.snapshot.nquads(), len(reading.snapshot.union)) == before
