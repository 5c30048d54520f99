"""A file with a question that cannot be used is a finding: where, what is wrong, what to do."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from wijk.checking import Finding

Find = Callable[..., list[Finding]]
FILE = "queries/questions/vraag.rq"
GOOD = "#+ summary: Welke?\n#+ params: [theme]\n\nSELECT ?theme { ?theme ?p ?o }\n"


def about(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.rule == "question-file"]


@pytest.mark.parametrize("folder", ["questions", "geosparql", "pages"])
@pytest.mark.parametrize(
    ("text", "line", "english", "dutch"),
    [
        (GOOD.replace("{ ?theme", "{ theme"), 4, "This is not SPARQL", "de lezer zegt"),
        (GOOD.replace("SELECT ?theme {", "ASK { SERVICE <x:y> {") + "}", 4, "SERVICE", "SERVICE"),
        (GOOD.replace("[theme]", "[theme"), 2, "is not YAML", "is geen YAML"),
        ("# een opmerking\n#+ a: b: c\n" + GOOD, 2, "is not YAML", "is geen YAML"),
        (GOOD.replace("summary", "samenvatting"), 1, "no summary", "geen samenvatting"),
        (GOOD.replace("[theme]", "theme"), 1, "must be a list", "geen lijst"),
        (GOOD.replace("[theme]", "[{kind: theme}]"), 1, "needs a name", "een naam nodig"),
        (GOOD.replace("[theme]", "[{name: x, kleur: y}]"), 1, "no kleur", "geen kleur"),
        ("", 1, "no summary", "geen samenvatting"),
    ],
)
def test_a_question_that_cannot_be_used_is_a_finding(
    found: Find, folder: str, text: str, line: int, english: str, dutch: str
) -> None:
    name = FILE.replace("questions", folder)
    [finding] = about(found(name, text))
    assert (finding.file, finding.line, finding.severity) == (name, line, "violation")
    assert english in finding.message["en"]
    assert dutch in finding.message["nl"]
    assert finding.message["en"].endswith("Correct the file, or remove it.")
    assert finding.message["nl"].endswith("Verbeter het bestand of haal het weg.")


def test_a_question_that_is_no_text_or_no_file_is_a_finding(found: Find, small: Path) -> None:
    place = small / FILE
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"#+ summary: caf\xe9\nASK {}")
    [finding] = about(found())
    assert "geen tekst in UTF-8" in finding.message["nl"]
    place.unlink()
    os.mkfifo(place)
    [finding] = about(found())
    assert "een pijp" in finding.message["nl"]


def test_a_good_question_is_no_finding(found: Find) -> None:
    assert about(found(FILE, GOOD)) == []
