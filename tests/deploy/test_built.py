"""The site as files, behind real web servers with the rules that came along with it."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from ..server.conftest import place, small_at
from .conftest import free_port
from .hosts import hosted

pytestmark = pytest.mark.system
TURTLE, PAGE = {"Accept": "text/turtle"}, {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture(scope="module", params=["", "/buurten"])
def built(request: pytest.FixtureRequest, root: Path) -> Iterator[tuple[Path, str]]:
    """A small site as files, with something withdrawn, at the root of a host or below a path."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        small = small_at(folder / "small", root)
        place(small, "data/bundles/weg.ttl", '<> a wijk:Bundle ; dcterms:title "Weg"@nl .\n')
        wijk(small, "publish")
        wijk(small, "withdraw", "bundle:weg", "--reason", "Hoorde er niet bij.")
        wijk(small, "publish")
        wijk(
            small, "build", str(folder / "out"), "--public-url", f"http://localhost{request.param}"
        )
        yield folder / "out", request.param


def wijk(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "wijk", *arguments, "--graph", str(folder)]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(scope="module", params=["nginx", "apache"])
def host(
    request: pytest.FixtureRequest,
    built: tuple[Path, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[httpx2.Client]:
    """A web server with these files and their rules alone."""
    (out, below), port = built, free_port()
    with (
        hosted(request.param, out, tmp_path_factory.mktemp(request.param), port),
        httpx2.Client(base_url=f"http://127.0.0.1:{port}{below}") as client,
    ):
        yield client


@pytest.mark.parametrize(
    ("path", "accept", "kind"),
    [
        ("/", PAGE, "text/html; charset=utf-8"),
        ("/doc/case/pluktuin-zuid", PAGE, "text/html; charset=utf-8"),
        ("/doc/case/pluktuin-zuid", TURTLE, "text/turtle; charset=utf-8"),
        ("/doc/case/pluktuin-zuid", {"Accept": "application/ld+json"}, "application/ld+json"),
        ("/doc/case/pluktuin-zuid", {"Accept": "*/*"}, "text/turtle; charset=utf-8"),
        ("/doc/case/pluktuin-zuid.nq", {}, "application/n-quads"),
        ("/def", TURTLE, "text/turtle; charset=utf-8"),
        ("/ldes", {"Accept": "application/trig"}, "application/trig"),
        ("/ldes/1", {"Accept": "application/n-quads"}, "application/n-quads"),
        ("/feeds/casussen.atom", {}, "application/atom+xml"),
        ("/feeds/ingetrokken.json", {}, "application/json"),
        ("/dump/", PAGE, "text/html; charset=utf-8"),
        ("/dump/casussen.nq.gz", {}, "application/gzip"),
        ("/voor-portalen", PAGE, "text/html; charset=utf-8"),
        ("/static/stijl.css", {}, "text/css; charset=utf-8"),
    ],
)
def test_each_address_answers_as_the_server_does(
    host: httpx2.Client, path: str, accept: dict[str, str], kind: str
) -> None:
    answer = host.get(path, headers=accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].replace("; ", ";") == kind.replace("; ", ";")
    assert answer.headers["access-control-allow-origin"] == "*"


def test_a_thing_leads_to_its_document(host: httpx2.Client) -> None:
    answer = host.get("/id/case/pluktuin-zuid")
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/doc/case/pluktuin-zuid")
    page = host.get("/id/case/pluktuin-zuid", headers=PAGE, follow_redirects=True)
    assert "Pluktuin Zuid" in page.text


@pytest.mark.parametrize("path", ["/id/bundle/weg", "/doc/bundle/weg", "/doc/bundle/weg.ttl"])
def test_what_was_withdrawn_is_gone_with_the_reason(host: httpx2.Client, path: str) -> None:
    answer = host.get(path, headers=PAGE)
    assert answer.status_code == 410
    assert "Hoorde er niet bij." in answer.text


def test_what_is_not_there_is_told_with_a_page(host: httpx2.Client) -> None:
    answer = host.get("/doc/case/onbekend", headers=PAGE)
    assert answer.status_code == 404
    assert "Dit staat hier niet" in answer.text


@pytest.mark.parametrize("path", ["/dump/casussen", "/linkset/doc/case/pluktuin-zuid"])
def test_part_of_a_name_is_nothing_as_on_the_server(host: httpx2.Client, path: str) -> None:
    assert host.get(path).status_code == 404


def test_an_old_address_leads_on(host: httpx2.Client) -> None:
    assert host.get("/dump").headers["location"].endswith("/dump/")


def test_others_may_show_what_is_meant_for_that_and_nothing_else(host: httpx2.Client) -> None:
    policy = "content-security-policy"
    shown = host.get("/embed/case/pluktuin-zuid", headers=PAGE).headers
    assert "frame-ancestors *" in shown[policy]
    assert "frame-ancestors 'self'" in host.get("/", headers=PAGE).headers[policy]


@pytest.mark.parametrize("path", ["/embed/list", "/embed/map", "/casussen", "/lessen"])
def test_a_choice_that_no_file_can_make_is_not_answered_with_everything(
    host: httpx2.Client, path: str
) -> None:
    assert host.get(path, headers=PAGE).status_code == 200
    chosen = host.get(f"{path}?thema=groen", headers=PAGE)
    assert chosen.status_code == 404
    assert "Dit is een site van bestanden" in chosen.text


@pytest.mark.parametrize(
    "path", ["/sparql", "/zoeken", "/oai", "/api/v1/casussen", "/casussen.csv"]
)
def test_what_only_a_server_answers_is_told_with_a_page_that_says_so(
    host: httpx2.Client, path: str
) -> None:
    found = host.get(path, headers=PAGE)
    assert found.status_code == 404
    assert "Dit is een site van bestanden" in found.text
    assert "Misschien zoek je" not in found.text
