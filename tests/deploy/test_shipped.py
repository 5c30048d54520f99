"""The graph as shipped, as files behind real web servers: what a small graph does not have."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from .conftest import ROOT, free_port
from .hosts import hosted

pytestmark = pytest.mark.system


@dataclass(frozen=True)
class Site:
    """A built folder, and the port that its addresses name."""

    out: Path
    port: int

    @property
    def url(self) -> str:
        """Its public address."""
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The shipped graph, built in a folder that any web server may read."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        made = Site(Path(name) / "out", free_port())
        command = [sys.executable, "-m", "wijk", "build", str(made.out), "--graph", str(ROOT)]
        subprocess.run([*command, "--public-url", made.url], check=True, capture_output=True)
        yield made


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


def test_the_servers_take_the_rules_and_a_type_with_quotes_stays_whole(host: httpx2.Client) -> None:
    found = host.get("/.well-known/api-catalog")
    assert found.status_code == 200
    profile = 'profile="https://www.rfc-editor.org/info/rfc9727"'
    assert found.headers["content-type"].replace("; ", ";") == f"application/linkset+json;{profile}"
