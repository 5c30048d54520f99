"""The files for w3id.org, by the rules of a real Apache: where each identifier leads."""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from wijk.namespaces import ONTOLOGY, SHAPES
from wijk.snapshot import Snapshot

from . import hosts
from .conftest import DEPLOY, NAME, free_port

pytestmark = pytest.mark.system
HOST = f"https://{NAME}"


@pytest.fixture(scope="module")
def readable() -> Iterator[Path]:
    """A folder that the user of the web server may read, whoever tests."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def w3id(tmp_path_factory: pytest.TempPathFactory, readable: Path) -> Iterator[httpx2.Client]:
    """What stands in for w3id.org, with the folders as they are handed in."""
    folder, port = tmp_path_factory.mktemp("w3id"), free_port()
    root = readable / "w3id"
    shutil.copytree(DEPLOY / "w3id", root)
    with (
        hosts.apache(root, folder, port, options="+MultiViews"),
        httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        yield client


def leads(w3id: httpx2.Client, path: str, **headers: str) -> tuple[int, str | None]:
    """The status of an identifier, and where it goes."""
    found = w3id.get(path, headers=headers)
    return found.status_code, found.headers.get("location")


@pytest.mark.parametrize("path", ["id/case/choku-gym", "id/theme/groen", "id/area/gm0344-2022"])
@pytest.mark.parametrize("accept", ["text/turtle", "text/html", "*/*"])
def test_a_thing_leads_by_303_to_the_server_whatever_is_accepted(
    w3id: httpx2.Client, path: str, accept: str
) -> None:
    found = leads(w3id, f"/wijindewijk/{path}", Accept=accept)
    assert found == (303, f"{HOST}/{path}")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "doc/case/choku-gym",
        "doc/case/choku-gym.ttl",
        "doc/case/choku-gym.jsonld",
        "dataset/cases",
        "catalog",
        "sparql?query=ASK%20%7B%7D&format=json",
    ],
)
def test_a_document_keeps_its_path_its_suffix_and_its_query(w3id: httpx2.Client, path: str) -> None:
    assert leads(w3id, f"/wijindewijk/{path}") == (307, f"{HOST}/{path}")


def test_a_query_by_post_stays_a_post(w3id: httpx2.Client) -> None:
    found = w3id.post("/wijindewijk/sparql", data={"query": "ASK {}"})
    assert (found.status_code, found.headers["location"]) == (307, f"{HOST}/sparql")


@pytest.mark.parametrize(
    "path",
    [
        *("def", "def.ttl", "def.jsonld", "def/0.1.0", "def/0.1.0.ttl", "def/alignment/schema"),
        *("shape", "shape.ttl"),
    ],
)
def test_the_ontology_and_the_shapes_keep_their_version_and_suffix(
    w3id: httpx2.Client, path: str
) -> None:
    assert leads(w3id, f"/wijk/{path}", Accept="text/turtle") == (307, f"{HOST}/{path}")


def test_the_folder_itself_leads_to_the_ontology(w3id: httpx2.Client) -> None:
    assert leads(w3id, "/wijk/") == (303, f"{HOST}/def")


@pytest.mark.parametrize("path", ["definition", "shapes", "id/case/choku-gym"])
def test_what_is_not_of_the_ontology_is_not_there(w3id: httpx2.Client, path: str) -> None:
    assert leads(w3id, f"/wijk/{path}")[0] == 404


def test_every_identifier_of_the_graph_has_a_rule(w3id: httpx2.Client, shipped: Snapshot) -> None:
    assert (ONTOLOGY, SHAPES) == ("https://w3id.org/wijk/def", "https://w3id.org/wijk/shape")
    kinds = {
        iri.removeprefix("https://w3id.org").rpartition("/")[0]: iri for iri in shipped.documents
    }
    for iri in kinds.values():
        path = iri.removeprefix("https://w3id.org")
        status, location = leads(w3id, path)
        assert (status, location) == (307, HOST + re.sub(r"^/wij\w+", "", path))


@pytest.mark.parametrize("name", ["wijk", "wijindewijk"])
def test_the_host_is_one_line(name: str) -> None:
    text = (DEPLOY / "w3id" / name / ".htaccess").read_text(encoding="utf-8")
    assert text.count(NAME) == 1
    kept = subprocess.run(
        ["git", "check-ignore", f"docs/deploy/w3id/{name}/.htaccess"], cwd=DEPLOY, check=False
    )
    assert kept.returncode == 1, "git keeps it"
