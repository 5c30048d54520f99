"""What every address does with the words of HTTP."""

import gzip
import socket
from http.client import HTTPResponse
from urllib.parse import urlsplit

import pytest

DIRECT = "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
CASE = "/doc/case/choku-gym"
PATHS = ["/", CASE, f"{CASE}.ttl", "/def", "/shape.nt", "/sparql", "/static/stijl.css"]
ASK = "/sparql?query=ASK%20%7B%7D"


@pytest.mark.parametrize("path", [*PATHS, ASK, "/health/live", "/id/case/choku-gym", "/none"])
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_head_equals_get(client, path, accept):
    get = client.get(path, headers={"Accept": accept})
    head = client.head(path, headers={"Accept": accept})
    assert head.content == b""
    assert head.status_code == get.status_code
    without = {"date"}
    assert {k: v for k, v in head.headers.items() if k not in without} == {
        k: v for k, v in get.headers.items() if k not in without
    }


@pytest.mark.parametrize("path", [*PATHS, ASK])
def test_what_the_client_has_already_is_not_sent_again(client, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_each_format_has_its_own_tag(client):
    tags = {
        client.get(CASE + suffix).headers["etag"]
        for suffix in (".ttl", ".nt", ".jsonld", ".html", ".rdf", ".trig", ".nq")
    }
    assert len(tags) == 7
    assert not any(tag.startswith("W/") for tag in tags)


@pytest.mark.parametrize("path", [*PATHS, "/none", "/id/case/choku-gym"])
def test_any_site_may_read_here(client, path):
    response = client.get(path, headers={"Origin": "https://example.org"})
    assert response.headers["access-control-allow-origin"] == "*"
    assert "etag" in response.headers["access-control-expose-headers"].lower()


def test_a_browser_may_ask_beforehand(client):
    response = client.options(
        "/sparql",
        headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"},
    )
    assert response.status_code == 204
    assert "POST" in response.headers["access-control-allow-methods"]


@pytest.mark.parametrize(
    "path", ["/", CASE, "/catalog", "/ldes", "/dump/", "/api/v1/casussen", "/none", "/sparql"]
)
def test_it_is_told_truly_what_may_be_asked_of_an_address(client, path):
    allowed = client.options(path).headers["allow"]
    assert client.options(path).headers["access-control-allow-methods"] == allowed
    assert ("POST" in allowed) is (path == "/sparql")
    refused = client.put(path)
    assert refused.status_code == (404 if path == "/none" else 405)
    assert path == "/none" or {*refused.headers["allow"].split(", ")} == {*allowed.split(", ")}


@pytest.mark.parametrize("path", ["/oai", "/reconcile", "/api/v1/join"])
def test_where_something_can_be_sent_that_is_told(client, path):
    assert client.options(path).headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_machines_get_a_problem_and_people_a_page_with_the_nearest(client):
    machine = client.get("/doc/case/chokugym", headers={"Accept": "application/json"})
    person = client.get("/doc/case/chokugym", headers={"Accept": "text/html"})
    assert machine.status_code == person.status_code == 404
    assert machine.headers["content-type"] == "application/problem+json"
    assert machine.json()["status"] == 404
    assert machine.headers["vary"] == "Accept"
    assert 'href="/doc/case/choku-gym"' in person.text


def test_who_is_lost_is_shown_what_is_near_by_its_name_or_nothing(client):
    near = client.get("/doc/place/de-muntl", headers={"Accept": "text/html"})
    assert '<a href="/doc/place/de-muntel">De Muntel</a>' in near.text
    far = client.get("/doc/case/zwembad-met-glijbaan", headers={"Accept": "text/html"})
    assert far.status_code == 404
    assert '<ul class="lijst">' not in far.text


def test_a_thing_that_is_not_there_is_not_redirected(client):
    assert client.get("/id/case/chokugym").status_code == 404


def test_a_format_that_is_not_there_is_told_with_those_that_are(client):
    response = client.get(CASE, headers={"Accept": "image/png"})
    assert response.status_code == 406
    assert "text/turtle" in response.json()["available"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
def test_a_document_can_only_be_read(client, method):
    response = client.request(method, CASE)
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/sparql", "/reconcile", "/api/v1/join"])
@pytest.mark.parametrize("encoding", ["gzip", "deflate, gzip", "identity, br"])
def test_a_compressed_request_is_refused_with_what_to_do(client, path, encoding):
    headers = {"Content-Encoding": encoding, "Content-Type": "application/sparql-query"}
    response = client.post(path, content=gzip.compress(b"ASK {}"), headers=headers)
    assert response.status_code == 415
    assert "without Content-Encoding" in response.json()["detail"]
    assert response.headers["accept-encoding"] == "identity"


def test_a_request_that_says_that_it_is_not_compressed_is_taken(client):
    headers = {"Content-Encoding": "identity", "Content-Type": "application/sparql-query"}
    assert client.post("/sparql", content=b"ASK {}", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/doc/%ff%fe",
        "/doc/case/%00",
        "/doc/..%2f..%2fetc%2fpasswd",
        "/doc/../../pyproject.toml",
        "/doc/case/",
        "//doc//case",
        "/id/",
        "/def/%20",
        "/doc/case/choku-gym.exe",
        "/doc/case/choku-gym.ttl.ttl",
        "/static/..%2fapp.py",
        "/doc/" + "x" * 5000,
        "/doc/case/%F0%9F%8C%B3",
        "/doc/case/choku-gym%23e-title",
        "/dataset/%3C%3E",
    ],
)
def test_an_odd_path_is_not_found_and_nothing_worse(client, path):
    for accept in ("text/html", "text/turtle"):
        assert client.get(path, headers={"Accept": accept}).status_code == 404


def test_a_percent_encoded_path_is_the_same_path(client):
    assert client.get("/doc/%63ase/choku%2Dgym.ttl").content == client.get(f"{CASE}.ttl").content


def test_an_operator_can_see_that_it_lives_and_answers(client, graph, cases):
    assert client.get("/health/live").json() == {"status": "ok"}
    ready = client.get("/health/ready").json()
    assert ready["snapshot"] == graph.digest
    assert ready["cases"] == cases


@pytest.mark.parametrize(
    ("request_", "status", "said"),
    [
        ("BREW /sparql HTTP/1.1\r\nHost: x\r\n\r\n", 501, "The method BREW is not known here."),
        ("GET /health/live HTTP/1.1\r\n\r\n", 400, "one Host field; this one has none."),
        ("GET /health/live HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, "this one has 2."),
        ("GET /health/live HTTP/1.0\r\n\r\n", 200, ""),
        (f"{DIRECT}Content-Type: text/plain\r\nContent-Length: 6\r\n\r\nASK {{}}", 400, "than one"),
        (f"{DIRECT}Content-Length: 6\r\n\r\nASK {{}}", 200, ""),
    ],
    ids=["method", "no host", "two hosts", "http 1.0", "two types", "one type"],
)
def test_a_head_that_is_not_as_it_should_be_is_refused(server, request_, status, said):
    parts = urlsplit(server)
    with socket.create_connection((parts.hostname, parts.port), 20) as connection:
        connection.sendall(request_.encode())
        response = HTTPResponse(connection)
        response.begin()
        assert response.status == status
        assert said in response.read().decode()
