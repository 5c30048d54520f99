"""A client that hangs up frees the processor: its reader is gone, or idle again."""

import socket
import time
from contextlib import contextmanager
from urllib.parse import quote, urlsplit

import pytest

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def connect(server):
    """Ask something over a connection of its own, and hang up at the end."""

    @contextmanager
    def asked(query, method="GET"):
        parts = urlsplit(server)
        with socket.create_connection((parts.hostname, parts.port), 20) as connection:
            form = f"query={quote(query)}"
            if method == "GET":
                connection.sendall(f"GET /sparql?{form} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            else:
                connection.sendall(
                    "POST /sparql HTTP/1.1\r\nHost: x\r\n"
                    "Content-Type: application/x-www-form-urlencoded\r\n"
                    f"Content-Length: {len(form)}\r\n\r\n{form}".encode()
                )
            yield connection

    return asked


def until(happens):
    """Wait until it happens, for two seconds at most."""
    deadline = time.monotonic() + 2
    while not (seen := happens()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return seen


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_hangs_up_frees_the_processor(connect, readers, client, method):
    with connect(f"{RUNAWAY} # {method}", method):
        assert until(lambda: "R" in [state for _, state in readers()])
        busy = {pid for pid, state in readers() if state == "R"}
    assert until(lambda: not busy & {pid for pid, _ in readers()})
    assert client.get("/sparql", params={"query": f"ASK {{ 1 ?p '{method}' }}"}).status_code == 200


def test_who_hangs_up_while_it_streams_frees_the_processor(connect, readers, client):
    with connect(STREAM) as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 200")
        busy = {pid for pid, _ in readers()}
        assert busy
    until(lambda: not [pid for pid, state in readers() if state == "R" and pid in busy])
    assert "R" not in [state for _, state in readers()]
    assert client.get("/sparql", params={"query": "ASK { 1 ?p 'stream' }"}).status_code == 200


def test_who_hangs_up_in_the_queue_is_not_asked_for(connect, readers, client):
    with connect(f"{RUNAWAY} # 1"), connect(f"{RUNAWAY} # 2"):
        assert until(lambda: [state for _, state in readers()].count("R") >= 2)
        for number in range(5):
            with connect(f"{RUNAWAY} # queued {number}"):
                pass
    assert until(lambda: "R" not in [state for _, state in readers()])
    assert client.get("/sparql", params={"query": "ASK { 1 ?p 'queue' }"}).status_code == 200
