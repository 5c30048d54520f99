"""A version that the catalogue names stays as it was published then."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from rdflib import Graph
from wijk.harvesting.dumps import Version, versions

from .made_up import edit, made_up, publish
from .server import serving

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAMED = """
<https://w3id.org/wijindewijk/dataset/cases/{name}>
    <http://www.w3.org/ns/dcat#version> "{name}" ;
    <http://purl.org/dc/terms/issued> "{time}" .
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A client of a server with one version, of which a case was edited and published since."""
    folder = made_up(tmp_path_factory.mktemp("versions") / "graph", 4)
    log = publish(folder)
    assert log.last is not None
    catalogue = folder / "data" / "catalog.ttl"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text + NAMED.format(name="1.0.0", time=log.last.isoformat()))
    case = folder / "data" / "cases" / "casus-00000.ttl"
    edit(case, '"Casus 0"@nl', '"Casus nul"@nl')
    publish(folder, log.last + timedelta(hours=1))
    home = tmp_path_factory.mktemp("home")
    with (
        serving(folder, WIJK_HOME=str(home)) as address,
        httpx2.Client(base_url=address, timeout=60) as client,
    ):
        yield client
        shutil.rmtree(home / "dumps")
        assert client.get("/dump/casussen.csv").status_code == 200, "it is made again"


def test_a_version_has_what_was_published_then(client: httpx2.Client) -> None:
    assert "Casus nul" in client.get("/dump/casussen.csv").text
    assert "Casus nul" not in client.get("/dump/1.0.0/casussen.csv").text
    then = client.get("/dump/1.0.0/casussen.nq")
    assert '"Casus 0"@nl' in then.text
    assert '<http://www.w3.org/ns/dcat#version> "1.0.0" .' in then.text
    assert "max-age=86400" in then.headers["Cache-Control"]
    link = client.head("/dump/1.0.0/casussen.csv").headers["Link"]
    assert "</dump/1.0.0/casussen.csv-metadata.json>" in link


def test_it_has_a_page_that_the_page_of_all_leads_to(client: httpx2.Client) -> None:
    assert 'href="/dump/1.0.0/"' in client.get("/dump/").text
    page = client.get("/dump/1.0.0/").text
    assert "versie 1.0.0" in page
    assert 'href="/dump/1.0.0/casussen.ttl.gz"' in page
    answer = client.get("/dump/1.0.0")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/dump/1.0.0/")


@pytest.mark.parametrize("path", ["2.0.0/", "2.0.0/casussen.nq", "1.0.0/nothing.nq", "2.0.0"])
def test_no_other_version_is_there(client: httpx2.Client, path: str) -> None:
    assert client.get(f"/dump/{path}").status_code == 404


@pytest.mark.parametrize(
    ("name", "time"),
    [("1/0", NOON.isoformat()), ("..", NOON.isoformat()), ("1", "2026-11-23"), ("1", "now")],
)
def test_what_is_no_version_is_passed_over(name: str, time: str) -> None:
    assert versions(Graph().parse(data=NAMED.format(name=name, time=time))) == ()


def test_the_newest_version_comes_first() -> None:
    told = [NAMED.format(name=f"{n}", time=(NOON + timedelta(days=n)).isoformat()) for n in (1, 2)]
    found = versions(Graph().parse(data="".join(told)))
    assert found == tuple(Version(f"{n}", NOON + timedelta(days=n)) for n in (2, 1))
