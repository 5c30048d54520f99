"""A page of somebody else with a pasted line in it, in a browser: what its visitors see."""

import functools
import html
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest

from ..server.conftest import small_at
from ..site import looking
from .server import free_port, serving

pytestmark = pytest.mark.browser
CASE = "data/cases/pluktuin-zuid.ttl"
ABSTRACT = '    dcterms:abstract "Iedereen mag er plukken."@nl ;\n    dcterms:subject'


class Quiet(SimpleHTTPRequestHandler):
    """Serves the files of a folder and tells nobody."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def folder(tmp_path: Path, root: Path) -> Path:
    """A small graph, published."""
    folder = small_at(tmp_path / "small", root)
    edit(folder, "    dcterms:subject", ABSTRACT)
    run("publish", folder)
    return folder


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """A server over it that knows where it is."""
    port = free_port()
    with serving(folder, port=port, WIJK_PUBLIC_URL=f"http://127.0.0.1:{port}/") as address:
        yield address


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """A site on another port, so of another origin; a page of it has this line in it."""
    site = tmp_path / "portal"
    site.mkdir()
    handler = functools.partial(Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def pasted(line: str) -> str:
            page = f'<!doctype html><html lang="nl"><title>Portaal</title><h1>Wij</h1>{line}'
            (site / "index.html").write_text(page, encoding="utf-8")
            return f"http://127.0.0.1:{server.server_port}/index.html"

        yield pasted
        server.shutdown()


@pytest.fixture
def page():
    with looking.browser() as started:
        yield started.new_context().new_page()


def edit(folder: Path, old: str, new: str) -> None:
    text = (folder / CASE).read_text(encoding="utf-8")
    assert old in text
    (folder / CASE).write_text(text.replace(old, new), encoding="utf-8")


def run(command: str, folder: Path, *arguments: str) -> None:
    """The command, as a knowledge worker gives it."""
    whole = [sys.executable, "-m", "wijk", command, *arguments, "--graph", str(folder)]
    done = subprocess.run(whole, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr


def lines(address: str) -> list[str]:
    """The frames on the page for portals, as a browser shows them."""
    page = httpx2.get(f"{address}/voor-portalen", timeout=30).text
    found = [html.unescape(it) for it in re.findall(r"<code>(.*?)</code>", page, re.DOTALL)]
    return [line for line in found if line.startswith("<iframe")]


def shown(page, text: str) -> str:
    """What the frame shows, once that has this text in it; the page is visited again until then."""
    deadline = time.monotonic() + 60
    while True:
        page.reload()
        seen = page.frame_locator("iframe").locator("body").inner_text()
        if text in seen or time.monotonic() > deadline:
            assert text in seen
            return seen
        time.sleep(0.1)


def test_a_pasted_case_shows_a_correction_once_it_is_published_and_goes_when_it_is_withdrawn(
    page, folder, address, portal
):
    case, *_ = lines(address)
    page.goto(portal(case))
    assert "Iedereen mag er plukken." in shown(page, "Pluktuin Zuid")
    edit(folder, "Iedereen mag er plukken.", "Iedereen mag er plukken en zaaien.")
    about = f"{address}/doc/case/pluktuin-zuid"
    deadline = time.monotonic() + 60
    while "en zaaien" not in httpx2.get(about, headers={"Accept": "text/html"}).text:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert "en zaaien" not in shown(page, "Pluktuin Zuid"), "it is not published yet"
    run("publish", folder)
    shown(page, "Iedereen mag er plukken en zaaien.")
    run("withdraw", folder, "case:pluktuin-zuid", "--reason", "Op verzoek van de makers.")
    run("publish", folder)
    gone = shown(page, "Deze casus is ingetrokken")
    assert "Op verzoek van de makers." in gone
    assert "plukken" not in gone


def test_a_pasted_list_lets_go_of_what_is_withdrawn(page, folder, address, portal):
    line = next(line for line in lines(address) if "/embed/list" in line)
    page.goto(portal(line))
    shown(page, "Pluktuin Zuid")
    run("withdraw", folder, "case:pluktuin-zuid", "--reason", "Op verzoek.")
    run("publish", folder)
    assert "Pluktuin" not in shown(page, "Er zijn nu geen casussen bij deze keuze.")


def test_a_frame_asks_nothing_of_others_sets_no_cookie_and_its_link_takes_the_window(
    page, address, portal
):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    here = portal(lines(address)[0])
    page.goto(here)
    shown(page, "Pluktuin Zuid")
    assert page.locator("iframe").get_attribute("title") == "Pluktuin Zuid"
    frame = page.frame_locator("iframe")
    family = frame.locator("h1").evaluate("it => getComputedStyle(it).fontWeight")
    assert family == "800", "our style is there"
    origins = {url.split("/")[2] for url in asked}
    assert origins == {here.split("/")[2], address.split("/")[2]}
    assert page.context.cookies() == []
    frame.get_by_role("link", name="Alles over Pluktuin Zuid").click()
    page.wait_for_url(f"{address}/doc/case/pluktuin-zuid")


def test_no_other_page_shows_in_a_frame(page, address, portal):
    page.goto(portal(f'<iframe src="{address}/doc/case/pluktuin-zuid" title="x"></iframe>'))
    (inside,) = [frame for frame in page.frames if frame != page.main_frame]
    assert "Pluktuin" not in inside.content()
