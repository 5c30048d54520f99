"""The pages about the site, telling an error, and what is told when something is not there."""

import re

import lxml.html
import pytest

HTML = {"Accept": "text/html"}
PATHS = ["/over", "/over/hoe", "/licentie", "/toegankelijkheid", "/privacy", "/fout-melden", "/en"]


@pytest.mark.parametrize("path", PATHS)
def test_each_page_about_the_site_has_one_heading_and_its_language(client, path):
    page = client.get(path, headers=HTML)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert f'<html lang="{"en" if path == "/en" else "nl"}">' in page.text


@pytest.mark.parametrize("path", ["/over", "/en"])
def test_what_the_site_has_is_as_many_as_its_lists_have(client, path):
    page = client.get(path, headers=HTML).text
    for listed, word in (("plaatsen", "plaatsen"), ("betrokkenen", "betrokkenen")):
        told = re.search(rf'href="/{listed}"[^>]*>(\d+) ', page)
        assert told
        assert f">{told[1]} {word}</h2>" in client.get(f"/{listed}", headers=HTML).text


def test_an_error_in_a_thing_is_told_with_its_address_and_file(client, graph):
    case = f"{graph.base}id/case/holybe"
    page = client.get("/fout-melden", params={"over": case}, headers=HTML)
    assert page.status_code == 200
    assert case in page.text
    assert 'href="/doc/case/holybe.ttl"' in page.text
    assert "mailto:" not in page.text, "nobody reads what is sent to .invalid"
    assert "nog geen adres" in page.text
    text = page.text.partition('id="melding">')[2].partition("</p>")[0]
    assert f"Vast adres: {case}" in text, "so there is a text to copy"
    assert "/doc/case/holybe" in text
    assert "Meld haar dan bij wie die bron uitgeeft" in page.text
    assert 'rel="external"' in page.text.partition('id="bronnen"')[2], "and the sources to go to"


@pytest.mark.parametrize("path", ["/controle", "/privacy", "/toegankelijkheid"])
def test_no_page_promises_that_we_read_mail(client, path):
    page = client.get(path, headers=HTML).text
    assert "Meld het ons" not in page
    assert "Zo meld je het" in page


@pytest.mark.parametrize("bad", ["x", "javascript:alert(1)", '"><script>', "é" * 5000])
def test_an_error_in_what_is_not_here_is_a_page_that_says_so(client, bad):
    page = client.get("/fout-melden", params={"over": bad}, headers=HTML)
    assert page.status_code == 404
    assert "Wij kennen hier niets met het adres" in page.text
    assert "<script>" not in page.text
    assert 'href="javascript' not in page.text


@pytest.mark.parametrize("path", ["/404x", "/doc/case/qqqq-zzzz", "/doc/media/qqqq-zzzz"])
def test_what_is_not_there_has_the_way_from_the_start(client, path):
    page = client.get(path, headers=HTML)
    assert page.status_code == 404
    way = page.text.partition('<nav class="kruimel"')[2].partition("</nav>")[0]
    assert 'href="/">Start</a>' in way
    assert 'aria-current="page">Dit staat hier niet<' in way


def test_what_is_not_there_helps_to_find_what_is(client):
    page = client.get("/doc/case/holibe", headers=HTML)
    assert page.status_code == 404
    assert 'href="/doc/case/holybe"' in page.text
    words = client.get("/doc/case/nieuwe-buren-sneek", headers=HTML)
    assert words.status_code == 404
    assert 'href="/doc/case/nieuwe-buren-lemmerweg-west"' in words.text, "it shares most words"
    assert "Misschien zoek je" not in client.get("/doc/case/qqqq-zzzz", headers=HTML).text
    assert 'action="/zoeken"' in page.text
    assert 'href="/casussen"' in page.text


@pytest.mark.parametrize(
    ("path", "name", "holds"),
    [
        ("/", "Wat werkt in de wijk?", "Zoek wat anderen probeerden"),
        ("/doc/case/boefjes-en-baristas", "Boefjes en Barista’s", "Ouders met kleine kinderen"),
        ("/en/sparql", "Ask your own question", "You can query everything"),
    ],
)
def test_who_shares_a_page_shows_its_name_and_what_it_holds(client, path, name, holds):
    page = lxml.html.fromstring(client.get(path, headers=HTML).text)
    said = {it.get("property"): it.get("content") for it in page.xpath("//meta[@property]")}
    assert said["og:title"] == name
    assert holds in said["og:description"]
    assert page.xpath('string(//meta[@name="description"]/@content)') == said["og:description"]
