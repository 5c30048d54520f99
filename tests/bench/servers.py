"""The product and its peers, each started on a free port of this machine and ended again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode, urlsplit

BIN = Path(sys.executable).parent
_PATIENCE = 600.0
_UNFAIR = "PYTHONDONTWRITEBYTECODE"
"""With this in its environment a server compiles itself at every start; one that is installed has
that behind it.
"""
_FIRST = "ASK { ?case a <https://w3id.org/wijk/def#Case> }"


class NotThere(Exception):
    """This server cannot be started here; the message says what is missing."""


@dataclass
class Running:
    """A server that answers: where, and how long it took to get there."""

    name: str
    host: str
    port: int
    path: str
    process: subprocess.Popen[str]
    started: float
    loaded: float = 0.0

    def request(self, query: str, accept: str) -> bytes:
        """The bytes of one request, that ask to keep the connection."""
        return (
            f"GET {self.path}?{urlencode({'query': query})} HTTP/1.1\r\n"
            f"Host: {self.host}:{self.port}\r\nAccept: {accept}\r\n\r\n"
        ).encode()

    def ask(self, query: str, accept: str, seconds: float = _PATIENCE) -> tuple[int, str, bytes]:
        """One round trip over a connection of its own: status, media type and body."""
        connection = HTTPConnection(self.host, self.port, timeout=seconds)
        try:
            address = f"{self.path}?{urlencode({'query': query})}"
            connection.request("GET", address, headers={"Accept": accept})
            response = connection.getresponse()
            kind = response.getheader("content-type", "").partition(";")[0]
            return response.status, kind, response.read()
        finally:
            connection.close()

    def processes(self) -> list[int]:
        """The server's process and all that came from it."""
        return _family(self.process.pid)

    def memory(self) -> int:
        """Bytes of memory all processes have together; what they share counts once."""
        return sum(map(shared_out, self.processes()))


def free_port() -> int:
    """A port of the loopback address that nobody has."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def product(source: Path, home: Path, seconds: float = 30.0) -> Iterator[Running]:
    """The product: a folder with its pages, or a file as a data set."""
    what = "--dataset" if source.is_file() else "--graph"
    command = (sys.executable, "-m", "wijk", "serve", "--port", "0", what, str(source))
    options = ("--default-graph", "union", "--home", str(home), "--query-timeout", str(seconds))
    began = time.perf_counter()
    with started([*command, *options], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        address = urlsplit(process.stdout.readline().strip())
        if address.port is None:
            raise NotThere(f"wijk serve {what} did not start")
        running = Running("wijk", "127.0.0.1", address.port, "/sparql", process, 0.0)
        running.started = answering(running, began)
        yield running


@contextmanager
def oxigraph(source: Path) -> Iterator[Running]:
    """Oxigraph's own server, with all data in memory."""
    port = free_port()
    command = [_there("oxigraph"), "serve", "--bind", f"127.0.0.1:{port}", "--union-default-graph"]
    began = time.perf_counter()
    with started(command) as process:
        running = Running("oxigraph", "127.0.0.1", port, "/query", process, 0.0)
        running.started = answering(running, began)
        began = time.perf_counter()
        _put(running, "/store", source)
        running.loaded = time.perf_counter() - began
        yield running


@contextmanager
def rdflib(source: Path) -> Iterator[Running]:
    """rdflib-endpoint over rdflib's own store."""
    _there("rdflib-endpoint")
    port = free_port()
    command = [sys.executable, str(Path(__file__).parent / "rdflib_server.py"), str(port)]
    began = time.perf_counter()
    with started([*command, str(source)]) as process:
        running = Running("rdflib", "127.0.0.1", port, "/", process, 0.0)
        running.started = answering(running, began)
        yield running


def _put(running: Running, path: str, source: Path) -> None:
    connection = HTTPConnection(running.host, running.port, timeout=_PATIENCE)
    with source.open("rb") as body:
        headers = {"Content-Type": "application/n-quads"}
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        response.read()
    connection.close()
    if response.status >= 300:
        raise NotThere(f"{running.name} does not take the data: {response.status}")


def _there(command: str) -> str:
    found = shutil.which(command, path=f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}")
    if found is None:
        raise NotThere(f"{command} is not installed")
    return found


def answering(running: Running, began: float) -> float:
    """Seconds since then, as soon as it answers."""
    while time.perf_counter() - began < _PATIENCE:
        if running.process.poll() is not None:
            raise NotThere(f"{running.name} ended at once")
        with suppress(OSError, HTTPException):
            if running.ask(_FIRST, "application/sparql-results+json")[0] == 200:
                return time.perf_counter() - began
        time.sleep(0.005)
    raise NotThere(f"{running.name} does not answer")


@contextmanager
def started(
    command: list[str], stdout: int = subprocess.DEVNULL, cwd: Path | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A process that is ended with the block."""
    environment = {name: value for name, value in os.environ.items() if name != _UNFAIR}
    with subprocess.Popen(
        command, stdout=stdout, stderr=subprocess.DEVNULL, text=True, cwd=cwd, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _family(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                found += _family(int(child))
    return found


def shared_out(pid: int) -> int:
    """The proportional set size of a process, in bytes."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
