"""A case of the graph as shipped is withdrawn as the documentation says, and comes back."""

import asyncio
import shutil
from pathlib import Path

import httpx2
import pytest
from rdflib import RDF, URIRef
from wijk import snapshot
from wijk.engine.embedded import Embedded
from wijk.namespaces import WIJK
from wijk.snapshot import Snapshot
from wijk.web.app import create

from .conftest import Run
from .test_git import git

pytestmark = pytest.mark.harvest
AT = "case/boefjes-en-baristas"
THING = "case:boefjes-en-baristas"
BUNDLE = "data/bundles/wij-in-de-wijk-1.ttl"
REASON = "Op verzoek van de bewoners."
LEFT = (
    "initiative:boefjes-en-baristas",
    "place:de-muntel",
    "place:den-bosch",
    "area:2022-bu07960401",
)
DERIVED = ["data/derived/containment.ttl", "data/derived/present-areas.ttl"]


@pytest.fixture
def graph(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the graph as shipped, committed."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    folder = tmp_path / "graph"
    for name in ("data", "ontology", "queries", "shapes"):
        shutil.copytree(root / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "config", "user.name", "Redactie")
    git(folder, "config", "user.email", "redactie@example.org")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "begin")
    return folder


def done(wijk: Run, graph: Path, *arguments: str) -> str:
    ran = wijk(*arguments, "--graph", graph)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def status(taken: Snapshot, path: str) -> int:
    """What a server of this graph answers."""

    async def asked() -> int:
        app = create(taken, Embedded(taken.prefixes, f"{taken.base}sparql"))
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            return (await client.get(path, headers={"Accept": "text/turtle"})).status_code

    return asyncio.run(asked())


def test_a_case_goes_at_once_then_what_it_leaves_over_and_all_comes_back(
    graph: Path, wijk: Run
) -> None:
    before = {path: (graph / path).read_bytes() for path in DERIVED}
    told = done(wijk, graph, "withdraw", THING, "--reason", REASON)
    assert f"    {BUNDLE}:26\n" in told
    assert all(f"{name.partition(':')[2]}.ttl\n" in told for name in LEFT)
    assert "withdrawn  data/cases/" in done(wijk, graph, "publish")
    assert git(graph, "status", "--porcelain") == ""
    taken = snapshot.read(graph).snapshot
    assert (URIRef(f"{taken.base}id/{AT}"), RDF.type, WIJK.Case) not in taken.union
    assert status(taken, f"/doc/{AT}") == 410

    lines = (graph / BUNDLE).read_text(encoding="utf-8").splitlines(keepends=True)
    assert "Boefjes" in lines.pop(25)
    (graph / BUNDLE).write_text("".join(lines), encoding="utf-8")
    done(wijk, graph, "withdraw", *LEFT, "--reason", REASON)
    done(wijk, graph, "publish")
    assert git(graph, "status", "--porcelain") == ""
    assert {path for path in DERIVED if (graph / path).read_bytes() != before[path]} == {*DERIVED}
    assert "boefjes" not in (graph / DERIVED[1]).read_text(encoding="utf-8")
    checked = wijk("check", "--graph", graph).stdout
    assert not [rule for rule in ("orphan-", "withdrawn-") if rule in checked]

    done(wijk, graph, "restore", THING, *LEFT)
    done(wijk, graph, "publish")
    assert git(graph, "status", "--porcelain") == ""
    assert {path: (graph / path).read_bytes() for path in DERIVED} == before
    assert status(snapshot.read(graph).snapshot, f"/doc/{AT}") == 200


@pytest.mark.parametrize("kinds", [("case", "bundle"), ("initiative", "actor", "place")])
def test_whatever_still_refers_to_what_is_withdrawn_the_publication_goes_through(
    graph: Path, wijk: Run, kinds: tuple[str, ...]
) -> None:
    folders = {kind: sorted((graph / "data" / f"{kind}s").glob("*.ttl")) for kind in kinds}
    things = [f"{kind}:{file.stem}" for kind, files in folders.items() for file in files]
    done(wijk, graph, "withdraw", *things, "--reason", REASON)
    assert done(wijk, graph, "publish", "--dry-run").count("withdrawn  data/") == len(things)
    assert "withdrawn-still-named" in wijk("check", "--graph", graph).stdout
