"""Long answers: sent while they are made, and never cut without the connection showing it."""

import csv
import io
import json
import socket
import struct
import xml.etree.ElementTree as ET
from urllib.parse import quote, urlsplit

import httpx2
import pytest

TRIPLES = "?a ?b ?c . ?d ?e ?f"
ROWS = f"SELECT ?a ?b ?c ?d WHERE {{ {TRIPLES} }} LIMIT 12000"
TOO_MANY = f"SELECT * {{ {TRIPLES} }}"


def rows_of(kind, body):
    if kind == "json":
        return len(json.loads(body)["results"]["bindings"])
    if kind == "xml":
        return len(ET.fromstring(body)[1])
    return len(list(csv.reader(io.StringIO(body.decode()), dialect="excel"))) - 1


@pytest.mark.parametrize("kind", ["json", "xml", "csv"])
def test_a_long_table_is_whole_and_has_no_length_or_tag(client, kind):
    response = client.get("/sparql", params={"query": ROWS, "format": kind})
    assert response.status_code == 200
    assert "etag" not in response.headers
    assert response.headers["transfer-encoding"] == "chunked"
    assert rows_of(kind, response.content) == 12_000


@pytest.mark.parametrize("kind", ["application/n-triples", "application/rdf+xml"])
def test_a_long_graph_is_whole(client, told, kind):
    query = "CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }"
    response = client.get("/sparql", params={"query": query}, headers={"Accept": kind})
    assert response.headers["transfer-encoding"] == "chunked"
    counted = client.get(
        "/sparql",
        params={
            "query": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?a ?b ?c { ?a ?b ?c } }",
            "format": "csv",
        },
    )
    assert len(told(response.content, kind)) == int(counted.text.split()[1])


def test_the_head_of_a_long_answer_is_that_of_the_answer(client):
    whole = client.get("/sparql", params={"query": ROWS})
    head = client.head("/sparql", params={"query": ROWS})
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert head.headers["vary"] == whole.headers["vary"]


@pytest.mark.process
def test_what_fails_before_the_first_piece_has_a_status(tight):
    response = tight.get("/sparql", params={"query": f"{TOO_MANY} ORDER BY ?a ?d"})
    assert response.status_code in (422, 504)


@pytest.mark.process
def test_an_answer_that_has_begun_and_grows_too_large_breaks_off(tight):
    with tight.stream("GET", "/sparql", params={"query": TOO_MANY}) as response:
        assert response.status_code == 200
        with pytest.raises(httpx2.TransportError):
            response.read()


def plainly(server, query, version):
    """All that comes back over a connection of one's own, and whether it was reset."""
    parts = urlsplit(server)
    with socket.create_connection((parts.hostname, parts.port), 20) as connection:
        path = f"/sparql?format=csv&query={quote(query)}"
        connection.sendall(
            f"GET {path} HTTP/{version}\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        )
        received = bytearray()
        try:
            while part := connection.recv(1 << 20):
                received += part
        except ConnectionResetError:
            return bytes(received), True
        return bytes(received), False


def test_http_1_0_gets_a_long_answer_without_chunks(server):
    received, reset = plainly(server, ROWS, "1.0")
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"transfer-encoding" not in head
    assert not reset
    assert rows_of("csv", body) == 12_000


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.process
def test_a_cut_answer_is_a_reset_connection(tight_server, version):
    received, reset = plainly(tight_server, TOO_MANY, version)
    assert received.startswith(b"HTTP/1.1 200")
    assert reset
    assert not received.endswith(b"0\r\n\r\n")


def test_a_client_that_leaves_in_the_middle_takes_nothing_with_it(server, client):
    parts = urlsplit(server)
    for number in range(6):
        connection = socket.create_connection((parts.hostname, parts.port))
        query = quote(f"{TOO_MANY} # {number}")
        connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    assert client.get("/sparql", params={"query": "ASK { ?s ?p 'left' }"}).status_code == 200
