"""A version that has a name stays as it was published then."""

import hashlib
import re
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

pytestmark = pytest.mark.process

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
    link = client.head("/dump/1.0.0/casussen.csv").headers["Link"]
    assert "</dump/1.0.0/casussen.csv-metadata.json>" in link


@pytest.mark.parametrize("name", ["casussen.nq", "casussen.csv", "casussen.xlsx", "gebieden.ttl"])
def test_a_file_of_a_version_is_part_of_that_version(client: httpx2.Client, name: str) -> None:
    link = client.head(f"/dump/1.0.0/{name}").headers["Link"]
    assert f'<{ABOUT}>; rel="collection"' in link
    assert ABOUT not in client.head(f"/dump/{name}").headers["Link"]


def test_who_has_a_file_of_a_version_asks_whether_it_is_still_so(client: httpx2.Client) -> None:
    path = "/dump/1.0.0/casussen.nq"
    first = client.get(path)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "no-cache")


@pytest.mark.parametrize(
    ("suffix", "kind", "format"),
    [
        (".ttl", "text/turtle", "turtle"),
        (".jsonld", "application/ld+json", "json-ld"),
        (".rdf", "application/rdf+xml", "xml"),
        (".nt", "application/n-triples", "nt"),
    ],
)
def test_a_version_is_there_in_each_form_of_rdf(
    client: httpx2.Client, suffix: str, kind: str, format: str
) -> None:
    path = "/dataset/cases/1.0.0"
    found = client.get(path + suffix)
    assert found.headers["Content-Type"].partition(";")[0] == kind
    about = Graph().parse(data=found.text, format=format)
    assert len(about) == len(catalogued(client)) > 20
    chosen = client.get(path, headers={"Accept": kind})
    assert (chosen.text, chosen.headers["Content-Location"]) == (found.text, path + suffix)
    link = client.head(path + suffix).headers["Link"]
    assert '/dump/1.0.0/>; rel="describes"; type="text/html"' in link
    assert 'rel="license"' in link


@pytest.mark.parametrize(
    ("path", "accept"),
    [("/dataset/cases/1.0.0", "text/turtle"), ("/dump/1.0.0/", "text/html")]
    + [(f"/dataset/cases/1.0.0{suffix}", "text/html") for suffix in ("", ".html")],
)
def test_a_version_and_its_page_have_their_signposts(
    client: httpx2.Client, path: str, accept: str
) -> None:
    answer = client.head(path, headers={"Accept": accept})
    if path.startswith("/dataset/") and accept == "text/html":
        assert (answer.status_code, answer.headers["Location"]) == (303, "/dump/1.0.0/")
    links = {rel: url for url, rel in linked(answer)}
    assert links["canonical cite-as"] == ABOUT
    assert links["collection"] == f"{BASE}dataset/cases"
    assert links["item"].endswith("/dump/1.0.0/casussen.nq")
    assert {"license", "author", "type", "describedby", "api-catalog"} <= links.keys()
    described = [url for url, rel in linked(answer) if rel == "describedby"]
    assert all(client.get(url.removeprefix(BASE[:-1])).status_code == 200 for url in described)
    assert len(described) == 4


def linked(answer: httpx2.Response) -> list[tuple[str, str]]:
    """What its Link header names, and as what."""
    return re.findall(r'<([^>]+)>; rel="([^"]+)"', answer.headers["Link"])


@pytest.mark.parametrize("name", ["1.0", "1.0.0.nq", "1.0.0.csv", "2.0.0.ttl"])
def test_no_other_name_is_a_version(client: httpx2.Client, name: str) -> None:
    assert client.get(f"/dataset/cases/{name}").status_code == 404


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
    dated = dates(client)
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
    assert otherwise(client, dated), "who asks by the date gets what it is now"


@pytest.mark.harvest
def test_who_asks_by_the_date_gets_a_corrected_licence(client: httpx2.Client, folder: Path) -> None:
    dated = dates(client)
    assert not otherwise(client, dated)
    zero, by = "publicdomain/zero/1.0/", "licenses/by-sa/4.0/"
    edit(folder / "data" / "catalog.ttl", zero, by)
    ends = time.monotonic() + 60
    while by not in client.get("/feeds/casussen.atom").text:
        assert time.monotonic() < ends
    assert by in client.get("/dump/1.0.0/casussen.nq").text
    assert otherwise(client, dated)


DATED = [f"/dump/{name}" for name in ("casussen.csv", "casussen.nq.gz", "1.0.0/casussen.nq")] + [
    *("/feeds/casussen.atom", "/feeds/volledig/casussen.json", "/feeds/ingetrokken.csv"),
    *("/doc/case/casus-00001.html", "/sitemap.xml"),
]


def dates(client: httpx2.Client) -> dict[str, str]:
    """When each file says that it changed last."""
    return {path: client.get(path).headers["Last-Modified"] for path in DATED}


def otherwise(client: httpx2.Client, dated: dict[str, str]) -> bool:
    """Whether all of them are sent again to who has them of these dates; or else none."""
    asked = {path: {"If-Modified-Since": date} for path, date in dated.items()}
    (status,) = {client.get(path, headers=known).status_code for path, known in asked.items()}
    return status == 200
