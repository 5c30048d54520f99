"""The site as files is, file by file, what the server answers.

With a server behind the same address that holds for each. Without one, a page has no links and
forms that lead to one, and those that would tell of it say less: these are told one by one.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from wijk.web.building import writing
from wijk.web.building.offline import offline

from ..server.conftest import BASE, place, small_at
from .test_build_command import OTHERWISE, WITHOUT

pytestmark = pytest.mark.system
URL = "https://wijk.example.org/buurten"
GONE = "data/bundles/weg.ttl"
ALSO = {
    "/catalog": "the services, and what each gives of a dataset",
    "/.well-known/datacatalog": "the same",
    "/dataset": "the same of one dataset",
    "/.well-known/void": "the endpoint, and questions to ask it",
}
"""What says less without a server and is not in the sample, and what."""


def at(folder: Path, root: Path) -> Path:
    """A small folder that was published, with something that was withdrawn."""
    small = small_at(folder, root)
    catalogue = (root / "data" / "catalog.ttl").read_text(encoding="utf-8")
    catalogue = catalogue.replace("https://w3id.org/wijindewijk/", BASE)
    (small / "data" / "catalog.ttl").write_text(catalogue, encoding="utf-8")
    place(small, GONE, '<> a wijk:Bundle ; dcterms:title "Weg"@nl .\n')
    command(small, "publish")
    command(small, "withdraw", GONE, "--reason", "Hoorde er niet bij.")
    command(small, "publish", "--version", "0.9.0")
    return small


def command(folder: Path, *arguments: str) -> None:
    run = [sys.executable, "-m", "wijk", *arguments, "--graph", str(folder)]
    subprocess.run(run, check=True, capture_output=True)


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    return at(tmp_path_factory.mktemp("site") / "small", root)


@pytest.fixture(scope="module")
def built(small_site: Path) -> Path:
    """The small site as files, with a server behind the same address."""
    out = small_site.with_name("out")
    command(small_site, "build", str(out), "--public-url", URL, "--server-url", URL)
    return out


@pytest.fixture(scope="module")
def alone(small_site: Path) -> Path:
    """The small site as files, without a server."""
    out = small_site.with_name("alone")
    command(small_site, "build", str(out), "--public-url", URL)
    return out


@pytest.fixture(scope="module")
def server(small_site: Path) -> Iterator[httpx2.Client]:
    """A server of the same folder."""
    serve = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--public-url", URL]
    serve += ["--graph", str(small_site)]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        with httpx2.Client(base_url=process.stdout.readline().strip(), timeout=30) as client:
            yield client
        process.terminate()


def told(built: Path) -> dict[str, dict[str, str]]:
    return json.loads((built / writing.MARK).read_text(encoding="utf-8"))["files"]


def test_every_file_is_what_the_server_answers(built: Path, server: httpx2.Client) -> None:
    files = told(built)
    assert len(files) > 100
    for name, it in files.items():
        headers = {"Accept": it["accept"], "Accept-Encoding": "identity"}
        answer = server.get(it["path"], headers=headers)
        assert answer.content == (built / name).read_bytes(), name


def test_a_page_without_a_server_says_so_and_asks_nothing(alone: Path) -> None:
    for page in (alone / "buurten").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<form" not in text, page
        told = "This is a site of files" if 'lang="en"' in text[:99] else "site van bestanden"
        assert told in text or '<footer class="voet">' not in text, page


def test_without_a_server_only_those_say_less_that_tell_of_one(built: Path, alone: Path) -> None:
    whole, files = told(built), told(alone)
    lost = {whole[name]["path"].removeprefix("/buurten") for name in whole.keys() - files.keys()}
    assert lost == {*WITHOUT, "/.well-known/api-catalog"}
    assert files.keys() <= whole.keys()
    other = set()
    for name, it in files.items():
        body = (built / name).read_bytes()
        expected = offline(body, URL) if name.endswith(".html") else body
        if (alone / name).read_bytes() != expected:
            path = it["path"].removeprefix("/buurten")
            other.add(re.sub(r"(?<=^/dataset)/.*|(?<=^/catalog)[.].*", "", path))
    assert other == OTHERWISE.keys() | ALSO.keys()


@pytest.mark.parametrize("path", ["catalog.ttl", "catalog.html", "dataset/cases.jsonld"])
def test_the_catalogue_tells_of_a_server_only_when_there_is_one(
    built: Path, alone: Path, path: str
) -> None:
    assert f"{URL}/sparql" in (built / "buurten" / path).read_text(encoding="utf-8")
    said = (alone / "buurten" / path).read_text(encoding="utf-8")
    for service in ("/sparql", "/oai", "/api/"):
        assert f"{URL}{service}" not in said
    assert f"{URL}/feeds/volledig/casussen.rss" in said


def test_there_is_nothing_else_but_the_rules(built: Path) -> None:
    there = {str(path.relative_to(built)) for path in built.rglob("*") if path.is_file()}
    rules = {"rules/nginx.conf", "buurten/.htaccess", writing.MARK}
    rules |= {f"rules/w3id/{name}/.htaccess" for name in ("wijk", "buurten")}
    assert there - told(built).keys() == rules


@pytest.mark.parametrize(
    "name",
    [
        *(
            "index.html",
            "404.html",
            "410/bundle/weg.html",
            "static/stijl.css",
            "voor-portalen.html",
        ),
        *(f"doc/case/pluktuin-zuid{suffix}" for suffix in (".ttl", ".html", ".jsonld", ".rdf")),
        *("doc/theme/groen.ttl", "def.ttl", "shape.html", "ldes.ttl", "ldes/1.trig"),
        *(f"dataset/cases/0.9.0{suffix}" for suffix in (".ttl", ".jsonld", ".rdf", ".nt")),
        *("dump/0.9.0/index.html", "dump/0.9.0/casussen.nq"),
        *(
            "feeds/casussen.atom",
            "feeds/index.html",
            "dump/index.html",
            "embed/case/pluktuin-zuid.html",
        ),
    ],
)
def test_all_that_is_served_is_there(built: Path, name: str) -> None:
    assert (built / "buurten" / name).is_file()


def test_what_was_withdrawn_has_its_page_and_no_document(built: Path) -> None:
    assert "Hoorde er niet bij." in (built / "buurten/410/bundle/weg.html").read_text()
    assert not [*built.glob("buurten/doc/bundle/weg*")]


def test_addresses_are_whole_and_those_of_the_setting(built: Path) -> None:
    stream = (built / "buurten" / "ldes.ttl").read_text(encoding="utf-8")
    assert f"<{URL}/ldes/1>" in stream
    page = (built / "buurten" / "doc/case/pluktuin-zuid.html").read_text(encoding="utf-8")
    assert 'href="/buurten/static/stijl.css?v=' in page


def test_the_same_folder_gives_the_same_bytes(built: Path, small_site: Path) -> None:
    again = small_site.with_name("again")
    command(small_site, "build", str(again), "--public-url", URL, "--server-url", URL)
    there = sorted(path.relative_to(built) for path in built.rglob("*") if path.is_file())
    assert there == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    for path in there:
        assert (built / path).read_bytes() == (again / path).read_bytes(), path
