"""Measures one server: every query alone, the mix with many clients, memory and limits."""

import base64
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any

from agreement import value_of
from asked import ROWS, Asked, mix, things
from generate import slug
from servers import Running

LOAD = Path(__file__).parent / "load.py"
_ENOUGH = 4000
_MIX = 24_000


@dataclass(frozen=True)
class Row:
    """What many requests of one kind took: the middle, the slow ones, and how many a second."""

    p50: float
    p95: float
    rate: float
    count: int
    failed: int
    client_share: float = 0.0


@dataclass
class Measured:
    """All that was measured of one server at one size."""

    started: float
    loaded: float
    triples: int
    queries: dict[str, Row] = field(default_factory=dict)
    agree: dict[str, str] = field(default_factory=dict)
    mixes: dict[str, Row] = field(default_factory=dict)
    memory: int = 0
    runaway: tuple[float, float, float] | None = None
    again: float = 0.0
    change: float = 0.0


def load(running: Running, asked: Iterable[tuple[str, str]], clients: int, seconds: float) -> Row:
    """Let so many clients ask these queries, each as soon as its last answer is in."""
    with tempfile.NamedTemporaryFile("wb", suffix=".txt") as file:
        for text, accept in asked:
            file.write(base64.b64encode(running.request(text, accept)) + b"\n")
        file.flush()
        spec = {"host": running.host, "port": running.port, "requests": file.name}
        told = subprocess.run(
            [sys.executable, str(LOAD)],
            input=json.dumps({**spec, "clients": clients, "seconds": seconds}),
            capture_output=True,
            text=True,
            check=True,
        )
    return row(json.loads(told.stdout))


def row(told: Mapping[str, Any]) -> Row:
    """The figures of what the clients saw."""
    times = sorted(told["times"]) or [float("inf")]
    return Row(
        p50=statistics.median(times),
        p95=times[int(len(times) * 0.95)],
        rate=len(told["times"]) / told["seconds"],
        count=len(told["times"]),
        failed=told["failed"],
        client_share=told["processor"] / told["seconds"],
    )


def alone(running: Running, query: Asked, cases: int, seconds: float, mark: str) -> Row:
    """One client that asks one query, about ever other things."""
    first = next(things(cases))
    began = time.perf_counter()
    with suppress(OSError, HTTPException):
        running.ask(query.about(first, f"{mark}-warm"), query.accept)
    took = time.perf_counter() - began
    if took > seconds:
        return Row(took * 1000, took * 1000, 1 / took, 1, 0)
    count = min(_ENOUGH, max(3, int(seconds / took * 2)))
    about = zip(range(count), things(cases), strict=False)
    asked = [(query.about(some, f"{mark}-{number}"), query.accept) for number, some in about]
    return load(running, asked, 1, seconds)


def agreement(
    running: Running, query: Asked, cases: int, right: Mapping[str, object], seconds: float
) -> str:
    """Does this server say what the store in this process says? `yes`, or what it does instead."""
    for _, some in zip(range(2), things(cases), strict=False):
        text = query.about(some)
        try:
            status, kind, body = running.ask(text, query.accept, seconds)
        except (OSError, HTTPException) as error:
            return type(error).__name__
        if status != 200:
            return f"status {status}"
        try:
            if value_of(kind, body) != right[text]:
                return "another answer"
        except (ValueError, KeyError, SyntaxError):
            return "unreadable"
    return "yes"


def mixes(
    running: Running, cases: int, clients: Iterable[int], seconds: float, mark: str
) -> dict[str, Row]:
    """The anchored mix by name: what repeats and how many clients."""
    found = {}
    for count in clients:
        for name, repeated in (("nothing repeats", False), ("half repeats", True)):
            asked = mix(cases, f"{mark}-{count}-{int(repeated)}", _MIX, repeated)
            found[f"{name}, {count} clients"] = load(running, asked, count, seconds)
    return found


def change(running: Running, folder: Path) -> float:
    """Seconds from writing one document of a folder to the first answer that knows of it."""
    path = folder / "data" / "cases" / f"{slug('casus', 0)}.ttl"
    changed = path.read_text(encoding="utf-8").replace('"Casus 0"', '"Casus nul"')
    query = 'ASK { ?case <http://purl.org/dc/terms/title> "Casus nul"@nl }'
    began = time.perf_counter()
    path.write_text(changed, encoding="utf-8")
    while time.perf_counter() - began < 60:
        if b"true" in running.ask(query, ROWS)[2]:
            return time.perf_counter() - began
        time.sleep(0.01)
    return float("inf")


RUNAWAY = "SELECT (COUNT(*) AS ?count) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def runaway(running: Running) -> tuple[float, float]:
    """Seconds until a query without end is refused, and until nobody computes any more."""
    began = time.perf_counter()
    running.ask(RUNAWAY, ROWS)
    told = time.perf_counter() - began
    while time.perf_counter() - began < 30:
        before = _burnt(running.processes())
        moment = time.perf_counter() - began
        time.sleep(0.05)
        if _burnt(running.processes()) - before < 0.03:
            return told, moment
    return told, float("inf")


def _burnt(processes: Iterable[int]) -> float:
    """Processor seconds of these processes together."""
    ticks = 0
    for pid in processes:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
