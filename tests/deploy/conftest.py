"""The files for operators, as they are shipped, with real servers on free ports around them."""

import http.client
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs" / "deploy"
NAME = "wijk.example.org"
MAIN = """daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass
class Front:
    """nginx with the shipped file, and the server behind it."""

    client: httpx2.Client
    plain: str
    port: int
    trust: ssl.SSLContext
    behind: str
    process: subprocess.Popen[str]
    log: Path

    def connection(self) -> http.client.HTTPSConnection:
        """A connection whose answer is read at leisure."""
        return http.client.HTTPSConnection("localhost", self.port, timeout=30, context=self.trust)


def free_port() -> int:
    """A port of this machine that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[str], log: Path) -> None:
    """Wait until something listens."""
    until = time.monotonic() + 10
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError(log.read_text(encoding="utf-8") if log.exists() else "nothing listens")


def certificate(folder: Path) -> ssl.SSLContext:
    """Make a certificate for the names of the tests; the context trusts only that."""
    names = f"subjectAltName=DNS:{NAME},DNS:localhost,IP:127.0.0.1"
    key, chain = str(folder / "privkey.pem"), str(folder / "fullchain.pem")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", f"/CN={NAME}", "-addext", names, "-keyout", key, "-out", chain]
    subprocess.run(command, check=True, capture_output=True)
    return ssl.create_default_context(cafile=chain)


@contextmanager
def served(log: Path, **settings: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server on the graph as shipped, with these settings."""
    command = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--graph", str(ROOT)]
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**os.environ, "WIJK_TRUSTED_PROXIES": "127.0.0.1", **settings},
        ) as process,
    ):
        assert process.stdout is not None
        address = process.stdout.readline().strip().rstrip("/")
        try:
            yield address, process
        finally:
            process.terminate()


@contextmanager
def fronted(folder: Path, edit: Callable[[str], str], **settings: str) -> Iterator[Front]:
    """The shipped file with other ports, a certificate made here, and a server of ours."""
    plain, secure = free_port(), free_port()
    trust = certificate(folder)
    with served(folder / "wijk.log", **settings) as (behind, process):
        text = edit((DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
        for old, new in (
            ("listen 80;", f"listen 127.0.0.1:{plain};"),
            ("listen 443 ", f"listen 127.0.0.1:{secure} "),
            ("127.0.0.1:8000", behind.removeprefix("http://")),
            ("/etc/ssl/wijk", str(folder)),
        ):
            assert old in text
            text = text.replace(old, new)
        lines = [line for line in text.splitlines() if "listen [::]" not in line]
        (folder / "site.conf").write_text("\n".join(lines), encoding="utf-8")
        user = "user root;\n" if os.geteuid() == 0 else ""  # the folders are of who tests
        (folder / "nginx.conf").write_text(user + MAIN.format(folder=folder), encoding="utf-8")
        with running(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")]) as front:
            wait_for(secure, front, folder / "error.log")
            with httpx2.Client(
                base_url=f"https://localhost:{secure}", verify=trust, timeout=30
            ) as client:
                http_address = f"http://127.0.0.1:{plain}"
                log = folder / "wijk.log"
                yield Front(client, http_address, secure, trust, behind, process, log)


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A server from a package of the system, for as long as the tests last."""
    found = shutil.which(command[0], path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    assert found, f"{command[0]} is not there; `make test-all` installs it"
    process = subprocess.Popen([found, *command[1:]], text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="session")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """At the root of a host."""
    with fronted(
        tmp_path_factory.mktemp("root"),
        str,
        WIJK_PUBLIC_URL=f"https://{NAME}",
        WIJK_ACCESS_LOG="on",
        WIJK_QUERY_TIMEOUT="2",
    ) as front:
        yield front


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Below the path /wijk of a host, by the one change that the documentation gives."""

    def moved(text: str) -> str:
        command = ["sed", "s#location \\(= \\)\\?/#&wijk/#"]
        assert " ".join(command).replace("sed ", "sed '") in (
            (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
        )
        return subprocess.run(
            command, input=text, capture_output=True, text=True, check=True
        ).stdout

    folder = tmp_path_factory.mktemp("below")
    with fronted(folder, moved, WIJK_PUBLIC_URL=f"https://{NAME}/wijk") as front:
        yield front
