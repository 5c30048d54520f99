"""The pages of things: what belongs to each, and the states that the data have."""

import html
import re

import pytest
from rdflib import SH, Graph
from wijk.matching import texts


def section(text: str, heading: str) -> str:
    """What stands below a heading of a page."""
    found = re.search(rf"<h2[^>]*>{re.escape(heading)}.*?</section>", text, re.S)
    assert found, heading
    return found[0]


@pytest.mark.parametrize(
    ("path", "heading", "link"),
    [
        ("/doc/place/de-muntel", "Casussen in De Muntel", "/doc/case/boefjes-en-baristas"),
        ("/doc/place/den-bosch", "Casussen in Den Bosch", "/doc/case/boefjes-en-baristas"),
        (
            "/doc/place/utrecht",
            "Ook in de gemeente Utrecht",
            "/doc/case/initiatief-in-utrecht",
        ),
        ("/doc/area/gm0796", "Casussen in ’s-Hertogenbosch", "/doc/case/boefjes-en-baristas"),
        ("/doc/area/pv30", "Casussen in Noord-Brabant", "/doc/case/initiatief-in-oss"),
        ("/doc/area/2022-bu07960401", "Casussen in De Muntel", "/doc/case/boefjes-en-baristas"),
        ("/doc/actor/van-neynsel", "Doet mee in", "/doc/case/boefjes-en-baristas#de-taling"),
        ("/doc/actor/ggd", "Zit in dezelfde casussen als", "/doc/actor/accolade"),
        ("/doc/theme/samenleven", "Casussen", "/doc/case/boefjes-en-baristas"),
        ("/doc/theme/samenleven", "Valt hieronder", "/doc/theme/ontmoeting"),
        (
            "/doc/theme/ontmoeting",
            "Lessen uit casussen met dit thema",
            "/doc/lesson/volop-positieve-dynamiek",
        ),
        ("/doc/role/gastheer", "Heeft deze rol", "/doc/case/boefjes-en-baristas#de-taling"),
        ("/doc/scheme/theme", "Wat er in deze lijst staat", "/doc/theme/biodiversiteit"),
        ("/doc/bundle/wij-in-de-wijk-1", "Casussen", "/doc/case/twirre-doch-mei"),
        ("/doc/project/wij-in-de-wijk", "Wie deden er mee", "/doc/actor/movisie"),
        ("/doc/project/wij-in-de-wijk", "Bundels", "/doc/bundle/wij-in-de-wijk-4"),
        ("/doc/media/podcastserie", "Casussen", "/doc/case/kijk-in-de-kernen"),
        ("/doc/source/movisie-nl-wijindewijk", "Casussen", "/doc/case/boefjes-en-baristas"),
        ("/doc/event/maashorst-2022", "Hield op te bestaan", "/doc/area/gm0856"),
    ],
)
def test_a_page_shows_what_belongs_to_the_thing(page, path, heading, link):
    assert f'href="{link}"' in section(page(path), heading)


def test_a_municipality_that_is_no_more_says_since_when_and_where_it_is_now(page):
    text = page("/doc/area/gm0856")
    assert "Uden bestaat niet meer sinds 1 januari 2022" in text
    assert 'href="/doc/area/gm1991">Maashorst' in text
    assert "Landerd en Uden hielden op te bestaan. Maashorst ontstond." in text


@pytest.mark.parametrize(
    ("lesson", "words"),
    [
        (
            "kneuterigheid-verdient-een-standbeeld",
            "Les bij alle zeven casussen van de bundel <a href=",
        ),
        ("blijven-investeren", "Les bij alle 29 casussen van het project <a href="),
        ("wijkgebouwen-verbinden", "Les uit de casus"),
        ("bonding-bridging-en-linking", "waarvoor deze les geldt"),
        ("overal-dezelfde-vragen", "De bron noemt geen doelgroep: de les is voor iedereen."),
    ],
)
def test_a_lesson_says_what_it_holds_for_and_for_whom(page, lesson, words):
    assert words in section(page(f"/doc/lesson/{lesson}"), "Waar geldt deze les?")


def test_figures_that_are_not_there_are_those_of_the_municipality_and_say_so(page):
    text = section(page("/doc/place/de-muntel"), "’s-Hertogenbosch in cijfers")
    assert "Van dit gebied zelf staan hier geen cijfers." in text
    assert "Nederland" in text
    assert "2022" in text


def test_a_place_shows_cases_in_places_like_it_with_both_figures(page, client):
    text = section(page("/doc/place/zaandam"), "Lijkt op Zaandam")
    found = set(re.findall(r'href="/doc/case/([^"]+)"', text))
    assert "choku-gym" not in found, "a place is not like itself"
    text = section(page("/doc/area/gm1991"), "Lijkt op Maashorst")
    assert 'href="/doc/case/initiatief-in-oss"' in text
    assert re.search(r"ook matig stedelijk, [\d,]+% is 65 jaar of ouder \(hier [\d,]+%\)", text)


def test_lessons_for_an_audience_come_with_those_for_everybody(page):
    every, some = page("/lessen"), page("/lessen?voor=bewoners")
    assert page("/lessen?voor=bewoner") == some.replace("voor=bewoners", "voor=bewoner")
    assert every.count('class="lestekst"') == 16
    assert some.count('class="lestekst"') == 8
    assert "Lessen voor bewoners" in some
    assert "Twee lessen." in some
    assert "nog zes lessen waarbij geen doelgroep is genoemd" in some


@pytest.mark.parametrize(
    "query",
    ["voor=niemand", "pagina=0", "pagina=x", "pagina=²", f"pagina=000001{'9' * 5000}"],
)
def test_a_choice_of_lessons_that_is_not_there_is_told_above_those_that_are(client, query):
    answer = client.get(f"/lessen?{query}", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "Er ging iets mis" in answer.text
    assert answer.text.count('class="lestekst"') == 16
    assert (
        'href="/lessen?voor=bewoner">bewoners</a>' in section(answer.text, "Er ging iets mis")
    ) == (query == "voor=niemand")


def test_an_audience_that_is_not_known_leaves_what_was_chosen_well(client):
    answer = client.get("/lessen?voor=bewoner&voor=xx", headers={"Accept": "text/html"})
    told = section(answer.text, "Er ging iets mis")
    assert 'href="/lessen?voor=bewoner&amp;voor=professional">' in told
    assert 'href="/lessen?voor=bewoner">' not in told
    offers = told.partition("Bedoel je ")[2].partition("?</li>")[0]
    words = re.sub("<[^>]+>", "", offers)
    assert re.fullmatch(r"professionals(, \w+)+ of iedereen", words)


def test_who_types_the_name_of_a_place_gets_to_what_is_like_it(page, client):
    assert 'href="/doc/area/gm0344#lijkt">Utrecht' in page("/mijn-wijk?naam=UTRECHT")
    assert "in Utrecht" in page("/mijn-wijk?naam=overvecht")
    assert "Bedoel je" in page("/mijn-wijk?naam=utrcht")
    assert 'href="/mijn-wijk?naam=S%C3%BAdwest-Frysl%C3%A2n">Súdwest-Fryslân' in page(
        "/mijn-wijk?naam=sudwest+fryzlan"
    )
    assert '#lijkt">’s-Hertogenbosch' in page("/mijn-wijk?naam=den+bosch")
    assert "<script>" not in page("/mijn-wijk?naam=%22%3E%3Cb%3Ex").replace("&lt;", "")
    assert client.get(f"/mijn-wijk?naam={'x' * 81}").status_code == 400


@pytest.mark.parametrize(
    ("typed", "place", "town"),
    [
        ("Kanaleneiland", "kanaleneiland", "Utrecht"),
        ("lemmerweg west", "lemmerweg-west", "Súdwest-Fryslân"),
        ("Lemmerweg", "lemmerweg-west", "Súdwest-Fryslân"),
        ("Amsterdam-Zuid", "amsterdam-zuid", "Amsterdam"),
    ],
)
def test_a_place_without_figures_is_compared_by_its_municipality_and_says_so(
    page, typed, place, town
):
    text = section(page(f"/mijn-wijk?naam={typed}"), "Kies je gebied")
    assert f'href="/doc/place/{place}#lijkt"' in text
    assert f"Vergeleken met de cijfers van de gemeente {town}." in text
    assert f"{town} is " in section(page(f"/doc/place/{place}"), "Lijkt op ")


def test_who_types_a_municipality_that_is_no_more_gets_to_the_present_one(page):
    text = section(page("/mijn-wijk?naam=Landerd"), "Kies je gebied")
    assert 'href="/doc/area/gm1991#lijkt">Landerd' in text
    assert "Hoort nu bij Maashorst." in text


def test_what_is_called_just_so_comes_before_what_has_the_name_in_it(page):
    text = section(page("/mijn-wijk?naam=ede"), "Kies je gebied")
    assert re.findall(r'href="([^"]+)"', text)[0] == "/doc/area/gm0228#lijkt"


@pytest.mark.parametrize("typed", ["Gouda", "Kroegenburg", "xyz"])
def test_a_municipality_without_figures_has_another_way_and_no_guess(page, typed):
    text = page(f"/mijn-wijk?naam={typed}")
    told = section(text, "Niets gevonden")
    assert f"Van “<bdi>{typed}</bdi>” zijn hier geen cijfers." in told
    assert "Bedoel je" not in told
    assert f'href="/zoeken?q={typed}"' in told
    others = section(text, "Staat je gemeente er niet bij?")
    assert 'href="/casussen?provincie=zuid-holland"' in others
    assert 'href="/doc/area/gm0363#lijkt">Amsterdam' in others
    assert 'href="/casussen">' in others
    kinds = re.findall(r"<dt>(.+?)</dt>", others)
    assert kinds[:2] == ["Zeer sterk stedelijk", "Sterk stedelijk"]
    assert "dus lang niet alle gemeenten van Nederland" in text


def test_home_leads_to_what_is_like_your_own_wijk(page):
    assert 'href="/mijn-wijk"' in page("/")


@pytest.mark.parametrize(
    "path",
    [
        "/doc/case/choku-gym",
        "/doc/place/voorst",
        "/doc/place/kanaleneiland",
        "/doc/area/gm0344",
        "/doc/area/2022-wk199101",
        "/doc/area/gm0856",
        "/doc/area/pv26",
        "/doc/figure/2022-population",
        "/doc/figure/2022-gm0344",
        "/cijfers",
    ],
)
def test_what_is_on_a_page_can_be_taken_along_without_rdf(page, client, path):
    text = page(path).partition("<main")[2].partition("</main")[0]
    found = [html.unescape(it) for it in re.findall(r'href="([^"]+)"', text)]
    taken = [it for it in found if it.startswith("/api/v1/") or ".csv" in it]
    assert taken
    for address in taken:
        answer = client.get(address)
        assert answer.status_code == 200
        assert len(answer.json() if address.startswith("/api") else answer.text.splitlines()) > 1


def test_the_data_of_a_municipality_are_read_in_rows_with_unit_base_and_the_country(page):
    text = page("/doc/figure/2022-gm1900")
    rows, _, areas = text.partition('id="gebieden"')
    one = rows.partition('href="/doc/measure/pop-65plus"')[2].partition("</div>")[0]
    assert "23% <small>Nederland 20% (benadering)" in one
    assert "van de inwoners" in one
    assert "251 duizend euro</td>" in rows
    head = areas.partition("</thead>")[0]
    assert re.search(r'href="/doc/measure/pop-65plus">[^<]*</a> <span class="klein">procent', head)
    assert "kolommen. Schuif" in areas
    assert '<th scope="col">Nederland</th></tr>' in page("/doc/figure/2022-nl00"), "its only area"


def test_the_figures_of_an_area_are_a_table(client):
    table = client.get("/vragen/figures-of-an-area.csv?code=WK034401").text
    assert table.startswith("area,name,code,measure,what,unitName,year,value,national,how")
    assert ",WK034401," in table
    assert ",GM0344," not in table
    named = client.get("/vragen/figures-of-an-area.csv?code=Utrecht").text
    assert named == client.get("/vragen/figures-of-an-area.csv?code=GM0344").text


@pytest.mark.parametrize("path", ["/", "/gegevens"])
def test_the_prepared_questions_are_found_from(page, path):
    assert 'href="/vragen"' in page(path)


def test_an_area_tells_its_point_in_words(page) -> None:
    text = page("/doc/area/gm0796")
    assert "51,708° noorderbreedte, 5,313° oosterlengte" in text
    assert "POINT(" not in text.partition("<main")[2]


def test_what_the_check_found_is_told_with_the_thing_and_in_a_list(page) -> None:
    assert "Gecontroleerd: geen fouten." in page("/doc/case/choku-gym")
    actor = page("/doc/actor/platform31")
    assert 'Gecontroleerd: geen fouten, <a href="/controle/aandacht">1 aandachtspunt</a>' in actor
    assert 'href="/doc/actor/platform31"' in page("/controle/aandacht")
    assert "Gecontroleerd: geen fouten, " in page("/controle")


def test_the_state_of_a_thing_says_how_much_is_not_known_and_leads_to_that(page) -> None:
    def state(path):
        return re.search(r'<p class="status([^"]*)">(<svg.*?)</p>', page(path), re.S).groups()

    look, told = state("/doc/case/initiatief-in-utrecht")
    (report,) = re.findall(r'href="([^"]+)">Controlerapport<', told)
    rows = re.findall(r"<td>", page(html.unescape(report)))
    (count,) = re.findall(r"(\d+) dingen zijn nog niet bekend", told)
    assert look == " status--let-op"
    assert "De naam van het initiatief is niet gevonden." in page(html.unescape(report))
    assert 1 < int(count) <= len(rows)
    look, told = state("/doc/lesson/wijkgebouwen-verbinden")
    assert (look, 'href="/controle">Controlerapport<' in told) == ("", True)


@pytest.mark.parametrize("kind", ["onbekend", "onbevestigd"])
def test_open_points_are_sorted_by_name_without_article_or_apostrophe(page, kind):
    listed = re.findall(r"<h3><a[^>]*>([^<]*)</a>", page(f"/controle/{kind}"))
    assert listed == sorted(listed, key=texts.sorted_as)
    assert any(it.startswith(("De ", "’s-")) for it in listed), "else this shows nothing"


def test_what_the_check_found_is_a_file_in_each_form(client, page):
    listed = page("/controle")
    assert re.search(r"de laatste publicatie is van \d+ \w+ \d{4}\.", listed)
    for suffix in ("ttl", "json", "csv"):
        assert f'href="/controle.{suffix}"' in listed
    told = client.get("/controle.json").json()
    assert told["errors"] == 0
    assert told["count"] == len(told["items"]) > 0
    assert {it["niveau"] for it in told["items"]} <= {"let op", "tip"}
    table = client.get("/controle.csv")
    assert table.headers["Content-Type"] == "text/csv; header=present; charset=utf-8"
    assert table.text.count("\r\n") == told["count"] + 1
    graph = Graph().parse(data=client.get("/controle.ttl").text, format="turtle")
    assert "conforms" not in told, "with remarks it is false in SHACL, and is said there alone"
    assert next(graph.objects(None, SH.conforms)).toPython() is False
    assert len(set(graph.objects(None, SH.result))) == told["count"]


def test_the_check_tells_at_how_many_things_each_field_is_filled_in(client, page):
    section = page("/controle").partition('id="volledig"')[2]
    cases, initiatives, lessons, actors, places, bundles = section.split("<h3>")[1:]
    begun = "SELECT (COUNT(DISTINCT ?i) AS ?n) { ?i a wijk:Initiative ; schema:startDate ?day }"
    prefixes = "PREFIX schema: <https://schema.org/> PREFIX wijk: <https://w3id.org/wijk/def#> "
    accepted = {"query": prefixes + begun}
    count = client.get("/sparql", params=accepted, headers={"Accept": "text/csv"}).text.split()[1]
    assert re.search(rf"Begin[^<]*</th><td>{count} van \d+\b", initiatives)
    assert "Nummer</th><td>29 van 29</td>" in cases
    assert "Doelgroep</th><td>10 van 16" in lessons
    assert re.search(r"Wie er meedoen</th><td>\d+ van 29", cases)
    assert "Soort betrokkene</th>" in actors
    assert "Gebied van het CBS</th>" in places
    assert "Aantal lessen</th><td>2 van 4" in bundles
    for needless in ("Vindt online plaats", "Notitie voor", "Kenmerk", "Toelichting", "Einde"):
        assert needless not in section
    assert "Andere naam" not in section


def test_a_count_of_a_field_leads_to_the_things_that_lack_it(page):
    section = page("/controle").partition('id="volledig"')[2]
    found = re.findall(
        r'<td>(\d+) van (\d+), <a href="(/vragen/what-is-still-unknown\?gap=[^"]*)"', section
    )
    assert found
    for has, total, path in found:
        listed = page(path).partition("<tbody>")[2].partition("</tbody>")[0]
        assert listed.count("<tr") == int(total) - int(has), path


def test_where_sources_disagree_each_value_has_its_source_and_numbers_have_a_point(page):
    article = page("/controle/tegenspraak").partition("Monitor zorgzame gemeenschappen")[2]
    points = re.findall(r"<li>.*?</li>", article.partition("</article>")[0])
    assert [re.search(r"Aantal: (\S+)", it)[1] for it in points] == ["1.471", "1.471", "1.472"]
    sources = [re.search(r'Bron: <a href="([^"]*)"', it)[1] for it in points]
    assert len({*sources}) == 3
    facts = page("/doc/media/monitor-zorgzame-gemeenschappen")
    assert "<span>1.471</span>" in facts
    assert "<span>1.472</span>" in facts


def test_a_list_without_points_is_no_link_and_says_that_it_is_empty(page):
    assert 'href="/controle/tips"' not in page("/controle")
    assert "Er zijn geen tips" in page("/controle/tips")


GAPS = {
    *("Bundle-creator", "Bundle-lessonCount", "Case-initiative", "Initiative-start"),
    *("Lesson-holdsFor", "lesson-count"),
}


def test_a_gap_is_told_where_its_search_is_and_not_also_as_something_to_search_for(client, page):
    items = client.get("/controle.json").json()["items"]
    parts = range(1, int(re.findall(r"deel 1 van (\d+)", page("/controle/onbekend"))[0]) + 1)
    unknown = "".join(page(f"/controle/onbekend/deel/{part}") for part in parts)
    others = [it for it in items if it["code"] not in GAPS]
    assert {it["code"] for it in items} - {it["code"] for it in others} == GAPS
    listed = page("/controle/aandacht")
    for it in items:
        path = it["ding"].partition("#")[0].partition("/id/")[2]
        if it["code"] in GAPS:
            assert f'href="/doc/{path}"' in unknown, it
            assert f'href="/doc/{path}"' not in listed, it
    assert f"geen fouten, {len(others)} aandachtspunten" in page("/controle")


def test_the_check_says_why_its_files_have_more_than_it_counts(client, page):
    items = client.get("/controle.json").json()["items"]
    gaps = sum(it["code"] in GAPS for it in items)
    told = (
        f"Meldingen in elk bestand: {len(items)}, namelijk {len(items) - gaps} aandachtspunten "
        f"en {gaps} over wat we missen. Dat laatste staat bij “Nog niet bekend”"
    )
    assert told in page("/controle")


def test_a_point_of_our_own_is_told_once_and_leads_to_no_part_that_a_page_lacks(page):
    first = page("/controle/eigen")
    last = int(re.findall(r"deel 1 van (\d+)", first)[0])
    listed = [first, *(page(f"/controle/eigen/deel/{it}") for it in range(2, last + 1))]
    things = re.findall(r"<article.*?</article>", "".join(listed), re.S)
    points = [it.count("Punt op de kaart") for it in things if "Punt op de kaart" in it]
    assert set(points) == {1}
    assert not [it for it in things if re.search(r'href="/doc/[^"]*#', it)]


def test_the_check_is_listed_by_severity(client, page):
    items = [it for it in client.get("/controle.json").json()["items"] if it["code"] not in GAPS]
    for kind, level in (("aandacht", "let op"), ("tips", "tip")):
        things = {
            it["ding"].partition("#")[0] or it["plek"] for it in items if it["niveau"] == level
        }
        told = rf"Bij {len(things)} ding(en)?\b" if things else "Er zijn geen tips"
        assert re.search(told, page(f"/controle/{kind}")), kind


def test_a_gap_stands_once_below_its_thing(page):
    points = page("/controle/onbekend") + page("/controle/onbekend/deel/2")
    for slug, missing in (
        ("case/initiatief-in-oss", r"De naam van het initiatief is niet gevonden"),
        ("initiative/kenhem-community", r"(Het beginjaar|Het jaar van de start) is niet gevonden"),
        ("initiative/choku-gym", r"De eigen website is niet bekend"),
    ):
        found = re.search(rf'href="/doc/{slug}".*?</article>', points, re.S)
        assert found, slug
        assert len(re.findall(missing, found[0])) == 1, slug


def test_a_town_has_one_name_on_a_page_and_its_other_behind_it(page):
    for path in ("/doc/case/boefjes-en-baristas", "/doc/place/de-muntel"):
        assert 'href="/doc/place/den-bosch">’s-Hertogenbosch (Den Bosch)</a>' in page(path), path
    assert "<span>’s-Hertogenbosch, Noord-Brabant</span>" in page("/doc/case/boefjes-en-baristas")
    assert "<b>Den Bosch</b> <span>Noord-Brabant</span>" in page("/doc/place/den-bosch")


@pytest.mark.parametrize("path", ["/doc/case/boefjes-en-baristas", "/plaatsen", "/", "/casussen"])
def test_a_name_is_printed_with_its_apostrophe_and_stays_as_it_is_in_the_data(client, page, path):
    said = re.sub(
        r"<(script|pre|code)\b.*?</\1>|<p class=\"plak.*?</p>", "", page(path), flags=re.S
    )
    assert not re.search(r"'s-Hertogenbosch|Barista's", said)
    assert "’s-Hertogenbosch" in said
    turtle = client.get("/doc/area/gm0796", headers={"Accept": "text/turtle"}).text
    assert '"\'s-Hertogenbosch"@nl' in turtle


@pytest.mark.parametrize("asked", ["'s-Hertogenbosch", "’s-Hertogenbosch", "s-hertogenbosch"])
def test_a_name_is_found_with_either_apostrophe(page, asked):
    assert 'href="/doc/area/gm0796"' in page(f"/zoeken?q={asked}")
    assert 'href="/doc/place/de-muntel"' in page(f"/plaatsen?q={asked}")


def test_what_an_actor_does_is_marked_where_sources_disagree(page):
    started = section(page("/doc/actor/gemeente-groningen"), "Doet mee in")
    assert "duiding--strijd" in started
    for asked in ("actors-of-a-case?case", "who-started?initiative"):
        rows = re.findall(r"<tr>.*?</tr>", page(f"/vragen/{asked}=de-oude-bieb"), re.S)
        (row,) = (it for it in rows if "Gemeente Groningen" in it)
        assert "bronnen spreken elkaar tegen" in row, asked


@pytest.mark.parametrize(
    ("path", "heading", "said", "source"),
    [
        (
            *("/doc/actor/movisie", "Werkte mee aan Wij in de Wijk", "Uitvoerder en uitgever."),
            "https://www.movisie.nl/publicatie/volop-positieve-dynamiek-wijken-buurten-dorpen",
        ),
        ("/doc/actor/accolade", "Doet mee in", "", ""),
    ],
)
def test_what_an_actor_does_has_its_source(page, path, heading, said, source):
    text = page(path)
    roles = re.findall(r"<li><a href=[^>]*>[^<]*</a>(.*?)</li>", section(text, heading), re.S)
    assert roles
    for role in roles:
        numbers = re.findall(r'href="#bron-(\d+)"', role)
        assert said in role
        assert numbers
        listed = re.search(rf'<li id="bron-{numbers[0]}">(.*?)</li>', text, re.S)
        assert listed
        assert source in listed[1]
