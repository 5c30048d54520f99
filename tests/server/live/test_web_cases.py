"""The pages of cases and initiatives: what a reader finds, in every state that the data have."""

import html
import json
import re
import shutil

import httpx2
import pytest
from lxml import etree
from rdflib import RDFS
from wijk.namespaces import WIJK
from wijk.web.pages.cases import figuring
from wijk.web.pages.cases.around import Around
from wijk.web.pages.cases.where import Spot, Where
from wijk.web.site import Site
from wijk.web.sources import NO_MARK, Mark, Sources
from wijk.web.views import Value

from .conftest import serving

CASE = "/doc/case/boefjes-en-baristas"


@pytest.fixture(scope="module")
def shown(client):
    """The page of a case or another thing, parsed."""
    return lambda path: parsed(client, path)


@pytest.fixture(scope="module")
def lacking(root, tmp_path_factory):
    """The same of a graph without three figures of Groningen, and without any of Zaanstad."""
    folder = tmp_path_factory.mktemp("lacking")
    for name in ("data", "ontology", "shapes", "queries"):
        shutil.copytree(root / name, folder / name)
    figures = folder / "data" / "figures"
    (figures / "2022-gm0479.ttl").unlink()
    blocks = (figures / "2022-gm0014.ttl").read_text(encoding="utf-8").split("\n\n")
    gone = ("pop-65plus>", "dwelling-ownership>", "edu-appl-sci>")
    kept = [it for it in blocks if not it.startswith(tuple(f"<#gm0014-{it}" for it in gone))]
    assert len(blocks) - len(kept) == 3
    (figures / "2022-gm0014.ttl").write_text("\n\n".join(kept) + "\n", encoding="utf-8")
    with serving(graph=str(folder)) as address, httpx2.Client(base_url=address, timeout=60) as own:
        yield lambda path: parsed(own, path)


def parsed(client, path):
    """A page as a tree."""
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return etree.fromstring(answer.text.encode(), etree.HTMLParser())


def text(element):
    return " ".join("".join(element.itertext()).replace("\u2060", "").split())


def facts(page):
    """What stands in short: each heading with its words."""
    rows = page.xpath("//aside[contains(@class, 'kort')]//dl/div")
    return {text(row.find("dt")): text(row.find("dd")) for row in rows}


def test_facts_come_before_what_there_is_to_read_and_each_has_its_source(shown):
    page = shown(CASE)
    below = page.xpath("//div[contains(@class, 'kolommen')]/*")
    assert ["kort" in it.get("class") for it in below] == [True, False, False]
    for row in page.xpath("//aside[contains(@class, 'kort')]//dl/div"):
        assert row.xpath(".//a[@class='noot'] | .//*[contains(@class, 'duiding')]"), text(row)
    numbers = {it.get("href") for it in page.xpath("//a[@class='noot']")}
    assert numbers == {f"#{it.get('id')}" for it in page.xpath("//ol[@class='bronnen']/li")}


def test_every_source_that_a_case_lists_is_pointed_at(shown):
    table = shown("/casussen?weergave=tabel")
    cases = table.xpath("//th/a[starts-with(@href, '/doc/case/')]/@href")
    idle = {}
    for path in cases:
        page = shown(path)
        numbers = {it.get("href") for it in page.xpath("//a[@class='noot']")}
        listed = page.xpath("//ol[@class='bronnen']/li")
        if left := [text(it) for it in listed if f"#{it.get('id')}" not in numbers]:
            idle[path] = left
    assert len(cases) >= 20
    assert idle == {}


def test_the_plate_says_where_it_is_in_every_state_of_the_data(shown):
    plates = {
        "boefjes-en-baristas": ("De Muntel", "’s-Hertogenbosch, Noord-Brabant"),
        "holybe": ("Online",),
        "initiatief-in-oss": ("Oss", "Noord-Brabant"),
        "buurtpreventieteams-cranendonck": ("Cranendonck", "Noord-Brabant"),
        "initiatief-in-flatwijk-uden": ("Flatwijk", "Uden, Noord-Brabant"),
        "initiatief-in-utrecht": ("Gemeente Utrecht",),
        "krachtstation-kanaleneiland": ("Kanaleneiland", "Utrecht"),
    }
    for slug, told in plates.items():
        plate = shown(f"/doc/case/{slug}").find(".//span[@class='bord']")
        assert tuple(text(it) for it in plate) == told


def test_an_online_case_has_no_map_and_no_figures_and_says_so(shown):
    page = shown("/doc/case/holybe")
    assert facts(page)["Plek"].startswith("Online")
    assert not page.xpath("//*[@class='minikaart'] | //dl[@class='balken']")


def test_of_an_unknown_name_the_page_says_what_is_not_known(shown):
    page = shown("/doc/case/initiatief-in-oss")
    assert page.xpath("//*[@class='openstaand']/text()") == ["Naam nog niet bekend"]
    assert "nr--open" in page.xpath("//*[@class='casuskop']//*[contains(@class, 'nr')]/@class")[0]
    assert facts(page)["Begonnen"] == facts(page)["Thema’s"] == "Niet bekend"
    gaps = text(page.xpath("//section[@class='vel gaten']")[0])
    assert gaps.startswith("Nog niet beschreven De aanleiding, de aanpak")
    assert "Gezocht op: plaats met Movisie" in gaps
    assert page.xpath("//*[@class='vel gaten']//a/text()") == ["Vul aan"]
    headings = [text(it) for it in page.xpath("//h2")]
    assert "Wat we weten" not in headings, "of what we know nothing stands there"
    assert "Wat we weten" in [text(it) for it in shown(CASE).xpath("//h2")]


def test_the_facts_do_not_say_the_heading_again_nor_call_our_knowledge_the_state_of_it(shown):
    told = facts(shown(CASE))
    assert "Titel" not in told
    assert "Stand" not in told
    assert told["Wat we weten"].startswith("naam bekend")
    own = facts(shown("/doc/case/initiatief-in-oss"))["Titel"]
    assert "eigen duiding" in own, "that the title is ours is not in the heading"


def test_a_lesson_says_for_whom_it_is_and_what_it_holds_for(shown):
    blocks = shown(CASE).xpath("//article[contains(@class, 'lesblok')]")
    assert [text(it.find(".//p")) for it in blocks] == [
        "Voor bewoners, professionals en beleid",
        "Voor beleid",
    ]
    words = "Les bij alle zeven casussen van de bundel “Wij in de wijk"
    assert all(words in text(it) for it in blocks)
    assert "Voor wie: eigen duiding" in text(blocks[1])
    block = shown("/doc/case/stichting-polka").xpath("//article[contains(@class, 'lesblok')]")[0]
    assert "Les bij deze casus en twee andere casussen" in text(block)
    assert "Voor iedereen" in text(block)
    assert "Doelgroep niet genoemd" in text(block)


def test_who_takes_part_has_a_bell_at_its_own_address(shown, graph):
    page, document = shown(CASE), graph.find(f"{graph.base}doc/case/boefjes-en-baristas")
    parts = {str(it).partition("#")[2] for it in document.graph.subjects(WIJK.actor)}
    assert {it.get("id") for it in page.xpath("//ul[@class='belpaneel']/li")} == parts
    told = text(page.xpath("//*[@id='de-taling']")[0])
    assert told.startswith("Van Neynsel")
    assert "gastheer, vanaf 2 maart 2020" in told


def test_the_municipality_has_its_figures_beside_those_of_the_country(shown):
    page = shown("/doc/case/nieuwe-buren-lemmerweg-west")
    section = page.xpath("//section[@aria-labelledby='cijfers']")[0]
    assert "telde in 2022 90.300 inwoners" in text(section)
    bars = {text(it.find("dt")): text(it.find("dd")) for it in section.findall(".//dl/div")}
    assert bars["Inwoners van 65 jaar of ouder"] == "23% Nederland 20% (benadering)"
    assert section.xpath(".//rect[@class='staaf']/@width")[0] == "23"


def test_a_figure_that_was_not_observed_has_its_place_and_says_it_is_not_available(lacking):
    section = lacking("/doc/case/de-oude-bieb").xpath("//section[@aria-labelledby='cijfers']")[0]
    bars = section.findall(".//dl/div")
    told = {text(it.find("dt")): text(it.find("dd")) for it in bars}
    assert told == {
        "Inwoners van 65 jaar of ouder": "Niet beschikbaar",
        "Inwoners van 0 tot 15 jaar": "12% Nederland 15,4% (benadering)",
        "Koopwoningen": "Niet beschikbaar",
        "Personen met een laag inkomen": "46,3% Nederland 40% (benadering)",
        "Hbo of universiteit": "Niet beschikbaar",
    }
    drawn = [bool(it.xpath(".//svg")) for it in bars]
    assert drawn == [False, True, False, True, False]
    assert all(it.xpath("dt/a") and it.xpath("dd[@class='grond']") for it in bars)


def test_a_municipality_without_any_figures_says_so_and_is_on_the_map(lacking):
    section = lacking("/doc/case/choku-gym").xpath("//section[@aria-labelledby='cijfers']")[0]
    assert text(section) == "De gemeente in cijfers Van Zaanstad zijn hier geen cijfers."
    assert section.xpath(".//*[@class='minikaart']")
    beside = lacking("/vergelijk?casus=choku-gym&casus=stichting-polka")
    (row,) = beside.xpath("//tr[starts-with(normalize-space(th), 'Koopwoningen')]")
    assert [text(it)[:16] for it in row.findall("td")] == ["Niet beschikbaar", "41%, Nederland 5"]


def test_the_figures_are_of_the_nearest_year_that_has_shares(shipped):
    site, base = Site(shipped, engine=None), f"{shipped.base}id"
    sources = Sources(shipped.documents[f"{shipped.base}doc/area/gm0014"].graph, site.addresses, {})
    known = (("2013", "pop-65plus"), ("2019", "pop-65plus"), ("2021", "population"))
    rows = [{"measure": f"{base}/measure/{it}", "year": year, "value": "9"} for year, it in known]

    def year(of, rows):
        around = Around({}, {}, {}, {}, {}, {}, {})
        return figuring.figures(site, sources, around, f"{base}/area/gm0014", of, rows).year

    assert [year(of, rows) for of in (2012, 2016, 2017, 2022, None)] == [
        *("2013", "2013", "2019", "2019", "2019")
    ]
    assert year(2012, rows[2:]) == "2021", "the inhabitants alone"
    assert year(2012, []) == ""


@pytest.mark.parametrize(
    ("path", "block"),
    [
        (CASE, "//dl[@class='balken']/div"),
        ("/doc/area/gm0344", "//dl[@class='balken']/div"),
        ("/doc/area/gm0344", "//*[@aria-label='Andere cijfers']//tbody/tr"),
        ("/vergelijk?casus=choku-gym&casus=de-oude-bieb", "//tr[contains(., 'Nederland')]"),
    ],
)
def test_each_figure_says_of_whom_it_is_in_the_words_of_the_graph(shown, graph, path, block):
    figures = [
        it for it in shown(path).xpath(block) if it.xpath(".//a[contains(@href, 'measure')]")
    ]
    assert len(figures) >= 4
    for figure in figures:
        document = f"{graph.base}{figure.xpath('.//a/@href')[0].removeprefix('/')}"
        about = graph.documents[document].graph.objects(None, RDFS.comment)
        assert next(str(it) for it in about if it.language == "nl") in text(figure)


def test_sources_that_disagree_are_marked_on_the_case_too(shown):
    page = shown("/doc/case/de-oude-bieb")
    assert facts(page)["Begonnen door"].count("bronnen spreken elkaar tegen") == 2


def test_a_similar_case_comes_with_the_reason_and_can_be_laid_beside_it(shown):
    rows = shown(CASE).xpath("//ul[@class='lijktop']/li")
    assert len(rows) == 3
    for row in rows:
        assert re.match(r"(Ook|Zelfde) ", text(row.find(".//p")))
        assert row.xpath(".//a/@href")[1].startswith("/vergelijk?casus=boefjes-en-baristas&casus=")


def test_an_initiative_leads_to_its_case_and_says_who_began_it(shown):
    page = shown("/doc/initiative/de-oude-bieb")
    assert page.xpath("//li[contains(@class, 'rij')]//h3/a/@href") == ["/doc/case/de-oude-bieb"]
    assert facts(page)["Begonnen"].startswith("2014")
    assert facts(page)["Begonnen door"].count("bronnen spreken elkaar tegen") == 2


def test_the_name_of_who_began_an_initiative_stands_with_its_kind_and_privacy_says_so(shown):
    told = facts(shown("/doc/initiative/krachtstation-kanaleneiland"))
    assert "Nathan Rozema" in told["Begonnen door"]
    assert "persoon" in told["Begonnen door"]
    assert "Beginners" not in told
    assert "wie een initiatief begon" in text(shown("/privacy").find(".//main"))


def test_what_is_noted_and_doubted_of_its_place_stands_on_the_page_of_a_case(shown):
    (where,) = shown("/doc/case/initiatief-in-oud-woensel").xpath("//section[h2[@id='waar']]")
    assert "of de casus gaat over Woensel-West" in text(where)
    assert "eigen duiding" in text(where)
    assert where.xpath(".//a[@class='noot']")
    assert not shown("/doc/case/de-oude-bieb").xpath("//h2[@id='waar']"), "nothing is noted there"


def test_what_is_noted_of_several_places_of_a_case_stands_once_with_the_sources_of_all(shown):
    page = shown("/doc/case/buurtpreventieteams-cranendonck")
    (where,) = page.xpath("//section[h2[@id='waar']]")
    assert re.fullmatch(r"Waar Eén casus, twee dorpen\.(bron \d+){2}", text(where))

    def spot(name, *notes):
        told = tuple(Value(it, None, False, None, Mark((at,))) for it, at in notes)
        place = Value(name, None, False, None, NO_MARK)
        return Spot(place, None, "", (), (), "", "", None, told)

    spots = spot("Oost", ("Apart.", 1), ("Samen.", 2)), spot("West", ("Samen.", 3)), spot("Zuid")
    noted = Where(spots, 3, False).noted
    told = {name: [(it.text, it.mark.numbers) for it in notes] for name, notes in noted.items()}
    assert told == {"Oost": [("Apart.", (1,))], "Oost en West": [("Samen.", (2, 3))]}


def test_what_is_noted_of_several_values_or_of_a_lesson_stands_once_where_it_belongs(shown):
    place = text(shown("/doc/place/h-buurt").find(".//main"))
    assert place.count("Alleen de Rechte H-buurt draagt de naam H-buurt") == 1
    noted = "Gemeente op naam van de plaats toegekend."
    assert noted in place
    assert noted not in text(shown("/doc/case/buurtwerkkamer-de-handreiking").find(".//main"))
    noted = "In de bron: inwoner (bewonersorganisatie)."
    assert noted not in text(shown("/doc/case/twirre-doch-mei").find(".//main"))
    assert noted in text(shown("/doc/lesson/kneuterigheid-verdient-een-standbeeld").find(".//main"))


@pytest.mark.parametrize(
    "path",
    [
        "/doc/case/initiatief-in-heerlen-noord",
        "/doc/case/initiatief-in-mierlo-hout",
        "/doc/case/initiatief-in-zutphen",
        "/doc/case/stichting-polka",
    ],
)
def test_what_is_not_confirmed_stands_there_once_with_all_its_sources(shown, path):
    told = shown(path).xpath("//section[h2[@id='los']]//dd")
    values = [text(it.find("*[1]")) for it in told]
    assert len({*values}) == len(values) > 0
    assert any(len({*it.xpath("a[@class='noot']/@href")}) > 1 for it in told)


def test_a_citation_is_the_same_in_every_form(client):
    bib = client.get("/citeer/case/boefjes-en-baristas.bib")
    ris = client.get("/citeer/case/boefjes-en-baristas.ris")
    (item,) = json.loads(client.get("/citeer/case/boefjes-en-baristas.json").content)
    thing = "https://w3id.org/wijindewijk/id/case/boefjes-en-baristas"
    assert item["title"] == "Boefjes en Barista's"
    assert item["URL"] == thing
    assert item["issued"] == {"date-parts": [[2026, 11, 23]]}
    assert bib.headers["content-type"].startswith("application/x-bibtex")
    assert "  title = {{Boefjes en Barista's}}" in bib.text
    assert f"  url = {{{thing}}}" in bib.text
    lines = ris.text.split("\r\n")
    assert lines[:2] == ["TY  - CHAP", "TI  - Boefjes en Barista's"]
    assert lines[-2] == "ER  - "
    assert f"UR  - {thing}" in lines
    page = html.unescape(client.get(f"{CASE}.html").text)
    version = item["version"]
    assert version.startswith("2026-11-23T")
    assert f'"{version}"^^xsd:dateTime' in client.get(f"{CASE}.ttl").text
    assert f"  version = {{{version[:10]}}}" in bib.text
    assert f"ET  - {version[:10]}" in lines
    assert "(versie van 23 november 2026). In: Wij in de Wijk als linked data." in page
    assert f"Project wijk, 23 november 2026. {thing}" in page
    assert "urldate" not in bib.text, "the server does not know when it is read"


@pytest.mark.parametrize(
    "path",
    ["/citeer/case/niets.bib", "/citeer/case/holybe", "/citeer/case/holybe.doc"],
)
def test_there_is_no_citation_of_what_is_not_there(client, path):
    assert client.get(path).status_code == 404


def test_the_history_of_a_case_begins_with_its_publication(client, shown):
    page = shown("/wijzigingen/case/holybe")
    assert text(page.find(".//h1")) == "Wijzigingen van HolyBe"
    assert [text(it) for it in page.findall(".//h2")] == ["Geplaatst op 23 november 2026"]
    assert client.get("/wijzigingen/case/niets").status_code == 404
