"""A service on loopback that answers as it is told, for everything that asks services of others."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from wijk.linking import tooi
from wijk.linking.fetching import Fetcher, Patience
from wijk.linking.register import Register

EXTRACTS = Path(__file__).parent / "extracts"


@dataclass(frozen=True)
class Reply:
    """One answer: JSON for what is no text; `cut` breaks the connection off in the middle."""

    body: object = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False

    @property
    def sent(self) -> bytes:
        """The body as it goes over the line."""
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


@dataclass(frozen=True)
class Request:
    """What was asked."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass
class Service:
    """A server on loopback; a path's replies come in order, and the last one stays."""

    url: str = ""
    asked: list[Request] = field(default_factory=list)
    _replies: dict[str, list[Reply]] = field(default_factory=dict)
    _made: dict[str, Callable[[Request], Reply]] = field(default_factory=dict)

    def answers(self, path: str, *replies: object) -> None:
        """Answer this path so; what is no Reply is its body."""
        self._replies[path] = [it if isinstance(it, Reply) else Reply(it) for it in replies]

    def makes(self, path: str, make: Callable[[Request], Reply]) -> None:
        """Make the answers of this path from what is asked."""
        self._made[path] = make

    def paths(self) -> list[str]:
        """The paths that were asked, in order."""
        return [request.path for request in self.asked]

    def reply(self, request: Request) -> Reply:
        """The answer to a request."""
        self.asked.append(request)
        if request.path in self._made:
            return self._made[request.path](request)
        replies = self._replies.get(request.path) or [Reply("not here", 404)]
        return replies.pop(0) if len(replies) > 1 else replies[0]


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body are two writes: the second would wait 40 ms

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            reply = service.reply(Request(parts.path, query, dict(self.headers)))
            kind = "text/plain" if isinstance(reply.body, str | bytes) else "application/json"
            headers = {"Content-Type": kind, **reply.headers}
            self.send_response(reply.status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.sent)))
            self.end_headers()
            with suppress(BrokenPipeError):  # who asked has gone
                self.wfile.write(reply.sent[: len(reply.sent) // 2] if reply.cut else reply.sent)
            self.close_connection = reply.cut

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@pytest.fixture
def service() -> Iterator[Service]:
    """A service that still has to be told what to answer."""
    told = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(told))
    server.daemon_threads = True
    told.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def reply() -> type[Reply]:
    """How an answer with a status, headers or a cut is told to the service."""
    return Reply


@pytest.fixture
def pauses() -> list[float]:
    """The pauses that the fetcher would have made."""
    return []


@pytest.fixture
def fetcher(pauses: list[float], tmp_path: Path) -> Iterator[Fetcher]:
    """A fetcher that keeps its answers, and counts its pauses instead of making them."""
    with Fetcher(Patience(tries=4, seconds=5), tmp_path / "kept", pauses.append) as one:
        yield one


@pytest.fixture(scope="session")
def extract() -> bytes:
    """An extract of the register of municipalities, in its own format."""
    return (EXTRACTS / "tooi_gemeenten_extract.jsonld").read_bytes()


@pytest.fixture(scope="session")
def register(extract: bytes) -> Register:
    """The register that is in it."""
    return tooi.read(extract, "extract").register
