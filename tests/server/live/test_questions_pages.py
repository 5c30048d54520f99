"""The prepared questions as pages: a form, its answer, and files."""

import httpx2

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
