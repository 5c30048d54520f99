"""A version that has a name stays as it was published then."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from wijk import versions
from wijk.namespaces import prefixes
from wijk.versions import Version

from .made_up import edit, made_up, publish
from .server import serving

BASE = "https://w3id.org/wijindewijk/"
NAMED = Version("1.0.0", datetime(2026, 11, 23, 12, tzinfo=UTC), "ab" * 32)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A client of a server with one version, of which a case was edited and published since."""
    folder = made_up(tmp_path_factory.mktemp("versions") / "graph", 4)
    log = publish(folder)
    assert log.last is not None
    named = replace(NAMED, time=log.last)
    text = versions.written([named], f"{BASE}dataset/cases", BASE, prefixes(BASE))
    (folder / versions.PATH).write_text(text, encoding="utf-8")
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
