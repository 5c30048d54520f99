"""A finding names both halves of what it is about, each on the line where it stands."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from rdflib import SH
from wijk.checking import Finding, narrowed, report

from .conftest import BASE, CASE, place, rules, shipped_rule, text_at

Find = Callable[..., list[Finding]]
Run = Callable[..., subprocess.CompletedProcess[str]]
FILE = "data/cases/pluktuin-zuid.ttl"
EVIDENCE = """
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
<#e-one> a wijk:Evidence ; rdf:subject <> ; rdf:predicate wijk:number ; rdf:object {value} .
<#e-two> a wijk:Evidence ; rdf:subject <> ; rdf:predicate wijk:number .
"""
EVIDENCE_RULE = """#+ summary: Welke onderbouwing is er te veel?
#+ severity: violation
#+ message_nl: "Haal er een weg."
#+ message_en: "Remove one."
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?thing ?property ?other
WHERE { ?other rdf:subject ?thing ; rdf:predicate ?property } ORDER BY ?other
"""
NUMBERS = """#+ summary: Welk nummer hebben twee casussen?
#+ severity: violation
#+ message_nl: "Geef een van de twee een ander nummer."
#+ message_en: "Give one of the two another number."
PREFIX wijk: <https://w3id.org/wijk/def#>
SELECT ?thing ?property ?value ?other WHERE {
  ?thing wijk:number ?value . ?other wijk:number ?value . FILTER (STR(?thing) < STR(?other))
  BIND (wijk:number AS ?property)
} ORDER BY ?thing ?other
"""


def test_a_finding_about_two_things_names_both_with_their_places(
    found: Find, small: Path, wijk: Run
) -> None:
    place(small, "queries/checks/number-twice.rq", NUMBERS)
    place(small, "data/cases/tweede.ttl", CASE)
    finding = found()[0]
    assert finding.rule == "number-twice"
    assert finding.other is not None
    assert finding.other.term == f"<{BASE}id/case/tweede>"
    assert finding.other.file == "data/cases/tweede.ttl"
    assert text_at(small, finding.other.file, finding.other.line).startswith("wijk:number")
    said = wijk("check", "--graph", small).stdout
    shown = f"<{BASE}id/case/tweede>"
    assert re.search(rf"en: (case:tweede|{shown})  data/cases/tweede.ttl:\d+\n", said)
    assert narrowed([finding], ["data/cases/tweede.ttl"]) == [finding]
    assert len(list(report([finding]).subject_objects(SH.detail))) == 1


def test_two_pieces_of_evidence_are_two_findings(found: Find, small: Path) -> None:
    place(small, "queries/checks/evidence.rq", EVIDENCE_RULE)
    findings = [
        finding
        for finding in found(FILE, CASE + EVIDENCE.replace("{value}", '"01"^^xsd:integer'))
        if finding.rule == "evidence"
    ]
    others = [finding.other for finding in findings if finding.other]
    assert [other.term[-7:] for other in others] == ["#e-one>", "#e-two>"]
    for other in others:
        assert text_at(small, FILE, other.line).startswith(f"<{other.term[-7:]}")


def test_a_thing_in_two_documents_is_one_finding_with_both_files(
    found: Find, small: Path, root: Path
) -> None:
    shipped_rule(root, small, "thing-in-two-documents")
    whole = CASE.replace("<> a", "case:pluktuin-zuid a") + EVIDENCE.replace("{value}", "2")
    place(small, FILE, CASE + EVIDENCE.replace("{value}", '"01"^^xsd:integer'))
    again = whole.replace("<#", f"<{BASE}id/case/pluktuin-zuid#")
    findings = found("data/cases/weer.ttl", again)
    assert rules(findings) == ["thing-in-two-documents"]
    assert findings[0].thing == f"{BASE}id/case/pluktuin-zuid"
    assert findings[0].files() == (FILE, "data/cases/weer.ttl")


def test_two_files_of_one_name_are_both_named(found: Find) -> None:
    findings = found("data/cases/oud/pluktuin-zuid.ttl", CASE)
    (finding,) = (each for each in findings if each.rule == "thing-in-two-documents")
    assert set(finding.files()) == {FILE, "data/cases/oud/pluktuin-zuid.ttl"}


def test_a_line_is_that_of_the_subjects_own_block(found: Find, small: Path) -> None:
    other = '<#deel> a wijk:Place ;\n    dcterms:title "Deel 13"@nl ;\n    wijk:number 13 .\n'
    findings = found(FILE, other + CASE.replace('"01"^^xsd:integer', "13"))
    lines = {each.thing: each.line for each in findings if each.rule == "number-13"}
    text = (small / FILE).read_text().splitlines()
    expected = [n for n, line in enumerate(text, 1) if "wijk:number 13" in line]
    assert [lines[f"{BASE}id/case/pluktuin-zuid{part}"] for part in ("#deel", "")] == expected


def test_an_empty_text_is_shown_as_empty_on_its_own_line(
    found: Find, small: Path, root: Path, wijk: Run
) -> None:
    shipped_rule(root, small, "empty-text")
    findings = found(FILE, CASE.replace('"Picking garden"@en', '""@en'))
    assert findings[0].rule == "empty-text"
    assert '""@en' in text_at(small, FILE, findings[0].line)
    assert 'staat er: ""@en (leeg)' in wijk("check", "--graph", small).stdout


def test_an_absent_property_is_shown_as_nothing_at_the_thing(
    found: Find, small: Path, wijk: Run
) -> None:
    finding = found()[0]
    assert (finding.rule[-10:], finding.missing) == ("Case-place", True)
    assert text_at(small, FILE, finding.line).startswith("<> a wijk:Case")
    assert "staat er: niets" in wijk("check", "--graph", small).stdout
