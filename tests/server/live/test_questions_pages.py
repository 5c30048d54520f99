"""The prepared questions as pages: a form, its answer, and files."""

import re

import httpx2
import pytest

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
