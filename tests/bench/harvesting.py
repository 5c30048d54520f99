"""What a whole harvest takes by each route: seconds, requests, bytes, and memory of the server.

Run it with `python tests/bench/harvesting.py CASES…`. The folder is made, published in a log of its
own, read and remembered as if it had been checked. Every route is taken twice: at first the server
makes what it then keeps.
"""

import html
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import servers
from generate import generate
from servers import Running
from wijk import changelog, remembered, snapshot, stamps
from wijk.changelog import Entry

_START = datetime(2026, 11, 23, tzinfo=UTC)
_TOKEN = re.compile(rb"<resumptionToken[^>]*>([^<]+)</resumptionToken>")
_NODE = re.compile(rb"<https://w3id.org/tree#node> <[^>]*(/ldes/[^>]+)>")
_TIMES = 50
_MIB = 1 << 20

Ask = Callable[[str], bytes]
"""Gives the answer at a path."""


def main() -> None:
    """Measure each number of cases."""
    for cases in map(int, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as place:
            folder, home = Path(place, "graph"), Path(place, "home")
            generate(cases, folder)
            _published(folder)
            _remembered(folder, home)
            with servers.product(folder, home) as running:
                _measured(cases, running)


def _published(folder: Path) -> None:
    documents = snapshot.read(folder).snapshot.documents.values()
    logged = sorted((it for it in documents if stamps.is_logged(it.path)), key=lambda it: it.iri)
    place = folder / "data" / "changes"
    place.mkdir()
    with (place / "2026-11-23T000000.000Z.jsonl").open("w", encoding="utf-8") as log:
        for at, it in enumerate(logged):
            moment, content = _START + timedelta(milliseconds=at), it.source.decode()
            log.write(Entry(moment, "Create", it.iri, it.path, it.digest, content=content).line())
    changelog.read(folder)


def _remembered(folder: Path, home: Path) -> None:
    reading = snapshot.read(folder)
    nquads = reading.snapshot.nquads()
    remembered.remember(reading, lambda path: path.write_bytes(nquads), home)


def _measured(cases: int, running: Running) -> None:
    before = running.memory()
    print(f"{cases} cases: {before // _MIB} MiB at first", flush=True)
    for name, route in ROUTES.items():
        (first, requests, size), (again, *_) = _taken(running, route), _taken(running, route)
        more = (running.memory() - before) / _MIB
        print(
            f"{name:<18} {requests:>5} requests {size / _MIB:>7.1f} MiB {first:>7.2f} s, "
            f"again {again:>6.2f} s; memory {more:+.0f} MiB",
            flush=True,
        )
    for path in ("", "?thema=groen", "?pagina=60", "?thema=zorg&doelgroep=bewoner"):
        took = [_taken(running, lambda ask, at=path: ask(f"{_API}{at}"))[0] for _ in range(_TIMES)]
        print(f"{_API}{path}: half within {statistics.median(took) * 1000:.1f} ms", flush=True)


def _taken(running: Running, route: Callable[[Ask], object]) -> tuple[float, int, int]:
    """Seconds, requests and bytes of a route, over one connection."""
    connection = HTTPConnection(running.host, running.port, timeout=600)
    sizes = []

    def ask(path: str) -> bytes:
        connection.request("GET", path, headers={"Accept": "application/n-quads, */*;q=0.5"})
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise LookupError(f"{path}: {response.status} {body[:300]!r}")
        sizes.append(len(body))
        return body

    began = time.perf_counter()
    route(ask)
    connection.close()
    return time.perf_counter() - began, len(sizes), sum(sizes)


def _oai(ask: Ask, prefix: str = "oai_dc") -> None:
    asked = f"metadataPrefix={prefix}"
    while asked:
        found = _TOKEN.search(ask(f"/oai?verb=ListRecords&{asked}"))
        asked = f"resumptionToken={quote(html.unescape(found[1].decode()))}" if found else ""


def _ldes(ask: Ask) -> None:
    for path in dict.fromkeys(_NODE.findall(ask("/ldes"))):
        ask(path.decode())


def _api(ask: Ask) -> None:
    number, last = 0, 1
    while number < last:
        number += 1
        found = json.loads(ask(f"{_API}?paginagrootte=1000&pagina={number}"))
        last = -(-found["count"] // 1000)


_API = "/api/v1/casussen"
ROUTES: dict[str, Callable[[Ask], object]] = {
    "Atom, all": lambda ask: ask("/feeds/volledig/casussen.atom"),
    "RSS, newest": lambda ask: ask("/feeds/casussen.rss"),
    "OAI-PMH": _oai,
    "OAI-PMH, RDF/XML": lambda ask: _oai(ask, "rdf"),
    "event stream": _ldes,
    "dump, N-Quads": lambda ask: ask("/dump/casussen.nq"),
    "dump, CSV": lambda ask: ask("/dump/casussen.csv"),
    "API": _api,
    "catalogue": lambda ask: ask("/catalog.ttl"),
    "sitemap": lambda ask: ask("/sitemap.xml"),
}

if __name__ == "__main__":
    main()
