"""What the command prints: findings, tables and lists. Results on stdout, messages on stderr.

Tables and colours are imported where they are needed: a server that starts has neither.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TextIO

from wijk.characters import visible
from wijk.checking import Finding
from wijk.checking.findings import SEVERITIES
from wijk.checking.places import Names
from wijk.counting import counted
from wijk.questions import Question
from wijk.web.outcome import Good, Outcome, Same

WORDS = {
    "nl": {
        "violation": "fout",
        "warning": "let op",
        "info": "tip",
        "thing": "ding",
        "property": "veld",
        "value": "staat er",
        "allowed": "kan zijn",
        "nearest": "bedoel je",
        "other": "en",
        "empty": "(leeg)",
        "nothing": "niets",
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
        "other": "and",
        "empty": "(empty)",
        "nothing": "nothing",
    },
}
# One, and more or none.
_COUNTED = {
    "nl": (("fout", "fouten"), ("aandachtspunt", "aandachtspunten"), ("tip", "tips")),
    "en": (("violation", "violations"), ("warning", "warnings"), ("hint", "hints")),
}
_COLOURS = {"violation": "bold red", "warning": "yellow", "info": "cyan"}
_SHOWN = 12
_APART = ("maxCount", "minInclusive", "uniqueLang")


def say(message: str) -> None:
    """A message for the person at the terminal, on stderr."""
    sys.stdout.flush()  # so that what came before also stands before
    print(_lines(message), file=sys.stderr)


def tell_line(line: str) -> None:
    """One line of a result, on stdout; what a terminal would obey in it is made visible."""
    print(visible(line))


def show_findings(
    findings: Iterable[Finding], names: Names, language: str, aside: bool = False
) -> None:
    """Each finding with what to do, where, what stands there and what may stand there.

    On stdout; `aside` is on stderr, for who is doing something else.
    """
    stream = sys.stderr if aside else sys.stdout
    coloured = stream.isatty() or os.environ.get("FORCE_COLOR")
    put = _in_colour(aside) if coloured else partial(_in_plain, stream)
    for finding in findings:
        for line in _lines_about(finding, names, language):
            put(line)


_Line = tuple[tuple[str, str], ...]
"""Pieces of a line, each with its style."""


def _lines_about(finding: Finding, names: Names, language: str) -> Iterator[_Line]:
    words = WORDS[language]
    place = visible(finding.file) + (f":{finding.line}" if finding.line else "")
    yield (
        (words[finding.severity], _COLOURS[finding.severity]),
        (f"  {place}  ", ""),
        (visible(finding.rule.rpartition("#")[2]), "dim"),
    )
    yield ((f"    {_lines(_message(finding, language))}", ""),)
    for word, text in _details(finding, names, words):
        yield ("    ", ""), (f"{words[word]}: ", "dim"), (visible(text), "")


def _in_plain(stream: TextIO, line: _Line) -> None:
    print("".join(text for text, _ in line), file=stream)


def _in_colour(aside: bool) -> Callable[[_Line], None]:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True, stderr=aside)
    return lambda line: console.print(Text.assemble(*line))


def tell(outcome: Outcome) -> None:
    """What became of the folder that is served, on stderr."""
    if isinstance(outcome, Good):
        say(f"The folder changed: {counted(outcome.count, 'document')}. That is live.")
    elif isinstance(outcome, Same):
        say("The folder is again as it is served.")
    elif outcome.message:
        say(f"wijk: {outcome.message} What was served before stays.")
    else:
        show_findings(outcome.findings, Names(outcome.prefixes), "nl", aside=True)
        say(f"{total(outcome.findings, 'nl')} What was served before stays; correct this first.")


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that goes along with a count, on stderr; nothing where there is no terminal."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def total(findings: Sequence[Finding], language: str) -> str:
    """How many of each severity, in one line."""
    said = []
    for severity, (one, more) in zip(SEVERITIES, _COUNTED[language], strict=True):
        count = sum(finding.severity == severity for finding in findings)
        said.append(f"{count} {one if count == 1 else more}")
    return ", ".join(said) + "."


def show_rows(results: bytes, names: Names) -> None:
    """SPARQL results in JSON as a table; a yes or no as a word."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

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
    say(f"{counted(len(rows), 'row')}.")


def show_questions(questions: Iterable[Question]) -> None:
    """Every prepared question: its name, what it takes and what it asks."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("name", "takes", "asks"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "name")
    for question in questions:
        takes = "\n".join(f"{param.name}={param.example or '…'}" for param in question.params)
        table.add_row(Text(question.name), Text(takes), Text(question.summary))
    console.print(table)


def _message(finding: Finding, language: str) -> str:
    """What it says to who edits Turtle; what several things are said of at once is told apart."""
    if finding.constraint in _APART and finding.sentence:
        return finding.sentence[language]
    return finding.message.get(language) or next(iter(finding.message.values()), "")


def _details(finding: Finding, names: Names, words: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    if finding.thing and not finding.thing.startswith("_:"):
        yield "thing", names.short(finding.thing)
    if finding.property:
        yield "property", names.short(finding.property)
    if finding.value:
        yield "value", _shown(finding.value, names, words)
    elif finding.missing:
        yield "value", words["nothing"]
    if finding.other:
        line = f":{finding.other.line}" if finding.other.line else ""
        place = f"  {finding.other.file}{line}" if finding.other.file else ""
        yield "other", _shown(finding.other.term, names, words) + place
    if finding.allowed:
        rest = len(finding.allowed) - _SHOWN
        more = f" … (+{rest})" if rest > 0 else ""
        yield "allowed", ", ".join(finding.allowed[:_SHOWN]) + more
    if finding.nearest:
        yield "nearest", ", ".join(finding.nearest)


def _shown(term: str, names: Names, words: Mapping[str, str]) -> str:
    if term.startswith("<"):
        return names.short(term.strip("<>"))
    literal = term.split("^^")[0]
    return f"{literal} {words['empty']}" if literal.startswith('""') else literal


def _cell(term: Mapping[str, str] | None, names: Names) -> str:
    if term is None:
        return ""
    return _lines(names.short(term["value"]) if term["type"] == "uri" else term["value"])


def _lines(text: str) -> str:
    """The text as it may go to a terminal, its lines kept."""
    return "\n".join(map(visible, text.split("\n")))
