"""What a push puts into an engine, what it leaves alone, and what it says when it cannot."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from .engines import Running, free_port, oxigraph, push, virtuoso

pytestmark = pytest.mark.engine
BASE = "https://example.org/buurten/"
CATALOG = f"""@prefix void: <http://rdfs.org/ns/void#> .
<{BASE}dataset> a void:Dataset ; void:uriSpace "{BASE}" .
"""
CASE = f"""@base <{BASE}id/case/tuin> .
@prefix dcterms: <http://purl.org/dc/terms/> .
<> dcterms:title "Tuin"@nl .
<#a> dcterms:creator [ dcterms:title "zonder naam" ] .
"""


@pytest.fixture(scope="module", params=("oxigraph", "virtuoso"))
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """An engine with nothing of ours in it."""
    folder = tmp_path_factory.mktemp("engine")
    with oxigraph() if request.param == "oxigraph" else virtuoso(folder) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A graph of a catalogue and one case."""
    for name in ("data/cases", "ontology", "shapes", "queries"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "data" / "catalog.ttl").write_text(CATALOG)
    (tmp_path / "data" / "cases" / "tuin.ttl").write_text(CASE)
    return tmp_path


def holds(engine: Running, pattern: str) -> bool:
    """Does the case base in the engine have this?"""
    service = "/sparql" if engine.variables else "/query"
    text = f"PREFIX dcterms: <http://purl.org/dc/terms/> SELECT * {{ {pattern} }} LIMIT 1"
    said = httpx2.post(
        engine.url + service,
        data={"query": text},
        headers={"Accept": "application/sparql-results+json"},
    )
    return bool(said.json()["results"]["bindings"])


def in_tuin(text: str) -> str:
    """A pattern in the document of the case."""
    return f"GRAPH <{BASE}doc/case/tuin> {{ {text} }}"


def test_only_what_changed_is_put_and_what_is_gone_is_removed(
    engine: Running, folder: Path
) -> None:
    first = push(engine, "--graph", str(folder))
    assert first.stderr.startswith("2 documents put, 0 removed, 0 were there already."), first
    assert holds(engine, in_tuin('?x dcterms:creator ?b . ?b dcterms:title "zonder naam"'))

    case = folder / "data" / "cases" / "tuin.ttl"
    case.write_text(CASE.replace("Tuin", "Pluktuin"))
    assert "1 document put, 0 removed, 1 were" in push(engine, "--graph", str(folder)).stderr
    assert holds(engine, in_tuin('?x dcterms:title "Pluktuin"@nl'))
    assert not holds(engine, in_tuin('?x dcterms:title "Tuin"@nl'))
    assert "0 documents put, 0 removed, 2 were" in push(engine, "--graph", str(folder)).stderr
    assert "2 documents put, 0 removed" in push(engine, "--all", "--graph", str(folder)).stderr

    case.unlink()
    assert "0 documents put, 1 removed, 1 were" in push(engine, "--graph", str(folder)).stderr
    assert not holds(engine, in_tuin("?s ?p ?o"))


def test_a_push_that_was_broken_off_goes_on_where_it_ended(engine: Running, folder: Path) -> None:
    assert push(engine, "--graph", str(folder)).returncode == 0
    marker, user = f"{BASE}pushed", engine.variables.get("WIJK_ENGINE_USER")
    store = "/sparql-graph-crud-auth" if user else "/store"
    said = httpx2.put(
        engine.url + store,
        params={"graph": marker},
        content=f'<{marker}> <{marker}#begun> "other" .\n<{marker}> <{marker}#hash> "" .\n',
        headers={"Content-Type": "application/n-triples"},
        auth=httpx2.DigestAuth("dba", "dba") if user else None,
    )
    assert said.is_success
    again = push(engine, "--graph", str(folder))
    assert again.stderr.startswith("2 documents put, 0 removed, 0 were there already.")
    assert holds(engine, f"GRAPH <{marker}> {{ ?m <{marker}#snapshot> ?digest }}")


def test_an_engine_that_is_away_is_one_sentence() -> None:
    said = push(Running(f"http://127.0.0.1:{free_port()}"))
    assert said.returncode == 2
    assert said.stderr.startswith("wijk: Nothing answers at http://127.0.0.1:")
    assert said.stderr.count("\n") == 1


def test_wrong_credentials_are_one_sentence(tmp_path: Path) -> None:
    with virtuoso(tmp_path) as running:
        wrong = {"WIJK_ENGINE_USER": "dba", "WIJK_ENGINE_PASSWORD": "wrong"}
        said = push(Running(running.url, wrong))
        assert said.returncode == 2
        assert "refuses our credentials (status 401)" in said.stderr
        assert "WIJK_ENGINE_PASSWORD" in said.stderr
        assert "wrong" not in said.stderr
