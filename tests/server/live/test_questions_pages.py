"""The prepared questions as pages: a form, its answer, and files."""

import re

import httpx2
import pytest
from wijk.web.pages.columns import CODED

from .conftest import ROOT

PAGE = {"Accept": "text/html"}


def test_a_question_is_a_form_with_its_answer(server: str) -> None:
    page = httpx2.get(f"{server}/vragen/cases-by-theme?theme=groen", headers=PAGE)
    assert page.status_code == 200
    assert '<option value="groen" selected>groen</option>' in page.text
    assert 'href="/doc/case/' in page.text


def test_a_value_that_does_not_fit_is_told_at_its_field(server: str) -> None:
    page = httpx2.get(f"{server}/vragen/cases-in-a-province?code=Brabant", headers=PAGE)
    assert page.status_code == 400
    assert 'aria-describedby="fout-code"' in page.text


def test_an_answer_says_how_sure_it_is_as_the_page_of_the_thing_does(server: str) -> None:
    page = httpx2.get(f"{server}/vragen/everything-about-a-case?case=choku-gym", headers=PAGE).text
    assert ">eigen duiding</td>" in page
    assert ">toegekend</td>" not in page


def test_an_answer_is_a_file_too(server: str) -> None:
    table = httpx2.get(f"{server}/vragen/cases-by-theme.csv?theme=groen")
    assert table.text.startswith("case,number,title")


def test_a_question_that_is_not_there_names_the_nearest(server: str) -> None:
    page = httpx2.get(f"{server}/vragen/cases-by-them", headers=PAGE)
    assert page.status_code == 404
    assert "/vragen/cases-by-theme" in page.text


def test_the_questions_stand_under_their_subjects(server: str) -> None:
    page = httpx2.get(f"{server}/vragen", headers=PAGE).text
    assert page.index(">Casussen</h2>") < page.index("/vragen/cases-by-theme")
    assert page.index("/vragen/cases-by-theme") < page.index(">Lessen</h2>")
    assert "Andere vragen" not in page


@pytest.mark.parametrize(
    ("name", "field", "value", "label"),
    [
        ("cases-in-a-municipality", "code", "GM0344", "Utrecht"),
        ("cases-in-a-municipality", "code", "GM0856", "Uden (tot 2022)"),
        ("cases-in-a-province", "code", "PV30", "Noord-Brabant"),
        ("figures-of-a-place", "code", "GM0285", "Voorst"),
        ("figures-of-a-place", "place", "kanaleneiland", "Kanaleneiland"),
        ("what-became-of-a-municipality", "code", "GM0856", "Uden (tot 2022)"),
        ("timeline", "thing", "initiative/choku-gym", "Choku Gym"),
        ("candidates", "thing", "case/initiatief-in-beesd", "Initiatief in Beesd"),
        ("only-inferred-or-assigned", "thing", "case/choku-gym", "Choku Gym (casus)"),
        ("what-is-still-unknown", "thing", "case/initiatief-in-oss", "Initiatief in Oss"),
        ("where-sources-disagree", "thing", "initiative/de-oude-bieb", "De Oude Bieb"),
        ("evidence-of-a-source", "source", "https://lpb.nl/", "Webpagina op lpb.nl"),
    ],
)
def test_what_has_a_name_is_chosen_by_that(
    server: str, name: str, field: str, value: str, label: str
) -> None:
    page = httpx2.get(f"{server}/vragen/{name}", params={field: value}, headers=PAGE)
    chosen = re.search(rf'<select id="{field}".*?</select>', page.text, re.S)
    assert chosen
    assert f'<option value="{value}" selected>{label}</option>' in chosen[0]


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("cases-in-a-municipality", "code=gm0796", "code=GM0796"),
        ("cases-in-a-municipality", "code=den+bosch", "code=GM0796"),
        ("cases-in-a-province", "code=noord+brabant", "code=PV30"),
        ("figures-of-a-place", "place=OVERVECHT", "place=overvecht"),
        ("timeline", "thing=choku-gym", "thing=initiative%2Fchoku-gym"),
        ("timeline", "thing=Choku+Gym", "thing=initiative%2Fchoku-gym"),
    ],
)
def test_a_name_in_the_address_is_as_good_as_its_code(
    server: str, name: str, typed: str, meant: str
) -> None:
    page = httpx2.get(f"{server}/vragen/{name}?{typed}", headers=PAGE)
    assert page.status_code == 200
    assert f'href="/vragen/{name}.csv?{meant}"' in page.text
    table, same = (httpx2.get(f"{server}/vragen/{name}.csv?{it}").text for it in (typed, meant))
    assert table == same
    assert table.count("\n") > 1


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("cases-in-a-province?code=Brabant", "Bedoel je Noord-Brabant?"),
        ("cases-in-a-municipality?code=Utrcht", "Bedoel je Utrecht?"),
        ("cases-in-a-municipality?code=Gouda", "Kies een van de namen."),
        ("figures-of-a-place?place=de+mntel", "Bedoel je De Muntel?"),
        ("timeline?thing=Choku+Gim", "Bedoel je Choku Gym?"),
        ("timeline?thing=iets+anders", "Kies een van de namen."),
    ],
)
def test_a_name_that_is_not_known_is_told_with_the_nearest(
    server: str, address: str, nearest: str
) -> None:
    page = httpx2.get(f"{server}/vragen/{address}", headers=PAGE)
    assert page.status_code == 400
    assert f"Dit kennen wij niet. {nearest}" in page.text


def test_numbers_are_written_as_dutch_people_do_and_in_a_file_as_machines_do(server: str) -> None:
    asked = "/vragen/figures-of-a-place"
    page = httpx2.get(f"{server}{asked}?code=GM0285", headers=PAGE).text
    table = httpx2.get(f"{server}{asked}.csv?code=GM0285").text
    assert "<td>17.590.672</td>" in page
    assert "17590672" in table
    assert re.search(r"<td>\d+,\d</td>", page)
    assert not re.search(r"<td>\d+\.\d</td>", page)
    assert "<td>2022</td>" in page


def test_a_thing_that_a_question_has_no_answer_about_is_known_by_its_name(server: str) -> None:
    page = httpx2.get(f"{server}/vragen/where-sources-disagree?thing=Holybe", headers=PAGE)
    assert page.status_code == 200
    assert '<option value="case/holybe" selected>HolyBe</option>' in page.text
    assert "Hierop is geen antwoord bekend." in page.text


def test_a_property_is_told_in_words(server: str) -> None:
    page = httpx2.get(f"{server}/vragen/candidates", headers=PAGE).text
    assert ">titel</a>" in page
    assert "dcterms:title</a>" not in page


def test_a_gap_is_chosen_and_told_in_words(server: str) -> None:
    asked = f"{server}/vragen/what-is-still-unknown"
    page = httpx2.get(f"{asked}?gap=case-without-initiative", headers=PAGE).text
    chosen = "casus zonder naam van het initiatief"
    assert f'<option value="case-without-initiative" selected>{chosen}</option>' in page
    assert f"<td>{chosen}</td>" in page
    assert "<td>case-without-" not in page
    query = (ROOT / "queries/questions/what-is-still-unknown.rq").read_text(encoding="utf-8")
    gaps = {*re.findall(r'"([a-z]+-without-[a-z-]+|searched-not-found)"', query)}
    assert gaps == CODED["gap"].keys()
    wrong = httpx2.get(f"{asked}?gap=iets", headers=PAGE)
    assert (wrong.status_code, "Dit kennen wij niet." in wrong.text) == (400, True)


def test_of_areas_with_the_same_name_one_is_chosen_by_its_municipality(server: str) -> None:
    asked = f"{server}/vragen/figures-of-an-area"
    page = httpx2.get(f"{asked}?code=centrum", headers=PAGE)
    assert page.status_code == 400
    assert "Er zijn er meer die zo heten. Kies er een." in page.text
    assert '<option value="">Kies</option>' in page.text
    assert re.search(r'<option value="WK082800">Centrum \(Oss\)</option>', page.text)
    named = httpx2.get(f"{asked}?code=Centrum+(Oss)", headers=PAGE)
    assert "WK082800 is Centrum (Oss)." in named.text


def test_who_cannot_choose_from_names_is_not_told_to(server: str) -> None:
    page = httpx2.get(f"{server}/vragen/figures-of-an-area?code=qqqqqq", headers=PAGE)
    assert page.status_code == 400
    assert "Kies een van de namen" not in page.text
    assert "Kijk hoe je het schrijft, of geef de code." in page.text
