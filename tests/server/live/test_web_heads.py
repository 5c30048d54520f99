"""What a server does with a request that is odd before anything else."""

import json
import subprocess
import sys
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest


@pytest.mark.parametrize("path", ["/sparql/", "/def/", "/catalog/", "/doc/case/choku-gym/"])
def test_nobody_is_sent_where_the_host_header_says(client, path):
    response = client.get(path, headers={"Host": "elsewhere.example"})
    assert "elsewhere.example" not in response.headers.get("location", "")
    assert response.status_code in (200, 404)


def test_a_path_with_a_slash_too_many_is_not_found_as_elsewhere(client):
    response = client.get("/sparql/")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "<h1" in client.get("/sparql/", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize("path", ["/", "/sparql", "/doc/case/choku-gym", "/none"])
def test_more_header_fields_than_anyone_needs_are_refused(client, path):
    response = client.get(path, headers={"X-Long": "x" * 40_000})
    assert response.status_code == 431
    assert response.json()["detail"]


@pytest.mark.parametrize("part", ["a", "a/b;", 'a="', "-é"])
def test_a_long_accept_header_is_left_aside(client, part):
    accept = (part * (20_000 // len(part))).encode()
    assert client.get("/doc/case/choku-gym", headers={"Accept": accept}).status_code == 200


def test_a_query_of_64_kib_fits_in_an_address(server):
    text = "ASK {} #" + "é" * 32_000
    with urlopen(f"{server}/sparql?{urlencode({'query': text})}") as response:
        assert json.load(response)["boolean"] is True


@pytest.mark.process
def test_a_server_that_cannot_start_its_engine_says_so_in_a_sentence(small):
    script = "import sys; from wijk.cli import main; sys.executable = '/nowhere/python'; main()"
    command = [sys.executable, "-c", script, "serve", "--port", "0", "--graph", str(small)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "cannot be started" in done.stderr
    assert "/nowhere/python" in done.stderr
    assert "Traceback" not in done.stderr
