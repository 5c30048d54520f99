"""The graph as shipped, as files behind real web servers: what a small graph does not have."""

import html
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from rdflib.namespace import DCTERMS
from wijk import changelog
from wijk.harvesting.ldes.pages import pages
from wijk.harvesting.ldes.stream import version
from wijk.web.harvest.ldes import FULL, OPEN

from ..harvest.node import ldes
from .conftest import ROOT, free_port
from .hosts import hosted

pytestmark = pytest.mark.system
PAGE = {"Accept": "text/html"}


@dataclass(frozen=True)
class Site:
    """A built folder, and the port that its addresses name."""

    out: Path
    port: int

    @property
    def url(self) -> str:
        """Its public address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def graph(self) -> Path:
        """What it was built from."""
        return self.out.with_name("graph")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The shipped graph with a version, a case withdrawn and its text taken out, as files."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        made = Site(Path(name) / "out", free_port())
        graph = made.graph
        for part in ("data", "ontology", "queries", "shapes"):
            shutil.copytree(ROOT / part, graph / part)
        wijk(graph, "withdraw", "case:holybe", "--reason", "Op verzoek.")
        wijk(graph, "publish", "--version", "0.9.0")
        wijk(graph, "redact", "case:holybe")
        wijk(graph, "build", str(made.out), "--public-url", made.url)
        yield made


def wijk(graph: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "wijk", *arguments, "--graph", str(graph)]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module", params=["nginx", "apache"])
def host(
    request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx2.Client]:
    """A web server with these files and their rules alone."""
    with (
        hosted(request.param, site.out, tmp_path_factory.mktemp(request.param), site.port),
        httpx2.Client(base_url=site.url) as client,
    ):
        yield client


@pytest.mark.parametrize("accept", ["*/*", "text/turtle", "application/trig, text/html"])
def test_a_page_of_the_stream_comes_in_a_format_that_it_has(
    host: httpx2.Client, accept: str
) -> None:
    found = host.get("/ldes/1", headers={"Accept": accept})
    assert (found.status_code, found.headers["content-type"]) == (200, "application/trig")


def test_a_full_page_may_be_kept_for_good_and_the_open_one_and_the_root_not(
    host: httpx2.Client, site: Site
) -> None:
    made = pages(changelog.read(site.graph)).all
    assert host.get("/ldes/1").headers["cache-control"] == FULL
    assert host.get(f"/ldes/{made[-1].name}.nq").headers["cache-control"] == OPEN
    assert host.get("/ldes").headers["cache-control"] == OPEN


def test_the_name_that_a_page_had_leads_to_its_name_now(host: httpx2.Client, site: Site) -> None:
    thinned = next(it for it in pages(changelog.read(site.graph)).all if "-" in it.name)
    for old in (f"{thinned.number}.nq", f"{thinned.number}-000000000000.nq"):
        found = host.get(f"/ldes/{old}")
        assert found.status_code == 301
        assert found.headers["location"].endswith(f"/ldes/{thinned.name}.nq")
    assert host.get("/ldes/1-000000000000").headers["location"].endswith("/ldes/1")


def test_the_client_of_the_stream_takes_over_every_version(host: httpx2.Client, site: Site) -> None:
    told = {version(it) for it in changelog.read(site.graph).entries if not it.redacted}
    taken = ldes(f"{host.base_url}/ldes".replace("//ldes", "/ldes"))
    assert {*re.findall(rf"(?m)^<(\S+#\S+)> <{DCTERMS.isVersionOf}> <", taken)} == told


@pytest.mark.parametrize(
    "path",
    [
        *("/id/case/holybe", "/doc/case/holybe", "/doc/case/holybe.ttl"),
        *("/linkset/doc/case/holybe.linkset", "/citeer/case/holybe.bib", "/embed/case/holybe"),
    ],
)
def test_what_was_withdrawn_is_gone_on_every_route(host: httpx2.Client, path: str) -> None:
    found = host.get(path)
    assert found.status_code == 410
    assert "Op verzoek." in found.text
    shown = "frame-ancestors *" in found.headers["content-security-policy"]
    assert shown == path.startswith("/embed/")


@pytest.mark.parametrize("path", ["/dataset/cases/0.9.0", "/dataset/cases/0.9.0.html"])
def test_a_version_of_a_dataset_leads_people_to_its_files(host: httpx2.Client, path: str) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    found = host.get(path, headers={"Accept": accept})
    assert found.status_code == 303
    assert found.headers["location"].endswith("/dump/0.9.0/")
    assert host.get(found.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    ("accept", "suffix", "kind"),
    [
        ("*/*", ".ttl", "text/turtle;charset=utf-8"),
        ("text/turtle", ".ttl", "text/turtle;charset=utf-8"),
        ("application/ld+json", ".jsonld", "application/ld+json"),
        ("application/rdf+xml, text/html;q=0.5", ".rdf", "application/rdf+xml"),
        ("application/n-triples", ".nt", "application/n-triples"),
    ],
)
def test_a_version_of_a_dataset_is_there_as_rdf_for_who_asks(
    host: httpx2.Client, site: Site, accept: str, suffix: str, kind: str
) -> None:
    path = "/dataset/cases/0.9.0"
    body = (site.out / f"{path[1:]}{suffix}").read_bytes()
    assert b"/dataset/cases/0.9.0" in body
    for asked, wanted in ((path, accept), (path + suffix, "*/*")):
        found = host.get(asked, headers={"Accept": wanted})
        assert (found.status_code, found.content) == (200, body)
        assert found.headers["content-type"].replace("; ", ";") == kind


def test_a_version_without_its_slash_leads_on(host: httpx2.Client) -> None:
    found = host.get("/dump/0.9.0")
    assert found.status_code == 308
    assert found.headers["location"].endswith("/dump/0.9.0/")
    assert host.get("/dump/0.9.0/").status_code == 200
    assert host.get("/dump/0.9.0/casussen").status_code == 404


def test_every_link_of_a_page_leads_to_what_is_there(host: httpx2.Client, site: Site) -> None:
    found: dict[str, str] = {}
    for page in site.out.rglob("*.html"):
        for href in re.findall(r'<a\b[^>]*?\shref="(/[^"]*)"', page.read_text(encoding="utf-8")):
            found.setdefault(re.split("[?#]", html.unescape(href))[0], str(page))
    assert len(found) > 1000
    asked = {path: host.get(path, headers=PAGE).status_code for path in found}
    lost = {path: page for path, page in found.items() if asked[path] >= 400}
    assert {path: asked[path] for path in lost} == {"/doc/case/holybe": 410}
