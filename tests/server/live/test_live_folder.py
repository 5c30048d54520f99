"""What changes in the folder is served, when it is well; what is not well is told."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest

from ..conftest import small_at

pytestmark = pytest.mark.process

SECONDS = 60
ROUNDS = int(os.environ.get("KILLS", "80")) // 4
TITLES = """
SELECT ?title WHERE { ?case a <https://w3id.org/wijk/def#Case> ;
  <http://purl.org/dc/terms/title> ?title . FILTER (LANG(?title) = "nl") }
"""


class Served:
    """A folder that is served, the server, and what it says."""

    def __init__(self, folder: Path, process: subprocess.Popen[str], told: Path) -> None:
        assert process.stdout is not None
        self.folder = folder
        self.process = process
        self._told = told
        self._from = 0
        self.client = httpx2.Client(base_url=process.stdout.readline().strip(), timeout=30)
        self.case = folder / "data" / "cases" / "pluktuin-zuid.ttl"
        self._files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        self._case = self.case.read_text(encoding="utf-8")
        self._snapshot = self.ready()["snapshot"]

    def again(self) -> None:
        """Put the folder back as it was, and wait until that is what is served."""
        for path, content in self._files.items():
            if path.read_bytes() != content:
                path.write_bytes(content)
        self.until(lambda: self.ready()["folder"] == "served")
        self.until(lambda: self.ready()["snapshot"] == self._snapshot)
        self._from = len(self._told.read_text(encoding="utf-8"))

    def ready(self) -> dict[str, Any]:
        """What the server says of itself."""
        return self.client.get("/health/ready").json()

    def told(self) -> str:
        """What was said on stderr since the folder was as it is at first."""
        return self._told.read_text(encoding="utf-8")[self._from :]

    def titles(self) -> list[str]:
        """The titles of the cases, as the engine has them."""
        found = self.client.get("/sparql", params={"query": TITLES}).json()
        return [row["title"]["value"] for row in found["results"]["bindings"]]

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until it holds."""
        deadline = time.monotonic() + SECONDS
        while not holds():
            assert time.monotonic() < deadline, self.told()
            time.sleep(0.03)

    def write(self, title: str) -> None:
        """Give the case another title."""
        self.case.write_text(self._case.replace("Pluktuin Zuid", title), encoding="utf-8")

    def broken(self, text: str) -> dict[str, Any]:
        """Write something that is not well, and wait until that is told."""
        self.case.write_text(text, encoding="utf-8")
        self.until(lambda: self.ready()["folder"] == "invalid")
        return self.ready()

    def children(self) -> list[int]:
        """The processes that the server started."""
        return children(self.process.pid)


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    with suppress(OSError):
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(child) for child in text.split()]
    return []


@pytest.fixture(scope="module")
def server(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The small graph, served from a folder of its own."""
    tmp_path = tmp_path_factory.mktemp("live")
    small, told = small_at(tmp_path / "small", root), tmp_path / "told"
    command = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--graph", str(small)]
    with (
        told.open("w") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            served = Served(small, process, told)
            with closing(served.client):
                yield served
        finally:
            process.terminate()
        assert process.wait(60) == 0
    assert "Traceback" not in told.read_text(encoding="utf-8")


@pytest.fixture
def served(server: Served) -> Iterator[Served]:
    """That server, which after the test has the folder as it was."""
    yield server
    server.again()


def test_a_valid_change_is_live_in_documents_pages_and_answers(served):
    before = served.ready()["snapshot"]
    served.write("Pluktuin Noord")
    served.until(lambda: served.ready()["snapshot"] != before)
    assert served.titles() == ["Pluktuin Noord"]
    document = served.client.get("/doc/case/pluktuin-zuid.ttl")
    assert document.content == served.case.read_bytes()
    assert "Pluktuin Noord" in served.client.get("/").text
    page = served.client.get("/doc/case/pluktuin-zuid.html").text
    assert "Pluktuin Noord" in page
    assert "1 aandachtspunt</a>" in page
    assert "geen fouten, 1 aandachtspunt." in served.client.get("/controle").text


def test_what_is_looked_up_for_openrefine_goes_along(served):
    def scores(name: str) -> list[float]:
        told = served.client.get("/reconcile", params={"query": name}).json()
        return [each["score"] for each in told["result"]]

    assert scores("Pluktuin Zuid")[0] == 100
    served.write("Pluktuin Noord")
    served.until(lambda: scores("Pluktuin Noord")[:1] == [100])
    assert scores("Pluktuin Zuid")[0] < 100


def test_an_invalid_change_is_told_and_the_last_good_one_stays(served):
    before = served.ready()["snapshot"]
    document = served.client.get("/doc/case/pluktuin-zuid.ttl").content
    ready = served.broken("<a> <b>")
    assert ready["snapshot"] == before
    assert "1 violation" in ready["problem"]
    assert served.titles() == ["Pluktuin Zuid"]
    assert served.client.get("/doc/case/pluktuin-zuid.ttl").content == document
    assert "data/cases/pluktuin-zuid.ttl:1  turtle-syntax" in served.told()
    served.write("Pluktuin Oost")
    served.until(lambda: served.titles() == ["Pluktuin Oost"])
    assert served.ready()["folder"] == "served"
    assert served.ready()["problem"] is None


def test_what_breaks_a_shape_a_reference_or_a_rule_is_not_served(served):
    text = served.case.read_text(encoding="utf-8")
    for broken, rule in (
        (text.replace("dcterms:title", "dcterms:alternative"), "Case-title"),
        (text.replace("theme:groen", "theme:groenn"), "Case-subject"),
        (text.replace("wijk:number", "wijk:nummer"), "unknown-term"),
    ):
        served.broken(broken)
        served.until(lambda rule=rule: rule in served.told())
        served.case.write_text(text, encoding="utf-8")
        served.until(lambda: served.ready()["folder"] == "served")
    assert served.titles() == ["Pluktuin Zuid"]


def test_a_folder_that_is_gone_for_a_moment_is_told_and_served_again_after_that(served):
    data = served.folder / "data"
    data.rename(served.folder / "elsewhere")
    served.until(lambda: served.ready()["folder"] == "invalid")
    assert "catalog.ttl" in served.ready()["problem"]
    assert served.titles() == ["Pluktuin Zuid"]
    (served.folder / "elsewhere").rename(data)
    served.until(lambda: served.ready()["folder"] == "served")
    served.write("Pluktuin West")
    served.until(lambda: served.titles() == ["Pluktuin West"])


def test_many_changes_end_with_the_last_one_and_things_come_and_go(served):
    for number in range(50):
        served.write(f"Pluktuin {number}")
    served.until(lambda: served.titles() == ["Pluktuin 49"])
    other = served.folder / "data" / "bundles" / "twee.ttl"
    first = served.folder / "data" / "bundles" / "een.ttl"
    other.write_text(first.read_text(encoding="utf-8").replace("een>", "twee>"), encoding="utf-8")
    served.until(lambda: served.client.get("/doc/bundle/twee").status_code == 200)
    other.unlink()
    served.until(lambda: served.client.get("/doc/bundle/twee").status_code == 404)


def test_a_change_of_a_question_or_a_shape_is_live_as_well(served):
    question = served.folder / "queries" / "questions" / "cases-by-theme.rq"
    text = question.read_text(encoding="utf-8")
    question.write_text(text.replace("Welke casussen", "Wat voor casussen"), encoding="utf-8")
    page = {"Accept": "text/html"}
    served.until(lambda: "Wat voor" in served.client.get("/sparql", headers=page).text)
    question.write_text("geen kop", encoding="utf-8")
    served.until(lambda: served.ready()["folder"] == "invalid")
    question.write_text(text, encoding="utf-8")
    served.until(lambda: served.ready()["folder"] == "served")
    shape = served.folder / "shapes" / "case.ttl"
    before = shape.read_text(encoding="utf-8")
    shape.write_text(before.replace("sh:minCount 1", "sh:minCount 3", 1), encoding="utf-8")
    served.until(lambda: served.ready()["folder"] == "invalid")
    assert "Case-title" in served.told()


def test_when_the_process_that_watches_is_killed_another_takes_its_place(served):
    served.write("Pluktuin Noord")
    served.until(lambda: served.titles() == ["Pluktuin Noord"])
    for child in served.children():
        command = Path(f"/proc/{child}/cmdline").read_bytes()
        if b"checker" in command:
            os.kill(child, signal.SIGKILL)
    served.write("Pluktuin Oost")
    served.until(lambda: served.titles() == ["Pluktuin Oost"])


@pytest.mark.engine
def test_no_change_is_lost_when_any_process_is_killed_meanwhile(served):
    choice = random.Random(7)
    for number in range(ROUNDS):
        served.write(f"Pluktuin {number}")
        helpers = served.children()
        found = [*helpers, *(one for helper in helpers for one in children(helper))]
        with suppress(ProcessLookupError, IndexError):
            os.kill(choice.choice(found), signal.SIGKILL)
        time.sleep(choice.random() * 0.6)
    served.until(lambda: served.titles() == [f"Pluktuin {ROUNDS - 1}"])
