"""`/api/v1/gebieden/{code}?datum=`: what became of a code, with the change that made it."""

import pytest

HERE = "https://w3id.org/wijindewijk/id"
PATH = "/api/v1/gebieden"


def test_an_ended_code_answers_what_it_became_and_by_which_change(client):
    found = client.get(f"{PATH}/GM0856", params={"datum": "2023-01-01"}).json()
    assert (found["outcome"], found["code"], found["date"]) == ("forward", "GM0856", "2023-01-01")
    (area,) = found["areas"]
    assert (area["id"], area["code"]) == (f"{HERE}/area/gm1991", "GM1991")
    assert (area["name"], area["validFrom"]) == ("Maashorst", "2022-01-01")
    (event,) = found["through"]
    assert event["id"] == f"{HERE}/event/maashorst-2022"
    assert (event["kind"], event["date"]) == ("samenvoeging", "2022-01-01")
    assert [each["name"] for each in event["ended"]] == ["Uden", "Landerd"]
    assert event["legalBasis"].endswith("stb-2021-373.html")
    document = client.get("/doc/event/maashorst-2022", headers={"Accept": "text/html"})
    assert (document.status_code, "Maashorst" in document.text) == (200, True)
    assert "Maashorst" in found["why"]["nl"]
    assert found["register"] == {"version": "4", "since": "2000-01-01", "seen": "2022-12-22"}


@pytest.mark.parametrize(
    ("code", "day", "outcome", "areas"),
    [
        ("gm0856", "2021-12-31", "exact", ["GM0856"]),
        ("GM0457%20%20%20%20", "2022-03-23", "exact", ["GM0457"]),
        ("GM0457", "2022-03-24", "forward", ["GM0363"]),
        ("GM1671", "2022-01-01", "ask", ["GM0796", "GM0828"]),
        ("GM0055", "2014-01-01", "ask", ["GM0080", "GM1900"]),
        ("2022BU19910104", "2022-05-01", "exact", ["BU19910104"]),
        ("BU0363TE01", "2024-01-01", "ask", ["GM0363"]),
    ],
)
def test_a_code_is_exact_goes_forward_or_is_a_question(client, code, day, outcome, areas):
    response = client.get(f"{PATH}/{code}", params={"datum": day})
    assert response.status_code == 200
    found = response.json()
    assert (found["outcome"], [area["code"] for area in found["areas"]]) == (outcome, areas)


def test_a_buurt_has_the_year_of_its_division_in_its_address(client):
    (area,) = client.get(f"{PATH}/BU19910104", params={"datum": "2022-05-01"}).json()["areas"]
    assert (area["id"], area["divisionYear"]) == (f"{HERE}/area/2022-bu19910104", "2022")


def test_without_a_day_it_is_today(client):
    assert client.get(f"{PATH}/GM0363").json()["areas"][0]["name"] == "Amsterdam"


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("BU99", 400, "is not a code"),
        ("GM9999", 404, "no municipality here"),
        ("GM0363?datum=gisteren", 400, "datum is 'gisteren'"),
        ("GM0363?datum=2022-02-30", 400, "datum is '2022-02-30'"),
        ("GM0363?datum=20220101", 400, "datum is '20220101'"),
        ("GM0363?datum=", 400, "datum is ''"),
        ("GM0363?date=2022-01-01", 400, "no parameter 'date'; the day is datum"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_that_says_why(client, address, status, said):
    response = client.get(f"{PATH}/{address}")
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert said in response.json()["detail"]


def test_it_behaves_as_the_other_addresses_do(client):
    address = f"{PATH}/GM0856?datum=2023-01-01"
    first = client.get(address)
    assert first.headers["access-control-allow-origin"] == "*"
    assert first.headers["vary"].split(", ")[0] == "Accept"
    assert client.head(address).headers["etag"] == first.headers["etag"]
    assert client.get(address, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    refused = client.get(address, headers={"Accept": "text/csv"})
    assert (refused.status_code, refused.json()["available"]) == (406, ["application/json"])
