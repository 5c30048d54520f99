"""How fast the graph as shipped is served, in ratios against the same work in this process.

Run it with `python tests/bench/serving.py [--json]`: it starts a server of its own, and prints
the p50 of a case's description in process, through the engine, over HTTP, and beside it the same
HTTP round trip that does nothing; the time from start to the first answer; and the memory of
server, keeper and readers.
"""

import asyncio
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from wijk import snapshot
from wijk.engine import Ask, formats
from wijk.engine.embedded import Embedded, EngineLimits
from wijk.engine.local import LocalStore
from wijk.snapshot import Snapshot

ROOT = Path(__file__).parents[2]
TIMES = 400
Row = tuple[str, float]


def main() -> None:
    """Measure and print."""
    began = time.perf_counter()
    taken = snapshot.read(ROOT).snapshot
    loaded = time.perf_counter() - began
    store = LocalStore(taken.nquads(), taken.prefixes, taken.base)
    cases = [f"{taken.base}id/case/{slug}" for slug in taken.slugs("case")]
    texts = [f"DESCRIBE <{cases[n % len(cases)]}> # {n}" for n in range(TIMES)]
    rows: list[Row] = [
        ("statements", len(store)),
        ("documents", len(taken.documents)),
        ("read the folder, s", loaded),
    ]
    inside = p50(lambda text: store.query(text, formats.TURTLE), texts)
    rows += [("description in process, p50 ms", inside)]
    engine = asyncio.run(through_the_engine(taken, texts))
    rows += [("description through the engine, p50 ms", engine), ("  as a ratio", engine / inside)]
    rows += over_http(texts, cases, inside)
    if "--json" in sys.argv:
        print(json.dumps(dict(rows), indent=2))
        return
    for name, value in rows:
        print(f"{name:44} {value:12,.3f}".rstrip("0").rstrip("."))


def p50(work: Callable[[str], object], given: list[str]) -> float:
    """The median, in milliseconds."""
    for one in given[:20]:
        work(f"{one} warm")
    taken = []
    for one in given:
        began = time.perf_counter()
        work(one)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


async def through_the_engine(taken: Snapshot, texts: list[str]) -> float:
    """The median through the processes of the engine, every text another one."""
    engine = Embedded(taken.prefixes, taken.base, EngineLimits())
    await engine.load(taken.nquads(), taken.digest)
    await engine.start()
    times = []
    for text in texts:
        began = time.perf_counter()
        await engine.answer(Ask(text, formats.TURTLE))
        times.append(time.perf_counter() - began)
    await engine.aclose()
    return statistics.median(times) * 1000


def over_http(texts: list[str], cases: list[str], inside: float) -> list[Row]:
    """What a client sees of a real server."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--graph", str(ROOT)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        connection = HTTPConnection(urlsplit(process.stdout.readline().strip()).netloc)
        answer_to(connection, described(texts[0]))
        rows: list[Row] = [
            ("start to first answer, with the check, s", time.perf_counter() - began),
            *round_trips(connection, texts, cases, inside),
            *memory(process.pid),
        ]
        connection.close()
        process.terminate()
    return rows


def round_trips(
    connection: HTTPConnection, texts: list[str], cases: list[str], inside: float
) -> list[Row]:
    """The medians of what a client asks for over one connection."""
    asked = p50(lambda text: answer_to(connection, described(text)), texts)
    again = p50(lambda text: answer_to(connection, described(text)), texts)
    nothing = p50(lambda _: answer_to(connection, "/health/live"), texts)
    paths = [f"/doc/case/{case.rpartition('/')[2]}" for case in cases] * 10
    file = p50(lambda path: answer_to(connection, f"{path.split()[0]}.ttl"), paths)
    page = p50(lambda path: answer_to(connection, f"{path.split()[0]}.html"), paths)
    return [
        ("description over HTTP, p50 ms", asked),
        ("  as a ratio to in process", asked / inside),
        ("  of which HTTP itself (/health/live), ms", nothing),
        ("  over in process and HTTP, ms", asked - inside - nothing),
        ("the same description again, p50 ms", again),
        ("a case's Turtle document, p50 ms", file),
        ("a case's page, p50 ms", page),
    ]


def described(query: str) -> str:
    """The path that asks this query."""
    return "/sparql?" + urlencode({"query": query})


def answer_to(connection: HTTPConnection, path: str) -> bytes:
    """One round trip."""
    connection.request("GET", path, headers={"Accept": "text/turtle"})
    return connection.getresponse().read()


def memory(server: int) -> list[Row]:
    """Resident memory that is not shared, of the server and of the processes of its engine."""
    keepers = children(server)
    readers = [reader for keeper in keepers for reader in children(keeper)]
    return [
        ("memory of the server, MB", private(server)),
        ("memory of the keeper, MB", sum(map(private, keepers))),
        (f"memory of {len(readers)} reader(s), MB", sum(map(private, readers))),
    ]


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def private(pid: int) -> float:
    """Megabytes that go away when it ends."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    sizes = [int(line.split()[1]) for line in lines if line.startswith("Private_")]
    return sum(sizes) / 1024


if __name__ == "__main__":
    main()
