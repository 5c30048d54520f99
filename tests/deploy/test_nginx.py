"""wijk behind Debian's nginx, with the file as it is shipped: nothing gets lost on the way."""

import gzip
import http.client
import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx2
import pytest

from .conftest import NAME, Front, fronted

pytestmark = pytest.mark.system
PAGE = {"Accept": "text/html"}
TURTLE = {"Accept": "text/turtle"}
CSV = {"Accept": "text/csv"}
# Some 30 MB, made in less than the two seconds that a query has.
LONG = "SELECT ?s ?o { ?s a ?a . ?o a ?b } LIMIT 250000"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Front]:
    """A server that was not told its public address, and that may be killed."""
    with fronted(tmp_path, str) as front:
        yield front


def asked(front: Front, query: str, path: str = "/sparql", **headers: str) -> httpx2.Response:
    """Ask something."""
    return front.client.get(path, params={"query": query}, headers={**CSV, **headers})


def test_http_leads_to_https_with_path_and_query(front: Front) -> None:
    found = httpx2.get(f"{front.plain}/sparql?query=ASK%7B%7D", headers={"Host": NAME})
    assert found.status_code == 308
    assert found.headers["location"] == f"https://{NAME}/sparql?query=ASK%7B%7D"


def test_a_thing_leads_to_its_document_on_the_same_host(front: Front) -> None:
    thing = front.client.get("/id/case/choku-gym")
    assert (thing.status_code, thing.headers["location"]) == (303, "/doc/case/choku-gym")
    followed = front.client.get("/id/case/choku-gym", headers=TURTLE, follow_redirects=True)
    assert followed.headers["content-type"].startswith("text/turtle")
    assert "Accept" in followed.headers["vary"]


@pytest.mark.parametrize(
    "path", ["/", "/doc/case/choku-gym", "/sparql", "/def", "/static/merk.svg"]
)
def test_head_is_get_without_the_body(front: Front, path: str) -> None:
    got, head = front.client.get(path), front.client.head(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    for name in ("content-type", "etag", "vary", "access-control-allow-origin"):
        assert head.headers.get(name) == got.headers.get(name)


def test_a_compressed_document_has_a_tag_of_its_own_that_saves_sending_it(front: Front) -> None:
    packed = {**TURTLE, "Accept-Encoding": "gzip"}
    plain = front.client.get(
        "/doc/case/choku-gym", headers={**TURTLE, "Accept-Encoding": "identity"}
    )
    with front.client.stream("GET", "/doc/case/choku-gym", headers=packed) as found:
        body = b"".join(found.iter_raw())
    assert found.headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == plain.content
    assert found.headers["etag"] != plain.headers["etag"]
    again = {**packed, "If-None-Match": found.headers["etag"]}
    assert front.client.get("/doc/case/choku-gym", headers=again).status_code == 304
    assert "Accept-Encoding" in found.headers["vary"]


def test_pages_of_other_sites_may_read_as_without_nginx(front: Front) -> None:
    origin = {"Origin": "https://example.com"}
    for found in (
        front.client.get("/", headers=origin),
        asked(front, "ASK {}", **origin),
        asked(front, "ASK {", **origin),
        front.client.options("/sparql", headers=origin),
    ):
        assert found.headers.get_list("access-control-allow-origin") == ["*"]
    preflight = front.client.options("/sparql", headers=origin)
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_queries_go_by_get_form_and_direct_post(front: Front) -> None:
    query = "ASK { ?s ?p ?o }"
    headers = {"Accept": "application/sparql-results+json"}
    direct = {**headers, "Content-Type": "application/sparql-query"}
    for found in (
        front.client.get("/sparql", params={"query": query}, headers=headers),
        front.client.post("/sparql", data={"query": query}, headers=headers),
        front.client.post("/sparql", content=query, headers=direct),
    ):
        assert found.json()["boolean"] is True


def test_who_asks_is_what_nginx_sees_and_not_what_a_client_says(front: Front) -> None:
    said = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    asked(front, "ASK { ?wie ?p ?o }", **said, **{"User-Agent": "wie-vraagt"})
    until = time.monotonic() + 5
    lines: list[str] = []
    while not lines and time.monotonic() < until:
        text = front.log.read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if "wie-vraagt" in line]
    assert json.loads(lines[0])["from"] == "127.0.0.0/24"


def test_the_service_says_that_it_is_reached_by_https(bare: Front) -> None:
    headers = {"Accept": "application/n-triples", "Host": NAME}
    found = bare.client.get("/sparql", headers=headers)
    assert f"<https://{NAME}/sparql>" in found.text


def test_nobody_sees_the_measurements_through_nginx(front: Front) -> None:
    assert front.client.get("/metrics").status_code == 404
    assert httpx2.get(f"{front.behind}/metrics").status_code == 200


def test_a_query_of_64_kib_fits_in_an_address_and_of_1_mib_in_a_form(front: Front) -> None:
    long = "ASK {} #" + "é" * (32 * 1024 - 4)
    connection = front.connection()
    connection.request("GET", "/sparql?" + urlencode({"query": long}))
    assert connection.getresponse().status == 200
    connection.close()
    longer = "ASK {} #" + "é" * (512 * 1024 - 4)
    assert front.client.post("/sparql", data={"query": longer}).status_code == 200


def test_a_text_over_a_limit_gets_the_sentence_of_wijk(front: Front) -> None:
    direct = {"Content-Type": "application/sparql-query"}
    found = front.client.post("/sparql", content="ASK {} #" + "x" * 1024 * 1024, headers=direct)
    assert found.status_code == 413
    assert "1,048,576 bytes" in found.json()["detail"]


def test_a_body_that_no_query_needs_goes_no_further_than_nginx(front: Front) -> None:
    try:
        found = front.client.post("/sparql", data={"query": "x" * 5 * 1024 * 1024})
    except httpx2.WriteError:
        return
    assert found.status_code == 413


def test_a_table_of_10_mib_comes_back_joined_and_a_larger_one_gets_the_sentence_of_wijk(
    front: Front,
) -> None:
    line = b"GM0285;" + b"x" * 4000 + b"\n"
    table = b"code;n\n" + line * (10 * 1024 * 1024 // len(line))
    asked = {"params": {"code": "code"}, "headers": {"Content-Type": "text/csv"}}
    joined = front.client.post("/api/v1/join", content=table, **asked)
    assert joined.status_code == 200
    assert joined.content.count(b"\n") == table.count(b"\n")
    refused = front.client.post("/api/v1/join", content=table + line, **asked)
    assert refused.status_code == 413
    assert "10,485,760 bytes" in refused.json()["detail"]


def test_a_query_over_its_time_gets_the_sentence_of_wijk(front: Front) -> None:
    found = asked(front, RUNAWAY)
    assert found.status_code == 504
    assert "longer than 2 seconds" in found.json()["detail"]


def test_a_long_answer_comes_as_it_is_made_and_is_whole(front: Front) -> None:
    plain = {"Accept-Encoding": "identity"}
    direct = httpx2.get(
        f"{front.behind}/sparql", params={"query": LONG}, headers={**CSV, **plain}, timeout=30
    )
    assert len(direct.content) > 10_000_000
    assert asked(front, LONG, **plain).content == direct.content


def test_an_answer_that_breaks_off_is_seen_to_and_then_the_service_is_said_to_be_away(
    bare: Front,
) -> None:
    connection = bare.connection()
    connection.request("POST", "/sparql", LONG, {**CSV, "Content-Type": "application/sparql-query"})
    answer = connection.getresponse()
    assert answer.status == 200
    assert answer.read(1000)
    bare.process.send_signal(signal.SIGKILL)
    bare.process.wait(10)
    with pytest.raises((http.client.IncompleteRead, ConnectionError, OSError)):
        answer.read()
    connection.close()
    away = asked(bare, "ASK {}")
    assert (away.status_code, away.headers["retry-after"]) == (503, "5")
    assert away.headers["access-control-allow-origin"] == "*"
    assert away.json()["status"] == 503


def test_below_a_path_every_link_stays_below_it(below: Front) -> None:
    home = below.client.get("/wijk/", headers=PAGE)
    assert 'href="/wijk/static/stijl.css?v=' in home.text
    assert 'href="/wijk/doc/case/choku-gym"' in home.text
    assert 'href="/doc/' not in home.text
    assert below.client.get("/wijk/static/stijl.css").status_code == 200
    thing = below.client.get("/wijk/id/case/choku-gym")
    assert (thing.status_code, thing.headers["location"]) == (303, "/wijk/doc/case/choku-gym")
    document = below.client.get("/wijk/doc/case/choku-gym", headers=TURTLE)
    assert document.headers["content-location"] == "/wijk/doc/case/choku-gym.ttl"


def test_below_a_path_the_endpoint_and_its_form_and_description_are_there(below: Front) -> None:
    assert asked(below, "ASK {}", "/wijk/sparql", Accept="text/csv").status_code == 200
    assert 'action="/wijk/sparql"' in below.client.get("/wijk/sparql", headers=PAGE).text
    service = below.client.get("/wijk/sparql", headers={"Accept": "application/n-triples"})
    assert f"<https://{NAME}/wijk/sparql>" in service.text
    assert below.client.get("/wijk/metrics").status_code == 404


def test_below_a_path_without_its_slash_a_visitor_is_led_on(below: Front) -> None:
    found = below.client.get("/wijk")
    assert found.status_code == 301
    assert httpx2.URL(found.headers["location"]).path == "/wijk/"


def test_below_a_path_there_is_nothing_beside_it(below: Front) -> None:
    assert below.client.get("/sparql").status_code == 404


def test_who_asks_too_often_hears_when_to_come_back(below: Front) -> None:
    statuses = []
    for _ in range(120):
        found = asked(below, "ASK {}", "/wijk/sparql")
        statuses.append(found.status_code)
        if found.status_code == 429:
            break
    assert set(statuses) == {200, 429}
    assert statuses.index(429) >= 40, "a burst is taken"
    assert found.headers["retry-after"] == "2"
    assert found.headers["access-control-allow-origin"] == "*"
    assert found.json()["status"] == 429
    assert below.client.get("/wijk/", headers=PAGE).status_code == 200, "pages go on"
