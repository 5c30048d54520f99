"""The event stream over HTTP: what may be kept and what is to be asked again, in which formats."""

import httpx2
import pytest
from rdflib import Dataset, URIRef

TREE = "https://w3id.org/tree#"
READ = {
    "application/n-quads": "nquads",
    "application/trig": "trig",
    "application/ld+json": "json-ld",
    "text/turtle": "turtle",
    "application/n-triples": "nt",
}
# What ldes-client sends.
REAL = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,"
    "application/n-triples;q=0.8,text/turtle;q=0.6,application/rdf+xml;q=0.5,text/html;q=0.2"
)


def dataset(response: httpx2.Response) -> Dataset:
    found = Dataset()
    kind = response.headers["content-type"].partition(";")[0]
    found.parse(data=response.content, format=READ[kind])
    return found


@pytest.fixture(scope="module")
def pages(client):
    """The paths of the pages, the oldest first."""
    root = dataset(client.get("/ldes", headers={"accept": REAL}))
    nodes = {str(it) for it in root.objects(None, URIRef(f"{TREE}node"))}
    paths = ["/ldes/" + node.partition("/ldes/")[2] for node in nodes]
    return sorted(paths, key=lambda path: int(path.rpartition("/")[2].partition("-")[0]))


def test_a_full_page_is_kept_for_ever_and_the_others_are_asked_again(client, pages):
    for path in pages[:-1]:
        kept = client.head(path).headers["cache-control"]
        assert kept == "public, max-age=604800, immutable"
    for path in ("/ldes", pages[-1]):
        assert client.head(path).headers["cache-control"] == "public, max-age=0, must-revalidate"


def test_who_has_a_page_already_is_told_so(client, pages):
    for path in ("/ldes", pages[0], pages[-1]):
        first = client.get(path, headers={"accept": REAL})
        known = {"accept": REAL, "if-none-match": first.headers["etag"]}
        again = client.get(path, headers=known)
        assert (again.status_code, again.content) == (304, b"")
        for name in ("etag", "cache-control", "vary"):
            assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize("media_type", READ)
def test_each_format_is_there_by_accept_and_by_suffix(client, pages, media_type):
    for path in ("/ldes", pages[-1]):
        response = client.get(path, headers={"accept": media_type})
        assert "accept" in response.headers["vary"].lower()
        if path != "/ldes" and media_type in ("text/turtle", "application/n-triples"):
            assert response.status_code == 406
            assert "named graph" in response.json()["detail"]
            continue
        assert response.headers["content-type"].startswith(media_type)
        assert len(dataset(response)) > 10
        fixed = client.get(response.headers["content-location"])
        assert fixed.content == response.content
        assert fixed.headers["content-type"] == response.headers["content-type"]


def test_pages_have_the_public_address_and_members_that_of_the_data(plain_client):
    root = plain_client.get("/ldes", headers={"host": "evil.example"}).text
    assert "tree:view <https://example.org/wijk/ldes>" in root
    assert "evil.example" not in root
    assert "<https://w3id.org/wijindewijk/ldes#stream> a ldes:EventStream" in root


@pytest.mark.parametrize("path", ["/ldes/0", "/ldes/x", "/ldes/99999", "/ldes/1.ttl", "/ldes/1.x"])
def test_what_is_no_page_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_the_address_that_a_page_had_before_leads_to_the_one_it_has(client):
    response = client.get("/ldes/1-0123456789ab.nq")
    assert response.status_code == 301
    assert response.headers["location"].endswith("/ldes/1.nq")
