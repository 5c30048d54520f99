"""A server with small limits, and who watches it from outside."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from .watching import Watch

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(*options: str) -> Iterator[tuple[str, int]]:
    """The address and the process of a server of the graph as shipped."""
    command = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--graph", str(ROOT)]
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip().rstrip("/")
        assert address.startswith("http://127.0.0.1:")
        yield address, process.pid
        process.terminate()
        assert process.wait(60) == 0


@pytest.fixture(scope="session")
def trap() -> Iterator[socket.socket]:
    """A port that nobody may ever connect to."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        listener.setblocking(False)
        yield listener


@pytest.fixture(scope="session")
def watch(trap: socket.socket) -> Iterator[Watch]:
    """A server that gives every query 0.3 seconds, watched."""
    with (
        serving("--query-timeout", "0.3") as (address, process),
        httpx2.Client(base_url=address, timeout=30) as client,
    ):
        yield Watch(address, process, trap, client)


@pytest.fixture(scope="session")
def client(watch: Watch) -> httpx2.Client:
    """A client that follows no redirect by itself."""
    return watch.client


@pytest.fixture(scope="session")
def seconds() -> float:
    """How long each search goes on: `make fuzz` says, else a few seconds."""
    return float(os.environ.get("FUZZ_SECONDS", "1"))
