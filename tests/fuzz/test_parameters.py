"""Data sets and formats: whatever is named, however often, in the address or in a form."""

from urllib.parse import quote_plus, urlencode

import httpx2
import pytest
from hypothesis import strategies as st
from wijk.engine import formats

from .bodies import rows, sound
from .raw import fetched
from .searching import search
from .watching import Watch

pytestmark = pytest.mark.fuzz

FORM = "application/x-www-form-urlencoded"
DOCUMENT = "https://w3id.org/wijindewijk/doc/case/"
IRIS = st.sampled_from(
    [
        *(f"{DOCUMENT}choku-gym", f"{DOCUMENT}holybe", "urn:none", "http://[::1", "a", "", "#"),
        *("http://x/ y", "http://x/<>", "file:///etc/passwd", "//host/", "../x", "http://x/%zz"),
        *("HTTP://X", "urn:é", "\u0000", "urn:x\n", "mailto:a@b", "http://x/" + "y" * 5000, ":"),
    ]
)
COUNTS = st.sampled_from(
    [
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g LIMIT 5",
        f"SELECT (COUNT(*) AS ?n) FROM <{DOCUMENT}holybe> {{ ?s ?p ?o }}",
        f"ASK FROM NAMED <{DOCUMENT}holybe> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2",
    ]
)
GRAPHS = st.lists(st.tuples(st.sampled_from(["default-graph-uri", "named-graph-uri"]), IRIS))
NAMES = st.sampled_from(
    [
        *("json", "xml", "csv", "tsv", "turtle", "ttl", "rdf", "rdf+xml", "rdf xml", "nt", "n3"),
        *("jsonld", "json-ld", "nq", "trig", "html", "JSON", " xml ", "text/html", "*/*", "none"),
        *(*formats.ROWS, *formats.GRAPHS, "application/json", "text/turtle; charset=utf-8", "\x00"),
    ]
)
NAMED = st.lists(
    st.tuples(
        st.sampled_from(
            ["format", "output", "results", "Format", "callback", "timeout", "voorbeeld"]
        ),
        NAMES | st.text(max_size=8),
    ),
    max_size=3,
)
ACCEPT = st.sampled_from([*formats.ROWS, *formats.GRAPHS, "text/html", "*/*", "image/png", ""])


def both(watch: Watch, pairs: list[tuple[str, str]], accept: str) -> list[httpx2.Response]:
    """The same by GET and as a form."""
    encoded = urlencode(pairs, quote_via=quote_plus, errors="surrogatepass")
    wanted = {"Accept": accept}
    get = fetched(watch.address, "GET", f"/sparql?{encoded}", wanted)
    typed = {**wanted, "Content-Type": FORM}
    post = fetched(watch.address, "POST", "/sparql", typed, encoded.encode())
    assert get is not None
    assert post is not None
    return [get, post]


def test_any_data_set_is_answered_or_refused_and_fetched_from_nowhere(
    watch: Watch, seconds: float
) -> None:
    def holds(given: tuple[str, list[tuple[str, str]], bool]) -> None:
        query, graphs, elsewhere = given
        pairs = [("query", query), *graphs]
        pairs += [("default-graph-uri", watch.elsewhere)] if elsewhere else []
        get, post = both(watch, pairs, formats.JSON)
        sound(get)
        sound(post)
        watch.untouched()
        assert get.status_code == post.status_code
        if get.status_code == 200 and get.headers["content-type"] == formats.JSON:
            assert rows(formats.JSON, get.content) == rows(formats.JSON, post.content)

    search(st.tuples(COUNTS, GRAPHS, st.booleans()), holds, seconds, watch.well)


def test_any_format_is_given_or_refused(watch: Watch, seconds: float) -> None:
    def holds(given: tuple[str, list[tuple[str, str]], str]) -> None:
        query, named, accept = given
        get, post = both(watch, [("query", query), *named], accept)
        sound(get)
        sound(post)
        assert get.status_code == post.status_code
        assert get.headers["content-type"] == post.headers["content-type"]

    search(st.tuples(COUNTS, NAMED, ACCEPT), holds, seconds, watch.well)
