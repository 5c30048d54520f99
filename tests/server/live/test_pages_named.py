"""The pages of things: what is on them has a name, is told once, and is there as a file as well."""

import re

import pytest

TYPES = {"JSON": "application/json", "CSV": "text/csv"}


def test_terms_of_others_are_called_in_dutch_where_they_stand(page):
    structure, measure = page("/doc/figure/structure"), page("/doc/measure/population")
    assert "qb:" not in structure
    assert re.search(r"<dt>Kenmerk</dt>\s*<dd><a [^>]*>gebied</a></dd>", structure)
    assert re.search(r"<dt>Heeft als waarde</dt>\s*<dd><a [^>]*>getal</a></dd>", measure)
    assert re.search(r'id="value">\s*<h3>Inwoners</h3>', measure)


def test_what_only_makers_need_of_a_measure_stands_below_a_heading_of_theirs(page):
    before, heading, after = page("/doc/measure/income-low").partition(">Voor makers</h2>")
    assert heading
    for technical in ("k_40PersonenMetLaagsteInkomen", "Heeft als waarde", "Opbouw van een reeks"):
        assert technical in after
        assert technical not in before.partition("<main")[2]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/doc/place/utrecht", "<dt>Is een</dt>"),
        ("/doc/actor/accolade", "<dt>Is een</dt>"),
        ("/doc/area/gm0794", "nog te bevestigen met de gemeentecode (P382)"),
    ],
)
def test_what_only_makers_need_of_a_thing_stands_below_a_heading_of_theirs(page, path, told):
    before, _, after = page(path).partition(">Voor makers</h2>")
    assert told in after
    assert told not in before


def test_what_was_searched_and_what_a_case_is_are_not_told_as_facts_of_it(page):
    text = page("/doc/case/initiatief-in-utrecht")
    assert "<b>Voor wie verder zoekt:</b> <span>De naam van het initiatief is niet" in text
    assert "<dt>Soort</dt>" not in page("/doc/case/krachtstation-kanaleneiland")
    assert ">Verbinding</" in page("/casussen")


def test_a_place_says_in_one_row_what_it_lies_in(page):
    text = page("/doc/place/kanaleneiland")
    assert re.findall(r"<dt>(Ligt in[^<]*)</dt>", text) == ["Ligt in"]
    row = text.partition("<dt>Ligt in</dt>")[2].partition("</div>")[0]
    links = re.findall(r'<a href="(/doc/[^"#]+)">([^<]+)</a>', row)
    assert links == [
        ("/doc/place/utrecht", "Utrecht"),
        ("/doc/area/gm0344", "Utrecht (gemeente)"),
        ("/doc/area/pv26", "Utrecht (provincie)"),
    ]


def test_no_two_of_a_case_its_initiative_a_place_and_an_area_have_one_title(page, graph):
    kinds = ("case", "initiative", "place")
    found = [it for it in graph.documents.values() if it.kind in kinds]
    found += [it for it in graph.documents.values() if re.match(r"(gm|pv)\d+$", it.slug)]
    pages = [page(f"/doc/{it.kind}/{it.slug}") for it in found]
    titles = [it.partition("<title>")[2].partition("</title>")[0] for it in pages]
    assert len({*titles}) == len(titles) > 100
    assert any(it.startswith("Utrecht (provincie)") for it in titles)


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("/doc/case/holybe", ["JSON", "CSV"]),
        ("/doc/lesson/blijven-investeren", ["JSON", "CSV"]),
        ("/doc/lesson/bonding-als-opstap-naar-bridging", ["JSON", "CSV"]),
        ("/doc/place/de-muntel", ["JSON", "CSV"]),
        ("/doc/theme/groen", ["JSON", "CSV"]),
        ("/doc/bundle/wij-in-de-wijk-1", ["CSV"]),
        ("/doc/actor/accolade", ["JSON"]),
    ],
)
def test_a_page_leads_to_the_same_as_a_table_and_for_programs(page, client, path, kinds):
    listed = page(path).partition('aria-label="Dit document als">')[2].partition("</ul>")[0]
    links = re.findall(r'<a href="([^"]+)">(JSON|CSV)</a>', listed)
    assert [kind for _, kind in links] == kinds
    for address, kind in links:
        answer = client.get(address)
        assert answer.headers["content-type"].partition(";")[0] == TYPES[kind]
        assert path.rpartition("/")[2] in answer.text
