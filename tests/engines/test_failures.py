"""What an engine elsewhere does wrong is a status and a sentence, and is over when it is over."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx2
import pytest

from .engines import Running, free_port, oxigraph, push, serving

pytestmark = pytest.mark.engine
FIRST = {"query": "SELECT ?s { ?s ?p ?o } LIMIT 1"}


def problem(address: str, status: int, **fields: str) -> str:
    """What the endpoint says when it cannot answer."""
    said = httpx2.post(f"{address}/sparql", data=fields or FIRST, timeout=20)
    assert said.status_code == status, said.text
    assert said.headers["content-type"] == "application/problem+json"
    assert (status == 503) == ("retry-after" in said.headers)
    return str(said.json()["detail"])


@contextmanager
def odd_engine(reply: bytes) -> Iterator[str]:
    """Something that takes a connection and says just this, or nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                held.append(connection)
                connection.recv(65536)
                if reply:
                    connection.sendall(reply)
                    connection.close()

        held: list[socket.socket] = []
        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)
        for connection in held:
            connection.close()


def test_an_engine_may_go_and_come_back_and_must_hold_what_is_served() -> None:
    port = free_port()
    with serving("--engine", f"http://127.0.0.1:{port}") as address:
        assert "does not answer" in problem(address, 503)
        assert httpx2.get(f"{address}/health/live").status_code == 200
        assert httpx2.get(f"{address}/health/ready").status_code == 503
        with oxigraph(port) as engine:
            assert "holds nothing of the folder" in problem(address, 503)
            assert "wijk push" in problem(address, 503)
            assert push(engine).returncode == 0
            assert httpx2.post(f"{address}/sparql", data=FIRST).status_code == 200
            stranger = httpx2.put(
                f"{engine.url}/store",
                params={"graph": "https://w3id.org/wijindewijk/pushed"},
                content="<https://w3id.org/wijindewijk/pushed> "
                '<https://w3id.org/wijindewijk/pushed#begun> "other" .',
                headers={"Content-Type": "application/n-triples"},
            )
            assert stranger.is_success
            pause = threading.Event()
            pause.wait(1.1)  # what was known of the engine is a second old
            assert "is being filled" in problem(address, 503)
        assert "does not answer" in problem(address, 503)
        with oxigraph(port) as engine:
            assert push(engine).returncode == 0
            assert httpx2.post(f"{address}/sparql", data=FIRST).status_code == 200


def test_graphs_that_are_not_ours_are_told_where_they_cannot_be_left_out() -> None:
    with oxigraph() as engine, serving("--engine", engine.url) as address:
        httpx2.put(
            f"{engine.url}/store",
            params={"graph": "urn:x-other:graph"},
            content="<urn:a> <urn:b> <urn:c> .",
            headers={"Content-Type": "application/n-triples"},
        )
        assert "<urn:x-other:graph>" in push(engine).stderr
        assert "<urn:x-other:graph>" in problem(address, 503)


def test_wrong_credentials_are_told_to_the_operator(elsewhere: Mapping[str, Running]) -> None:
    url = elsewhere["virtuoso"].url
    options = ("--engine", url, "--engine-query", f"{url}/sparql-auth")
    wrong = {"WIJK_ENGINE_USER": "dba", "WIJK_ENGINE_PASSWORD": "wrong"}
    with serving(*options, **wrong) as address:
        assert "WIJK_ENGINE_PASSWORD" in problem(address, 502)


def test_an_answer_with_fewer_rows_than_there_are_is_no_answer(
    elsewhere: Mapping[str, Running],
) -> None:
    with serving("--engine", elsewhere["virtuoso"].url) as address:
        said = problem(address, 422, query="SELECT ?s ?p ?o { ?s ?p ?o }")
        assert "no more than 5000 rows" in said


def test_an_engine_that_says_nothing_is_waited_for_as_long_as_a_query_may_take() -> None:
    with (
        odd_engine(b"") as url,
        serving("--engine", url, "--engine-kind", "plain", "--query-timeout", "1") as address,
    ):
        assert "longer than 1 seconds" in problem(address, 504)


def test_a_client_that_hangs_up_closes_the_connection_to_the_engine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        options = ("--engine", url, "--engine-kind", "plain", "--query-timeout", "60")
        with serving(*options) as address:
            host, _, port = address.removeprefix("http://").partition(":")
            with socket.create_connection((host, int(port))) as client:
                client.sendall(b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: a\r\n\r\n")
                connection, _ = listener.accept()
                connection.settimeout(10)
                assert connection.recv(65536)
            with connection:
                while connection.recv(65536):
                    pass


def test_an_engine_that_stops_a_query_by_itself_does_not_give_half_an_answer() -> None:
    product = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with oxigraph(0, "--timeout-s", "1") as engine, serving("--engine", engine.url) as address:
        assert push(engine).returncode == 0
        assert "was stopped" in problem(address, 504, query=product, format="csv")
        rows = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "format": "csv"}
        with pytest.raises(httpx2.TransportError):
            httpx2.post(f"{address}/sparql", data=rows, timeout=30)


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (
            b'HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n{"head": {',
            "broke off",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
            b'Content-Length: 999\r\n\r\n{"head": {',
            "broke off",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Hello", "text/html"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "correct the address"),
        (b"HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\nOops", "status 500"),
    ],
)
def test_an_answer_that_cannot_be_used_is_a_502(reply: bytes, sentence: str) -> None:
    with (
        odd_engine(reply) as url,
        serving("--engine", url, "--engine-kind", "plain") as address,
    ):
        assert sentence in problem(address, 502)
