"""Whole-graph rules: each file in queries/checks is one; any row it finds is a finding.

After a change, a rule whose header says where to look is asked of what changed alone:

- `changed: thing other`: a new row has, in one of these variables, a thing of which a statement
  came or went;
- `about: thing`: or what such a thing is evidence about (its rdf:subject);
- `named: thing`: or anything that such a thing refers to.

A warning that does not say where to look is asked about the things that changed.

That holds when every triple pattern has one of these variables for its subject; a pattern inside
NOT EXISTS or MINUS with a subject of its own has one where that refers to it. A rule that does not
say it is asked of everything.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rdflib import Literal, URIRef

from wijk import turtle
from wijk.checking.findings import SEVERITIES, Finding, term
from wijk.checking.places import Names, Places
from wijk.errors import QueryRefused, QuestionFileError
from wijk.questions import header

Row = Mapping[str, str]
# Query text in, rows out; every value an N-Triples term.
Ask = Callable[[str], Iterable[Row]]
_SHOWN = ("thing", "property", "value", "other")
_WHERE = ("changed", "about", "named")
_THING = re.compile(r"[?$]thing\b")


@dataclass(frozen=True)
class Touched:
    """What a change touches, as terms, by what a rule calls it; and how to ask of it alone."""

    among: Callable[[str, str, Collection[str]], Iterable[Row]]
    terms: Mapping[str, Collection[str]]

    def variables(self, said: Mapping[str, object]) -> dict[str, set[str]]:
        """The terms to look for in each variable, as the header of a rule says; else nothing."""
        found: dict[str, set[str]] = {}
        for where in _WHERE:
            for name in str(said.get(where, "")).split():
                found.setdefault(name, set()).update(self.terms[where])
        if not found and said.get("severity") == "warning":
            found["thing"] = set(self.terms["changed"])
        return found


@dataclass(frozen=True)
class Near:
    """Some things, as terms, and how to ask of them alone what a rule finds."""

    among: Callable[[str, str, Collection[str]], Iterable[Row]]
    terms: Collection[str]

    def rows(self, text: str, ask: Ask) -> Iterable[Row]:
        """The rows about these things; all of them, when a query tells of no thing."""
        if not _THING.search(text):
            return ask(text)
        try:
            return self.among(text, "thing", self.terms) if self.terms else []
        except QueryRefused:  # such as one that works out which thing it is
            return [row for row in ask(text) if row.get("thing") in self.terms]


@dataclass(frozen=True)
class Rule:
    """One file in queries/checks: its query, and what its header says."""

    path: Path
    severity: str
    messages: Mapping[str, str]
    said: Mapping[str, object]
    text: str


def read(folder: Path) -> list[Rule]:
    """The rules in a folder, by the names of their files.

    Raises:
        QuestionFileError: a rule that cannot be read, or without a severity or messages.
    """
    return [_rule(path) for path in sorted(folder.glob("*.rq"))]


def _rule(path: Path) -> Rule:
    said, text = header(path)
    severity = said.get("severity", "violation")
    messages = {lang: str(said.get(f"message_{lang}") or "") for lang in ("nl", "en")}
    if severity not in SEVERITIES or not all(messages.values()):
        raise QuestionFileError(path, "a check needs a severity, a message_nl and a message_en")
    return Rule(path, severity, messages, said, text)


@contextmanager
def ahead(rules: Iterable[Rule], ask: Ask) -> Iterator[Ask]:
    """The same answers, sooner: every rule is asked while other things are done.

    An engine answers outside the interpreter, so that another processor does it; while one answer
    waits for the interpreter, the next is worked out.
    """
    with ThreadPoolExecutor(max_workers=2) as beside:
        asked = {rule.text: beside.submit(ask, rule.text) for rule in rules}
        try:
            yield lambda text: asked[text].result()
        finally:
            beside.shutdown(cancel_futures=True)


def findings(
    rules: Iterable[Rule],
    ask: Ask,
    places: Places,
    names: Names,
    wanted: Collection[str] = SEVERITIES,
    touched: Touched | Near | None = None,
) -> Iterator[Finding]:
    """One finding per row, for every rule, or those of the wanted severities.

    Of everything, of what a change touches, or of some things.

    Raises:
        QuestionFileError: a rule that is no query.
    """
    for rule in rules:
        if rule.severity not in wanted:
            continue
        try:
            rows = _rows(rule, ask, touched)
        except QueryRefused as error:
            raise QuestionFileError(rule.path, str(error)) from error
        for row in rows:
            if row.get("thing", "").startswith("_:"):
                continue  # the store's own name for it; that it has none is a finding already
            yield _finding(rule, row, places, names)


def _rows(rule: Rule, ask: Ask, touched: Touched | Near | None) -> Iterable[Row]:
    if isinstance(touched, Near):
        return touched.rows(rule.text, ask)
    variables = touched.variables(rule.said) if touched else {}
    if touched is None or not variables:
        return ask(rule.text)
    rows = [
        row
        for name, terms in variables.items()
        if terms
        for row in touched.among(rule.text, name, terms)
    ]
    return sorted(rows, key=lambda row: [row.get(name, "") for name in _SHOWN])


def _finding(rule: Rule, row: Row, places: Places, names: Names) -> Finding:
    terms = {name: term(text) for name, text in row.items() if text}
    thing, property, value = (terms.get(name) for name in ("thing", "property", "value"))
    shown = {
        name: str(node) if isinstance(node, Literal) else names.short(node)
        for name, node in terms.items()
    }
    about = (thing or URIRef(""), property, value)
    place = places.of(*about)
    other = terms.get("other")
    return Finding(
        rule=rule.path.stem,
        severity=rule.severity,
        message={lang: _filled(text, shown) for lang, text in rule.messages.items()},
        file=place.file,
        line=place.line,
        thing=str(thing or ""),
        property=str(property or ""),
        value=turtle.term(value) if isinstance(value, URIRef | Literal) else "",
        other=places.other(other, *about) if other is not None else None,
        missing=property is not None and places.missing(about[0], property),
    )


def _filled(message: str, shown: Mapping[str, str]) -> str:
    for name in _SHOWN:
        message = message.replace(f"{{{name}}}", shown.get(name, ""))
    return message
