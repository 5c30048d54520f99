"""The tools that harvest us see what there is, and fail when it is broken or elsewhere."""

import json
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from rdflib import Dataset, Graph, URIRef
from rdflib.compare import isomorphic
from wijk.snapshot import Snapshot

from . import node
from .network import no_way_out
from .server import serving

pytestmark = pytest.mark.harvest
ELSEWHERE = "http://192.0.2.1/"
DATA = """@prefix ex: <http://example.org/> .
ex:good a ex:Case ; ex:title "Een" .
ex:bad a ex:Case .
"""
SHAPES = """@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:shape a sh:NodeShape ; sh:targetClass ex:Case ;
  sh:property [ sh:path ex:title ; sh:minCount 1 ] .
"""


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """A server over the graph as shipped, with no way out for it or for who asks it."""
    with no_way_out(), serving(root) as address:
        yield address


def test_who_has_no_way_out_reaches_neither_elsewhere_nor_who_was_here_before() -> None:
    with socket.create_server(("127.0.0.1", 0)) as before:
        port = before.getsockname()[1]
        socket.create_connection(("127.0.0.1", port), 5).close()
        with no_way_out():
            with pytest.raises(OSError, match="unreachable"):
                socket.create_connection(("192.0.2.1", 80), 5)
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", port), 5)
            tool = node.run("--eval", f"fetch('{ELSEWHERE}').catch(e => console.log(e.cause.code))")
            assert tool.stdout.strip() == "ENETUNREACH"
        socket.create_connection(("127.0.0.1", port), 5).close()


def test_every_tool_runs_on_node_22() -> None:
    assert node.said(node.run("--version")).startswith("v22.")


def test_a_tool_that_takes_too_long_is_ended() -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        node.run("--eval", "setInterval(() => {}, 1000)", timeout=0.5)


def test_a_tool_that_is_not_there_says_what_to_run() -> None:
    with pytest.raises(AssertionError, match="make test-all"):
        node.program("no-such-tool")


def test_shacl_engine_sees_nodes_and_finds_what_is_broken(tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text(DATA, encoding="utf-8")
    shapes.write_text(SHAPES, encoding="utf-8")
    checked = node.shacl(shapes, data)
    assert list(checked.seen) == ["http://example.org/bad", "http://example.org/good"]
    assert [(one["focus"], one["component"]) for one in checked.violations] == [
        ("http://example.org/bad", "MinCountConstraintComponent")
    ]


def test_rdf_dereference_follows_a_thing_to_its_document(address: str, shipped: Snapshot) -> None:
    slug = shipped.slugs("case")[0]
    found = Dataset().parse(data=node.dereferenced(f"{address}/id/case/{slug}"), format="nquads")
    asked = httpx2.get(f"{address}/doc/case/{slug}.nt").text
    document = found.graph(URIRef(f"{shipped.base}doc/case/{slug}"))
    assert isomorphic(document, Graph().parse(data=asked, format="nt"))


def test_comunica_reads_a_document_and_the_endpoint(address: str, shipped: Snapshot) -> None:
    slug = shipped.slugs("case")[0]
    query = f"SELECT ?p ?o {{ <{shipped.base}id/case/{slug}> ?p ?o }}"
    document = f"{address}/id/case/{slug}"
    of_document = json.loads(node.comunica(query, document, "--unionDefaultGraph"))
    of_endpoint = json.loads(node.comunica(query, f"sparql@{address}/sparql"))
    assert len(of_document) == len(of_endpoint) > 0


def test_the_probe_tells_a_dump_from_a_page_and_from_nothing(
    address: str, shipped: Snapshot, tmp_path: Path
) -> None:
    document = f"{address}/doc/case/{shipped.slugs('case')[0]}"
    good, page, gone, endpoint = node.probed(
        [
            {"url": f"{document}.ttl", "mimeType": "text/turtle"},
            {"url": f"{document}.html", "mimeType": "text/turtle"},
            {"url": f"{address}/no-such-file.ttl", "mimeType": "text/turtle"},
            {
                "url": f"{address}/sparql",
                "mimeType": "application/sparql-results+json",
                "protocol": "https://www.w3.org/TR/sparql11-protocol/",
            },
        ],
        tmp_path,
    )
    assert good["success"]
    assert good["warnings"] == []
    assert not page["success"] or page["warnings"]
    assert (gone["success"], gone["status"]) == (False, 404)
    assert endpoint["success"]
    assert endpoint["kind"] == "SparqlProbeResult"


def test_a_tool_fails_when_what_it_reads_is_elsewhere(address: str) -> None:
    assert node.run(*node.script("dereference.mjs"), ELSEWHERE).returncode
    done = node.run(node.program("ldes-client"), ELSEWHERE, "--retry-count", "1", timeout=30)
    assert "member" not in done.stdout
