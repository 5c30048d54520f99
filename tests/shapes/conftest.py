"""What the tests of the shapes share: the shapes, the small graph, and what is found in it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import SH, Graph, URIRef
from wijk import snapshot, turtle
from wijk.checking import Finding, check
from wijk.engine.local import LocalStore
from wijk.namespaces import SHAPES
from wijk.snapshot import Reading, Snapshot

from .small import BROKEN, CHECKS, EVIDENCE, Small, completed, folder_at, rule_of
from .together import Together

FILM = "data/media/film-over-de-pluktuin.ttl"


@pytest.fixture(scope="session")
def shapes(shipped: Snapshot) -> Graph:
    """All shapes in one graph of their own: pySHACL adds what it needs to the one it is given."""
    return turtle.merged([shipped.documents[SHAPES].graph])


@pytest.fixture(scope="session")
def reporting(shapes: Graph) -> set[URIRef]:
    """The property shapes that can be broken: those of a shape with a target."""
    targets = {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}
    return {rule for target in targets for rule in shapes.objects(target, SH.property)}


@pytest.fixture(scope="session")
def rule_names(reporting: set[URIRef]) -> set[str]:
    """What can be broken: property shapes, checks, and the rules written in Python."""
    checks = {path.stem for path in CHECKS.glob("*.rq")}
    in_python = {"turtle-syntax", "base", "prefix", "dangling", "unknown-term", "ill-typed"}
    return {rule.rpartition("#")[2] for rule in reporting} | checks | in_python


@pytest.fixture(scope="session")
def small(shipped: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The small graph in which everything is as it should be."""
    root = folder_at(tmp_path_factory.mktemp("valid") / "graph")
    return Small.of(completed(snapshot.read(root, folders=("data",)).snapshot, shipped))


@pytest.fixture(scope="session")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All checks but the one for evidence: what an example says has none, save for that one."""
    folder = tmp_path_factory.mktemp("checks")
    for path in CHECKS.glob("*.rq"):
        if path.stem != EVIDENCE:
            shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="session")
def checked(checks: Path) -> Callable[[Reading, Path], list[Finding]]:
    """What these checks find in a graph; the shapes are no data."""

    def find(read: Reading, wanted: Path = checks) -> list[Finding]:
        described = {iri: each for iri, each in read.snapshot.documents.items() if iri != SHAPES}
        rows = LocalStore(replace(read.snapshot, documents=described).nquads()).rows
        return check(read, rows, wanted)

    return find


@pytest.fixture(scope="session")
def together(small: Small, checked: Callable[..., list[Finding]]) -> Together:
    """The examples in Turtle, to be checked many at once."""
    paths = [each for each in BROKEN if each.suffix == ".ttl" and rule_of(each) != EVIDENCE]
    changed = {path: small.changed(path) for path in paths}
    return Together(small.valid, changed, lambda graph: checked(Reading(graph)))


@pytest.fixture
def findings(
    small: Small,
    shipped: Snapshot,
    together: Together,
    checked: Callable[..., list[Finding]],
    tmp_path: Path,
) -> Callable[[Path], list[Finding]]:
    """What the check finds in the small graph with an example in it."""

    def find(path: Path) -> list[Finding]:
        if path in together.changed:
            return together.findings(path, rule_of(path))
        if path.suffix != ".txt":
            read = Reading(small.broken(path))
            return checked(read, CHECKS) if rule_of(path) == EVIDENCE else checked(read)
        root = folder_at(tmp_path / "graph")
        shutil.copy(path, root / FILM)
        found = snapshot.read(root, folders=("data",))
        return checked(replace(found, snapshot=completed(found.snapshot, shipped)))

    return find
