"""A version that has a name stays as it was published then."""

import hashlib
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from rdflib import DCAT, RDFS, Graph, URIRef
from wijk import changelog, versions
from wijk.namespaces import SPDX, prefixes
from wijk.publishing import act, redacting
from wijk.versions import Version

from .made_up import edit, made_up, publish
from .server import serving

BASE = "https://w3id.org/wijindewijk/"
NAMED = Version("1.0.0", datetime(2026, 11, 23, 12, tzinfo=UTC), "ab" * 32)


ABOUT = f"{BASE}dataset/cases/1.0.0"
VERSION_NOTES = URIRef("http://www.w3.org/ns/adms#versionNotes")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of four cases."""
    return made_up(tmp_path_factory.mktemp("versions") / "graph", 4)


@pytest.fixture(scope="module")
def client(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A client of a server with one version, of which a case was edited and published since."""
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


def catalogued(client: httpx2.Client) -> Graph:
    """What the catalogue says of the version."""
    found = client.get("/dataset/cases/1.0.0", headers={"Accept": "text/turtle"})
    return Graph().parse(data=found.text, format="turtle")


def told(about: Graph) -> tuple[str, str]:
    """The size and the checksum of its file in the catalogue."""
    file = URIRef(f"{ABOUT}#nquads")
    checksum = about.value(about.value(file, SPDX.checksum), SPDX.checksumValue)
    return str(about.value(file, DCAT.byteSize)), str(checksum)


def measured(client: httpx2.Client) -> tuple[str, str]:
    """The same of the file itself."""
    body = client.get("/dump/1.0.0/casussen.nq", headers={"Accept-Encoding": "identity"}).content
    return str(len(body)), hashlib.sha256(body).hexdigest()


def test_the_catalogue_has_the_checksum_of_its_file_and_says_what_the_other_is_of(
    client: httpx2.Client,
) -> None:
    about = catalogued(client)
    assert told(about) == measured(client)
    whole = about.value(URIRef(ABOUT), SPDX.checksum)
    assert str(about.value(whole, SPDX.checksumValue)) == NAMED.digest
    assert {str(it) for it in about.objects(whole, RDFS.comment)} == {*versions.COVERS.values()}
    assert about.value(URIRef(ABOUT), VERSION_NOTES) is None
    page = client.get("/dump/1.0.0/").text
    assert NAMED.digest in page
    assert versions.COVERS["nl"] in page
    assert "uit het logboek" not in page


@pytest.mark.harvest
def test_of_a_version_that_lacks_something_that_was_taken_out_it_is_said(
    client: httpx2.Client, folder: Path
) -> None:
    before = told(catalogued(client))
    log = changelog.read(folder)
    case = f"{BASE}doc/case/casus-00000"
    entries = redacting.chosen(log, [case], None)
    act.publish(folder, redacting.journal_of(folder, entries, "data: redact", False))
    ends = time.monotonic() + 60
    while (about := catalogued(client)).value(URIRef(ABOUT), VERSION_NOTES) is None:
        assert time.monotonic() < ends
    assert before != told(about) == measured(client)
    assert "Casus 0" not in client.get("/dump/1.0.0/casussen.nq").text
    assert "uit het logboek" in client.get("/dump/1.0.0/").text
