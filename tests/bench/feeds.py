"""What the feeds and frames take: seconds, bytes and memory, of so many published cases.

Run it with `python tests/bench/feeds.py CASES…`. The folder is made, published at once and
remembered as if it had been checked, as in folder.py.
"""

import gc
import json
import os
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import servers
from generate import generate
from servers import Running
from wijk import remembered, snapshot, stamps
from wijk.changelog import Entry
from wijk.snapshot import Reading

_FIRST = datetime(2026, 11, 23, tzinfo=UTC)
_NEWEST = "/feeds/casussen.atom"
_PATHS = (
    *(_NEWEST, "/feeds/casussen.rss", "/feeds/thema/samenleven.atom"),
    *(f"/feeds/volledig/casussen.{form}" for form in ("atom", "rss", "json")),
    *("/embed/list?thema=samenleven&doelgroep=bewoner", "/embed/map", "/feeds/"),
)


def main() -> None:
    """Measure each number of cases."""
    gc.set_threshold(100_000, 50, 100)
    for cases in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as place:
            print(json.dumps({"cases": cases, **_measured(cases, Path(place))}), flush=True)


def _measured(cases: int, place: Path) -> dict[str, object]:
    folder, home = place / "graph", place / "home"
    _made(cases, folder, home)
    gc.collect()
    with servers.product(folder, home) as running:
        found: dict[str, object] = {"start": round(running.started, 2)}
        before = running.memory()
        for path in _PATHS:
            spent = _processor(running)
            first, again = _asked(running, path), _asked(running, path)
            found[path] = {
                "first": round(first[0], 3),
                "processor": round(_processor(running) - spent, 2),
                "again": round(again[0], 4),
                "known": round(_asked(running, path, first[2])[0], 4),
                "bytes": first[1],
            }
        found["memory"] = f"{before >> 20} MB, then {running.memory() >> 20} MB"
    return found


def _made(cases: int, folder: Path, home: Path) -> None:
    generate(cases, folder)
    reading = snapshot.read(folder)
    _published(reading, folder)
    nquads = reading.snapshot.nquads()
    remembered.remember(reading, lambda path: path.write_bytes(nquads), home)


def _published(reading: Reading, folder: Path) -> None:
    """Write the log of a first publication of all documents."""
    documents = [it for it in reading.snapshot.documents.values() if stamps.is_logged(it.path)]
    path = folder / "data" / "changes" / "2026-11-23T000000.000Z.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for at, each in enumerate(sorted(documents, key=lambda it: it.iri)):
            moment, text = _FIRST + timedelta(milliseconds=at), each.source.decode()
            out.write(
                Entry(moment, "Create", each.iri, each.path, each.digest, content=text).line()
            )


def _processor(running: Running) -> float:
    """Seconds of processor time of all processes of a server so far."""
    spent = 0
    for pid in running.processes():
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
            spent += int(fields[11]) + int(fields[12])
    return spent / os.sysconf("SC_CLK_TCK")


def _asked(running: Running, path: str, tag: str = "") -> tuple[float, int, str]:
    """Seconds, bytes and tag of one answer."""
    connection = HTTPConnection(running.host, running.port, timeout=120)
    began = time.perf_counter()
    connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
    answer = connection.getresponse()
    body = answer.read()
    seconds = time.perf_counter() - began
    connection.close()
    assert answer.status == (304 if tag else 200), (path, answer.status)
    return seconds, len(body), answer.getheader("etag", "")


if __name__ == "__main__":
    main()
