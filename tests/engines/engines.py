"""Real engines on free ports, each in a folder of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_PATIENCE = 60


@dataclass(frozen=True)
class Running:
    """An engine that runs: where, and as whom we come."""

    url: str
    variables: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None


def free_port() -> int:
    """A port of this machine that nobody has now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def oxigraph(port: int = 0, *options: str) -> Iterator[Running]:
    """A second Oxigraph, as a server, in memory."""
    port = port or free_port()
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve"]
    command += ["--bind", f"127.0.0.1:{port}", *options]
    with running(command, f"http://127.0.0.1:{port}/") as process:
        yield Running(f"http://127.0.0.1:{port}", process=process)


@contextmanager
def virtuoso(folder: Path) -> Iterator[Running]:
    """Virtuoso 7, with an empty database in this folder."""
    program = shutil.which("virtuoso-t")
    assert program, "virtuoso-t is not there; the Debian package is virtuoso-opensource-7-bin"
    http = free_port()
    text = (HERE / "virtuoso.ini").read_text(encoding="utf-8")
    (folder / "virtuoso.ini").write_text(text.format(http=http, sql=free_port()))
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, f"http://127.0.0.1:{http}/sparql", folder):
        yield Running(
            f"http://127.0.0.1:{http}",
            {"WIJK_ENGINE_USER": "dba", "WIJK_ENGINE_PASSWORD": "dba"},
        )


@contextmanager
def running(
    command: list[str], url: str, folder: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs until the end of the block; the block begins when it answers."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, **quiet) as process:
        try:
            _until(url, process)
            yield process
        finally:
            process.kill()


@contextmanager
def serving(*options: str, **variables: str) -> Iterator[str]:
    """The address of `wijk serve` on the real graph."""
    command = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--graph", str(ROOT), *options]
    environ = {**os.environ, **variables}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip().rstrip("/")
            assert address.startswith("http://127.0.0.1:")
            yield address
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def push(engine: Running, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `wijk push` to an engine."""
    command = [sys.executable, "-m", "wijk", "push", "--to", engine.url, *options]
    if "--graph" not in options:
        command += ["--graph", str(ROOT)]
    environ = {**os.environ, **engine.variables}
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False)


def _until(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            httpx2.get(url, timeout=2)
        except httpx2.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"{process.args} does not answer at {url}")
