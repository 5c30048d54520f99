"""Search over everything, as a person, a program and a browser's search field ask it."""

import httpx2
import pytest
from wijk.web.sources import shortly


def test_a_page_marks_what_was_found_and_why(server: str) -> None:
    page = httpx2.get(f"{server}/zoeken?q=barista", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "<mark>Barista" in page.text
    assert 'href="/doc/case/boefjes-en-baristas"' in page.text


def test_a_page_says_what_was_perhaps_meant(server: str) -> None:
    page = httpx2.get(f"{server}/zoeken?q=eenzamheit", headers={"Accept": "text/html"})
    assert 'Bedoelde je <a href="/zoeken?q=eenzaamheid">' in page.text


def test_what_is_searched_is_text_and_no_markup(server: str) -> None:
    page = httpx2.get(
        f"{server}/zoeken?q=<script>&soort=x&pagina=-1", headers={"Accept": "text/html"}
    )
    assert page.status_code == 200
    assert "<script>" not in page.text.partition("<main")[2]


def test_the_same_comes_as_json(server: str) -> None:
    told = httpx2.get(f"{server}/zoeken.json?q=sudwest").json()
    found = {group["kind"]: group["items"][0]["label"] for group in told["groups"]}
    assert found["casus"] == "Nieuwe Buren Lemmerweg-West"


def test_a_browser_can_search_here(server: str) -> None:
    told = httpx2.get(f"{server}/zoeken/opensearch.xml")
    assert told.headers["content-type"].startswith("application/opensearchdescription+xml")
    assert "/zoeken?q={searchTerms}" in told.text
    asked, names, *_ = httpx2.get(f"{server}/zoeken/suggesties?q=boef").json()
    assert (asked, names[0]) == ("boef", "Boefjes en Barista's")
    assert 'href="/zoeken/opensearch.xml"' in httpx2.get(f"{server}/over").text


def test_a_question_that_is_prepared_is_found(server: str) -> None:
    told = httpx2.get(f"{server}/zoeken.json?q=lessen+bewoner").json()
    found = {group["kind"]: group["items"] for group in told["groups"]}["vraag"]
    assert found[0]["url"].endswith("/vragen/lessons-for-an-audience")
    assert httpx2.get(f"{server}/vragen/lessons-for-an-audience").status_code == 200


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://www.movisie.nl/wijindewijk", "movisie.nl: wijindewijk"),
        (
            "https://bd.nl/bosch/boefjes-is-te-succesvol~a30911cb/",
            "bd.nl: boefjes is te succesvol",
        ),
        ("https://lpb.nl/", "lpb.nl"),
        ("https://lpb.nl/nieuws/37", "lpb.nl: nieuws"),
        ("http://[geen", "http://[geen"),
        ("urn:isbn:9", "urn:isbn:9"),
    ],
)
def test_an_address_is_told_as_a_site_and_words(address: str, words: str) -> None:
    assert shortly(address) == words
