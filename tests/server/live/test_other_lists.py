"""The lists of places, actors and themes, and cases side by side."""

import re
from collections.abc import Iterator

import httpx2
import lxml.html
import pytest


@pytest.fixture(scope="module")
def client(server: str) -> Iterator[httpx2.Client]:
    """A browser without script."""
    with httpx2.Client(base_url=server, headers={"Accept": "text/html"}, timeout=30) as made:
        yield made


def test_places_are_listed_with_their_cases(client: httpx2.Client) -> None:
    page = client.get("/plaatsen").text
    assert "29 plaatsen" in page
    assert 'href="/doc/place/lewenborg"' in page
    assert 'href="/doc/case/de-oude-bieb"' in page
    here = client.get("/plaatsen?provincie=limburg").text
    assert "1 plaats<" in here
    assert "Lewenborg" not in here


def test_places_are_listed_by_a_piece_of_their_name(client: httpx2.Client) -> None:
    page = client.get("/plaatsen?q=sudwest").text
    assert "1 plaats met “<bdi>sudwest</bdi>”" in page
    assert 'href="/doc/place/lemmerweg-west"' in page
    assert 'href="/doc/place/lewenborg"' not in page
    assert "0 plaatsen met “<bdi>&lt;&gt;</bdi>”" in client.get("/plaatsen?q=<>").text
    assert 'href="/plaatsen?q=sudwest&amp;provincie=' in page


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("Sneek", "lemmerweg-west"),
        ("Zaandam", "poelenburg"),
        ("Uden", "flatwijk-uden"),
        ("Den Bosch", "de-muntel"),
        ("Friesland", "noardeast-fryslan"),
        ("Bijlmer", "h-buurt"),
    ],
)
def test_a_place_is_found_by_all_that_it_and_what_it_lies_in_are_called(
    client: httpx2.Client, asked: str, place: str
) -> None:
    assert f'href="/doc/place/{place}"' in client.get("/plaatsen", params={"q": asked}).text


def test_a_search_without_places_shows_no_table_and_a_way_on(client: httpx2.Client) -> None:
    page = client.get("/plaatsen?q=lewenbrg").text
    assert "<table" not in page
    assert 'Bedoelde je <a href="/plaatsen?q=lewenborg' in page.replace("Lewenborg", "lewenborg")
    elsewhere = client.get("/plaatsen?q=sneek&provincie=limburg").text
    assert "Dan vind je 1 plaats." in elsewhere
    nothing = client.get("/plaatsen?q=qqqqqqqqqq").text
    assert 'href="/plaatsen">Bekijk alle plaatsen' in nothing
    assert "op de hele site" not in nothing


def test_a_small_word_alone_is_told_to_be_too_common_for_places(client: httpx2.Client) -> None:
    page = client.get("/plaatsen?q=de").text
    assert "Het woord “<bdi>de</bdi>” komt overal voor." in page
    assert "Bedoelde je" not in page
    assert "<table" in client.get("/plaatsen?q=Ede").text


def test_a_province_without_cases_offers_all_places_once(client: httpx2.Client) -> None:
    page = client.get("/plaatsen?provincie=flevoland").text
    assert "Er is in Flevoland geen plaats met een casus. Dit kun je doen:" in page
    assert "“”" not in page
    assert page.count(">Bekijk alle plaatsen</a>") == 1


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("overvegt", "Overvecht"),
        ("kanaaleiland", "Kanaleneiland"),
        ("Rotterdamm", "Rotterdam"),
        ("maastricht", ""),
    ],
)
def test_a_place_that_is_spelled_otherwise_is_told_by_its_own_name(
    client: httpx2.Client, asked: str, meant: str
) -> None:
    page = client.get("/plaatsen", params={"q": asked}).text
    assert re.findall(r'Bedoelde je <a href="/plaatsen\?q=(\w+)"', page) == (
        [meant] if meant else []
    )


def test_the_word_for_places_can_be_changed(client: httpx2.Client) -> None:
    page = client.get("/plaatsen?q=sudwest&provincie=fryslan").text
    form = page.partition('<form class="veldrij"')[2].partition("</form>")[0]
    assert re.search(r'<input id="naam" name="q"[^>]*value="sudwest"', form)
    assert 'name="provincie" value="fryslan"' in form


def test_actors_are_listed_by_kind(client: httpx2.Client) -> None:
    assert 'href="/doc/actor/accolade"' in client.get("/betrokkenen?soort=woningcorporatie").text
    assert "Accolade" not in client.get("/betrokkenen?soort=gemeente").text


def test_a_theme_leads_to_its_page_and_to_its_cases(client: httpx2.Client) -> None:
    page = client.get("/themas").text
    assert 'href="/doc/theme/groen"' in page
    assert 'href="/casussen?thema=groen"' in page


def test_sources_are_listed_with_publisher_and_day_and_found_by_a_word(
    client: httpx2.Client,
) -> None:
    page = client.get("/bronnen").text
    assert "126 bronnen" in page
    assert "Bladzijde 1 van 3" in page
    found = client.get("/bronnen?q=NHnieuws").text
    assert "3 bronnen met “<bdi>NHnieuws</bdi>”" in found
    assert 'href="/doc/source/nhnieuws-nl-choku-gym-als-baken-van-rust"' in found
    assert "Webpagina op nhnieuws.nl: Choku Gym als baken van rust" in found
    assert "0 bronnen met “<bdi>&lt;b&gt;</bdi>”" in client.get("/bronnen?q=<b>").text


def test_bundles_are_listed_with_their_year_and_cases(client: httpx2.Client) -> None:
    page = client.get("/bundels").text
    assert "Vier bundels" in page
    row = re.search(r'href="/doc/bundle/wij-in-de-wijk-1".*', page)
    assert row is not None
    assert "<td>2020</td><td>7 casussen</td>" in row[0]


def test_figures_are_listed_by_what_is_counted_and_by_area(client: httpx2.Client) -> None:
    page = client.get("/cijfers").text
    assert re.search(r'href="/doc/figure/2022-area".*?<td>2022</td>', page)
    assert re.search(r'href="/doc/figure/2022-gm0014".*?<td>Groningen</td>', page)


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/doc/source/geonames", "/bronnen"),
        ("/doc/bundle/wij-in-de-wijk-1", "/bundels"),
        ("/doc/figure/2022-gm0014", "/cijfers"),
        ("/doc/measure/about", "/cijfers"),
    ],
)
def test_a_page_leads_back_to_the_list_it_is_in(
    client: httpx2.Client, path: str, above: str
) -> None:
    crumbs = client.get(path).text.partition('<nav class="kruimel"')[2].partition("</nav>")[0]
    assert f'href="{above}"' in crumbs
    assert f"<loc>https://w3id.org/wijindewijk{above}</loc>" in client.get("/sitemap.xml").text


def test_cases_stand_side_by_side(client: httpx2.Client) -> None:
    page = client.get("/vergelijk?casus=holybe&casus=choku-gym").text
    assert "Twee casussen naast elkaar" in page
    assert ">diversiteit</a></b>" in page
    assert "Niet bekend" in page


def _text(cell: lxml.html.HtmlElement) -> str:
    """What stands in a cell; of a list, its items with a comma between."""
    items = cell.xpath("ul/li") or [cell]
    return ", ".join(" ".join(it.text_content().split()) for it in items)


def _compared(client: httpx2.Client, path: str) -> dict[str, list[str]]:
    """The rows of a comparison by their heading, as text."""
    table = lxml.html.fromstring(client.get(path).text).xpath('//table[@class="naast"]')[0]
    return {
        row.xpath("string(th/a)") or row.xpath("string(th)"): [_text(it) for it in row.xpath("td")]
        for row in table.xpath("tbody/tr")
    }


def test_cases_are_compared_on_what_was_learned_by_whom_begun_and_where(
    client: httpx2.Client,
) -> None:
    rows = _compared(client, "/vergelijk?casus=choku-gym&casus=de-oude-bieb")
    assert len(rows["Lessen"]) == 2
    assert all(cell and cell != "Niet bekend" for cell in rows["Lessen"])
    assert all("bewoner" in it for it in rows["Lessen voor wie"])
    assert rows["Begonnen"].count("Niet bekend") < 2
    assert any("eigen duiding" in cell for cell in rows["Thema’s"])
    assert all(", 2022, " in cell for cell in rows["De gemeente in cijfers"])
    share = r"\d+%, Nederland 20% \(benadering\)"
    assert all(re.fullmatch(share, it) for it in rows["Inwoners van 65 jaar of ouder"])
    for slug, cell in zip(("choku-gym", "de-oude-bieb"), rows["Thema’s"], strict=True):
        page = client.get(f"/doc/case/{slug}", headers={"Accept": "text/html"}).text
        facts = page.partition(">Thema’s</dt>")[2].partition("</dd>")[0]
        assert ("eigen duiding" in cell) == ("eigen duiding" in facts), slug


def test_who_takes_part_in_a_compared_case_is_marked_where_sources_disagree(
    client: httpx2.Client,
) -> None:
    joined = _compared(client, "/vergelijk?casus=de-oude-bieb&casus=choku-gym")["Wie doen mee"][0]
    said = "Gemeente Groningen bronnen spreken elkaar tegen, KNHM foundation, Lefier"
    assert joined == said


def test_what_is_not_known_of_a_compared_case_is_told_so(client: httpx2.Client) -> None:
    rows = _compared(client, "/vergelijk?casus=holybe&casus=initiatief-in-oss")
    assert rows["Begonnen"] == ["Niet bekend", "Niet bekend"]
    assert rows["Initiatief"][1] == "Niet bekend"


@pytest.mark.parametrize(
    "path",
    [
        "/plaatsen?provincie=xx",
        "/betrokkenen?soort=gemeent",
        "/betrokkenen?pagina=0",
        "/vergelijk?casus=holyb",
        "/vergelijk?casus=holybe&casus=choku-gym&casus=de-oude-bieb&casus=stichting-polka",
    ],
)
def test_what_cannot_be_is_told_with_what_can(client: httpx2.Client, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 400
    assert 'class="foutenlijst"' in page.text


@pytest.mark.parametrize(
    ("asked", "back"),
    [
        ("/plaatsen?", ""),
        ("/plaatsen?q=straat%26&provincie=utrecht&", "provincie=utrecht&q=straat%26"),
        ("/betrokkenen?", "pagina=2"),
        ("/betrokkenen?soort=gemeente&", "soort=gemeente"),
        ("/bronnen?", "pagina=3"),
        ("/bronnen?q=movisie&", "q=movisie"),
        ("/lessen?voor=bewoner&", "voor=bewoner"),
        ("/casussen?", "pagina=2"),
        ("/zoeken?q=buurt&soort=gebied&", "q=buurt&soort=gebied&pagina=2"),
        ("/zoeken?q=buurt&", "q=buurt"),
    ],
)
def test_a_page_too_many_is_told_and_leads_to_the_last(
    client: httpx2.Client, asked: str, back: str
) -> None:
    answer = client.get(f"{asked}pagina=99")
    assert answer.status_code == 404
    fault = lxml.html.fromstring(answer.text).xpath('//section[@class="foutenlijst"]//li')[0]
    last = re.search(r"pagina=(\d)", back)
    told = f"Bladzijde 99 is er niet. Naar bladzijde {last[1] if last else 1}"
    assert " ".join(fault.text_content().split()) == told
    path = asked.partition("?")[0]
    assert fault.xpath("string(a/@href)") == (f"{path}?{back}" if back else path)
    assert client.get(f"{path}?{back}").status_code == 200
    assert "<table" not in answer.text
    assert 'id="lijst' not in answer.text, "no heading without anything below it"
    assert "Bladzijde 99 van" not in answer.text
    assert "ladzijde 99" not in answer.text.partition("</title>")[0]
    assert "Deze gegevens zijn er nog niet" not in answer.text
    assert "Druk deze bladzijde af" not in answer.text, "there is nothing on it"


LISTS = ["/plaatsen", "/betrokkenen", "/bronnen", "/lessen", "/casussen", "/zoeken"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("page", ["0", "x", "²", f"000001{'9' * 5000}"])
def test_a_page_that_cannot_be_read_is_told_above_the_first(
    client: httpx2.Client, path: str, page: str
) -> None:
    answer = client.get(path, params={"pagina": page})
    assert answer.status_code == 400
    assert "is geen bladzijde. Dit is de eerste." in answer.text


@pytest.mark.parametrize("path", LISTS)
def test_a_page_that_is_not_filled_in_is_the_first(client: httpx2.Client, path: str) -> None:
    answer = client.get(f"{path}?pagina=")
    assert answer.status_code == 200
    assert 'class="foutenlijst"' not in answer.text


def test_figures_are_called_by_the_name_of_their_area(client):
    text = client.get("/cijfers", headers={"Accept": "text/html"}).text
    assert "Kerncijfers van Den Haag, 2022" in text
    assert "Gravenhage" not in text


def test_the_themes_with_most_cases_stand_first_in_their_facet(client):
    page = client.get("/casussen", headers={"Accept": "text/html"}).text
    group = page.partition('name="thema"')[2]
    first = group.partition("Toon er nog")[0]
    counts = [int(it) for it in re.findall(r"<small>(\d+)<", first)]
    assert len(counts) == 10
    assert counts == sorted(counts, reverse=True)
    assert "<span>ontmoeting</span>" in first
