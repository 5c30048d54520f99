"""The official shapes of the profiles of DCAT, and what pySHACL finds with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyshacl
from rdflib import RDF, SH, Graph

STANDARDS = Path(__file__).parent / "standards"
_EUROPE = STANDARDS / "dcat-ap" / "3.0.1"
_DUTCH = STANDARDS / "dcat-ap-nl"
_NL = (
    "dcat-ap-nl-SHACL",
    "dcat-ap-nl-SHACL-klassebereik",
    "dcat-ap-nl-SHACL-klassebereik-codelijsten",
)
EUROPE = (_EUROPE / "shapes.ttl", _EUROPE / "range.ttl")
GATES = {
    "DCAT-AP 3.0.1": EUROPE,
    "DCAT-AP 3.0.1, one file": (_EUROPE / "dcat-ap-SHACL.ttl",),
    "DCAT-AP-NL 3.0.0": (*EUROPE, *(_DUTCH / "3.0.0" / f"{name}.ttl" for name in _NL)),
    "DCAT-AP-NL 3.0.1": (*EUROPE, *(_DUTCH / "3.0.1-wv" / f"{name}.ttl" for name in _NL)),
}
"""What the catalogue has to pass."""
OLD = _EUROPE / "deprecateduris.ttl"
DUTCH_ALONE = tuple(_DUTCH / "3.0.0" / f"{name}.ttl" for name in _NL)
ADVICE = {
    "DCAT-AP": (_EUROPE / "shapes_recommended.ttl",),
    "DCAT-AP-NL 3.0.0": (_DUTCH / "3.0.0" / "dcat-ap-nl-SHACL-aanbevolen.ttl",),
    "DCAT-AP-NL 3.0.1": (_DUTCH / "3.0.1-wv" / "dcat-ap-nl-SHACL-aanbevolen.ttl",),
    "code lists": (_EUROPE / "mdr-vocabularies.shape.ttl",),
}
"""What is told of, but does not stop anything."""
NDE = STANDARDS / "nde-dataset" / "shacl.ttl"


@dataclass(frozen=True)
class Found:
    """One result right below the report: its severity, node, property and kind of constraint."""

    severity: str
    node: str
    path: str
    kind: str


@cache
def shapes(files: tuple[Path, ...]) -> Graph:
    """These shapes, in a form that pySHACL takes; not to be changed.

    It takes no reference to a property shape that is not there, of which DCAT-AP's one file has
    two, and no kind of constraint without a validator, of which those of NDE have two.
    """
    graph = Graph()
    for file in files:
        graph.parse(file)
    for shape, property in [*graph.subject_objects(SH.property)]:
        if (property, SH.path, None) not in graph:
            graph.remove((shape, SH.property, property))
    for kind in [*graph.subjects(RDF.type, SH.ConstraintComponent)]:
        if (kind, SH.validator, None) not in graph and (kind, SH.nodeValidator, None) not in graph:
            graph.remove((kind, RDF.type, SH.ConstraintComponent))
    return graph


def found(data: Graph, files: tuple[Path, ...]) -> list[Found]:
    """What pySHACL finds, without the details below a result."""
    report = pyshacl.validate(data, shacl_graph=shapes(files), advanced=True)[1]
    assert isinstance(report, Graph)
    (root,) = report.subjects(RDF.type, SH.ValidationReport)
    return sorted(
        (_one(report, result) for result in report.objects(root, SH.result)),
        key=lambda it: (it.severity, it.node, it.path, it.kind),
    )


def violations(data: Graph, files: tuple[Path, ...]) -> list[Found]:
    """Those that stop something."""
    return [one for one in found(data, files) if one.severity == "Violation"]


def seen(data: Graph, files: Iterable[Path]) -> dict[str, int]:
    """How many nodes of each class there are for the shapes to look at."""
    classes = set(shapes(tuple(files)).objects(None, SH.targetClass))
    counts = {_short(kind): len({*data.subjects(RDF.type, kind)}) for kind in classes}
    return {kind: count for kind, count in counts.items() if count}


def _one(report: Graph, result: object) -> Found:
    told = (SH.resultSeverity, SH.focusNode, SH.resultPath, SH.sourceConstraintComponent)
    severity, node, path, kind = (report.value(result, name) for name in told)
    return Found(_short(severity), str(node), _short(path), _short(kind))


def _short(node: object) -> str:
    return str(node).replace("#", "/").rpartition("/")[2].removesuffix("ConstraintComponent")
