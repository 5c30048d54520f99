"""After a change and a withdrawal, the site as files is still what a server then answers.

The server read the folder before and looked again at what changed; who builds reads all of it.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from ..server.conftest import place
from .conftest import CASE, edit
from .test_build import URL, at, command, told

pytestmark = pytest.mark.system
OTHER = "data/cases/ander.ttl"
SECONDS = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    return at(tmp_path_factory.mktemp("after") / "small", root)


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[httpx2.Client]:
    """A server that follows the folder from here on."""
    serve = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--public-url", URL]
    serve += ["--graph", str(folder), "--home", str(folder.with_name("home"))]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        with httpx2.Client(base_url=process.stdout.readline().strip(), timeout=30) as client:
            client.get("/").raise_for_status()
            yield client
        process.terminate()


def otherwise(built: Path, server: httpx2.Client) -> list[str]:
    """The files that are not what the server answers."""
    found = []
    for name, it in told(built).items():
        headers = {"Accept": it["accept"], "Accept-Encoding": "identity"}
        if server.get(it["path"], headers=headers).content != (built / name).read_bytes():
            found.append(name)
    return found


def alike(folder: Path, name: str, server: httpx2.Client) -> Path:
    """The site as files, which the server comes to answer."""
    out = folder.with_name(name)
    command(folder, "build", str(out), "--public-url", URL, "--server-url", URL)
    before = time.monotonic()
    while (left := otherwise(out, server)) and time.monotonic() - before < SECONDS:
        continue
    assert left == []
    return out


def test_after_each_act_a_build_is_what_the_server_answers(
    folder: Path, server: httpx2.Client
) -> None:
    place(
        folder, OTHER, "<> a wijk:Case ; dcterms:isPartOf bundle:een ; dcterms:title 'Ander'@nl ."
    )
    edit(folder, '"Een"@nl', '"Een met Pluktuin Zuid"@nl', "data/bundles/een.ttl")
    page = alike(folder, "changed", server) / "buurten" / "doc" / "case" / "ander.html"
    assert "2 aandachtspunten" in page.read_text(encoding="utf-8")  # no place, not published
    command(folder, "publish")
    command(folder, "withdraw", CASE, "--reason", "Op verzoek.")
    alike(folder, "withdrawn", server)
    command(folder, "publish")
    page = alike(folder, "published", server) / "buurten" / "doc" / "bundle" / "een.html"
    assert "1 aandachtspunt<" in page.read_text(encoding="utf-8")  # its name still stands there
