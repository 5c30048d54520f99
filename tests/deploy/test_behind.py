"""Files and a server at one address: nginx and Apache with the rules and the lines of the guide."""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from ..harvest.server import serving
from ..server.conftest import small_at
from .conftest import ROOT, free_port
from .hosts import hosted
from .test_built import wijk

pytestmark = pytest.mark.system
PAGE = {"Accept": "text/html"}


LINES = {
    "nginx": r"^    location @wijk \{\n(?:    .*\n)+?    \}\n",
    "apache": r"^    RewriteEngine On\n(?:    .*\n?)+",
}


def lines(kind: str, server: str) -> str:
    """The lines for a web server in docs/publishing.md, as they stand there, for this server."""
    text = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
    found = re.search(LINES[kind], text, re.MULTILINE)
    assert found is not None
    return found[0].replace("http://127.0.0.1:8000", "/".join(server.split("/")[:3]))


@pytest.fixture(scope="module", params=[("nginx", ""), ("nginx", "/buurten"), ("apache", "")])
def both(
    request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[httpx2.Client, httpx2.Client]]:
    """A client of the web server, and one of the server behind it."""
    kind, below = request.param
    with tempfile.TemporaryDirectory() as name:  # one that Apache may read
        folder = Path(name)
        folder.chmod(0o755)
        small = small_at(folder / "small", root)
        port = free_port()
        url = f"http://127.0.0.1:{port}{below}"
        wijk(small, "publish")
        wijk(small, "build", str(folder / "out"), "--public-url", url, "--server-url", url)
        own = tmp_path_factory.mktemp(kind)
        with (
            serving(small, WIJK_PUBLIC_URL=url) as server,
            hosted(kind, folder / "out", own, port, lines(kind, server)),
            httpx2.Client(base_url=url) as client,
            httpx2.Client(base_url=server) as straight,
        ):
            yield client, straight


@pytest.mark.parametrize(
    "asked",
    [
        *("/sparql?query=ASK%7B%7D", "/oai?verb=Identify", "/zoeken?q=tuin", "/vragen"),
        *("/api/v1/casussen", "/casussen.csv", "/casussen?thema=groen", "/lessen?voor=bewoner"),
        *("/embed/list?thema=groen", "/embed/list?thema=jeugd", "/embed/map?thema=groen"),
        *("/casussen", "/embed/list", "/", "/doc/case/pluktuin-zuid", "/sparql"),
    ],
)
def test_everything_answers_as_the_server_alone_would(
    both: tuple[httpx2.Client, httpx2.Client], asked: str
) -> None:
    client, straight = both
    found, expected = client.get(asked, headers=PAGE), straight.get(asked, headers=PAGE)
    assert found.status_code == expected.status_code
    assert _undated(found.text) == _undated(expected.text)
    for name in ("access-control-allow-origin", "content-security-policy"):
        assert found.headers.get_list(name) == expected.headers.get_list(name)


def test_a_post_comes_through_whole(both: tuple[httpx2.Client, httpx2.Client]) -> None:
    client, _ = both
    given = {"query": "ASK { ?s ?p ?o }"}
    found = client.post("/sparql", data=given, headers={"Accept": "application/json"})
    assert found.json()["boolean"] is True
    assert "<repositoryName>" in client.post("/oai", data={"verb": "Identify"}).text


def _undated(text: str) -> str:
    """Without what says when it was asked, and how long that took."""
    return re.sub(r"<responseDate>[^<]*|in (minder dan )?[\d,]+ seconden", "", text)
