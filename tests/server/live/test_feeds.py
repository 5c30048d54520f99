"""`/feeds/…` over HTTP: what is there, what is known already, and what is not there."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from wijk import changelog

BASE = "https://w3id.org/wijindewijk"
KINDS = {
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
    ".json": "application/feed+json",
}
BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def log(root):
    return changelog.read(root)


@pytest.mark.parametrize(("suffix", "kind"), KINDS.items())
@pytest.mark.parametrize("name", ["casussen", "volledig/casussen", "thema/eenzaamheid"])
def test_a_feed_has_the_type_of_its_suffix_and_is_not_sent_twice(client, log, name, suffix, kind):
    path = f"/feeds/{name}{suffix}"
    first = client.get(path)
    assert (first.status_code, first.headers["content-type"]) == (200, kind)
    assert f"{BASE}{path}" in first.text, "it says where it is, and not by the Host header"
    assert log.last < parsedate_to_datetime(first.headers["last-modified"]) <= datetime.now(UTC)
    for known in (
        {"If-None-Match": first.headers["etag"]},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        again = client.get(path, headers=known)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    for other in (
        {"If-None-Match": '"x"', "If-Modified-Since": first.headers["last-modified"]},
        {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert client.get(path, headers=other).status_code == 200
    head = client.head(path)
    assert (head.content, head.headers["etag"]) == (b"", first.headers["etag"])


def test_a_reader_that_asks_over_http_reads_all_published_cases(client, server, log):
    cases = {entry.thing for entry in log.present if "/doc/case/" in entry.document}
    read = feedparser.parse(f"{server}/feeds/volledig/casussen.atom")
    assert (read.bozo, read.status) == (False, 200)
    assert {entry.id for entry in read.entries} == cases
    again = feedparser.parse(f"{server}/feeds/volledig/casussen.atom", etag=read.etag)
    assert (again.status, again.entries) == (304, [])


def test_every_feed_in_the_list_is_there(client):
    assert client.get("/feeds").headers["location"] == "/feeds/"
    page = client.get("/feeds/", headers=BROWSER)
    assert page.status_code == 200
    links = {part.partition('"')[0] for part in page.text.split('href="')[1:]}
    feeds = sorted(link for link in links if link.startswith("/feeds/") and link != "/feeds/")
    assert len(feeds) > 200
    assert {f"/feeds/casussen{suffix}" for suffix in KINDS} < set(feeds)
    for path in (*feeds[::40], "/feeds/ingetrokken.csv", "/feeds/ingetrokken.json"):
        assert client.head(path).status_code == 200


def test_what_was_withdrawn_is_there_as_csv_and_json(client):
    table = client.get("/feeds/ingetrokken.csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.text.startswith("iri,ingetrokken,reden")
    assert client.get("/feeds/ingetrokken.json").json() == {"withdrawn": []}


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("thema/eenzamheid.atom", "/feeds/thema/eenzaamheid.atom"),
        ("provincie/noordbrabant.rss", "/feeds/provincie/noord-brabant.atom"),
        ("gemeente/hertogenbosch.json", "/feeds/gemeente/s-hertogenbosch.atom"),
        ("thema/eenzaamheid.xml", "/feeds/thema/eenzaamheid.atom"),
        ("zzzzz", "/feeds/"),
        ("volledig/", "/feeds/"),
    ],
)
def test_a_feed_that_is_not_there_is_told_with_the_nearest(client, path, nearest):
    told = client.get(f"/feeds/{path}")
    assert (told.status_code, told.headers["content-type"]) == (404, "application/problem+json")
    assert nearest in told.json()["detail"]
    page = client.get(f"/feeds/{path}", headers=BROWSER)
    assert page.status_code == 404
    assert f'href="{nearest}"' in page.text
