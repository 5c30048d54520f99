"""What crawlers look for: the sitemap, robots.txt, security.txt, and dates on every page."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx2
import pytest
from lxml import etree
from protego import Protego
from usp.objects.sitemap import PagesXMLSitemap
from usp.tree import sitemap_from_str, sitemap_tree_for_homepage
from wijk import changelog
from wijk.changelog import ChangeLog
from wijk.harvesting.discovery import sitemap, texts
from wijk.harvesting.discovery.sitemap import Address
from wijk.harvesting.rights import Contact
from wijk.snapshot import Snapshot

CASE = "/doc/case/de-oude-bieb"
HTML = {"Accept": "text/html"}
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def published(shipped: Snapshot) -> ChangeLog:
    """The log as shipped."""
    return changelog.read(shipped.root)


def pages_of(body: bytes) -> dict[str, datetime | None]:
    tree = sitemap_from_str(body.decode())
    assert isinstance(tree, PagesXMLSitemap)
    return {page.url: page.last_modified for page in tree.all_pages()}


@pytest.mark.whole
def test_a_crawler_finds_every_page_by_the_home_page(
    site: str, shipped: Snapshot, published: ChangeLog
) -> None:
    tree = sitemap_tree_for_homepage(site, use_known_paths=False)
    found = {page.url: page.last_modified for page in tree.all_pages()}
    for entry in published.present:
        page = entry.document.replace(shipped.base, f"{site}/")
        assert found[page] == entry.time.replace(microsecond=0)
    assert set(shipped.slugs("theme")) <= {url.rpartition("/")[2] for url in found}
    assert f"{site}/" in found
    assert f"{site}/dump/" in found


def test_every_address_in_the_sitemap_is_whole_and_is_a_page(web: httpx2.Client, site: str) -> None:
    answer = web.get("/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    found = [*pages_of(answer.content)]
    assert all(url.startswith(f"{site}/") for url in found)
    assert len(found) == len(set(found))
    for url in found[::60]:
        assert web.head(url, headers=HTML).status_code == 200, url


def test_the_sitemap_has_nothing_of_another_namespace(web: httpx2.Client) -> None:
    root = etree.fromstring(web.get("/sitemap.xml").content)
    namespaces = {etree.QName(each).namespace for each in root.iter()}
    assert namespaces == {"http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_with_resourcesync_in_it_that_parser_would_find_nothing() -> None:
    plain = sitemap.pages([Address("https://example.org/a", NOON)])
    assert pages_of(plain) == {"https://example.org/a": NOON}
    mixed = plain.replace(
        b"<url>",
        b'<rs:ln xmlns:rs="http://www.openarchives.org/rs/terms/" rel="up" href="x"/><url>',
        1,
    )
    assert not [*sitemap_from_str(mixed.decode()).all_pages()]


def test_more_than_fifty_thousand_pages_are_in_parts() -> None:
    found = [Address(f"https://example.org/{n}", NOON) for n in range(sitemap.MOST)]
    assert b"<urlset" in sitemap.written(found, str)
    found.append(Address("https://example.org/last?a=1&b=2", NOON + timedelta(days=1)))
    index = etree.fromstring(sitemap.written(found, lambda n: f"https://example.org/{n}.xml"))
    assert etree.QName(index).localname == "sitemapindex"
    assert [each[0].text for each in index] == [f"https://example.org/{n}.xml" for n in (1, 2)]
    assert [each[1].text for each in index] == ["2026-11-23T12:00:00Z", "2026-11-24T12:00:00Z"]
    parts = [sitemap.pages(part) for part in sitemap.parted(found)]
    assert [part.count(b"<url>") for part in parts] == [sitemap.MOST, 1]
    assert [*pages_of(parts[1])] == ["https://example.org/last?a=1&b=2"]


def test_there_is_no_part_when_there_are_few(web: httpx2.Client) -> None:
    assert web.get("/sitemap/1.xml").status_code == 404


def test_robots_may_read_all_but_what_is_asked(web: httpx2.Client, site: str) -> None:
    answer = web.get("/robots.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    rules = Protego.parse(answer.text)
    assert [*rules.sitemaps] == [f"{site}/sitemap.xml"]
    for path in ("/", CASE, "/dump/casussen.nq", "/feeds/casussen.atom", "/catalog", "/oai"):
        assert rules.can_fetch(f"{site}{path}", "anybot"), path
    for path in ("/sparql?query=x", "/reconcile?queries=x", "/metrics"):
        assert not rules.can_fetch(f"{site}{path}", "anybot"), path
    assert rules.crawl_delay("anybot") == 1


def test_whom_to_tell_of_a_hole_and_until_when(
    web: httpx2.Client, site: str, published: ChangeLog
) -> None:
    answer = web.get("/.well-known/security.txt")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(re.findall(r"^([A-Z][A-Za-z-]+): (.+)$", answer.text, re.MULTILINE))
    assert fields["Contact"].startswith("mailto:")
    assert fields["Canonical"] == f"{site}/.well-known/security.txt"
    assert published.last is not None
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(0) < expires - published.last < timedelta(days=365)
    assert answer.text.startswith("# Nobody reads this address"), "as long as it is made up"


def test_a_contact_is_not_made_up() -> None:
    assert texts.security(Contact(), NOON, "https://example.org/s") is None
    found = texts.security(Contact(url="https://example.org/contact"), NOON, "https://e.org/s")
    assert found == (
        b"Contact: https://example.org/contact\nExpires: 2027-11-22T12:00:00Z\n"
        b"Preferred-Languages: nl, en\nCanonical: https://e.org/s\n"
    )


def test_a_page_comes_packed_for_who_takes_that(web: httpx2.Client) -> None:
    plain = web.get(CASE, headers=HTML)
    packed = web.get(CASE, headers={**HTML, "Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.text == plain.text
    assert packed.headers["ETag"] != plain.headers["ETag"]
    for answer in (plain, packed):
        assert answer.headers["Vary"] == "Accept, Accept-Encoding"
        again = {**HTML, "If-None-Match": answer.headers["ETag"]}
        again["Accept-Encoding"] = "gzip" if answer is packed else "identity"
        assert web.get(CASE, headers=again).status_code == 304
    with web.stream("GET", CASE, headers={**HTML, "Accept-Encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert gzip.decompress(raw) == plain.content
    head = web.head(CASE, headers={**HTML, "Accept-Encoding": "gzip"})
    assert int(head.headers["Content-Length"]) == len(raw)


def test_a_document_says_when_it_was_published(
    web: httpx2.Client, published: ChangeLog, shipped: Snapshot
) -> None:
    entry = published.latest[f"{shipped.base}doc/case/de-oude-bieb"]
    answer = web.get(f"{CASE}.ttl")
    when = parsedate_to_datetime(answer.headers["Last-Modified"])
    assert when == entry.time.replace(microsecond=0)
    since = {"If-Modified-Since": answer.headers["Last-Modified"]}
    assert web.get(f"{CASE}.ttl", headers=since).status_code == 304


def test_what_may_be_read_from_elsewhere(web: httpx2.Client) -> None:
    exposed = web.get("/robots.txt").headers["Access-Control-Expose-Headers"]
    for name in ("Link", "ETag", "API-Version", "Location", "Content-Range"):
        assert name in exposed
