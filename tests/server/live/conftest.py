"""A real server on the real graph, on a free port, for as long as the tests last."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from wijk.snapshot import Snapshot

ROOT = Path(__file__).parents[3]
SECONDS = 2


@contextmanager
def serving(seconds: float, *more: str, **variables: str) -> Iterator[str]:
    """The address of a server that gives every query so many seconds."""
    command = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--graph", str(ROOT)]
    command += ["--query-timeout", str(seconds), *more]
    environment = {**os.environ, **variables}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip().rstrip("/")
        assert address.startswith("http://127.0.0.1:")
        yield address
        process.terminate()
        assert process.wait(10) == 0
        assert process.stdout.read() == "", "the address is the last line"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server that gives every query two seconds."""
    with serving(SECONDS) as address:
        yield address


@pytest.fixture
def patient_server() -> Iterator[str]:
    """The address of a server that would let a query run for ten minutes."""
    with serving(600) as address:
        yield address


@pytest.fixture(scope="module")
def plain_client() -> Iterator[httpx2.Client]:
    """A client of a server with a plain default graph and a public address."""
    public = {"WIJK_PUBLIC_URL": "https://example.org/wijk/"}
    with (
        serving(SECONDS, "--default-graph", "plain", **public) as address,
        httpx2.Client(base_url=address, timeout=30) as client,
    ):
        yield client


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[httpx2.Client]:
    """A client of that server that follows no redirect by itself."""
    with httpx2.Client(base_url=server, timeout=30) as client:
        yield client


@pytest.fixture(scope="session")
def graph(shipped: Snapshot) -> Snapshot:
    """The graph that the server serves."""
    return shipped


@pytest.fixture(scope="session")
def cases(graph: Snapshot) -> int:
    """How many cases there are now, each with one title and in one bundle."""
    return len(graph.slugs("case"))
