"""What the command prints: findings, tables and lists. Results on stdout, messages on stderr."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from wijk.checking import Finding
from wijk.checking.places import Names
from wijk.questions import Question

WORDS = {
    "nl": {
        "violation": "fout",
        "warning": "aandacht",
        "info": "tip",
        "thing": "ding",
        "property": "veld",
        "value": "staat er",
        "allowed": "kan zijn",
        "nearest": "bedoelt u",
        "total": "{violation} fouten, {warning} aandachtspunten, {info} tips.",
    },
    "en": {
        "violation": "violation",
        "warning": "warning",
        "info": "info",
        "thing": "thing",
        "property": "property",
        "value": "found",
        "allowed": "allowed",
        "nearest": "did you mean",
        "total": "{violation} violations, {warning} warnings, {info} hints.",
    },
}
_COLOURS = {"violation": "bold red", "warning": "yellow", "info": "cyan"}
_SHOWN = 12


def say(message: str) -> None:
    """A message for the person at the terminal, on stderr."""
    print(message, file=sys.stderr)


def show_findings(findings: Iterable[Finding], names: Names, language: str) -> None:
    """Each finding with what to do, where, what stands there and what may stand there."""
    console = Console(highlight=False, soft_wrap=True)
    words = WORDS[language]
    for finding in findings:
        place = finding.file + (f":{finding.line}" if finding.line else "")
        head = Text.assemble(
            (words[finding.severity], _COLOURS[finding.severity]),
            f"  {place}  ",
            (finding.rule.rpartition("#")[2], "dim"),
        )
        console.print(head)
        console.print(Text(f"    {_message(finding, language)}"))
        for word, text in _details(finding, names):
            console.print(Text.assemble("    ", (f"{words[word]}: ", "dim"), text))


def total(findings: Sequence[Finding], language: str) -> str:
    """How many of each severity, in one line."""
    counts = {
        severity: sum(finding.severity == severity for finding in findings)
        for severity in ("violation", "warning", "info")
    }
    return WORDS[language]["total"].format(**counts)


def show_rows(results: bytes, names: Names) -> None:
    """SPARQL results in JSON as a table; a yes or no as a word."""
    said = json.loads(results)
    console = Console(highlight=False)
    if "boolean" in said:
        console.print("true" if said["boolean"] else "false")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    variables = said["head"]["vars"]
    for variable in variables:
        table.add_column(variable, overflow="fold")
    rows = said["results"]["bindings"]
    for row in rows:
        table.add_row(*(Text(_cell(row.get(variable), names)) for variable in variables))
    console.print(table)
    say(f"{len(rows)} rows.")


def show_questions(questions: Iterable[Question]) -> None:
    """Every prepared question: its name, what it takes and what it asks."""
    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("name", "takes", "asks"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "name")
    for question in questions:
        takes = "\n".join(f"{param.name}={param.example or '…'}" for param in question.params)
        table.add_row(Text(question.name), Text(takes), Text(question.summary))
    console.print(table)


def _message(finding: Finding, language: str) -> str:
    return finding.message.get(language) or next(iter(finding.message.values()), "")


def _details(finding: Finding, names: Names) -> Iterable[tuple[str, str]]:
    if finding.thing:
        yield "thing", names.short(finding.thing)
    if finding.property:
        yield "property", names.short(finding.property)
    if finding.value:
        value = finding.value
        iri = value.startswith("<")
        yield "value", names.short(value.strip("<>")) if iri else value.split("^^")[0]
    if finding.allowed:
        rest = len(finding.allowed) - _SHOWN
        more = f" … (+{rest})" if rest > 0 else ""
        yield "allowed", ", ".join(finding.allowed[:_SHOWN]) + more
    if finding.nearest:
        yield "nearest", ", ".join(finding.nearest)


def _cell(term: Mapping[str, str] | None, names: Names) -> str:
    if term is None:
        return ""
    return names.short(term["value"]) if term["type"] == "uri" else term["value"]
