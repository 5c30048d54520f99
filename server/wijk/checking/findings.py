"""Findings: what a check found, where it stands, and what to do about it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from dataclasses import field as _field
from typing import Any

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from wijk import terms
from wijk.namespaces import SHAPE

SEVERITIES = ("violation", "warning", "info")
# What makes other findings come up goes first.
_FIRST = ("turtle-syntax", "base", "prefix", "thing-in-two-documents")


@dataclass(frozen=True)
class Other:
    """The other half of a finding, an N-Triples term, and where it stands."""

    term: str
    file: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Finding:
    """One result of a check.

    `value` is an N-Triples term, `allowed` and `nearest` are short names; `missing` says that the
    thing does not have the property at all. `message` is for who edits Turtle; `sentence`, `field`
    and `suggested` are for everyone (`wijk.checking.messages`).
    """

    rule: str
    severity: str
    message: Mapping[str, str]
    file: str = ""
    line: int | None = None
    thing: str = ""
    property: str = ""
    value: str = ""
    allowed: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    other: Other | None = None
    missing: bool = False
    constraint: str = ""
    field: Mapping[str, str] = _field(default_factory=dict)
    sentence: Mapping[str, str] = _field(default_factory=dict)
    suggested: tuple[str, ...] = ()

    def files(self) -> tuple[str, ...]:
        """Where it stands, both halves."""
        return (self.file, self.other.file) if self.other else (self.file,)

    def turned(self, files: Collection[str]) -> "Finding":
        """As it is seen from these files: about its other half when only that stands in them."""
        other = self.other
        if other is None or self.file in files or other.file not in files:
            return self
        half = Other(f"<{self.thing}>", self.file, self.line)
        thing = other.term.strip("<>")
        return replace(self, thing=thing, file=other.file, line=other.line, other=half)

    def rank(self) -> tuple[int | str, ...]:
        """Worst first, causes before what follows from them, then as an editor meets them."""
        worst = SEVERITIES.index(self.severity)
        first = _FIRST.index(self.rule) if self.rule in _FIRST else len(_FIRST)
        about = (self.rule, self.property, self.value, self.thing)
        other = self.other.term if self.other else ""
        return worst, first, self.file, self.line or 0, *about, other

    def as_json(self) -> dict[str, Any]:
        """The finding as plain data."""
        return asdict(self)


def report(findings: Iterable[Finding]) -> Graph:
    """The findings as a SHACL validation report."""
    graph = Graph(bind_namespaces="none")
    whole = BNode("report")
    graph.add((whole, RDF.type, SH.ValidationReport))
    conforms = True
    for number, finding in enumerate(findings, 1):
        conforms = False  # so says SHACL, of any result
        result = BNode(f"result{number}")
        graph.add((whole, SH.result, result))
        _describe(graph, result, finding)
        if finding.other:
            _detail(graph, result, finding, finding.other)
    graph.add((whole, SH.conforms, Literal(conforms)))
    return graph


def _describe(graph: Graph, result: BNode, finding: Finding) -> None:
    _judge(graph, result, finding)
    if finding.thing:
        graph.add((result, SH.focusNode, _term(finding.thing)))
    if finding.property:
        graph.add((result, SH.resultPath, URIRef(finding.property)))
    if finding.value:
        graph.add((result, SH.value, term(finding.value)))
    for language, message in finding.message.items():
        graph.add((result, SH.resultMessage, Literal(message, lang=language)))


def _judge(graph: Graph, result: BNode, finding: Finding) -> None:
    rule = finding.rule if "#" in finding.rule else f"{SHAPE}check-{finding.rule}"
    graph.add((result, RDF.type, SH.ValidationResult))
    graph.add((result, SH.resultSeverity, SH[finding.severity.capitalize()]))
    graph.add((result, SH.sourceShape, URIRef(rule)))


def _detail(graph: Graph, result: BNode, finding: Finding, other: Other) -> None:
    """The other half: another thing, or another value of the same thing."""
    detail = BNode(f"{result}other")
    graph.add((result, SH.detail, detail))
    _judge(graph, detail, finding)
    node = term(other.term)
    if isinstance(node, Literal):
        graph.add((detail, SH.focusNode, _term(finding.thing)))
        graph.add((detail, SH.value, node))
    else:
        graph.add((detail, SH.focusNode, node))


def term(text: str) -> Node:
    """An N-Triples term as rdflib has it."""
    if text.startswith("_:"):
        return _term(text)
    try:
        return terms.node(text)
    except ValueError:
        return URIRef(text)


def _term(text: str) -> URIRef | BNode:
    return BNode(text[2:]) if text.startswith("_:") else URIRef(text)
