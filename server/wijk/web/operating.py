"""What stands around the application for who runs it: metrics, access log, the path before it."""

import ipaddress
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from wijk.settings import Settings
from wijk.web import metrics
from wijk.web.access import AccessLog
from wijk.web.metrics import Metrics
from wijk.web.observing import Listener, Observed


@dataclass(frozen=True)
class Operating:
    """The measurements, and whether only this machine may see them."""

    metrics: Metrics
    only_here: bool


@contextmanager
def operated(
    app: FastAPI, settings: Settings, engine: object, connections: Callable[[], int]
) -> Iterator[None]:
    """Put around an application what the settings ask for; before it starts, until it has ended."""
    listeners: list[Listener] = []
    with ExitStack() as stack:
        log = stack.enter_context(AccessLog(sys.stderr)) if settings.access_log else None
        if log is not None:
            listeners.append(log)
        if settings.metrics != "off":
            measured = Metrics(
                *(engine, connections, lambda: log.lost if log else 0),
                lambda: app.state.live.watcher if app.state.live else None,
            )
            app.state.operating = Operating(measured, settings.metrics == "loopback")
            app.add_route("/metrics", metrics.page, methods=["GET"])
            listeners.append(measured)
        if listeners:
            app.add_middleware(Observed, listeners=listeners)
        if path := urlsplit(settings.public_url).path:
            app.add_middleware(Below, path=path)
        yield


def trusted(proxies: Sequence[str]) -> list[str]:
    """The networks of proxies; those of IPv4 also as a socket for both kinds of address says it."""
    found = [ipaddress.ip_network(each, strict=False) for each in proxies]
    mapped = [
        f"::ffff:{net.network_address}/{96 + net.prefixlen}" for net in found if net.version == 4
    ]
    return [*map(str, found), *mapped]


class Below:
    """Serves below a path, whether or not the proxy before us takes that path off."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            asked = scope["path"]
            if asked == self._path:
                asked += "/"
            elif not asked.startswith(f"{self._path}/"):
                asked = self._path + asked
            scope = {**scope, "path": asked, "root_path": self._path}
        await self._app(scope, receive, send)
