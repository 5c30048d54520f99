"""Search over everything, as a person, a program and a browser's search field ask it."""

import re
from urllib.parse import quote

import httpx2
import lxml.html
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
    assert page.status_code == 400
    assert "<script>" not in page.text.partition("<main")[2]


@pytest.mark.parametrize("kind", ["xx", "gebeid"])
def test_a_kind_that_is_not_known_is_told_with_what_may_have_been_meant(
    server: str, kind: str
) -> None:
    address = f"{server}/zoeken?q=buurt&soort={kind}"
    page = httpx2.get(address, headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert f"De soort “<bdi>{kind}</bdi>” kennen we niet." in page.text
    meant = '<a href="/zoeken?q=buurt&amp;soort=gebied">Gebieden</a>'
    assert (meant in page.text) == (kind == "gebeid")
    assert "Toon alle" in page.text, "what was found of all kinds is there"
    told = httpx2.get(address, headers={"Accept": "application/json"})
    assert told.status_code == 400
    assert told.json()["detail"] == f"De soort “{kind}” kennen we niet."


def test_what_was_found_of_one_kind_has_pages(server: str) -> None:
    page = httpx2.get(f"{server}/zoeken?q=buurt&soort=gebied", headers={"Accept": "text/html"})
    assert "Bladzijde 1 van 2" in page.text
    assert 'rel="next" href="/zoeken?q=buurt&amp;soort=gebied&amp;pagina=2"' in page.text


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
        ("https://www.movisie.nl/wijindewijk", "Webpagina op movisie.nl: wijindewijk"),
        (
            "https://bd.nl/bosch/boefjes-is-te-succesvol~a30911cb/",
            "Webpagina op bd.nl: boefjes is te succesvol",
        ),
        ("https://lpb.nl/", "Webpagina op lpb.nl"),
        ("https://5dok.net/a/zkw6ojd1-wij-wijk-pdf-mb.html", "Webpagina op 5dok.net: wij wijk"),
        ("https://buurt.nl/6608-een-feest-van-2020", "Webpagina op buurt.nl: een feest van 2020"),
        ("https://buurt.nl/a/100000-euro-erbij&id=33", "Webpagina op buurt.nl: euro erbij"),
        ("https://buurt.nl/elk-kreeg-100000-euro", "Webpagina op buurt.nl: elk kreeg 100000 euro"),
        ("https://lpb.nl/nieuws/37", "Webpagina op lpb.nl: nieuws"),
        ("http://[geen", "http://[geen"),
        ("urn:isbn:9", "urn:isbn:9"),
    ],
)
def test_an_address_is_told_as_a_site_and_words(address: str, words: str) -> None:
    assert shortly(address) == words


def _groups(server: str, asked: str) -> dict[str, list[str]]:
    told = httpx2.get(f"{server}/zoeken.json", params={"q": asked}).json()
    return {it["kind"]: [one["label"] for one in it["items"]] for it in told["groups"]}


def test_a_case_is_found_by_the_kind_of_what_it_is_about_and_of_who_takes_part(server: str) -> None:
    found = _groups(server, "buurthuis")
    assert "Wijkcentrum St. Joseph" in found["casus"]
    listed = httpx2.get(f"{server}/casussen?q=buurthuis", headers={"Accept": "text/html"}).text
    assert 'href="/doc/case/wijkcentrum-st-joseph"' in listed
    page = httpx2.get(f"{server}/zoeken?q=buurthuis", headers={"Accept": "text/html"}).text
    assert re.search(r"Soort betrokkene: [^<]+\(ook gezocht als <mark>buurthuis", page)
    assert "Thema: <mark>" not in page


def test_a_province_is_found_by_its_dutch_name_with_its_places_and_cases(server: str) -> None:
    found = _groups(server, "friesland")
    assert "Nieuwe Buren Lemmerweg-West" in found["casus"]
    assert "Fryslân" in found["gebied"]
    assert found["plaats"]


def test_a_place_asked_for_by_its_name_in_full_comes_first(server: str) -> None:
    found = _groups(server, "den haag")
    assert next(iter(found)) == "plaats"
    assert found["plaats"][0] == "Den Haag"


def test_cases_come_before_the_many_areas_of_a_province_by_any_of_its_names(server: str) -> None:
    for asked in ("Fryslan", "Friesland"):
        assert next(iter(_groups(server, asked))) == "casus", asked


def test_what_was_perhaps_meant_leads_to_cases(server: str) -> None:
    def page(query: str) -> str:
        return httpx2.get(f"{server}/casussen?{query}", headers={"Accept": "text/html"}).text

    link = 'Bedoelde je <a href="/casussen?q=koffie">koffie</a>?'
    assert link in page("q=kofie")
    assert link in page("q=kofie&jaar=2022"), "there are none of that year"
    assert "Bedoelde je" not in page("q=qqqqqqqqqq")


@pytest.mark.parametrize(
    ("asked", "case"),
    [
        ("preventie", "Buurtpreventieteams Cranendonck"),
        ("inbraak preventie", "Buurtpreventieteams Cranendonck"),
        ("vlotjes", "Platform Keizer Karelpark"),
        ("Bijlmer", "Buurtwerkkamer De Handreiking"),
    ],
)
def test_a_case_is_found_by_a_part_of_its_words_and_by_what_is_noted_of_its_place(
    server: str, asked: str, case: str
) -> None:
    assert case in _groups(server, asked)["casus"]


@pytest.mark.parametrize(
    ("asked", "part"), [("energiearmoede", "armoede"), ("hangjongeren", "jongeren")]
)
def test_a_word_that_is_nowhere_offers_a_part_of_it_that_is(
    server: str, asked: str, part: str
) -> None:
    page = httpx2.get(f"{server}/zoeken?q={asked}", headers={"Accept": "text/html"}).text
    assert f'Zoek op een deel van het woord: <a href="/zoeken?q={part}">{part}</a>' in page
    listed = httpx2.get(f"{server}/casussen?q={asked}", headers={"Accept": "text/html"}).text
    assert re.search(
        rf'<a href="/casussen\?q={part}">Zoek op “<bdi>{part}</bdi>”</a>. Dan vind je \d', listed
    )


@pytest.mark.parametrize(
    "asked", ["maastricht", "zoetermeer", "laaggeletterdheid", "kanaaleiland", "harderwijk"]
)
def test_a_word_that_just_ends_like_a_known_one_offers_no_part(server: str, asked: str) -> None:
    assert httpx2.get(f"{server}/zoeken.json", params={"q": asked}).json()["parts"] == []
    listed = httpx2.get(f"{server}/casussen?q={asked}", headers={"Accept": "text/html"}).text
    assert "Bekijk alle 29 casussen" in listed
    assert "Dan vind je" not in listed
    assert "op de hele site" not in listed


@pytest.mark.parametrize(
    ("asked", "part"),
    [("hangjongeren", "jongeren"), ("vluchtelingenopvang", "vluchtelingen")],
)
def test_a_long_part_is_offered_beside_letters_that_are_no_word(
    server: str, asked: str, part: str
) -> None:
    assert httpx2.get(f"{server}/zoeken.json", params={"q": asked}).json()["parts"] == [part]


def test_what_is_said_of_a_search_has_a_space_between_its_sentences(server: str) -> None:
    for asked in ("energiearmoede utrecht", "eenzamheit utrecht"):
        page = httpx2.get(f"{server}/zoeken?q={asked}", headers={"Accept": "text/html"}).text
        assert re.search(r"(\.|\?) Niets heeft al deze woorden", page), asked


@pytest.mark.parametrize(
    ("asked", "found"), [("inbraak preventie", "inbraak preventie"), ("buurttuin", "tuin")]
)
def test_a_list_without_cases_leads_to_what_else_is_found(
    server: str, asked: str, found: str
) -> None:
    answer = httpx2.get(f"{server}/casussen", params={"q": asked}, headers={"Accept": "text/html"})
    assert re.search(
        rf"Zoek “<bdi>{found}</bdi>” op de hele site</a>. Daar vind je \d+ ding", answer.text
    )
    assert 'href="/themas">alle thema' in answer.text


@pytest.mark.parametrize(
    ("asked", "theme"), [("bejaarden", "ouderen"), ("oma", "ouderen"), ("arm", "armoede")]
)
def test_a_theme_is_found_by_other_words_that_people_have_for_it(
    server: str, asked: str, theme: str
) -> None:
    found = _groups(server, asked)
    assert theme in found["thema"]
    assert found["casus"]


def test_a_question_in_words_finds_the_cases_with_its_theme_first(server: str) -> None:
    found = _groups(server, "wat werkt tegen eenzaamheid")
    assert found == _groups(server, "eenzaamheid")
    assert found["thema"] == ["eenzaamheid"]


def test_the_name_of_a_place_is_suggested_with_its_capital(server: str) -> None:
    page = httpx2.get(f"{server}/zoeken?q=kanaleneilnd", headers={"Accept": "text/html"})
    assert ">Kanaleneiland</a>?" in page.text


@pytest.mark.parametrize(
    ("asked", "real", "also"),
    [("oma", "Thema: ", "oma"), ("buurthuis", "Soort betrokkene: ", "buurthuis")],
)
def test_another_name_is_told_as_what_it_is_another_name_of(
    server: str, asked: str, real: str, also: str
) -> None:
    told = httpx2.get(f"{server}/zoeken.json", params={"q": asked}).json()["groups"]
    why = {one["text"] for group in told for one in group["items"]}
    assert not {f"{real}{also}"} & why
    assert any(it.startswith(real) and it.endswith(f"(ook gezocht als {also})") for it in why)


def test_an_example_in_turtle_is_not_searched(server: str) -> None:
    told = httpx2.get(f"{server}/zoeken.json", params={"q": "5"}).json()["groups"]
    assert not [one for group in told for one in group["items"] if "wijk:" in one["text"]]


def test_a_search_of_a_small_word_says_what_to_do(server: str) -> None:
    page = httpx2.get(f"{server}/zoeken?q=is", headers={"Accept": "text/html"}).text
    assert "Dit woord komt overal voor. Zet er een ander woord bij." in page


@pytest.mark.parametrize(
    "path",
    [
        *("/zoeken?q={}", "/casussen?q={}", "/casussen?q={}&jaar=2020", "/plaatsen?q={}"),
        *("/zoeken?soort={}", "/zoeken?pagina={}"),
        *("/bronnen?q={}", "/mijn-wijk?naam={}", "/lessen?voor={}", "/betrokkenen?soort={}"),
        *("/plaatsen?provincie={}", "/casussen?thema={}", "/casussen?weergave={}"),
        *("/vergelijk?casus={}", "/lessen?pagina={}", "/casussen?pagina={}"),
    ],
)
def test_what_was_typed_turns_no_sentence_around(server: str, path: str) -> None:
    typed = "\u202eabc"
    answer = httpx2.get(f"{server}{path.format(quote(typed))}", headers={"Accept": "text/html"})
    main = lxml.html.fromstring(answer.text).xpath("//main")[0]
    assert typed in main.xpath("string(.//bdi)"), "it is repeated"
    loose = [it for it in main.xpath(".//text()[not(ancestor::bdi)]") if "\u202e" in it]
    assert loose == []
