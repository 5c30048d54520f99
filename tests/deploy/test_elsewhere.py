"""Files whose rules lead to a server at another address for what they cannot answer."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from ..server.conftest import BASE, small_at
from .conftest import ROOT, free_port
from .hosts import hosted
from .test_built import wijk

pytestmark = pytest.mark.system
ELSEWHERE = "https://vragen.example.org/wijk"


@pytest.fixture(scope="module")
def out(root: Path) -> Iterator[Path]:
    """A small site as files, with the catalogue as shipped."""
    with tempfile.TemporaryDirectory() as name:  # one that Apache may read
        folder = Path(name)
        folder.chmod(0o755)
        small = small_at(folder / "small", root)
        catalogue = (ROOT / "data" / "catalog.ttl").read_text(encoding="utf-8")
        catalogue = catalogue.replace("https://w3id.org/wijindewijk/", BASE)
        (small / "data" / "catalog.ttl").write_text(catalogue, encoding="utf-8")
        wijk(small, "publish")
        given = ("--public-url", "http://localhost", "--server-url", ELSEWHERE)
        wijk(small, "build", str(folder / "out"), *given)
        yield folder / "out"


@pytest.fixture(scope="module", params=["nginx", "apache"])
def host(
    request: pytest.FixtureRequest, out: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx2.Client]:
    """A web server with these files and their rules alone."""
    port = free_port()
    with (
        hosted(request.param, out, tmp_path_factory.mktemp(request.param), port),
        httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        yield client


def test_the_servers_take_the_rules_and_a_type_with_quotes_stays_whole(host: httpx2.Client) -> None:
    found = host.get("/.well-known/api-catalog")
    assert found.status_code == 200
    profile = 'profile="https://www.rfc-editor.org/info/rfc9727"'
    assert found.headers["content-type"].replace("; ", ";") == f"application/linkset+json;{profile}"


@pytest.mark.parametrize(
    "asked",
    [
        *("/sparql?query=ASK%7B%7D", "/oai?verb=Identify", "/zoeken?q=tuin", "/en/sparql"),
        *("/api/v1/casussen?thema=groen", "/casussen.csv", "/vragen/actors-of-a-case?case=holybe"),
        *(
            "/casussen?thema=groen",
            "/embed/list?thema=groen&limit=5",
            "/embed/map?provincie=utrecht",
        ),
    ],
)
def test_what_a_server_elsewhere_answers_leads_there_with_all_that_is_asked(
    host: httpx2.Client, asked: str
) -> None:
    found = host.get(asked)
    assert (found.status_code, found.headers["location"]) == (307, f"{ELSEWHERE}{asked}")


def test_no_line_end_in_an_address_comes_into_a_header(host: httpx2.Client) -> None:
    found = host.get("/sparql/a%0d%0aSet-Cookie:%20b=c")
    assert "set-cookie" not in found.headers


def test_the_catalogue_names_the_server_there(host: httpx2.Client) -> None:
    found = host.get("/catalog.ttl").text
    for path in ("/sparql", "/oai", "/api/v1"):
        assert f"dcat:endpointURL <{ELSEWHERE}{path}>" in found


@pytest.mark.parametrize("path", ["/casussen", "/embed/list", "/lessen", "/voor-portalen"])
def test_what_is_a_file_stays_here(host: httpx2.Client, path: str) -> None:
    assert host.get(path, headers={"Accept": "text/html"}).status_code == 200
