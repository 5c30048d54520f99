"""An editor sees the cause of a fault and not what follows from it."""

import logging
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from wijk.checking import Finding
from wijk.checking.syntax import in_dutch

from .conftest import BASE, CASE, SHAPES, place, rules, shipped_rule, text_at

Find = Callable[..., list[Finding]]
Run = Callable[..., subprocess.CompletedProcess[str]]
FILE = "data/cases/pluktuin-zuid.ttl"
ABOUT = "<https://schema.org/about>"
BUNDLE_FILE = "data/bundles/een.ttl"
EVIDENCE = """
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
<#e-one> a wijk:Evidence ; rdf:subject <> ; rdf:predicate wijk:number ; rdf:object {value} .
<#e-two> a wijk:Evidence ; rdf:subject <> ; rdf:predicate wijk:number .
"""
ORPHANS = """#+ summary: Waar verwijst niets naar?
#+ severity: violation
#+ message_nl: "Verwijs hiernaar."
#+ message_en: "Refer to this."
PREFIX wijk: <https://w3id.org/wijk/def#>
SELECT ?thing WHERE {
  ?thing a wijk:Bundle . FILTER NOT EXISTS { ?referrer ?property ?thing }
} ORDER BY ?thing
"""


def test_of_an_unreadable_file_only_the_syntax_is_found(found: Find, small: Path) -> None:
    place(small, "queries/checks/orphan-document.rq", ORPHANS)
    place(small, "data/bundles/los.ttl", "<> a wijk:Bundle ; dcterms:title 'Los'@nl .")
    assert "orphan-document" in rules(found())
    findings = found(BUNDLE_FILE, '<> a wijk:Bundle\n    dcterms:title "Een"@nl .\n')
    assert rules(findings) == ["turtle-syntax", "Case-place"]


def test_of_an_unreadable_list_its_concepts_are_not_missed(found: Find) -> None:
    findings = found("ontology/concepts/theme.ttl", "theme:groen a skos:Concept\n  <x> .\n")
    assert rules(findings) == ["turtle-syntax", "Case-place"]


def test_what_is_really_absent_is_found_beside_an_unreadable_file(found: Find, small: Path) -> None:
    place(small, "data/cases/kapot.ttl", "<> a wijk:Case\n dcterms:title .")
    findings = found(FILE, CASE.replace("bundle:een", "bundle:twee"))
    assert rules(findings) == ["turtle-syntax", "dangling", "Case-place"]


def test_causes_come_first(found: Find, small: Path) -> None:
    place(small, "data/cases/zz.ttl", "<> a wijk:Case\n\n; ; .. ")
    place(small, "data/cases/aa.ttl", CASE.replace("theme:groen", "theme:greon"))
    text = (small / BUNDLE_FILE).read_text().replace("id/bundle/een>", "id/bundle/anders>")
    (small / BUNDLE_FILE).write_text(text)
    assert rules(found())[:2] == ["turtle-syntax", "base"]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ('"2020-13-02"^^xsd:date', "2020-03-31"),
        ('"2019-02-29"^^xsd:date', "2020-03-31"),
        ('"twintig"^^xsd:gYear', "vier cijfers"),
        ('"drie"^^xsd:integer', "geheel getal"),
        ('"misschien"^^xsd:boolean', "true of false"),
        ('"1,5"^^xsd:decimal', "decimal"),
    ],
)
def test_a_value_that_is_not_of_its_type_is_one_finding(
    found: Find, small: Path, caplog: pytest.LogCaptureFixture, value: str, wanted: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        findings = found(FILE, CASE.replace('"01"^^xsd:integer', value))
    assert rules(findings) == ["ill-typed", "Case-place"]
    assert value.split("^^")[0] in text_at(small, FILE, findings[0].line)
    assert value.split('"')[1] in findings[0].message["nl"]
    assert wanted in findings[0].message["nl"]
    assert findings[0].message["en"] != findings[0].message["nl"]
    assert "Traceback" not in caplog.text


def test_a_wrong_date_writes_no_traceback(wijk: Run, small: Path) -> None:
    place(small, FILE, CASE.replace('"01"^^xsd:integer', '"2020-13-02"^^xsd:date'))
    done = wijk("check", "--graph", small)
    assert done.stderr == "1 fout, 1 aandachtspunt, 0 tips.\n"


@pytest.mark.parametrize("value", ['"2020-02-29"^^xsd:date', '"2020"^^xsd:gYear', "true", "-3"])
def test_a_value_of_its_type_is_no_finding(found: Find, value: str) -> None:
    findings = found(FILE, CASE.replace('"01"^^xsd:integer', value))
    assert "ill-typed" not in rules(findings)


def test_a_wrong_value_and_its_evidence_are_one_finding(found: Find, small: Path) -> None:
    wrong = '"drie"^^xsd:integer'
    case = CASE.replace('"01"^^xsd:integer', wrong) + EVIDENCE.replace("{value}", wrong)
    findings = found(FILE, case)
    assert rules(findings) == ["ill-typed", "Case-place"]
    other = findings[0].other
    assert other is not None
    assert other.term == f"<{BASE}id/case/pluktuin-zuid#e-one>"
    assert text_at(small, FILE, other.line).startswith("<#e-one>")


def test_of_a_property_that_does_not_exist_no_source_is_asked(
    found: Find, root: Path, small: Path
) -> None:
    shipped_rule(root, small, "evidence-missing")
    findings = found(FILE, f"{CASE}\n<> wijk:onzin 3 .")
    unproven = [it for it in findings if it.rule == "evidence-missing"]
    assert {it.rule for it in findings} > {"unknown-term", "evidence-missing"}
    assert not [it for it in unproven if it.property.endswith("onzin")]


@pytest.mark.parametrize(
    ("start", "told"), [("2999", ["date-in-future"]), ("2019", ["dates-in-order"])]
)
def test_a_start_that_is_wrong_is_told_once(
    found: Find, root: Path, small: Path, start: str, told: list[str]
) -> None:
    for name in ("date-in-future", "dates-in-order"):
        shipped_rule(root, small, name)
    years = f'"{start}"^^xsd:gYear ; schema:endDate "2017"^^xsd:gYear'
    prefix = "@prefix schema: <https://schema.org/> .\n"
    findings = found(FILE, f"{prefix}{CASE}\n<> schema:startDate {years} .")
    assert [it.rule for it in findings if it.rule.startswith("date")] == told


@pytest.mark.parametrize(
    ("state", "told"), [("naam-bekend", "state-and-initiative"), ("uit-reeks", "Case-initiative")]
)
def test_an_initiative_that_is_missing_is_told_once(
    found: Find, root: Path, small: Path, state: str, told: str
) -> None:
    shipped_rule(root, small, "state-and-initiative")
    asked = SHAPES.replace("Case-place", "Case-initiative").replace("dcterms:spatial", ABOUT)
    place(small, "shapes/case.ttl", asked)
    states = "https://w3id.org/wijindewijk/id/case-state/"
    findings = found(FILE, f"{CASE}\n<> wijk:state <{states}{state}> .")
    both = ("state-and-initiative", "Case-initiative")
    assert [it for it in rules(findings) if it in both] == [told]


def test_a_type_that_does_not_exist_gets_the_nearest(found: Find) -> None:
    findings = found(FILE, CASE.replace("^^xsd:integer", "^^xsd:intiger"))
    assert (findings[0].rule, findings[0].nearest[0]) == ("unknown-term", "xsd:integer")


def test_a_prefix_for_something_else_gets_the_right_namespace_and_no_echo(found: Find) -> None:
    text = "@prefix schema: <http://schema.org/> .\n<> schema:name 'x'@nl ."
    findings = found(FILE, text + CASE)
    assert rules(findings) == ["prefix"]
    assert findings[0].allowed == ("<https://schema.org/>",)
    assert findings[0].nearest == ()


def test_a_prefix_of_ones_own_gets_the_standard_one(found: Find) -> None:
    (finding, *_) = found(FILE, "@prefix dct: <http://purl.org/dc/terms/> .\n" + CASE)
    assert (finding.rule, finding.nearest) == ("prefix", ("dcterms",))


def test_what_has_no_name_is_one_finding_with_its_file(
    found: Find, small: Path, root: Path
) -> None:
    shipped_rule(root, small, "orphan-document")
    findings = found(FILE, CASE + "[] a wijk:Place .\n")
    assert rules(findings) == ["blank-node", "Case-place"]
    assert findings[0].file == FILE
    assert text_at(small, FILE, findings[0].line).startswith("[]")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<> a wijk:Case\n  wijk:number 1 .", "; of een punt"),
        ("<> a casus:Case .", "het voorvoegsel casus: is niet opgegeven"),
        ('<> dcterms:title "Een@nl .\n', "aanhalingsteken"),
        ("<> wijk:number ; a wijk:Case .", "hier hoort een waarde"),
        ("<> a wijk:Case ;", "houdt te vroeg op"),
        ('<> dcterms:title "E\\q"@nl .', "backslash"),
        ("<#e a wijk:Case ;\n  dcterms:subject <> a wijk:Case .", "geen adres"),
    ],
)
def test_a_syntax_error_is_told_in_dutch(found: Find, small: Path, text: str, said: str) -> None:
    finding = found("data/cases/kapot.ttl", text)[0]
    assert finding.rule == "turtle-syntax"
    assert said in finding.message["nl"]
    assert not re.search(r"expected|found|bound|\bnot\b|de lezer", finding.message["nl"])
    assert finding.line is not None


def test_a_rare_syntax_error_is_quoted() -> None:
    assert in_dutch("odd thing, at 'x'") == "de lezer zegt “odd thing”, bij 'x'"
