"""What an operator sees of a running server: measurements, and a line for each request."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[3]
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LONG = "SELECT ?s ?o { ?s a ?a . ?o a ?b } LIMIT 200000"
PAGE = {"Accept": "text/html"}


@dataclass
class Running:
    """A server, a client of it, and the file its messages go to."""

    client: httpx2.Client
    log: Path

    def ask(self, query: str, **headers: str) -> httpx2.Response:
        """Ask something."""
        return self.client.get("/sparql", params={"query": query}, headers=headers)

    def measured(self) -> dict[str, float]:
        """All measurements, each by its name and labels."""
        text = self.client.get("/metrics").text
        return {
            sample.name + "".join(f" {sample.labels[name]}" for name in sorted(sample.labels)): (
                sample.value
            )
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }

    def line(self, mark: str) -> dict[str, object]:
        """The line with this text in it, as soon as it is there."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            for text in self.log.read_text(encoding="utf-8").splitlines():
                if mark in text and text.startswith("{"):
                    return dict(json.loads(text))
        raise AssertionError(f"no line with {mark}")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server below a path, behind a proxy on this machine, with an access log."""
    log = tmp_path_factory.mktemp("log") / "stderr"
    command = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--graph", str(ROOT)]
    command += ["--access-log", "on", "--trusted-proxies", "127.0.0.1", "--query-timeout", "0.5"]
    variables = {**os.environ, "WIJK_PUBLIC_URL": "https://example.org/buurt"}
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=variables
        ) as process,
    ):
        assert process.stdout is not None
        address = process.stdout.readline().strip().rstrip("/")
        with httpx2.Client(base_url=address, timeout=30) as client:
            yield Running(client, log)
        process.terminate()
        assert process.wait(60) == 0


def ask_in_every_way(running: Running) -> None:
    """Queries with every outcome that one client can bring about, and one request without."""
    running.ask("ASK { ?telling ?p ?o }")
    running.ask("ASK { ?telling ?p ?o }")
    running.ask("SELECT ?s { ?s")
    running.ask("ASK { SERVICE <http://example.org/> { ?s ?p ?o } }", **PAGE)
    running.ask("ASK " + "{" * 100 + "}" * 100)
    running.ask(RUNAWAY)
    running.client.get("/sparql", params={"query": ["ASK {}", "ASK {}"]})
    running.client.get("/sparql")


def test_every_query_is_counted_by_what_became_of_it(running: Running) -> None:
    before = running.measured()
    ask_in_every_way(running)
    after = running.measured()
    new = {
        name.removeprefix("wijk_queries_total "): after[name] - before[name]
        for name in after
        if name.startswith("wijk_queries_total ") and after[name] != before[name]
    }
    # The labels in order: form, outcome. A text the gate stops has no form yet.
    assert new == {
        "ASK answered": 1,
        "ASK kept": 1,
        "SELECT refused": 1,
        "unknown refused": 2,
        "unknown too_large": 1,
        "SELECT timeout": 1,
    }
    assert (
        after["wijk_query_seconds_count timeout"] == before["wijk_query_seconds_count timeout"] + 1
    )
    assert after["wijk_readers_killed_total"] == before["wijk_readers_killed_total"] + 1
    assert after["wijk_requests_total 504"] >= 1


@pytest.mark.parametrize("query", [RUNAWAY, LONG])
def test_a_client_that_hangs_up_is_counted_as_gone(
    running: Running, query: str, until: Callable[[Callable[[], bool]], bool]
) -> None:
    def gone() -> float:
        return running.measured()["wijk_queries_total SELECT gone"]

    before, mark = gone(), f"weg-{len(query)}"
    url = running.client.base_url
    connection = HTTPConnection(str(url.host), url.port)
    connection.request(
        "GET", "/sparql?" + urlencode({"query": query}), headers={"User-Agent": mark}
    )
    if query == LONG:
        assert connection.getresponse().read(10)
    connection.close()
    until(lambda: gone() > before)
    assert gone() == before + 1
    told = running.line(mark)
    assert told["outcome"] == "gone"
    assert (told["status"], told.get("cut")) == ((200, True) if query == LONG else (499, None))


def test_the_data_the_processes_and_the_memory_are_told(running: Running) -> None:
    running.ask("ASK { ?lezer ?p ?o }")
    found = running.measured()
    digest = running.client.get("/health/ready").json()["snapshot"]
    assert found[f"wijk_snapshot_info {digest}"] == 1
    assert found["wijk_snapshot_documents"] > 300
    assert found["wijk_snapshot_triples"] > 10_000
    assert abs(found["wijk_snapshot_loaded_timestamp_seconds"] - time.time()) < 3600
    assert found["wijk_places"] >= 1
    assert (found["wijk_taken"], found["wijk_waiting"]) == (0, 0)
    assert found["wijk_readers idle"] + found["wijk_readers working"] >= 1
    assert found["wijk_connections"] >= 1
    if Path("/proc/self/statm").exists():
        for process in ("server", "keeper", "readers", "watcher"):
            assert found[f"wijk_memory_bytes {process}"] > 100_000


def test_measurements_come_in_the_format_that_is_asked_for(running: Running) -> None:
    plain = running.client.get("/metrics")
    assert plain.headers["content-type"].startswith("text/plain; version=")
    assert plain.headers["cache-control"] == "no-store"
    wanted = {"Accept": "application/openmetrics-text; version=1.0.0"}
    open_metrics = running.client.get("/metrics", headers=wanted)
    assert open_metrics.headers["content-type"].startswith("application/openmetrics-text")
    assert open_metrics.text.endswith("# EOF\n")
    head = running.client.head("/metrics")
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-IP", "Via", "Origin"]
)
def test_who_comes_through_a_proxy_or_a_page_sees_no_measurements(
    running: Running, name: str
) -> None:
    assert running.client.get("/metrics", headers={name: "127.0.0.1"}).status_code == 404


def test_a_line_tells_of_a_request_what_is_needed_and_not_who_it_was(running: Running) -> None:
    running.ask("ASK { ?regel ?p 'geheim' }", **{"User-Agent": "tester/1.0 (jan@example.org)"})
    told = running.line('"agent":"tester"')
    assert told["path"] == "/buurt/sparql"
    assert (told["status"], told["form"], told["outcome"]) == (200, "ASK", "answered")
    assert told["length"] == len("ASK { ?regel ?p 'geheim' }")
    assert "geheim" not in running.log.read_text(encoding="utf-8")
    assert "jan@" not in running.log.read_text(encoding="utf-8")


def test_a_proxy_that_is_trusted_says_who_asks_and_nobody_before_it_does(running: Running) -> None:
    spoofed = {"X-Forwarded-For": "203.0.113.9, 198.51.100.23", "User-Agent": "through"}
    running.client.get("/health/live", headers=spoofed)
    assert running.line('"agent":"through"')["from"] == "198.51.100.0/24"


def test_a_line_cannot_be_forged(running: Running) -> None:
    forged = '/vervalst%0A{"time":"gisteren"}%1b[31m'
    running.client.get(forged, headers={"X-Forwarded-For": '{"a":1}'})
    told = running.line("/vervalst")
    assert told["path"] == '/buurt/vervalst\n{"time":"gisteren"}\x1b[31m'
    assert told["from"] == "-"
    lines = running.log.read_text(encoding="utf-8").splitlines()
    assert not any(line.startswith('{"time":"gisteren"') for line in lines)


@pytest.mark.parametrize("before", ["", "/buurt"])
def test_below_a_path_everything_is_there_whether_or_not_a_proxy_takes_the_path_off(
    running: Running, before: str
) -> None:
    here = running.client
    home = here.get(f"{before}/", headers=PAGE)
    assert 'href="/buurt/static/stijl.css?v=' in home.text
    assert 'href="/buurt/doc/case/choku-gym"' in home.text
    assert here.get(f"{before}/static/stijl.css").status_code == 200
    thing = here.get(f"{before}/id/case/choku-gym")
    assert (thing.status_code, thing.headers["location"]) == (303, "/buurt/doc/case/choku-gym")
    catalog = here.get(f"{before}/catalog")
    assert catalog.headers["content-location"] == "/buurt/catalog.ttl"
    document = here.get(f"{before}/doc/case/choku-gym", headers={"Accept": "text/turtle"})
    assert document.headers["content-location"] == "/buurt/doc/case/choku-gym.ttl"
    assert here.get(f"{before}/def.ttl").status_code == 200
    missing = here.get(f"{before}/id/case/choku-gymm", headers={"Accept": "application/json"})
    assert "/buurt/doc/case/choku-gym" in missing.json()["detail"]
    service = here.get(f"{before}/sparql", headers={"Accept": "application/n-triples"})
    assert "<https://example.org/buurt/sparql>" in service.text


def test_the_path_itself_is_the_home_page(running: Running) -> None:
    assert running.client.get("/buurt", headers=PAGE).status_code == 200
