"""Whatever bytes come in, what goes out is HTTP, honest, and the server goes on."""

import re

import httpx2
import pytest
from hypothesis import strategies as st
from wijk.web.problems import PROBLEM

from .bodies import HONEST, read
from .raw import exchanged, received
from .searching import search
from .watching import Watch

pytestmark = pytest.mark.fuzz

ALLOWED = HONEST | {100, 204, 303, 304, 404}
STATUS = re.compile(rb"^HTTP/1\.1 (\d{3}) ", re.MULTILINE)
METHODS = st.sampled_from(
    [
        *(b"GET", b"GET", b"POST", b"POST", b"HEAD", b"OPTIONS", b"PUT", b"DELETE", b"PATCH"),
        *(b"TRACE", b"get", b"CONNECT", b"QUERY", b"PRI", b"X" * 300, b"\xff", b"PROPFIND"),
    ]
)
PATHS = st.sampled_from(
    [
        *(b"/sparql", b"/sparql", b"/sparql", b"/", b"/id/case/choku-gym", b"/doc/case/choku-gym"),
        *(b"/doc/case/choku-gym.ttl", b"/def", b"/shape.nt", b"/catalog", b"/health/ready"),
        *(b"/api/v1/openapi.json", b"/static/stijl.css", b"/static/..%2f..%2fapp.py", b"/none"),
        *(b"/../../etc/passwd", b"/%2e%2e/%2e%2e/etc/passwd", b"//x/y", b"/doc/%00", b"/doc/%ff"),
        *(
            b"/id/case/%E2%82%AC",
            b"*",
            b"http://elsewhere/sparql",
            b"/\xc3\xa9",
            b"/sparql/",
            b"/?",
        ),
        *(b"/doc/" + b"a/" * 500, b"/metrics", b"sparql", b"", b"/dataset/%C3%28", b"/doc/case/."),
    ]
)
ENCODED = st.sampled_from(
    [
        *(b"query=ASK%7B%7D", b"query=ASK{}", b"query=%", b"query=%4", b"query=%zz", b"query=%ff"),
        *(b"query=%C0%80", b"query=%ED%A0%80", b"query=%00", b"query", b"query=", b"=", b"&&&"),
        *(b"query=ASK%7B%7D;x=1", b"query=a&query=b", b"%71uery=ASK%7B%7D", b"query[]=ASK{}"),
        *(b"query=ASK+%7B%7D&format=xml", b"update=CLEAR+ALL", b"QUERY=ASK%7B%7D", b"voorbeeld=x"),
        *(b"query=\xe9", b"query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+2&timeout=0", b"a=b&" * 2000),
        *(b"default-graph-uri=%", b"named-graph-uri=\x01", b"query=ASK%7B%7D#frag", b""),
    ]
)
BODIES = st.sampled_from(
    [
        b"ASK {}",
        b"",
        b"\xff\xfe",
        b"\xef\xbb\xbfASK {}",
        "ASK {} # é".encode("utf-16"),
        b"\x00" * 99,
    ]
)
TYPES = st.sampled_from(
    [
        *(b"application/sparql-query", b"application/x-www-form-urlencoded", b"text/plain", b""),
        *(b"application/sparql-query; charset=utf-8", b'application/sparql-query;charset="UTF-8"'),
        *(b"application/sparql-query; charset=utf-16", b"application/sparql-query; charset=\xff"),
        *(b"Application/SPARQL-Query ; a=b;;", b"multipart/form-data; boundary=x", b";", b"a/b/c"),
        *(b"application/sparql-update", b"application/sparql-query, text/plain", b"x" * 9000),
        *(b"application/sparql-query; charset=base64", b"application/sparql-query; charset=rot13"),
    ]
)
FIELDS = st.sampled_from(
    [
        *(b"Accept: text/html", b"Accept: */*;q=0", b"Accept: \xff", b"Accept: " + b"a/b," * 3000),
        *(b"Accept: text/csv;q=nan", b"Accept: text/html;q=1e9", b'Accept: a/b;c="', b"Accept:"),
        *(b"If-None-Match: *", b'If-None-Match: "', b"Range: bytes=0-1", b"Expect: 100-continue"),
        *(
            b"Expect: x",
            b"Connection: close",
            b"Connection: keep-alive",
            b"Upgrade: h2c",
            b"X: \x00",
        ),
        *(b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x", b"TE: trailers"),
        *(
            b"Host: elsewhere",
            b"Host:",
            b"Host: \xff",
            b"Host: a\r\nHost: b",
            b"Host: [::1",
            b": x",
        ),
        *(b"X-Forwarded-For: \xff, x", b"X-Forwarded-Proto: javascript", b'Forwarded: for="', b"x"),
        *(
            b"Content-Length: 3",
            b"Content-Length: -1",
            b"Content-Length: 9" + b"9" * 30,
            b" folded",
        ),
        *(b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip, chunked", b"Accept-Charset: x"),
        *(
            b"Content-Encoding: gzip",
            b"X: " + b"y" * 40_000,
            b"Accept-Encoding: gzip",
            b"Cookie: \x7f",
        ),
        *(b"Origin: null", b"Origin: \xff", b"Access-Control-Request-Method: \xff", b"Via: 1.1 x"),
    ]
)
CHUNKS = st.sampled_from(
    [
        *(b"6\r\nASK {}\r\n0\r\n\r\n", b"6\r\nASK {}\r\n", b"-1\r\n", b"g\r\n", b"0\r\n\r\n", b""),
        *(
            b"ffffffffffffffff\r\nASK",
            b"3;x=y\r\nASK\r\n3\r\n {}\r\n0\r\nA: b\r\n\r\n",
            b"6\r\nASK",
        ),
    ]
)
VERSIONS = st.sampled_from([b"HTTP/1.1", b"HTTP/1.1", b"HTTP/1.0", b"HTTP/0.9", b"HTTP/2.0", b""])


@st.composite
def one(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A method, and a request with it."""
    method, path, version = draw(METHODS), draw(PATHS), draw(VERSIONS)
    target = path + b"?" + draw(ENCODED) if draw(st.booleans()) else path
    fields = [b"Host: here", *draw(st.lists(FIELDS, max_size=3))]
    body = b""
    if method not in (b"GET", b"HEAD", b"OPTIONS") or not draw(st.integers(0, 5)):
        fields.append(b"Content-Type: " + draw(TYPES))
        if draw(st.integers(0, 3)):
            body = draw(ENCODED | BODIES)
            fields.append(b"Content-Length: %d" % len(body))
        else:
            fields.append(b"Transfer-Encoding: chunked")
            body = draw(CHUNKS)
    head = b" ".join((method, target, version))
    return method, b"\r\n".join((head, *fields, b"", body))


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """Some requests one after another, with bytes changed, cut off or put in."""
    requests = draw(st.lists(one(), min_size=1, max_size=4))
    whole = bytearray(b"".join(request for _, request in requests))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(whole)))
        whole[place : place + draw(st.integers(0, 3))] = draw(st.binary(max_size=4))
    return bytes(whole[: draw(st.integers(1, len(whole) + 50))])


def test_any_request_gets_an_honest_answer(watch: Watch, seconds: float) -> None:
    def holds(made: tuple[bytes, bytes]) -> None:
        method, request = made
        for response in exchanged(watch.address, request, method.decode("latin-1")):
            honest(response)

    search(one(), holds, seconds, watch.well)


def test_any_bytes_get_an_honest_answer(watch: Watch, seconds: float) -> None:
    def holds(sent: bytes) -> None:
        for status in STATUS.findall(received(watch.address, sent)):
            assert int(status) in ALLOWED

    search(spoilt(), holds, seconds, watch.well)


def honest(response: httpx2.Response) -> None:
    """A status that is described, and a body of its own type."""
    status = response.status_code
    assert status in ALLOWED, (status, response.content[:500])
    if not response.content:
        return
    if status == 200:
        read(response.headers["content-type"].partition(";")[0], response.content)
    elif response.headers["content-type"] == PROBLEM:
        assert response.json()["status"] == status
