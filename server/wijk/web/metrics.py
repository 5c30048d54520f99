"""`/metrics`: how the service is doing, as Prometheus reads it."""

import asyncio
import ipaddress
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from wijk import __version__
from wijk.engine.gate import FORMS
from wijk.engine.state import Measured, State
from wijk.web import memory
from wijk.web.observing import OUTCOMES, UNKNOWN, Seen

_BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
# What came through a proxy, or from a page in a browser, does not come from this machine itself.
_FROM_ELSEWHERE = ("forwarded", "via", "x-real-ip", "origin")
_GAUGES = {
    "places": "Queries from outside that may run at once.",
    "taken": "Queries from outside that run now.",
    "waiting": "Queries from outside that wait for a place.",
    "cache_bytes": "Bytes that kept answers take.",
    "cache_answers": "Answers that are kept.",
}
_COUNTERS = {
    "readers_started": "Processes that answer, begun since the start.",
    "readers_killed": "Processes that answer, stopped at work or found dead.",
    "keepers_started": "Processes that hold the data, begun since the start.",
    "cache_hits": "Queries whose answer was kept, the service's own included.",
    "cache_misses": "Queries whose answer was not kept.",
}


class Metrics:
    """The measurements of one application, in a registry of its own; listens to its requests."""

    def __init__(
        self,
        engine: object,
        connections: Callable[[], int] = lambda: 0,
        lost: Callable[[], int] = lambda: 0,
        watcher: Callable[[], int | None] = lambda: None,
    ) -> None:
        """`watcher` is the process that watches the files, when that is another one."""
        self._engine = engine
        self._others = (connections, lost)
        self._watcher = watcher
        self._registry = registry = CollectorRegistry()
        self._moment = _Moment()
        registry.register(self._moment)
        self._statuses: dict[int, Counter] = {}
        self._queries, self._seconds = _of_queries(registry)
        self._requests = Counter(
            *("wijk_requests", "Requests of every kind, by status.", ("status",)),
            registry=registry,
        )
        self._sent = Counter("wijk_sent_bytes", "Bytes of answers sent.", registry=registry)

    def __call__(self, scope: Scope, seen: Seen) -> None:
        """Count one request."""
        if (status := self._statuses.get(seen.status)) is None:
            status = self._statuses[seen.status] = self._requests.labels(seen.status)
        status.inc()
        self._sent.inc(seen.sent)
        if seen.asked:
            self._queries[seen.outcome, seen.form].inc()
            self._seconds[seen.outcome].observe(seen.seconds)

    async def text(self, accept: str, documents: int) -> tuple[bytes, str]:
        """All measurements at this moment, and their media type.

        The text format of Prometheus, or OpenMetrics for who asks for that.
        """
        state = self._engine.state() if isinstance(self._engine, Measured) else State()
        connections, lost = (count() for count in self._others)
        sizes = await asyncio.to_thread(_sizes, state, self._watcher())
        self._moment.now = _Now(state, sizes, documents, connections, lost)
        encode, media_type = choose_encoder(accept)
        return encode(self._registry), media_type


def _of_queries(
    registry: CollectorRegistry,
) -> tuple[dict[tuple[str, str], Counter], dict[str, Histogram]]:
    """What counts queries and their seconds, each one made beforehand: all are there from 0."""
    queries = Counter(
        *("wijk_queries", "Queries, by what became of them and by form.", ("outcome", "form")),
        registry=registry,
    )
    seconds = Histogram(
        *("wijk_query_seconds", "Seconds from request to end of the answer.", ("outcome",)),
        registry=registry,
        buckets=_BUCKETS,
    )
    forms = (*FORMS, UNKNOWN)
    counters = {(end, form): queries.labels(end, form) for end in OUTCOMES for form in forms}
    return counters, {end: seconds.labels(end) for end in OUTCOMES}


async def page(request: Request) -> Response:
    """The measurements, for who may see them; for others there is nothing here."""
    operating = request.app.state.operating
    if operating.only_here and not _from_here(request):
        raise HTTPException(404)
    site = getattr(request.app.state, "site", None)
    documents = len(site.snapshot.documents) if site is not None and site.snapshot else 0
    accept = request.headers.get("accept", "")
    body, media_type = await operating.metrics.text(accept, documents)
    headers = {"Content-Type": media_type, "Cache-Control": "no-store", "Vary": "Accept"}
    return Response(body, headers=headers)


def _from_here(request: Request) -> bool:
    """Whether a program on this machine asks, itself."""
    passed_on = any(
        name in _FROM_ELSEWHERE or name.startswith("x-forwarded-") for name in request.headers
    )
    try:
        address = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return False
    return not passed_on and (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _sizes(state: State, watcher: int | None) -> dict[str, int]:
    found = {
        "server": memory.resident(),
        "keeper": memory.resident(state.keeper) if state.keeper else None,
        "readers": memory.private(state.readers),
        "watcher": memory.resident(watcher) if watcher else None,
    }
    return {name: size for name, size in found.items() if size is not None}


@dataclass(frozen=True)
class _Now:
    state: State
    sizes: dict[str, int]
    documents: int
    connections: int
    lost: int


class _Moment(Collector):
    """What is not counted but looked up when someone asks."""

    now: _Now | None = None

    def describe(self) -> Iterator[Metric]:
        yield from ()

    def collect(self) -> Iterator[Metric]:
        if (now := self.now) is None:
            return
        state = now.state
        yield InfoMetricFamily("wijk", "The software.", {"version": __version__})
        yield InfoMetricFamily("wijk_snapshot", "The data served.", {"digest": state.digest})
        told = {
            "snapshot_documents": (now.documents, "Documents that are served."),
            "snapshot_triples": (state.statements, "Statements in the data."),
            "snapshot_loaded_timestamp_seconds": (state.loaded, "When these data came in."),
            "connections": (now.connections, "Connections that are open."),
            **{name: (getattr(state, name), said) for name, said in _GAUGES.items()},
        }
        for name, (value, said) in told.items():
            yield GaugeMetricFamily(f"wijk_{name}", said, value)
        for name, said in _COUNTERS.items():
            yield CounterMetricFamily(f"wijk_{name}", said, getattr(state, name))
        yield CounterMetricFamily("wijk_access_lines_lost", "Lines nobody took.", now.lost)
        yield _labelled("readers", "state", {"idle": state.idle, "working": state.working})
        yield _labelled("memory_bytes", "process", now.sizes)


def _labelled(name: str, label: str, values: dict[str, int]) -> Metric:
    said = {
        "readers": "Processes that answer.",
        "memory_bytes": "Memory in use; of readers only what they share with no other process.",
    }
    family = GaugeMetricFamily(f"wijk_{name}", said[name], labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family
