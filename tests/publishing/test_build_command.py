"""`wijk build` leaves alone what it did not make, builds every route, and names what it can."""

import asyncio
import re
from pathlib import Path

import pytest
from httpx2 import ASGITransport, AsyncClient
from wijk import snapshot
from wijk.engine.embedded import Embedded
from wijk.harvesting.discovery.texts import CLOSED
from wijk.snapshot import Snapshot
from wijk.web.answering import by_a_server
from wijk.web.app import create
from wijk.web.building import addresses, asking
from wijk.web.building.offline import offline

from ..server.conftest import small_at
from .conftest import Run

URL = "https://wijk.example.org/buurten"


def test_a_folder_of_others_is_refused(tmp_path: Path, wijk: Run) -> None:
    (tmp_path / "notes.txt").write_text("van mij")
    done = wijk("build", tmp_path, "--public-url", URL)
    assert done.returncode == 2
    assert "is not empty and `wijk build` did not make it" in done.stderr
    assert (tmp_path / "notes.txt").read_text() == "van mij"


def test_where_it_will_be_must_be_said(tmp_path: Path, wijk: Run) -> None:
    done = wijk("build", tmp_path / "out")
    assert done.returncode == 2
    assert "--public-url or WIJK_PUBLIC_URL" in done.stderr


def test_every_route_is_built_or_left_out_on_purpose(small: Path) -> None:
    taken = snapshot.read(small).snapshot
    app = create(taken, Embedded(taken.prefixes, f"{taken.base}sparql"))
    with_parameters = {it.path for it in addresses.routes(app) if "{" in it.path}
    assert with_parameters == addresses.BY_ROUTE.keys()


PAGE = {"Accept": "text/html"}
ALIKE = (
    *("/", "/casussen", "/lessen", "/plaatsen", "/betrokkenen", "/themas", "/gegevens", "/over"),
    *("/en", "/privacy", "/404", "/dump/", "/embed/list", "/embed/map", "/doc/bundle/een.html"),
)
"""Pages as a server answers them, but for the links and forms that lead to one."""
OTHERWISE = {
    "/voor-portalen": "frames with a filter, OAI-PMH, SPARQL and the API",
    "/robots.txt": "what a crawler does not ask",
}
"""Those that say less when nobody answers it, and what."""
WITHOUT = {"/api", "/en/api", "/mijn-wijk"}
"""Those that are about nothing else, and not there then."""
Pages = dict[str, bytes]


async def sample(taken: Snapshot, services: str | None) -> tuple[Pages, Pages]:
    """A few pages as files, and as the application answers them, for that choice of a server."""
    app = create(taken, Embedded(taken.prefixes, f"{taken.base}sparql"), URL)
    app.state.site.services = services
    made: Pages = {}
    told: Pages = {}
    transport = ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=transport, base_url="http://wijk") as client,
    ):
        listed = {path async for path in addresses.listed(app)} | {"/404"}
        for path in sorted({*ALIKE, *OTHERWISE, *WITHOUT} & listed):
            told[path] = (await client.get(path, headers=PAGE)).content
            found = None if path == "/404" else await asking.one(client, "", path, ())
            made[path] = found.body if found else told[path]
    return made, told


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str | None, Pages]:
    """The sample with a server at the same address (empty), elsewhere, and nowhere (None)."""
    taken = snapshot.read(small_at(tmp_path_factory.mktemp("sample") / "small", root)).snapshot
    made = {}
    for services in ("", "https://vragen.example.org", None):
        made[services], told = asyncio.run(sample(taken, services))
        assert made[services] == told
    return made


def test_with_a_server_pages_are_its_own_and_without_one_these_differ_and_no_others(
    pages: dict[str | None, Pages],
) -> None:
    whole, alone = pages[""], pages[None]
    assert whole.keys() == {*ALIKE, *OTHERWISE, *WITHOUT}
    assert whole.keys() - alone.keys() == WITHOUT
    assert {path for path in alone if alone[path] != whole[path]} == OTHERWISE.keys()
    assert b"OAI-PMH" in whole["/voor-portalen"]
    assert b"OAI-PMH" not in alone["/voor-portalen"]


def test_robots_names_what_this_host_has(pages: dict[str | None, Pages]) -> None:
    """A server has all of it, files have the rules that lead to a server elsewhere, or nothing."""
    closed = {
        services: re.findall(r"^Disallow: (.*)$", made["/robots.txt"].decode(), re.MULTILINE)
        for services, made in pages.items()
    }
    assert closed[""] == [*CLOSED]
    assert closed["https://vragen.example.org"] == ["/sparql", "/reconcile", "/api/v1/join"]
    assert closed[None] == []
    for made in pages.values():
        assert f"Sitemap: {URL}/sitemap.xml".encode() in made["/robots.txt"]


def test_without_a_server_no_page_of_them_leads_to_what_only_one_answers(
    pages: dict[str | None, Pages],
) -> None:
    assert b"Zoek en filter casussen" in pages[None]["/casussen"]
    for path, whole in pages[None].items():
        if path == "/robots.txt":
            continue  # it is no page
        body = offline(whole, URL).decode()
        assert "Zoek en filter casussen" not in body
        led = re.findall(r'(?:href|action|src)="([^"]*)"', body)
        assert led
        assert not [it for it in led if by_a_server(it.removeprefix(URL))], path
        assert "/embed/list?" not in body


def test_a_server_elsewhere_is_named_where_portals_look(
    pages: dict[str | None, Pages],
) -> None:
    elsewhere = pages["https://vragen.example.org"]["/voor-portalen"].decode()
    for path in ("/oai", "/sparql", "/api/v1/casussen", "/embed/list?thema="):
        assert f"https://vragen.example.org{path}" in elsewhere
    assert f"{URL}/feeds/casussen.rss" in elsewhere
