"""Any process of the engine is killed at any moment, under load, and no answer is wrong or cut.

KILLS says how many times; with 1000 it takes some minutes.
"""

import os
import random
import signal
import statistics
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2
import pytest

KILLS = int(os.environ.get("KILLS", "80"))
MOST = 16
"""Megabytes that the allocator may keep for itself, and that KILLS times a leak would be over."""
LONG = "SELECT ?a ?d WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 15000"
pytestmark = pytest.mark.engine


class Load(threading.Thread):
    """One client that asks what it knows the answer of, again and again."""

    def __init__(self, server, seed):
        super().__init__()
        self.seen, self.wrong, self.waited = Counter(), [], 0.0
        self.over = threading.Event()
        self._server, self._seed = server, seed

    def run(self):
        number = 0
        with httpx2.Client(base_url=self._server, timeout=30) as client:
            while not self.over.is_set():
                number += 1
                began = time.monotonic()
                if number % 8 == 0:
                    self._long(client, number)
                else:
                    self._small(client, number)
                self.waited = max(self.waited, time.monotonic() - began)

    def _small(self, client, number):
        sum_ = number * 7 + self._seed
        # With RAND a query is asked anew each time: no answer comes from what is kept.
        query = f"SELECT ({number} * 7 + {self._seed} AS ?n) {{ BIND(RAND() AS ?r) }}"
        response = client.get("/sparql", params={"query": query, "format": "csv"})
        self._look(response, lambda: response.text.split() == ["n", str(sum_)])

    def _long(self, client, number):
        query = f"{LONG} # {number} {self._seed}"
        try:
            response = client.get("/sparql", params={"query": query, "format": "csv"})
        except httpx2.TransportError:
            self.seen["broken off"] += 1
            return
        self._look(response, lambda: response.text.count("\r\n") == 15_001)

    def _look(self, response, right):
        if response.status_code == 200 and not right():
            self.wrong.append(response.text[:200])
        if response.status_code not in (200, 503):
            self.wrong.append(f"{response.status_code} {response.text[:200]}")
        if response.status_code == 503 and int(response.headers["retry-after"]) < 1:
            self.wrong.append("503 without an end")
        self.seen[response.status_code] += 1


def private(pid):
    """Megabytes that only this process has."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def answered(loads):
    """How many answers these have had."""
    return sum(load.seen[200] for load in loads)


@contextmanager
def under_load(server):
    """Clients that ask all the time; afterwards, they have looked at every answer."""
    loads = [Load(server, seed) for seed in range(3)]
    for load in loads:
        load.start()
    time.sleep(1)
    try:
        yield loads
    finally:
        for load in loads:
            load.over.set()
        for load in loads:
            load.join()


@pytest.fixture
def processes(modules, readers):
    """What finds the processes that there are now, by kind."""
    return {
        "reader": lambda: [pid for pid, _ in readers()],
        "keeper": lambda: modules("wijk.engine.keeper"),
        "checker": lambda: modules("wijk.web.checker"),
    }


def test_any_process_can_be_killed_at_any_moment(server, processes, until):
    choice, killed = random.Random(7), Counter()

    def kill(loads, times):
        for number, kind in enumerate(choice.choices(list(processes), [93, 5, 2], k=times), 1):
            assert until(lambda least=number: answered(loads) >= least), "no answer between kills"
            found = until(processes[kind])
            with suppress(ProcessLookupError):
                os.kill(choice.choice(found), signal.SIGKILL)
                killed[kind] += 1
            time.sleep(choice.random() * 0.06)

    with under_load(server) as first:
        kill(first, KILLS // 4)
    before = private(server.pid)
    with under_load(server) as second:
        kill(second, KILLS)
    after, loads = private(server.pid), first + second
    seen = sum((load.seen for load in loads), Counter())
    longest = max(load.waited for load in loads)
    print(f"\nkilled {dict(killed)}; answers {dict(seen)}; longest {longest:.2f} s;", end=" ")
    print(f"memory {before:.1f} MB before, {after:.1f} MB after")
    assert [wrong for load in loads for wrong in load.wrong] == []
    assert answered(second) >= KILLS
    assert after < before + MOST
    assert httpx2.get(f"{server}/sparql", params={"query": "ASK {}"}).status_code == 200
    assert {kind for kind, found in processes.items() if not until(found)} == set()


@pytest.mark.parametrize(("kind", "times"), [("reader", KILLS), ("keeper", KILLS // 8)])
def test_who_asks_just_after_a_kill_is_answered(client, modules, readers, until, kind, times):
    waited = []
    for number in range(times):
        killed = [pid for pid, _ in until(readers)]
        killed += until(lambda: modules("wijk.engine.keeper")) if kind == "keeper" else []
        for pid in killed:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        began = time.monotonic()
        query = f"ASK {{ 1 ?{kind} {number} }}"
        assert client.get("/sparql", params={"query": query}).status_code == 200
        waited.append((time.monotonic() - began) * 1000)
    half, most = statistics.median(waited), statistics.quantiles(waited, n=100)[98]
    print(f"\nanswered p50 {half:.0f}, p99 {most:.0f}, at most {max(waited):.0f} ms after a kill")


def test_nothing_outlives_a_killed_server(own_server, family, until):
    processes = family(own_server.pid)
    assert len(processes) >= 2
    os.kill(own_server.pid, signal.SIGKILL)
    assert until(lambda: not any(alive(pid) for pid in processes))


def alive(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] not in "ZX"
    return False
