"""`/api/v1/vragen`: the prepared questions as resources."""

import csv
import io

import pytest
from wijk import questions

JSON, CSV, RESULTS = "application/json", "text/csv", "application/sparql-results+json"
ASKED = "/api/v1/vragen/cases-by-theme?theme=groen"


@pytest.fixture(scope="module")
def known(root):
    """The questions in the folder."""
    return questions.load(root / "queries" / "questions")


def test_all_questions_are_listed_with_what_they_take(client, known):
    listed = client.get("/api/v1/vragen").json()
    assert [each["name"] for each in listed["items"]] == sorted(known)
    assert listed["count"] == len(known)
    for each in listed["items"]:
        question = known[each["name"]]
        assert each["summary"] == question.summary
        assert [param["name"] for param in each["parameters"]] == [
            param.name for param in question.params
        ]
        assert each["_links"]["answer"]["href"].endswith(f"/api/v1/vragen/{each['name']}")
    assert len(client.get("/api/v1/vragen?paginagrootte=3&pagina=2").json()["items"]) == 3


def test_an_answer_has_the_same_rows_in_every_form(client):
    plain = client.get(ASKED).json()
    results = client.get(ASKED, headers={"Accept": RESULTS}).json()
    text = client.get(ASKED, headers={"Accept": CSV}).text
    table = [*csv.DictReader(io.StringIO(text, newline=""))]
    assert plain["columns"] == results["head"]["vars"] == [*table[0]]
    assert plain["count"] == len(plain["items"]) == len(table) > 1
    assert {row["theme"] for row in plain["items"]} == {
        "https://w3id.org/wijindewijk/id/theme/groen"
    }
    assert [{key: str(value) for key, value in row.items()} for row in plain["items"]] == table
    assert [row["title"]["value"] for row in results["results"]["bindings"]] == [
        row["title"] for row in plain["items"]
    ]


def test_numbers_are_numbers_and_what_is_not_known_is_null(client):
    rows = client.get("/api/v1/vragen/bundles-and-counts").json()["items"]
    assert any(isinstance(value, int) for row in rows for value in row.values())
    every = client.get("/api/v1/vragen/municipalities").json()
    assert any(row[name] is None for row in every["items"] for name in every["columns"])


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("cases-by-them", 404, "Did you mean cases-by-theme"),
        ("cases-by-theme?them=groen", 400, "Did you mean theme?"),
        ("cases-by-theme?theme=groe", 400, "Did you mean groen"),
        ("cases-by-theme?theme=groen&theme=zorg", 400, "more than one theme"),
        ("cases-in-a-municipality?code=Utrecht", 400, "an area code"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_that_says_why(client, address, status, said):
    response = client.get(f"/api/v1/vragen/{address}")
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert said in response.json()["detail"]


def test_it_behaves_as_the_other_addresses_do(client):
    first = client.get(ASKED)
    assert client.head(ASKED).headers["etag"] == first.headers["etag"]
    again = client.get(ASKED, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    refused = client.get(ASKED, headers={"Accept": "application/geo+json"})
    assert (refused.status_code, refused.json()["available"]) == (406, [JSON, CSV, RESULTS])
    assert client.get("/api/v1/vragen", headers={"Accept": CSV}).status_code == 406
