"""What a server that is running says of what is edited, published, withdrawn and put back."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest

from ..server.conftest import BASE, place, small_at
from .conftest import edit

pytestmark = pytest.mark.process

PAGE = {"Accept": "text/html"}
REASON = "Op verzoek van de bewoners."
AT = "case/pluktuin-zuid"
QUESTION = """#+ summary: Waar gaat deze casus over?
#+ params:
#+   - name: case
#+     example: pluktuin-zuid
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?case ?theme WHERE { ?case dcterms:subject ?theme } ORDER BY ?theme
"""


class Served:
    """A folder that was published, and a server of it."""

    def __init__(self, folder: Path, client: httpx2.Client) -> None:
        self.folder = folder
        self.client = client
        self.cache = folder.with_name("cache")

    def wijk(self, *arguments: str) -> None:
        given = command(*arguments, "--graph", str(self.folder))
        subprocess.run(given, check=True, env=environ(self.folder))

    def until(self, seen: Callable[[], bool]) -> None:
        """Wait until the server has seen it."""
        ends = time.monotonic() + 60
        while not seen():
            assert time.monotonic() < ends
            time.sleep(0.05)

    def page(self) -> str:
        return self.client.get(f"/doc/{AT}", headers=PAGE).text.replace("Nog niet", "nog niet")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "wijk", *arguments]


def environ(folder: Path) -> dict[str, str]:
    """With a cache that is emptied here and is of nobody else."""
    return {**os.environ, "XDG_CACHE_HOME": str(folder.with_name("cache"))}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Iterator[Served]:
    """One server for all: the tests follow on each other."""
    folder = small_at(tmp_path_factory.mktemp("served") / "small", root)
    place(folder, "queries/questions/of-a-case.rq", QUESTION)
    subprocess.run(command("publish", "--graph", str(folder)), check=True)
    serve = command("serve", "--graph", str(folder), "--port", "0")
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True, env=environ(folder)) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with httpx2.Client(base_url=address, timeout=30) as client:
            yield Served(folder, client)
        process.terminate()


def test_a_page_says_when_it_was_published_and_what_was_edited_since(served: Served) -> None:
    assert "Laatst gepubliceerd" in served.page()
    assert "nog niet gepubliceerd" not in served.page()
    edit(served.folder, "Pluktuin Zuid", "Pluktuin Noord")
    served.until(lambda: "Pluktuin Noord" in served.page())
    assert "nog niet gepubliceerd" in served.page()
    served.wijk("publish")
    served.until(lambda: "nog niet gepubliceerd" not in served.page())
    assert served.client.get("/health/ready").json()["folder"] == "served"


def test_a_withdrawn_thing_is_gone_in_every_format_with_the_reason(served: Served) -> None:
    served.wijk("withdraw", "case:pluktuin-zuid", "--reason", REASON)
    served.wijk("publish")
    served.until(lambda: served.client.get(f"/doc/{AT}").status_code == 410)
    for path in ("/id/", "/doc/"):
        page = served.client.get(f"{path}{AT}", headers=PAGE)
        assert page.status_code == 410
        assert f"Reden: {REASON}" in page.text
        assert "Pluktuin" not in page.text
    for suffix in ("", ".ttl", ".html", ".trig", ".jsonld", ".nt", ".nq", ".rdf"):
        gone = served.client.get(f"/doc/{AT}{suffix}", headers={"Accept": "application/json"})
        assert gone.status_code == 410, suffix
        assert gone.headers["content-type"] == "application/problem+json"
        told = gone.json()
        assert (told["reason"], told["thing"]) == (REASON, f"{BASE}id/{AT}")
        assert told["withdrawn"].endswith("Z")
        assert served.client.head(f"/doc/{AT}{suffix}").status_code == 410
    near = served.client.get("/doc/case/pluktuin-zuit", headers=PAGE)
    assert near.status_code == 404
    assert "pluktuin-zuid" not in near.text


@pytest.mark.parametrize("kind", ["application/json", "text/csv", "text/html", "image/png"])
@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/casussen/pluktuin-zuid",
        "/api/v1/vragen/of-a-case?case=pluktuin-zuid",
        f"/api/v1/vragen/of-a-case?case={BASE}id/{AT}",
        "/vragen/of-a-case?case=pluktuin-zuid",
        "/vragen/of-a-case.csv?case=pluktuin-zuid",
        f"/doc/{AT}",
        f"/id/{AT}",
        f"/linkset/doc/{AT}.linkset",
        f"/embed/{AT}",
        f"/citeer/{AT}.bib",
        f"/reconcile/view?id={AT}",
        f"/reconcile/preview?id={AT}",
        f"/reconcile/flyout/entity?id={AT}",
    ],
)
def test_what_is_gone_is_gone_whatever_form_is_asked(served: Served, path: str, kind: str) -> None:
    gone = served.client.get(path, headers={"Accept": kind})
    assert gone.status_code == 410
    assert REASON in gone.text
    assert served.client.head(path, headers={"Accept": kind}).status_code == 410


def test_what_is_gone_is_no_example(served: Served) -> None:
    listed = served.client.get("/api/v1/vragen").json()["items"]
    examples = {it["name"]: [param["example"] for param in it["parameters"]] for it in listed}
    assert examples["of-a-case"] == [""]
    assert "pluktuin" not in served.client.get("/api/v1/openapi.json").text
    unknown = served.client.get("/api/v1/vragen/of-a-case?case=pluktuin")
    assert unknown.status_code == 400
    assert "'pluktuin'" in unknown.json()["detail"]
    assert "pluktuin-zuid" not in unknown.json()["detail"], "nor a suggestion"


def test_a_tombstone_is_no_case(served: Served) -> None:
    ready = served.client.get("/health/ready").json()
    assert ready["cases"] == 0
    assert served.client.get("/api/v1/casussen").json()["items"] == []


def test_what_is_put_back_is_there_again(served: Served) -> None:
    served.wijk("restore", "case:pluktuin-zuid")
    served.until(lambda: served.client.get(f"/doc/{AT}").status_code == 200)
    assert "nog niet gepubliceerd" in served.page()
    served.wijk("publish")
    served.until(lambda: "nog niet gepubliceerd" not in served.page())
    assert "Pluktuin Noord" in served.page()


def test_what_was_corrected_away_is_in_no_route_after_it_was_redacted(served: Served) -> None:
    edit(served.folder, "Pluktuin Noord", "Pluktuin van Geheim")
    served.wijk("publish")
    edit(served.folder, "Pluktuin van Geheim", "Pluktuin")
    served.wijk("publish")
    page = "/ldes/1.nq"
    served.until(lambda: '"Pluktuin"@nl' in served.client.get(page).text)
    assert "Geheim" in served.client.get(page).text
    before = records(served)
    assert "Pluktuin" in served.client.get("/dump/casussen.csv").text
    assert [*served.cache.rglob("casussen.csv")]
    served.wijk("redact", "case:pluktuin-zuid")
    assert not [*served.cache.rglob("casussen.csv")]
    served.until(lambda: served.client.get(page).status_code == 301)
    address = served.client.get(page).headers["location"]
    name = re.search(r"/ldes/1-[0-9a-f]{12}\.nq$", address)
    assert name is not None
    moved = served.client.get(name[0])
    assert "Geheim" not in moved.text
    assert '"Pluktuin"@nl' in moved.text
    root = served.client.get("/ldes.nq").text
    assert address.removesuffix(".nq") in root
    assert "#RetentionPolicy>" in root
    assert records(served) == before, "a harvester of the last versions sees nothing of it"
    assert "Pluktuin" in served.client.get("/dump/casussen.csv").text, "it is made again"
    caches = [path for path in served.cache.rglob("*") if path.is_file()]
    assert caches
    assert not [path for path in caches if b"Geheim" in path.read_bytes()]


def records(served: Served) -> str:
    """What OAI-PMH tells, but for the moment of asking."""
    asked = {"verb": "ListRecords", "metadataPrefix": "rdf"}
    text = served.client.get("/oai", params=asked).text
    assert "Pluktuin" in text
    return re.sub("<responseDate>[^<]*", "", text)
