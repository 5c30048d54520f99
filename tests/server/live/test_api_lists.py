"""The lists of `/api/v1`: chosen by filters, in pages, as JSON, CSV and GeoJSON."""

import csv
import io
import re

import pytest
from wijk.web.api.paging import Page, header, links

RIGHTS = ("license", "author")
KINDS = {
    "casussen": "case",
    "plaatsen": "place",
    "betrokkenen": "actor",
    "lessen": "lesson",
    "themas": "theme",
}
BASE = "https://w3id.org/wijindewijk"
CSV = {"Accept": "text/csv"}


@pytest.fixture
def asked(client):
    """What a list says, as JSON."""

    def ask(path, **parameters):
        response = client.get(f"/api/v1/{path}", params=parameters)
        assert response.status_code == 200, response.text
        return response.json()

    return ask


def slugs(listed):
    return [each["slug"] for each in listed["items"]]


def question(client, name, **parameters):
    """The rows of a prepared question."""
    return client.get(f"/api/v1/vragen/{name}", params=parameters).json()["items"]


@pytest.mark.parametrize(("path", "kind"), KINDS.items())
def test_a_list_has_all_of_its_kind_in_the_order_of_their_addresses(asked, graph, path, kind):
    listed = asked(path)
    assert listed["count"] == len(graph.slugs(kind)) == len(listed["items"])
    assert slugs(listed) == [*graph.slugs(kind)]
    assert [each["id"] for each in listed["items"]] == [
        f"{BASE}/id/{kind}/{slug}" for slug in slugs(listed)
    ]


@pytest.mark.parametrize("path", KINDS)
def test_one_is_told_as_in_the_list(asked, path):
    first = asked(path, paginagrootte=1)["items"][0]
    assert asked(f"{path}/{first['slug']}") == first


@pytest.mark.parametrize("path", KINDS)
def test_who_follows_the_links_sees_all_of_them_once(client, asked, path):
    whole, seen = slugs(asked(path)), []
    address = f"/api/v1/{path}?paginagrootte=7"
    while address:
        response = client.get(address)
        page = response.json()
        assert page["count"] == len(whole)
        seen += slugs(page)
        told = re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers["link"])
        assert {relation: url for url, relation in told if relation not in RIGHTS} == {
            relation: link["href"] for relation, link in page["_links"].items()
        }
        following = page["_links"].get("next", {}).get("href", "")
        assert following.startswith(f"{BASE}/api/v1/{path}?") or not following
        address = following.removeprefix(BASE)
    assert seen == whole


def test_the_links_of_a_page_lead_to_those_around_it():
    address = "https://example.org/a"
    found = links(address, {"thema": "a&b"}, Page(2, 10), 35)
    assert found["prev"] == f"{address}?thema=a%26b&pagina=1&paginagrootte=10"
    assert found["next"] == f"{address}?thema=a%26b&pagina=3&paginagrootte=10"
    assert found["last"].endswith("pagina=4&paginagrootte=10")
    assert links(address, {}, Page(1, 10), 0).keys() == {"self", "first", "last"}
    assert links(address, {}, Page(9, 10), 35).keys() == {"self", "first", "last"}
    assert header({"self": "https://a/", "next": "https://b/"}) == (
        '<https://a/>; rel="self", <https://b/>; rel="next"'
    )


def test_a_page_after_the_last_one_is_empty(asked):
    listed = asked("themas", pagina=1000)
    assert listed["items"] == []
    assert listed["count"] > 0


@pytest.mark.parametrize(
    ("path", "parameter", "name", "of", "column"),
    [
        ("casussen", "thema", "cases-by-theme", "theme", "case"),
        ("casussen", "doelgroep", "cases-for-an-audience", "audience", "case"),
        ("lessen", "doelgroep", "lessons-for-an-audience", "audience", "lesson"),
        ("lessen", "thema", "lessons-by-theme", "theme", "lesson"),
        ("betrokkenen", "soort", "cases-by-kind-of-actor", "actor-kind", "actor"),
    ],
)
def test_a_filter_chooses_what_the_question_about_it_finds(
    client, asked, graph, path, parameter, name, of, column
):
    parameter_of_question = "kind" if of == "actor-kind" else of
    rows = question(client, name)
    for slug in graph.slugs(of)[:12]:
        expected = {
            row[column] for row in rows if row[parameter_of_question] == f"{BASE}/id/{of}/{slug}"
        }
        found = {each["id"] for each in asked(path, **{parameter: slug})["items"]}
        if path == "betrokkenen":  # the question is about those in a case, some are initiatives
            expected = {iri for iri in expected if "/actor/" in iri}
            found &= {row[column] for row in rows}
        assert found == expected, slug


def test_cases_are_chosen_by_area_as_other_routes_group_them(asked, graph, client):
    for name, column in (
        ("cases-in-a-municipality", "gemeente"),
        ("cases-in-a-province", "provincie"),
    ):
        rows = question(client, name)
        for code in {row["code"] for row in rows}:
            found = {each["id"] for each in asked("casussen", **{column: code})["items"]}
            assert found == {row["case"] for row in rows if row["code"] == code}, code


def test_filters_together_narrow_the_list(asked):
    one, other = asked("casussen", thema="groen"), asked("casussen", provincie="PV21")
    both = asked("casussen", thema="groen", provincie="PV21")
    assert set(slugs(both)) == set(slugs(one)) & set(slugs(other)) != set()
    assert asked("casussen", gemeente="GM9999")["items"] == []


def test_a_filter_takes_a_whole_iri_too(asked):
    iri = f"{BASE}/id/theme/groen"
    assert slugs(asked("casussen", thema=iri)) == slugs(asked("casussen", thema="groen"))


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("casussen?them=groen", "There is no parameter 'them'. Did you mean thema?"),
        ("casussen?page=2", "There is no parameter 'page'."),
        ("casussen?thema=groe", "Did you mean groen"),
        ("casussen?thema=", "'' does not fit thema"),
        ("casussen?thema=groen&thema=zorg", "more than one thema"),
        ("casussen?gemeente=PV21", "a code that begins with GM"),
        ("casussen?gemeente=Utrecht", "an area code"),
        ("plaatsen?pagina=0", "a number from 1"),
        ("plaatsen?pagina=%C2%B2", "a number from 1"),
        ("plaatsen?paginagrootte=1001", "a number from 1 to 1000"),
        ("casussen/choku-gym?thema=groen", "There is no parameter 'thema'. There are none here."),
        ("vragen?naam=x", "There is no parameter 'naam'"),
    ],
)
def test_what_cannot_be_chosen_by_is_refused_with_the_nearest(client, path, said):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert said in response.json()["detail"]


@pytest.mark.parametrize("path", KINDS)
def test_a_table_has_a_row_for_each_and_columns_that_stay(client, asked, path):
    response = client.get(f"/api/v1/{path}", headers=CSV)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'filename="{path}.csv"' in response.headers["content-disposition"]
    rows = [*csv.DictReader(io.StringIO(response.text, newline=""))]
    listed = asked(path)["items"]
    assert [row["id"] for row in rows] == [each["id"] for each in listed]
    assert next(iter(rows[0])) == "id"
    named = {column.partition(".")[0] for column in rows[0]} - {"longitude", "latitude"}
    assert named == listed[0].keys() - {"geometry"}
    one = client.get(f"/api/v1/{path}/{listed[0]['slug']}", headers=CSV).text
    assert [*csv.DictReader(io.StringIO(one, newline=""))] == rows[:1]


def test_a_table_says_what_the_json_says(client, asked):
    text = client.get("/api/v1/casussen", headers=CSV).text
    rows = {row["slug"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    for each in asked("casussen")["items"]:
        row = rows[each["slug"]]
        assert row["title"] == each["title"]
        assert row["online"] == str(each["online"]).lower()
        assert row["themes.name"].split("|") == [theme["name"] for theme in each["themes"]] or [""]
        assert row["bundle.id"] == each["bundle"]["id"]
        points = each["geometry"]["coordinates"] if each["geometry"] else []
        points = [points] if points and not isinstance(points[0], list) else points
        assert row["latitude"] == "|".join(str(latitude) for _, latitude in points)


def test_a_program_of_another_site_reads_the_version_of_the_api(client):
    for path in ("casussen", "casussen/choku-gym", "none", "casussen/", "vragen/x", "openapi.json"):
        response = client.get(f"/api/v1/{path}")
        assert response.headers["api-version"] == "1.0.0", path
        assert "API-Version" in response.headers["access-control-expose-headers"]
    known = client.get("/api/v1/casussen").headers["etag"]
    again = client.get("/api/v1/casussen", headers={"If-None-Match": known})
    assert (again.status_code, again.headers["api-version"]) == (304, "1.0.0")
    assert client.post("/api/v1/casussen").headers["api-version"] == "1.0.0"
    assert "api-version" not in client.get("/def").headers


@pytest.mark.parametrize("path", [*KINDS, "vragen", "casussen/choku-gym", "openapi.json"])
def test_a_slash_at_the_end_is_another_address_and_there_is_nothing(client, path):
    response = client.get(f"/api/v1/{path}/")
    assert response.status_code == 404
    assert "location" not in response.headers


def test_what_was_published_says_when(asked, shipped, client):
    listed = asked("casussen")["items"]
    assert {each["modified"] is None or each["modified"].endswith("Z") for each in listed} == {True}


def test_pages_and_lists_of_lessons_do_not_get_in_each_others_way(asked, client):
    assert client.get("/doc/lesson/blijven-investeren").status_code == 200
    assert asked("lessen")["count"] == 16
    assert client.get("/doc/lesson/bonding-als-opstap-naar-bridging").status_code == 200
