"""Whether sources answer: asked gently of a real server, and told as warnings."""

import json
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath

import pytest
from wijk import snapshot
from wijk.checking import links
from wijk.checking.links import Answer
from wijk.checking.messages import sentence
from wijk.linking.answering import Asker, answers
from wijk.snapshot import Reading, Snapshot

from ..server.conftest import BASE, place, small_at

STATUS = {
    "/well": 200,
    "/head-hangs-up": 200,
    "/gone": 404,
    "/removed": 410,
    "/broken": 500,
    "/closed": 403,
}
MOVES = {
    **{"/moved": "/moved-2", "/moved-2": "/well", "/round": "/round-2", "/round-2": "/round"},
    "/no-address": "http://[::1/",
    "/no-web": "mailto:iemand@example.org",
}


class Handler(BaseHTTPRequestHandler):
    """Answers as sites do, well and badly."""

    asked: list[tuple[str, str, str]]

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        if self.path == "/slow":
            time.sleep(1)
        if self.path == "/hangs-up" or (self.path, self.command) == ("/head-hangs-up", "HEAD"):
            self.close_connection = True
            return
        status = 301 if self.path in MOVES else STATUS.get(self.path, 404)
        if self.path == "/head-not":
            status = 405 if self.command == "HEAD" else 200
        if self.path == "/here":
            status = 302
        self.send_response(status)
        if self.path in MOVES or self.path == "/here":
            self.send_header("Location", MOVES.get(self.path, "/well"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def served(context: ssl.SSLContext | None = None) -> Iterator[tuple[str, list]]:
    """A site, and what was asked of it."""
    asked: list[tuple[str, str, str]] = []
    site = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Handler,), {"asked": asked}))
    if context:
        site.socket = context.wrap_socket(site.socket, server_side=True)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if context else ''}://127.0.0.1:{site.server_address[1]}", asked
    finally:
        site.shutdown()
        site.server_close()
        thread.join()


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[str, list]]:
    with served() as found:
        yield found


def answer(address: str) -> Answer:
    """What comes of an address, asked without pauses."""
    with Asker(pause=0, seconds=0.3) as asker:
        return asker.answer(address)


@pytest.mark.parametrize(
    ("path", "status", "reason", "moved"),
    [
        ("/well", 200, "", ""),
        ("/moved", 200, "", "/well"),
        ("/here", 200, "", ""),
        ("/head-not", 200, "", ""),
        ("/gone", 404, "", ""),
        ("/removed", 410, "", ""),
        ("/broken", 500, "", ""),
        ("/closed", 403, "", ""),
        ("/round", 0, "loop", ""),
        ("/slow", 0, "timeout", ""),
        ("/head-hangs-up", 200, "", ""),
        ("/hangs-up", 0, "silent", ""),
        ("/no-address", 0, "astray", ""),
        ("/no-web", 0, "astray", ""),
    ],
)
def test_each_way_to_answer_is_known(
    path: str, status: int, reason: str, moved: str, site: tuple[str, list]
) -> None:
    found = answer(site[0] + path)
    assert (found.status, found.reason) == (status, reason)
    assert found.moved == (site[0] + moved if moved else "")


def test_a_site_that_is_not_there_is_silent() -> None:
    with served() as (address, _):
        pass
    assert answer(f"{address}/well").reason == "silent"


def test_a_wrong_certificate_is_told(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subject = ["-subj", "/CN=example.org", "-days", "1", "-nodes"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", *subject, *files]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with served(context) as (address, _):
        assert answer(f"{address}/well").reason == "tls"


def test_it_says_who_asks_and_asks_head_first() -> None:
    with served() as (address, asked):
        answer(f"{address}/well")
        answer(f"{address}/gone")
    assert [it[:2] for it in asked] == [("HEAD", "/well"), ("HEAD", "/gone"), ("GET", "/gone")]
    assert all("+https://" in agent for *_, agent in asked)


def test_one_host_is_asked_with_pauses_and_another_meanwhile() -> None:
    waited: list[float] = []
    with (
        served() as (one, asked),
        served() as (other, _),
        Asker(pause=30, wait=waited.append) as asker,
    ):
        wanted = [f"{one}/well", f"{one}/here", f"{other}/well"]
        list(answers(wanted, asker, None, lambda *_: None))
    assert len(waited) == 2  # before /here, and before where that leads
    assert all(0 < pause <= 30 for pause in waited)
    assert [path for _, path, _ in asked] == ["/well", "/here", "/well"]


def test_what_was_broken_off_goes_on_where_it_ended(tmp_path: Path) -> None:
    state, told = tmp_path / "home" / "links.jsonl", []
    with served() as (address, asked), Asker(pause=0) as asker:
        wanted = [f"{address}/well", f"{address}/gone"]

        def tell(*count: int) -> None:
            told.append(count)

        first = next(answers(wanted, asker, state, tell))
        with state.open("a") as file:
            file.write("{half a li")
        every = list(answers(wanted, asker, state, tell))
        assert every[0] == first
        assert list(answers(wanted, asker, state, tell)) == every[:2]
    assert [path for _, path, _ in asked].count("/well") == 1
    assert told[-1] == (2, 2)


@pytest.mark.parametrize(
    ("status", "hours", "again"), [(0, 2, True), (503, 2, True), (404, 2, False), (0, 0, False)]
)
def test_what_did_not_answer_is_asked_again_sooner(
    tmp_path: Path, status: int, hours: int, again: bool
) -> None:
    state = tmp_path / "links.jsonl"
    at = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
    with served() as (address, asked), Asker(pause=0) as asker:
        kept = Answer(f"{address}/well", status, "", "", at)
        state.write_text(json.dumps(asdict(kept)) + "\n")
        list(answers([kept.address], asker, state, lambda *_: None))
    assert bool(asked) is again


SOURCE = """@base <https://w3id.org/wijindewijk/id/source/{name}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
<{address}> a schema:WebPage {more}.
"""


@pytest.fixture(scope="module")
def taken(shipped: Snapshot) -> Snapshot:
    """The shipped graph with two more sources, of which one is a copy of the other."""
    copy = "; dcterms:isVersionOf <https://example.org/gone> "
    texts = {
        "gone": SOURCE.format(name="gone", address="https://example.org/gone", more=""),
        "kept": SOURCE.format(name="kept", address="https://archive.example/gone", more=copy),
    }
    files = {PurePosixPath(f"data/sources/{name}.ttl"): it.encode() for name, it in texts.items()}
    return snapshot.edited(Reading(shipped), files).snapshot


def finding(taken: Snapshot, status: int, reason: str = "", moved: str = "", path: str = "/gone"):
    """What is said of an answer, if anything."""
    found = Answer(f"https://example.org{path}", status, reason, moved, "")
    return next(links.findings(taken, [found]), None)


def test_a_source_that_is_gone_is_a_warning_with_the_address_of_its_copy(taken: Snapshot) -> None:
    found = finding(taken, 404)
    assert (found.severity, found.file) == ("warning", "data/sources/gone.ttl")
    assert "“https://archive.example/gone”" in sentence(found, "nl")
    assert "https://example.org/gone" in links.addresses(taken)


def test_what_does_not_answer_is_a_warning_and_what_moved_a_hint(taken: Snapshot) -> None:
    assert finding(taken, 404, path="/other").rule == "source-gone"
    assert finding(taken, 0, "tls").message["nl"].count("beveiligde verbinding") == 1
    assert finding(taken, 503).severity == "warning"
    assert "een adres dat niet te lezen is" in sentence(finding(taken, 0, "astray"), "nl")
    assert finding(taken, 200, moved="https://example.org/new").severity == "info"


@pytest.mark.parametrize("status", [200, 401, 403, 429, 451])
def test_what_answers_is_not_told(status: int, taken: Snapshot) -> None:
    assert finding(taken, status) is None
    assert finding(taken, 200, moved="https://example.org/gone/") is None


def test_the_state_is_lines_of_json(tmp_path: Path) -> None:
    state = tmp_path / "links.jsonl"
    with served() as (address, _), Asker(pause=0) as asker:
        list(answers([f"{address}/well"], asker, state, lambda *_: None))
    assert [json.loads(line)["status"] for line in state.read_text().splitlines()] == [200]


def sourced(folder: Path, name: str, address: str, more: str = "") -> None:
    """A source at this address in a folder."""
    place(
        folder,
        f"data/sources/{name}.ttl",
        f"@base <{BASE}id/source/{name}> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix schema: <https://schema.org/> .\n\n"
        f'<{address}> a schema:WebPage ; {more}dcterms:title "{name}" .\n',
    )


def test_the_command_tells_what_is_gone_with_its_copy_and_goes_on_where_it_was_broken_off(
    tmp_path: Path, root: Path, wijk: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    folder, home = small_at(tmp_path / "small", root), tmp_path / "home"
    with served() as (address, asked):
        gone = f"{address}/removed"
        copy = f"{address.replace('127.0.0.1', 'localhost')}/well"  # another host: no pause
        sourced(folder, "een", gone)
        sourced(folder, "kopie", copy, f"dcterms:isVersionOf <{gone}> ; ")
        given = ("check", "--links", "--home", home, "--graph", folder)
        first = wijk(*given)
        assert {path for _, path, _ in asked} == {"/removed", "/well"}
        again = wijk(*given)
        assert len(asked) == 2, "what was asked within a week is not asked again"
        kept = (home / "links.jsonl").read_text().splitlines()
        left = [line for line in kept if "/well" not in line]
        (home / "links.jsonl").write_text("\n".join([*left, kept[0][:20]]))
        third = wijk(*given, "--lang", "en")
        assert [path for _, path, _ in asked[2:]] == ["/well"]
    assert f"Een bewaarde kopie staat op {copy}; verwijs daarnaar." in first.stdout
    assert "data/sources/een.ttl" in first.stdout
    assert again.stdout == first.stdout
    assert f"A copy was kept at {copy}; refer to that." in third.stdout
    assert {first.returncode, again.returncode, third.returncode} == {0}, "a warning is no failure"
