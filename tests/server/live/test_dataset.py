"""`wijk serve --dataset`: any files of RDF through the endpoint alone, live when one changes."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2
import pytest

pytestmark = pytest.mark.process

DEADLINE = 60.0
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
# Slow, and its answer says of which data it is.
CUBE = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


class Served:
    """A server of files, and what it says meanwhile."""

    def __init__(self, process: "subprocess.Popen[str]", address: str) -> None:
        self.client = httpx2.Client(base_url=address, timeout=60)
        self.said: list[str] = []
        self._process = process
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self.said.append(line.strip())

    def number(self, query: str) -> int:
        """The one number that answers a query."""
        reply = self.client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
        assert reply.status_code == 200, reply.text
        return int(reply.text.splitlines()[1])

    def ready(self) -> dict[str, object]:
        """What the server says of itself."""
        reply = self.client.get("/health/ready")
        assert reply.status_code == 200
        found: dict[str, object] = reply.json()
        return found

    def running(self, module: str) -> list[int]:
        """The processes of the server that run this module now."""
        found = []
        with suppress(OSError):  # one that has just ended
            for path in Path(f"/proc/{self._process.pid}/task").glob("*/children"):
                for name in path.read_text(encoding="ascii").split():
                    if module.encode() in Path(f"/proc/{name}/cmdline").read_bytes():
                        found.append(int(name))
        return found

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is true."""
        deadline = time.monotonic() + DEADLINE
        while not true():
            assert time.monotonic() < deadline, self.said
            time.sleep(0.05)


@contextmanager
def serving(*arguments: object) -> Iterator[Served]:
    """Serve these files."""
    command = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--dataset"]
    with subprocess.Popen(
        [*command, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip().rstrip("/")
        assert address.startswith("http://127.0.0.1:"), process.communicate()
        served = Served(process, address)
        try:
            yield served
        finally:
            served.client.close()
            process.terminate()
            ended = process.wait(60)
    assert ended == 0
    assert not any("Traceback" in line for line in served.said)


def numbers(count: int) -> str:
    """So many statements, as Turtle."""
    return "".join(f"<s> <p> {number} .\n" for number in range(count))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two files: one with named graphs, one without."""
    folder = tmp_path_factory.mktemp("data")
    plain, named = folder / "plain.ttl", folder / "named.trig"
    plain.write_text(numbers(3), encoding="utf-8")
    named.write_text(
        "<s> <p> <o> . <g1> { <s> <p> 9 } <g2> { <s> <q> <<( <s> <p> 1 )>> }", encoding="utf-8"
    )
    return [plain, named]


@pytest.fixture(scope="module")
def served(files: list[Path]) -> Iterator[Served]:
    """A server of both."""
    with serving(*files, "--dataset-base", "https://example.org/") as server:
        yield server


def test_files_are_one_dataset_whose_default_graph_is_what_has_no_name(served: Served) -> None:
    assert served.number(COUNT) == 4
    assert served.number("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }") == 2
    assert served.ready()["statements"] == 6


def test_the_default_graph_can_be_the_union(files: list[Path]) -> None:
    with serving(*files, "--default-graph", "union") as server:
        assert server.number(COUNT) == 6


def test_a_query_and_the_files_have_the_same_base(served: Served) -> None:
    count = "SELECT (COUNT(*) AS ?n) { <s> <p> ?o FILTER (<s> = <https://example.org/s>) }"
    assert served.number(count) == 4


def test_triple_terms_are_answered(served: Served) -> None:
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <g2> { ?s ?p <<( <s> ?q ?o )>> } }"
    assert served.number(count) == 1


@pytest.mark.parametrize("path", ["/", "/sparql"])
def test_people_get_the_form_and_no_links_to_pages_that_are_not_there(
    served: Served, path: str
) -> None:
    page = served.client.get(
        path, params={"query": COUNT}, headers={"Accept": "text/html"}, follow_redirects=True
    )
    assert page.status_code == 200
    assert "<textarea" in page.text
    for missing in ('href="/def"', "Casussen", "Voorbeelden", "CC0"):
        assert missing not in page.text


@pytest.mark.parametrize(
    "path", ["/doc/case/choku-gym", "/def", "/catalog", "/reconcile", "/nothing"]
)
def test_what_belongs_to_a_graph_folder_is_not_there(served: Served, path: str) -> None:
    for accepted in ("text/html", "application/json"):
        assert served.client.get(path, headers={"Accept": accepted}).status_code == 404


def test_the_endpoint_has_its_gate_and_its_description(served: Served) -> None:
    service = served.client.get("/sparql", headers={"Accept": "text/turtle"})
    assert "sd:Service" in service.text
    refused = served.client.get(
        "/sparql", params={"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}
    )
    assert refused.status_code == 400
    for path in ("/health/live", "/metrics"):
        assert served.client.get(path).status_code == 200


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that changes."""
    return tmp_path_factory.mktemp("changing") / "data.ttl"


@pytest.fixture(scope="module")
def changing(file: Path) -> Iterator[Served]:
    """A server of that file."""
    file.write_text(numbers(1), encoding="utf-8")
    with serving(file, "--query-timeout", "60") as server:
        assert server.number(COUNT) == 1
        yield server


def test_a_change_is_live_a_broken_file_is_told_and_a_repaired_one_is_live(
    changing: Served, file: Path
) -> None:
    new = file.with_suffix(".new")
    new.write_text(numbers(2), encoding="utf-8")
    new.replace(file)
    changing.until(lambda: changing.number(COUNT) == 2)

    file.write_text(f"{numbers(2)}<s> <p>", encoding="utf-8")
    changing.until(lambda: changing.ready()["dataset"] == "invalid")
    problem = str(changing.ready()["problem"])
    assert problem.startswith("data.ttl, line 3: "), "everybody may read this: no folders"
    assert changing.number(COUNT) == 2
    changing.until(lambda: any(f"{file}, line 3" in line for line in changing.said))

    file.unlink()
    changing.until(lambda: "No such file" in str(changing.ready()["problem"]))
    assert changing.number(COUNT) == 2

    file.write_text(numbers(3), encoding="utf-8")
    changing.until(lambda: changing.number(COUNT) == 3)
    changing.until(lambda: changing.ready()["dataset"] == "served")


@pytest.mark.engine
def test_a_change_is_live_in_the_end_when_the_process_that_reads_is_killed_each_time(
    changing: Served, file: Path
) -> None:
    count, deadline, again = 5, time.monotonic() + DEADLINE, 0.0
    while not any("is killed, each time" in line for line in changing.said):
        assert time.monotonic() < deadline, changing.said
        if time.monotonic() > again:  # the last change was read before it could be killed
            count, again = count + 1, time.monotonic() + 1
            file.write_text(numbers(count), encoding="utf-8")
        for pid in changing.running("wijk.engine.parser"):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
    changing.until(lambda: changing.number(COUNT) == count)
    assert changing.ready()["dataset"] == "served"


def test_a_query_under_way_ends_on_the_data_it_began_with(changing: Served, file: Path) -> None:
    file.write_text(numbers(250), encoding="utf-8")
    changing.until(lambda: changing.number(COUNT) == 250)
    found: list[int] = []
    asking = threading.Thread(target=lambda: found.append(changing.number(CUBE)))
    asking.start()
    changing.until(lambda: 'readers{state="working"} 1.0' in changing.client.get("/metrics").text)
    file.write_text(numbers(2), encoding="utf-8")
    changing.until(lambda: changing.number(COUNT) == 2)
    asking.join(60)
    assert found == [250**3]
    assert changing.number(CUBE) == 8


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("none.ttl", None, "there is no such file"),
        ("data.txt", "", "its name must end in one of .nq, .trig"),
        ("data.ttl", "<a> <b>", "data.ttl, line 1: "),
        ("folder.ttl", "folder", "this is a folder"),
    ],
)
def test_what_cannot_be_served_is_one_sentence(wijk, tmp_path, name, text, said):
    file = tmp_path / name
    if text == "folder":
        file.mkdir()
    elif text is not None:
        file.write_text(text, encoding="utf-8")
    run = wijk("serve", "--port", "0", "--dataset", file)
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert said in run.stderr


def test_a_folder_and_a_dataset_are_not_served_together(wijk, tmp_path):
    file = tmp_path / "data.ttl"
    file.write_text("", encoding="utf-8")
    for run in (
        wijk("serve", "--port", "0", "--dataset", file, "--graph", tmp_path),
        wijk("serve", "--port", "0", WIJK_DATASET=str(file), WIJK_GRAPH=str(tmp_path)),
    ):
        assert run.returncode == 2
        assert "choose one" in run.stderr
    run = wijk("serve", "--port", "0", file)
    assert run.returncode == 2
    assert "--dataset FILE" in run.stderr
