"""Federation is the other way round: other engines ask us with SERVICE."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from typing import Any

import httpx2
import pytest
from rdflib import Graph
from wijk.snapshot import Snapshot

from .engines import ROOT, oxigraph, serving

pytestmark = pytest.mark.engine
COMUNICA = ROOT / ".build" / "comunica" / "node_modules" / ".bin" / "comunica-sparql"
OWN = "<urn:x-own:list> <urn:x-own:has> <{}> .\n"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Our server."""
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def own(shipped: Snapshot) -> str:
    """Somebody's own data: a list of two of our cases."""
    return "".join(
        OWN.format(f"{shipped.base}id/case/{slug}") for slug in shipped.slugs("case")[:2]
    )


@pytest.fixture(scope="module")
def titles(shipped: Snapshot) -> list[str]:
    """What these two cases are called in Dutch."""
    cases = [f"{shipped.base}id/case/{slug}" for slug in shipped.slugs("case")[:2]]
    return sorted(shipped.labels[case] for case in cases)


def federated(address: str) -> str:
    """A query of somebody who joins their list with our titles."""
    return f"""PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?case ?title WHERE {{
  <urn:x-own:list> <urn:x-own:has> ?case .
  SERVICE <{address}/sparql> {{ ?case dcterms:title ?title . FILTER (LANG(?title) = "nl") }}
}}"""


def column(found: Mapping[str, Mapping[str, list[Mapping[str, Mapping[str, str]]]]]) -> list[str]:
    """The titles in results in JSON."""
    return sorted(row["title"]["value"] for row in found["results"]["bindings"])


def of_comunica(source: str, query: str) -> Mapping[str, Any]:
    """What Comunica answers from a source: results in JSON."""
    assert shutil.which("node"), "node is not there; the Debian package is nodejs"
    assert COMUNICA.exists(), "Comunica is not there; make test-all installs it"
    said = subprocess.run(
        [COMUNICA, f"sparql@{source}", query, "-t", "application/sparql-results+json"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def test_rdflib_asks_us(address: str, own: str, titles: list[str]) -> None:
    graph = Graph().parse(data=own, format="nt")
    assert sorted(str(row.title) for row in graph.query(federated(address))) == titles


def test_a_second_oxigraph_asks_us(address: str, own: str, titles: list[str]) -> None:
    with oxigraph() as engine:
        put = httpx2.put(
            f"{engine.url}/store?default",
            content=own,
            headers={"Content-Type": "application/n-triples"},
        )
        assert put.is_success
        said = httpx2.post(
            f"{engine.url}/query",
            data={"query": federated(address)},
            headers={"Accept": "application/sparql-results+json"},
            timeout=60,
        )
        assert said.status_code == 200, said.text
        assert column(said.json()) == titles


def test_comunica_asks_us(address: str, own: str, titles: list[str]) -> None:
    with oxigraph() as engine:
        httpx2.put(
            f"{engine.url}/store?default",
            content=own,
            headers={"Content-Type": "application/n-triples"},
        )
        assert column(of_comunica(f"{engine.url}/query", federated(address))) == titles


def test_comunica_asks_us_alone(address: str, shipped: Snapshot) -> None:
    query = "PREFIX wijk: <https://w3id.org/wijk/def#> SELECT ?case { ?case a wijk:Case }"
    found = of_comunica(f"{address}/sparql", query)
    assert len(found["results"]["bindings"]) == len(shipped.slugs("case"))
