"""What crawlers look for, and what every page says to machines, as their own clients read it."""

import gzip
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.request import urlopen

import extruct
import httpx2
import pytest
import signposting
from lxml import etree
from protego import Protego
from usp.objects.sitemap import PagesXMLSitemap
from usp.tree import sitemap_from_str, sitemap_tree_for_homepage
from wijk import changelog
from wijk.changelog import ChangeLog
from wijk.harvesting.discovery import schemaorg, sitemap, texts
from wijk.harvesting.discovery.sitemap import Address
from wijk.harvesting.records import Records
from wijk.harvesting.rights import Contact
from wijk.snapshot import Snapshot

from .server import free_port, serving

CASE = "/doc/case/de-oude-bieb"
PAGES = (CASE, "/doc/place/lewenborg", "/doc/theme/groen", "/doc/area/gm0014", "/def", "/shape")
HTML = {"Accept": "text/html"}
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def site(shipped: Snapshot) -> Iterator[str]:
    """The address of a server that knows where it can be reached."""
    port = free_port()
    public = f"http://127.0.0.1:{port}"
    with serving(shipped.root, port=port, WIJK_PUBLIC_URL=public) as address:
        assert address == public
        yield address


@pytest.fixture(scope="module")
def web(site: str) -> Iterator[httpx2.Client]:
    """A client of it that takes nothing packed unless it is asked for."""
    plain = {"Accept-Encoding": "identity"}
    with httpx2.Client(base_url=site, headers=plain, timeout=30) as client:
        yield client


@pytest.fixture(scope="module")
def published(shipped: Snapshot) -> ChangeLog:
    """The log as shipped."""
    return changelog.read(shipped.root)


def told(page: str) -> dict[str, Any]:
    """What a page says in JSON-LD, as a harvester takes it out."""
    (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert isinstance(found, dict)
    return found


def pages_of(body: bytes) -> dict[str, datetime | None]:
    tree = sitemap_from_str(body.decode())
    assert isinstance(tree, PagesXMLSitemap)
    return {page.url: page.last_modified for page in tree.all_pages()}


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
    for path in ("/", CASE, "/dump/casussen.nq", "/feeds/casussen.atom", "/catalog", "/def"):
        assert rules.can_fetch(f"{site}{path}", "anybot"), path
    for path in ("/sparql?query=x", "/reconcile?queries=x", "/oai?verb=Identify", "/metrics"):
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


def test_signposting_leads_from_a_thing_to_its_page_and_its_files(
    site: str, shipped: Snapshot
) -> None:
    found = signposting.find_signposting_http(f"{site}/id/case/de-oude-bieb")
    assert found.citeAs is not None
    assert found.citeAs.target == f"{shipped.base}id/case/de-oude-bieb"
    assert {(it.target, it.type) for it in found.describedBy} >= {
        (f"{site}{CASE}.ttl", "text/turtle"),
        (f"{site}{CASE}.jsonld", "application/ld+json"),
    }
    assert [it.target for it in found.items] == [f"{site}{CASE}.ttl"]
    assert {it.target for it in found.types} == {
        "https://schema.org/AboutPage",
        "https://schema.org/CreativeWork",
    }
    assert found.license is not None
    assert found.license.target == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert {it.target for it in found.authors} == {"https://w3id.org/wijk/project"}
    for file in found.describedBy:
        with urlopen(file.target) as answer:
            assert answer.headers.get_content_type() == file.type


@pytest.mark.parametrize("page", PAGES)
def test_level_two_says_all_of_level_one(site: str, page: str) -> None:
    one = signposting.find_signposting_http(f"{site}{page}.html")
    (where,) = one.linksets
    assert where.type == "application/linkset+json"
    two = signposting.find_signposting_linkset(where.target)
    assert len(one.signposts) > 8
    assert said(one, f"{site}{page}.html") - {("linkset", where.target)} == said(
        two, f"{site}{page}"
    )
    for file in one.describedBy:
        assert ("describes", f"{site}{page}") in said(two, file.target)


def said(found: signposting.Signposting, context: str) -> set[tuple[str, str]]:
    """The links that begin here: relation (its letters are not what counts) and target."""
    return {
        (str(it.rel).lower(), it.target)
        for it in found.signposts
        if it.context is None or it.context == context
    }


def test_files_lead_back_to_their_page(site: str) -> None:
    found = signposting.find_signposting_http(f"{site}{CASE}.ttl")
    assert {it.target for it in found.describes} == {f"{site}{CASE}"}
    assert found.collection is not None
    assert found.collection.target == f"{site}{CASE}"
    other = signposting.find_signposting_http(f"{site}{CASE}.jsonld")
    assert {it.target for it in other.describes} == {f"{site}{CASE}"}
    assert other.collection is None


@pytest.mark.parametrize("page", PAGES)
def test_head_says_what_get_says_and_fits_a_proxy(web: httpx2.Client, page: str) -> None:
    head, whole = web.head(page, headers=HTML), web.get(page, headers=HTML)
    assert head.headers["Link"] == whole.headers["Link"]
    assert sum(len(name) + len(value) for name, value in head.headers.items()) < 4000
    assert whole.headers["Content-Language"] == "nl"
    for rel in ("api-catalog", "license", "alternate", "linkset"):
        assert re.search(rf'rel="[^"]*\b{rel}\b', whole.headers["Link"])


@pytest.mark.parametrize("page", ["/", "/dump/", "/feeds/", "/voor-portalen"])
def test_a_page_about_all_of_it_leads_to_the_catalogues(site: str, page: str) -> None:
    found = signposting.find_signposting_http(f"{site}{page}", warn_empty=False)
    assert {it.target for it in found.describedBy} == {f"{site}/catalog"}
    assert found.license is not None
    assert found.license.target == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_a_case_page_says_in_schema_org_what_its_record_says(
    web: httpx2.Client, site: str, records: Records, shipped: Snapshot
) -> None:
    iri = f"{shipped.base}id/case/de-oude-bieb"
    record, found = records.one[iri], told(web.get(CASE, headers=HTML).text)
    assert found["@context"]["@vocab"] == "https://schema.org/", "with http, checkers see nothing"
    assert (found["@type"], found["@id"]) == ("CreativeWork", iri)
    assert (found["name"], found["abstract"]) == (record.title, record.abstract)
    about = {it["@id"] for it in found["about"]}
    assert about == {it.iri for it in (*record.themes, *record.initiatives)}
    assert [it["@id"] for it in found["spatialCoverage"]] == [it.iri for it in record.places]
    assert {it["@id"] for it in found["isBasedOn"]} == set(record.sources)
    assert found["license"]["@id"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert f"{shipped.base}dataset/cases" in {it["@id"] for it in found["isPartOf"]}
    assert found["url"]["@id"] == f"{site}{CASE}"


@pytest.mark.parametrize(
    ("page", "kind", "name"),
    [
        ("/doc/initiative/de-oude-bieb", "Organization", "De Oude Bieb"),
        ("/doc/actor/accolade", "Organization", "Accolade"),
        ("/doc/place/lewenborg", "Place", "Lewenborg"),
        ("/doc/area/gm0014", "AdministrativeArea", "Groningen"),
        ("/doc/theme/groen", "DefinedTerm", "groen"),
        ("/doc/scheme/theme", "DefinedTermSet", "Thema's"),
        ("/doc/bundle/wij-in-de-wijk-4", "CreativeWork", "Wij in de Wijk 4"),
    ],
)
def test_each_kind_of_page_says_what_it_is_about(
    web: httpx2.Client, page: str, kind: str, name: str
) -> None:
    found = told(web.get(page, headers=HTML).text)
    assert (found["@type"], found["name"]) == (kind, name)
    assert found["mainEntityOfPage"]["license"]["@id"].startswith("https://creativecommons.org/")


def test_a_place_and_a_term_say_where_they_belong(web: httpx2.Client) -> None:
    place = told(web.get("/doc/place/lewenborg", headers=HTML).text)
    assert place["containedInPlace"][0]["identifier"] == "GM0014"
    assert 52 < place["geo"]["latitude"] < 54
    term = told(web.get("/doc/theme/groen", headers=HTML).text)
    assert term["inDefinedTermSet"]["@id"].endswith("/id/scheme/theme")


def test_no_text_ends_the_block_it_stands_in() -> None:
    nasty = {"name": '</script><script>alert("x")</script><!-- & \u2028 -->'}
    made = schemaorg.block(nasty)
    assert "<" not in made
    assert "\u2028" not in made
    assert json.loads(made) == nasty
    page = f'<script type="application/ld+json">{made}</script>'
    (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert found == nasty


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
