"""A real server on the real graph, on a free port, for as long as the tests last."""

import html
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlsplit

import httpx2
import pyoxigraph as ox
import pytest
from wijk.snapshot import Snapshot

T = TypeVar("T")
ROOT = Path(__file__).parents[3]
TIGHT = {
    "query-timeout": "0.7",
    "answer-limit": "2MiB",
    "text-limit-get": "4KiB",
    "text-limit": "20000",
    "token-limit": "700",
    "depth-limit": "8",
    "chain-limit": "20",
    "table-limit": "20000",
    "tables-at-once": "1",
    "memory-limit": "96MiB",
    "queries-at-once": "2",
    "queue": "8",
    "queue-seconds": "0.5",
    "header-timeout": "0.6",
    "body-timeout": "0.7",
    "send-timeout": "0.8",
    "connections": "40",
}


class Address(str):
    """The address of a server, and its process."""

    pid: int


def started(**options: str) -> list[str]:
    """The command that starts a server with these options."""
    command = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--graph", str(ROOT)]
    return command + [part for name, value in options.items() for part in (f"--{name}", value)]


@contextmanager
def serving(**options: str) -> Iterator[Address]:
    """A server with these options, named as on the command line."""
    with subprocess.Popen(started(**options), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = Address(process.stdout.readline().strip().rstrip("/"))
        assert address.startswith("http://127.0.0.1:")
        address.pid = process.pid
        yield address
        process.terminate()
        assert process.wait(60) == 0
        assert process.stdout.read() == "", "the address is the last line"


@pytest.fixture(scope="session")
def server() -> Iterator[Address]:
    """A server with limits as they are, but for the time of a query and in the queue: ample."""
    with serving(
        **{"query-timeout": "120", "queries-at-once": "2", "queue-seconds": "30"}
    ) as address:
        yield address


@pytest.fixture(scope="session")
def tight_server() -> Iterator[Address]:
    """A server whose limits are all low."""
    with serving(**TIGHT) as address:
        yield address


@pytest.fixture(scope="session")
def tight(tight_server: Address) -> Iterator[httpx2.Client]:
    """A client of the server whose limits are all low."""
    with httpx2.Client(base_url=tight_server, timeout=30) as client:
        yield client


@pytest.fixture
def readers(modules: Callable[[str], list[int]]) -> Callable[[], list[tuple[int, str]]]:
    """The processes that answer queries now: each its number and its state, such as R or S."""

    def found() -> list[tuple[int, str]]:
        keepers = modules("wijk.engine.keeper")
        return [(each, state(each)) for keeper in keepers for each in children(keeper)]

    return found


@pytest.fixture
def asking(server: Address) -> Callable[..., AbstractContextManager[socket.socket]]:
    """Ask something over a connection of its own, and hang up at the end of the block."""

    @contextmanager
    def asked(query: str, method: str = "GET", at: str = server) -> Iterator[socket.socket]:
        parts = urlsplit(at)
        with socket.create_connection((parts.hostname or "", parts.port or 0), 20) as connection:
            form = f"query={quote(query)}"
            if method == "GET":
                connection.sendall(f"GET /sparql?{form} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            else:
                connection.sendall(
                    "POST /sparql HTTP/1.1\r\nHost: x\r\n"
                    "Content-Type: application/x-www-form-urlencoded\r\n"
                    f"Content-Length: {len(form)}\r\n\r\n{form}".encode()
                )
            yield connection

    return asked


@pytest.fixture(scope="session")
def until() -> Callable[[Callable[[], T]], T]:
    """Wait until something is so, and for a minute at most; whether it is."""

    def waited(happens: Callable[[], T]) -> T:
        deadline = time.monotonic() + 60
        while not (seen := happens()) and time.monotonic() < deadline:
            time.sleep(0.01)
        return seen

    return waited


@pytest.fixture
def modules(server: Address) -> Callable[[str], list[int]]:
    """The processes of the server that run this module now."""
    return lambda name: [one for one in children(server.pid) if name.encode() in command(one)]


@pytest.fixture
def own_server() -> Iterator[Address]:
    """A server of one's own, that may be killed."""
    with subprocess.Popen(started(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = Address(process.stdout.readline().strip().rstrip("/"))
        address.pid = process.pid
        yield address
        process.kill()


@pytest.fixture
def family() -> Callable[[int], list[int]]:
    """The processes that a process started, and those that these started."""

    def found(pid: int) -> list[int]:
        return [one for child in children(pid) for one in (child, *found(child))]

    return found


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    with suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def command(pid: int) -> bytes:
    """What a process was started as."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


@pytest.fixture(scope="session")
def spent() -> Callable[[int], float]:
    """The seconds of processor time that a process has had; none when it is no more."""

    def found(pid: int) -> float:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return 0.0

    return found


def state(pid: int) -> str:
    """R for a process that runs, S for one that waits, Z or X for one that is no more."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0]
    return "X"


@pytest.fixture(scope="session")
def told() -> Callable[..., ox.Dataset]:
    """The triples of a text in some format, whatever its nodes without a name are called."""

    def read(body: bytes, media_type: str, base: str = "https://wijk.invalid/") -> ox.Dataset:
        form = ox.RdfFormat.from_media_type(media_type)
        quads = ox.parse(body, form, base_iri=base)
        found = ox.Dataset(ox.Quad(it.subject, it.predicate, it.object) for it in quads)
        found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        return found

    return read


@pytest.fixture(scope="session")
def plain_client() -> Iterator[httpx2.Client]:
    """A client of a server with a plain default graph and a public address."""
    public = "https://example.org/wijk/"
    with (
        serving(**{"default-graph": "plain", "public-url": public}) as address,
        httpx2.Client(base_url=address, timeout=30) as client,
    ):
        yield client


@pytest.fixture(scope="session")
def client(server: str) -> Iterator[httpx2.Client]:
    """A client of that server that follows no redirect by itself."""
    with httpx2.Client(base_url=server, timeout=30) as client:
        yield client


@pytest.fixture
def page(client: httpx2.Client) -> Callable[[str], str]:
    """The words and the links of a page."""

    def read(path: str) -> str:
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200, path
        return html.unescape(answer.text)

    return read


@pytest.fixture(scope="session")
def graph(shipped: Snapshot) -> Snapshot:
    """The graph that the server serves."""
    return shipped


@pytest.fixture(scope="session")
def cases(graph: Snapshot) -> int:
    """How many cases there are now, each with one title and in one bundle."""
    return len(graph.slugs("case"))
