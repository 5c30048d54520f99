"""Shapes to findings: what is broken, with what is allowed and what comes nearest."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import rdflib
from rapidfuzz import fuzz
from rdflib import RDF, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection as Items
from rdflib.term import Node

from wijk import tombstones, turtle
from wijk.checking.compiled import Compiled, Result, compiled
from wijk.checking.findings import Finding
from wijk.checking.lookup import Lookup
from wijk.checking.places import Names, Places
from wijk.checking.views import Everything
from wijk.errors import GraphFolderError
from wijk.namespaces import DASH, FIGURE, SHAPES
from wijk.snapshot import Snapshot

_SEVERITY: Mapping[Node, str] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}
# Besides its own errors, what a shape that it did not expect makes it stumble over.
_UNUSABLE = (
    *(RuntimeError, AssertionError, TypeError, ValueError, LookupError, AttributeError, re.error),
)
_SAYS = frozenset(
    {SH.name, SH.description, SKOS.example, SH.message, SH.order, SH.group}
    | {DASH.editor, DASH.hidden, DASH.singleLine}
)
# What says of which class a value is to be: a tombstone is of none.
_CLASS = ("class", "or")
_PLAINEST = ("nodeKind", "datatype", "or", "class", "node", "languageIn", "minInclusive", "pattern")
_LIST = ("in", "node", "class")


def findings(
    snapshot: Snapshot, lookup: Lookup, places: Places, names: Names, referee: bool = False
) -> Iterator[Finding]:
    """One finding for each result that stands directly under the report.

    The shapes are compiled; where they cannot be, or the referee is asked, pySHACL judges.

    Raises:
        GraphFolderError: pySHACL cannot work with these shapes; with what it says.
    """
    shapes = snapshot.documents[SHAPES].graph
    quick = None if referee else compiled(shapes)
    if quick is None:
        results = judged(snapshot.shaped, shapes, snapshot.root / "shapes")
    else:
        results = _by_functions(quick, snapshot)
    for result in _that_count(results, lookup):
        yield _finding(lookup, shapes, result, places, names)


def _by_functions(quick: Compiled, snapshot: Snapshot) -> list[Result]:
    """What they find in all documents; what they looked at is gone when it is told."""
    told = snapshot.documents.values()
    view = Everything(it for it in told if it.iri != SHAPES and it.kind != FIGURE)
    return list(quick.results(view, view.things))


def findings_about(
    results: Iterable[Result], snapshot: Snapshot, lookup: Lookup, places: Places, names: Names
) -> Iterator[Finding]:
    """The same for these results alone."""
    shapes = snapshot.documents[SHAPES].graph
    for result in _that_count(results, lookup):
        yield _finding(lookup, shapes, result, places, names)


def judged(graph: Graph, shapes: Graph, folder: Path) -> list[Result]:
    """What pySHACL finds in a graph.

    Raises:
        GraphFolderError: it cannot work with these shapes; with what it says.
    """
    report = _report(graph, shapes, folder)
    whole = report.value(None, RDF.type, SH.ValidationReport)
    return [_result(report, node) for node in report.objects(whole, SH.result)]


def _result(report: Graph, node: Node) -> Result:
    shape, thing = report.value(node, SH.sourceShape), report.value(node, SH.focusNode)
    severity = report.value(node, SH.resultSeverity)
    if shape is None or thing is None or severity is None:
        raise TypeError("pySHACL gave a result without shape, focus node or severity")
    component = str(report.value(node, SH.sourceConstraintComponent)).removeprefix(str(SH))
    name = component.removesuffix("ConstraintComponent")
    said = tuple(it for it in report.objects(node, SH.resultMessage) if isinstance(it, Literal))
    path, value = report.value(node, SH.resultPath), report.value(node, SH.value)
    return Result(shape, thing, path, value, name[:1].lower() + name[1:], severity, said)


def _that_count(results: Iterable[Result], lookup: Lookup) -> Iterator[Result]:
    """The plainest first, without that a withdrawn thing is not of a class: a rule warns."""
    for result in sorted(results, key=lambda result: _first(result.constraint)):
        if result.constraint not in _CLASS or not _is_withdrawn(result.value, lookup):
            yield result


def _first(constraint: str) -> int:
    """Of what is wrong with a value for two reasons, the plainest is told."""
    return _PLAINEST.index(constraint) if constraint in _PLAINEST else len(_PLAINEST)


def _is_withdrawn(value: Node | None, lookup: Lookup) -> bool:
    stones = map(tombstones.of, lookup.owners(value) if isinstance(value, URIRef) else ())
    return any(stone is not None and stone.thing == str(value) for stone in stones)


def _report(graph: Graph, shapes: Graph, folder: Path) -> Graph:
    # Whoever serves a folder that was checked before has no need of all this.
    import pyshacl
    import pyshacl.shape
    from pyshacl.constraints import CONSTRAINT_PARAMETERS_MAP as PARAMETERS

    # It looks for each line of a shape in a list of forty, for every value; a table knows at once.
    vars(pyshacl.shape)["CONSTRAINT_PARAMS"] = (PARAMETERS, PARAMETERS)
    logging.getLogger("pyshacl-validate").setLevel(logging.ERROR)
    as_written = rdflib.NORMALIZE_LITERALS
    try:
        _, report, _ = pyshacl.validate(graph, shacl_graph=_copied(shapes), inplace=True)
    except _UNUSABLE as error:
        said = " ".join(str(error).split()).rstrip(".") or type(error).__name__
        raise _unusable(folder, said) from error
    finally:
        rdflib.NORMALIZE_LITERALS = as_written  # pySHACL leaves it on
        vars(pyshacl.shape).pop("CONSTRAINT_PARAMS", None)  # others may need its list
    if not isinstance(report, Graph):
        raise _unusable(folder, str(report).rstrip("."))
    return report


@lru_cache(maxsize=1)
def _copied(shapes: Graph) -> Graph:
    """What constrains, for pySHACL: it looks at every triple of a shape, and adds its own."""
    # It asks them far more often than the data: a store without contexts answers sooner.
    copied = Graph("SimpleMemory", bind_namespaces="none")
    for triple in shapes:
        if triple[1] not in _SAYS:
            copied.add(triple)
    return copied


def _unusable(folder: Path, said: str) -> GraphFolderError:
    problem = f"pySHACL cannot work with these shapes. It says: {said}"
    return GraphFolderError(folder, problem, "Correct the shape that this is about.")


def _finding(
    lookup: Lookup, shapes: Graph, result: Result, places: Places, names: Names
) -> Finding:
    thing, value = result.thing, result.value
    property = result.path if isinstance(result.path, URIRef) else None
    allowed: list[str] = []
    if result.constraint in _LIST:
        allowed = sorted(names.short(term) for term in _allowed(lookup, shapes, result.shape))
    place = places.of(thing, property, value)
    return Finding(
        rule=str(result.shape),
        severity=_SEVERITY.get(result.severity, "violation"),
        message=_messages(shapes, result),
        file=place.file,
        line=place.line,
        thing=f"_:{thing}" if isinstance(thing, BNode) else str(thing),
        property=str(property or ""),
        value=turtle.term(value) if isinstance(value, URIRef | Literal) else "",
        allowed=tuple(allowed),
        nearest=nearest(names.short(value), allowed) if value is not None else (),
        missing=property is not None and places.missing(thing, property),
        constraint=result.constraint,
    )


def nearest(name: str, allowed: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The allowed names that are most like this one; of two alike, the one with its prefix."""
    prefix, _, local = name.rpartition(":")
    local = re.split(r"[/#]", local.rstrip(">"))[-1]
    scores = {
        each: fuzz.ratio(local, each.rpartition(":")[2]) + 15 * each.startswith(f"{prefix}:")
        for each in allowed
    }
    best = max(scores.values(), default=0)
    found = [each for each, score in scores.items() if score >= max(60, best - 15)]
    return tuple(sorted(found, key=lambda each: (-scores[each], each))[:limit])


def _messages(shapes: Graph, result: Result) -> dict[str, str]:
    said = {
        message.language or "en": str(message)
        for message in (*result.said, *shapes.objects(result.shape, SH.message))
        if isinstance(message, Literal)
    }
    return dict(sorted(said.items(), reverse=True))


def _allowed(lookup: Lookup, shapes: Graph, shape: Node) -> set[Node]:
    """What may stand there: a list, the concepts of a scheme, or the things of a class."""
    found: set[Node] = set()
    for items in shapes.objects(shape, SH["in"]):
        found.update(Items(shapes, items))
    for node in shapes.objects(shape, SH.node):
        for part in shapes.objects(node, SH.property):
            if shapes.value(part, SH.path) == SKOS.inScheme:
                for scheme in shapes.objects(part, SH.hasValue):
                    found.update(lookup.subjects(SKOS.inScheme, scheme))
    for kind in shapes.objects(shape, SH["class"]):
        found.update(lookup.subjects(RDF.type, kind))
    return found
