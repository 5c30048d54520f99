"""The signposts of every page, as their own client follows them."""

import re
from urllib.request import urlopen

import httpx2
import pytest
import signposting
from wijk.snapshot import Snapshot

CASE = "/doc/case/de-oude-bieb"
PAGES = (CASE, "/doc/place/lewenborg", "/doc/theme/groen", "/doc/area/gm0014", "/def", "/shape")
HTML = {"Accept": "text/html"}


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


EVERY = (
    *("/", "/dump/", "/feeds/", "/voor-portalen", "/casussen", "/casussen?thema=groen", "/lessen"),
    *("/plaatsen", "/betrokkenen", "/themas", "/gegevens", "/over", "/en", "/api"),
    *("/vragen", "/zoeken", "/wijzigingen", "/controle", "/mijn-wijk", "/vergelijk"),
    *("/embed/list", "/embed/map"),
)


@pytest.mark.parametrize("page", EVERY)
def test_a_page_about_all_of_it_leads_to_the_catalogues(site: str, page: str) -> None:
    found = signposting.find_signposting_http(f"{site}{page}", warn_empty=False)
    assert {it.target for it in found.describedBy} == {f"{site}/catalog"}
    assert found.license is not None
    assert found.license.target == "https://creativecommons.org/publicdomain/zero/1.0/"


def test_a_case_in_a_frame_leads_to_the_case_and_its_files(site: str, shipped: Snapshot) -> None:
    found = signposting.find_signposting_http(f"{site}/embed/case/de-oude-bieb")
    assert found.citeAs is not None
    assert found.citeAs.target == f"{shipped.base}id/case/de-oude-bieb"
    assert f"{site}{CASE}.ttl" in {it.target for it in found.describedBy}
    assert found.license is not None


@pytest.mark.parametrize("page", ["/doc/case/nergens", "/sparql?query=ASK%7B"])
def test_what_is_no_page_of_the_site_has_no_signposts(web: httpx2.Client, page: str) -> None:
    assert "Link" not in web.get(page, headers=HTML).headers
