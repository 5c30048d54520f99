"""What the server does with clients that are slow, or too many."""

import json
import select
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import quote, urlsplit

import pytest

pytestmark = pytest.mark.process

LONG = quote("SELECT ?a ?b ?c ?d WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 8000")
SMALL = quote("ASK { ?s ?p ?o }")
GET = f"GET /sparql?query={SMALL} HTTP/1.1\r\nHost: x\r\n"
POST = (
    "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    "Content-Length: 400\r\n\r\n"
)


@pytest.fixture
def connect(tight_server):
    """Open a connection to the server whose limits are low."""
    parts = urlsplit(tight_server)
    with ExitStack() as stack:

        def connected():
            address = (parts.hostname, parts.port)
            return stack.enter_context(socket.create_connection(address, 20))

        yield connected


def all_of(connection):
    """What comes until the other side hangs up."""
    received = bytearray()
    while part := connection.recv(1 << 16):
        received += part
    return bytes(received)


def trickle(connection, text):
    """Send it a byte at a time until the other side has had enough; what it says then."""
    try:
        for byte in text.encode():
            connection.sendall(bytes([byte]))
            time.sleep(0.02)
    except OSError:
        pass
    try:
        return all_of(connection)
    except ConnectionResetError:
        return b""


def problem_in(received):
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    return json.loads(body)


@pytest.mark.parametrize(
    ("sent", "part"), [(GET, "head"), (POST + "ASK", "body")], ids=["head", "body"]
)
def test_a_request_that_stays_away_is_a_408(connect, sent, part):
    connection = connect()
    connection.sendall(sent.encode())
    problem = problem_in(all_of(connection))
    assert problem["status"] == 408
    assert problem["detail"].startswith(f"The {part} of this request was not whole within 0.")


@pytest.mark.parametrize("begin", ["", POST], ids=["head", "body"])
def test_a_request_that_trickles_in_is_no_better(connect, begin):
    connection = connect()
    connection.sendall(begin.encode())
    trickle(connection, "GET /" + "x" * 600)
    assert connect().getpeername(), "and the next is welcome"


def test_a_connection_that_says_nothing_is_closed(connect):
    assert all_of(connect()) == b""


def test_the_deadline_holds_for_the_second_request_of_a_connection(connect):
    connection = connect()
    connection.sendall(f"{GET}\r\nGET /".encode())
    received = all_of(connection)
    assert received.startswith(b"HTTP/1.1 200")
    assert b"HTTP/1.1 408" in received


def test_a_head_has_a_length(connect):
    connection = connect()
    connection.sendall(b"GET / HTTP/1.1\r\n" + b"X-Long: " + b"x" * 100_000)
    problem = problem_in(all_of(connection))
    assert problem["status"] == 431


def test_what_is_not_http_is_told_so(connect):
    connection = connect()
    connection.sendall(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")
    assert problem_in(all_of(connection))["status"] == 400


def test_who_takes_nothing_of_an_answer_loses_it(connect, tight):
    connection = connect()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.sendall(f"GET /sparql?query={LONG} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert connection.recv(100).startswith(b"HTTP/1.1 200")
    assert tight.get("/sparql", params={"query": "ASK { ?a ?b 'slow' }"}).status_code == 200
    ended = select.poll()
    ended.register(connection, select.POLLHUP)
    assert ended.poll(20_000), "the server hangs up, and nobody has read anything"
    with pytest.raises(ConnectionResetError):
        all_of(connection)


def test_who_takes_an_answer_slowly_gets_it_whole(connect):
    connection = connect()
    head = f"GET /sparql?query={LONG}&format=csv HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    connection.sendall(f"{head}\r\n".encode())
    received = bytearray()
    while part := connection.recv(1 << 16):
        received += part
        time.sleep(0.03)
    assert received.endswith(b"0\r\n\r\n")


def test_connections_over_the_limit_are_told_and_the_others_go_on(connect, tight):
    assert tight.get("/health/live").status_code == 200
    before = [connect() for _ in range(39)]
    connection = connect()
    connection.sendall(f"{GET}\r\n".encode())
    received = all_of(connection)
    assert received.startswith(b"HTTP/1.1 503")
    assert b"retry-after: 3" in received
    assert "40 connections" in problem_in(received)["detail"]
    before[-1].sendall(f"{GET}Connection: close\r\n\r\n".encode())
    assert all_of(before[-1]).startswith(b"HTTP/1.1 200")


def test_five_hundred_idle_connections_are_in_nobodys_way(server, client):
    parts = urlsplit(server)
    with ExitStack() as stack, ThreadPoolExecutor(8) as pool:
        address = (parts.hostname, parts.port)
        idle = pool.map(lambda _: socket.create_connection(address, 20), range(500))
        for connection in idle:
            stack.enter_context(connection)
        assert client.get("/sparql", params={"query": "ASK { ?s ?p 'idle' }"}).status_code == 200
