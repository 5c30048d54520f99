"""What a server that follows a folder says besides errors is what a check of everything says."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from wijk import namespaces, resources, snapshot
from wijk.checking import check, remarks
from wijk.engine.local import LocalStore
from wijk.remarks import Remarks
from wijk.snapshot import Reading
from wijk.tombstones import Tombstone
from wijk.web import folder as followed
from wijk.web.folder import Folder
from wijk.web.outcome import Good
from wijk.web.stores import Own

from ..server.conftest import BASE, place
from .conftest import CASE, NOON, Publish, edit

BUNDLE = "data/bundles/een.ttl"
OTHER = "data/cases/tuinpad.ttl"
ACTOR = "data/actors/hoveniers.ttl"
RULES = {"unpublished", "published-gone", "withdrawn-still-told", "withdrawn-still-named"} | {
    *("number-13", "case-count", "actor-without-role", "Case-place"),
}
"""By each of these something is said on the way."""


def whole(folder: Path, known: Reading) -> Remarks:
    """What a check of everything says."""
    reading = snapshot.read(folder, known=known.known)
    taken = reading.snapshot
    return remarks(check(reading, LocalStore(taken.nquads(), taken.prefixes).rows))


@pytest.fixture
def graph(small: Path, root: Path, publish: Publish) -> Path:
    """A small folder that was published, with rules of ours that warn, and what they warn of."""
    for name in ("actor-without-role", "case-count", "orphan-published", "withdrawn-still-named"):
        shutil.copy(root / "queries" / "checks" / f"{name}.rq", small / "queries" / "checks")
    place(small, OTHER, "<> a wijk:Case ; dcterms:isPartOf bundle:een ;\n dcterms:title 'Pad'@nl .")
    text = "<> a wijk:Actor ; <http://www.w3.org/2000/01/rdf-schema#label> 'Hoveniers'@nl .\n"
    place(small, ACTOR, f"@base <{BASE}id/actor/hoveniers> .\n{text}")
    publish(small)
    return small


def stone(graph: Path, name: str) -> None:
    """Put a tombstone in the place of a document."""
    made = Tombstone(f"{BASE}id/case/{Path(name).stem}", "2027-01-01T12:00:00Z", "Op verzoek.")
    (graph / name).write_bytes(made.written(namespaces.prefixes(BASE)))


def texts(graph: Path) -> None:
    """Another title, the same in another text, a number, and a count that is not right."""
    edit(graph, "'Pad'", "'Tuinpad'", OTHER)
    edit(
        graph,
        '"Een"@nl',
        '"Langs het tuinpad"@nl ; wijk:caseCount 3 ; dcterms:hasPart <../case/tuinpad>',
        BUNDLE,
    )
    edit(graph, '"01"', '"13"')


def roles(graph: Path) -> None:
    """An actor takes part in what another one did not."""
    edit(graph, "<> a wijk:Case", "<> dcterms:contributor <../actor/hoveniers> ; a wijk:Case")


def test_after_each_change_the_remarks_are_those_of_a_check_of_everything(
    graph: Path, publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = snapshot.read(graph)
    served = reading.snapshot
    folder = Folder(graph, tmp_path / "home", Own(), lambda known: served.documents)
    said = [whole(graph, reading)]
    folder.begin(served.digest, served.base, resources.beside(graph), said[0])
    monkeypatch.delattr(followed, "check")  # everything is not looked at
    steps: dict[str, Callable[[], object]] = {
        "other texts": lambda: texts(graph),
        "a publication": lambda: publish(graph, NOON + timedelta(hours=1)),
        "a withdrawal": lambda: stone(graph, OTHER),
        "its publication": lambda: publish(graph, NOON + timedelta(hours=2)),
        "another role": lambda: roles(graph),
        "a file is gone": (graph / CASE).unlink,
    }
    for name, step in steps.items():
        step()
        outcome = folder.look([path for path in graph.rglob("*.*")] + [graph / CASE])
        assert isinstance(outcome, Good), name
        said.append(whole(graph, reading))
        assert outcome.remarks == said[-1], name
        assert said[-1] != said[-2], name
    assert {it.rule.rpartition("#")[2] for each in said for it in each.said} >= RULES
