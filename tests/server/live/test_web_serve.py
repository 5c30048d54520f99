"""Starting and stopping: one clear message, and nothing left behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import httpx2
import pytest

pytestmark = pytest.mark.process

CATALOG = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
<https://example.org/buurten/catalog> dcterms:title "Buurten"@nl ;
    void:uriSpace "https://example.org/buurten/" .
"""


@pytest.fixture
def bare(tmp_path):
    """How to serve a folder with nothing but a catalogue."""
    for folder in ("data", "ontology", "shapes", "queries"):
        (tmp_path / folder).mkdir()
    (tmp_path / "data" / "catalog.ttl").write_text(CATALOG, encoding="utf-8")
    return [sys.executable, "-m", "wijk", "serve", "--port", "0", "--graph", str(tmp_path)]


def test_a_port_that_is_taken_is_one_message(wijk):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = wijk("serve", "--port", port)
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.count("\n") == 1
    assert f"port {port}" in run.stderr
    other = port + 1 if port < 65535 else 8000
    assert f"wijk serve --port {other}, or make serve PORT={other}" in run.stderr


def test_a_host_that_is_not_ours_is_one_message(wijk):
    run = wijk("serve", "--host", "192.0.2.1", "--port", "0")
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "192.0.2.1" in run.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_cleanly_and_takes_its_processes_along(number, bare):
    with subprocess.Popen(
        bare, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        address = process.stdout.readline().strip()
        assert httpx2.get(f"{address}health/ready").status_code == 200
        assert "Buurten" in httpx2.get(address).text
        with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
            keepers = [int(child) for child in file.read().split()]
        process.send_signal(number)
        assert process.wait(60) == 0
        assert "Traceback" not in process.stderr.read()
    assert keepers
    assert not any(os.path.exists(f"/proc/{keeper}") for keeper in keepers)


def test_a_killed_server_takes_its_processes_along(bare):
    with subprocess.Popen(bare, stdout=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
            keepers = [int(child) for child in file.read().split()]
        process.kill()
    deadline = time.monotonic() + 60
    while any(_running(keeper) for keeper in keepers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(_running(keeper) for keeper in keepers)


def _running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_graph_with_violations_is_told_and_not_served(wijk, small):
    case = small / "data" / "cases" / "pluktuin-zuid.ttl"
    text = case.read_text(encoding="utf-8")
    case.write_text(text.replace("dcterms:title", "dcterms:alternative"), encoding="utf-8")
    run = wijk("serve", "--port", "0", "--graph", small)
    assert run.returncode == 1
    assert "pluktuin-zuid" in run.stdout + run.stderr
    assert "http://127.0.0.1" not in run.stdout
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("broken", ["not turtle", "twice", "no catalogue", "no folder"])
def test_a_folder_that_cannot_be_served_is_one_message(wijk, small, broken):
    case = small / "data" / "cases" / "pluktuin-zuid.ttl"
    if broken == "not turtle":
        case.write_text("<a> <b>", encoding="utf-8")
    elif broken == "twice":
        (small / "data" / "case").mkdir()
        shutil.copy(case, small / "data" / "case" / "pluktuin-zuid.ttl")
    elif broken == "no catalogue":
        (small / "data" / "catalog.ttl").unlink()
    graph = small / "none" if broken == "no folder" else small
    run = wijk("serve", "--port", "0", "--graph", graph)
    assert run.returncode == 2
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert run.stderr.count("wijk: ") == 1


@pytest.mark.parametrize("home", ["home", "file"])
def test_a_folder_is_served_whether_or_not_its_check_can_be_remembered(small, tmp_path, home):
    (tmp_path / "file").write_text("no folder")
    command = [sys.executable, "-m", "wijk", "serve", "--port", "0", "--graph", str(small)]
    command += ["--home", str(tmp_path / home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.terminate()
    assert (tmp_path / "home" / "checked").exists() == (home == "home")
