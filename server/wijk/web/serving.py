"""Starts and stops the server: the port first, the address last."""

import gc
import logging
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from urllib.parse import urljoin

import uvicorn
import uvloop
from fastapi import FastAPI

from wijk.counting import counted
from wijk.editing.desk.desk import Desk
from wijk.engine import Engine, dataset
from wijk.engine.children import Started
from wijk.engine.embedded import Embedded
from wijk.errors import BadSetting, ServeError
from wijk.namespaces import VOCABULARIES
from wijk.settings import Settings
from wijk.snapshot import Snapshot
from wijk.web import bare, limits, operating
from wijk.web.app import create
from wijk.web.bare import Followed
from wijk.web.harvest.dumping import Dumping
from wijk.web.http import Http, limited, swept
from wijk.web.live import Live, Tell

_COLLECTED = (1000, 10, 10)
"""After so many new objects, those that only keep each other are looked for; old ones, seldom."""


def serve(
    settings: Settings,
    snapshot: Snapshot,
    listener: socket.socket,
    tell: Tell,
    ahead: Started | None = None,
) -> None:
    """Serve a snapshot on a socket that has its port, until someone stops it.

    `tell` hears of what becomes of the folder in the meantime. The process that is to hold the
    graph may have been started ahead.

    Raises:
        ServeError: the server did not start.
        BadSetting: settings that do not go together.
    """
    limits.make_room(settings.connections)
    engine = _engine(settings, snapshot, ahead)
    live = Live(snapshot, engine, tell, settings.public_url, settings.home)
    app = create(snapshot, engine, settings.public_url, live)
    app.state.dumping = Dumping(settings.home)
    app.state.desk = Desk(settings.home) if settings.home else None
    said = f"Serving {counted(len(snapshot.documents), 'document')}."
    _run(settings, app, engine, listener, lambda: said)


def serve_dataset(
    settings: Settings,
    listener: socket.socket,
    tell: Callable[[str], None],
    ahead: Started | None = None,
) -> None:
    """Serve the files of a dataset through the endpoint alone, until someone stops it.

    `tell` hears of what becomes of the files in the meantime. The process that is to hold the
    statements may have been started ahead.

    Raises:
        ServeError: the server did not start; a file cannot be read, for example.
        BadSetting: settings that do not go together.
    """
    if settings.engine:
        raise BadSetting(
            "An engine elsewhere has data of its own. Leave out --engine (WIJK_ENGINE), or "
            "--dataset (WIJK_DATASET)."
        )
    limits.make_room(settings.connections)
    here = f"{settings.public_url or address(listener).rstrip('/')}/sparql"
    base = urljoin(settings.dataset_base, "sparql") if settings.dataset_base else here
    union = settings.default_graph == "union"
    engine = Embedded(VOCABULARIES, base, limits.of_engine(settings), union, True, ahead)
    followed = Followed(dataset.files(settings.dataset, settings.dataset_base), engine, tell)
    app = bare.create(followed, engine, settings.public_url)
    _run(
        *(settings, app, engine, listener),
        lambda: f"Serving {counted(followed.statements, 'statement')}.",
    )


def _run(
    settings: Settings,
    app: FastAPI,
    engine: Engine,
    listener: socket.socket,
    said: Callable[[], str],
) -> None:
    app.state.limits = limits.of_gate(settings)
    app.state.tables = limits.of_tables(settings)
    server = _Telling(_config(app, settings), said)
    # What failed in a way we can explain is told in one sentence, without another before it.
    logging.getLogger("uvicorn.error").addFilter(lambda _: app.state.failure is None)
    for number in (signal.SIGINT, signal.SIGTERM):
        # The server takes these itself, and passes them on when it has ended: that is the end.
        signal.signal(number, _nothing)
    around = operating.operated(app, settings, engine, server.connections)
    _tidy()
    with around, suppress(SystemExit):  # its way to say that it did not start
        server.run(sockets=[listener])
    if app.state.failure is not None:
        raise ServeError(str(app.state.failure)) from app.state.failure
    if not server.started:
        raise ServeError("The server did not start; see the message above.")


def _tidy() -> None:
    """What is there now stays; what requests leave behind from now on goes soon.

    A connection, its protocol and its request know of each other: only the collector takes them.
    """
    gc.freeze()
    gc.set_threshold(*_COLLECTED)


def _config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_level=logging.WARNING,
        access_log=False,
        lifespan="on",
        server_header=False,
        timeout_graceful_shutdown=3,
        http=limited(limits.of_http(settings)),
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=operating.trusted(settings.trusted_proxies),
        loop=f"{uvloop.__name__}:{uvloop.new_event_loop.__name__}",
        ws="none",
    )


def _engine(settings: Settings, snapshot: Snapshot, ahead: Started | None) -> Engine:
    """The one that comes along, or the one elsewhere that the settings name."""
    # Relative addresses in a query are read against the address of the endpoint among the data:
    # the same question has the same answer wherever it is served.
    base, union = f"{snapshot.base}sparql", settings.default_graph == "union"
    most = limits.of_engine(settings)
    if not settings.engine:
        return Embedded(snapshot.prefixes, base, most, union, ahead=ahead)
    if not union:
        raise BadSetting(
            "With an engine elsewhere, the default graph is the union of all documents. "
            "Leave out --default-graph plain (WIJK_DEFAULT_GRAPH), or --engine (WIJK_ENGINE)."
        )
    # Only needed here, and long to import.
    from wijk.engine.remote.remote import Remote
    from wijk.engine.remote.target import access_of

    return Remote(access_of(settings), snapshot.prefixes, snapshot.base, base, most)


def _nothing(number: int, frame: FrameType | None) -> None:
    pass


def listening(host: str, port: int) -> socket.socket:
    """A socket that has the port already.

    Raises:
        ServeError: another one has it, or this host is not ours; with what to do.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ServeError(f"'{host}' is not an address to listen on: {error.strerror}.") from error
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        other = port + 1 if 1024 <= port < 65535 else 8000
        raise ServeError(
            f"Cannot listen on {host} port {port}: {error.strerror}. Choose another port: "
            f"wijk serve --port {other}, or make serve PORT={other}; 0 takes any free one."
        ) from error
    return listener


def address(listener: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}/"


class _Telling(uvicorn.Server):
    """Says when it is there, as its last line."""

    def __init__(self, config: uvicorn.Config, said: Callable[[], str]) -> None:
        super().__init__(config)
        self._said = said

    def connections(self) -> int:
        """How many are open."""
        return len(self.server_state.connections)

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second; five of those are enough to look after deadlines."""
        if counter % 2 == 0:
            swept([each for each in self.server_state.connections if isinstance(each, Http)])
        return await super().on_tick(counter)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and then say where."""
        await super().startup(sockets)
        if self.started and sockets:
            print(f"{self._said()} Stop with Ctrl-C.", file=sys.stderr)
            print(address(sockets[0]), flush=True)
