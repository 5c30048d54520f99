"""`/api/v1/plaatsen` and `/api/v1/casussen`: as JSON, and as GeoJSON by the Accept header."""

import pytest
from wijk.web.api import geojson

JSON, GEOJSON = "application/json", "application/geo+json"
PATHS = ("/api/v1/plaatsen", "/api/v1/casussen")
ONE = ("/api/v1/plaatsen/de-muntel", "/api/v1/casussen/choku-gym")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def asked(client, path, accept=JSON):
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code == 200
    return response.json()


@pytest.mark.parametrize(("path", "kind"), [(PATHS[0], "place"), (PATHS[1], "case")])
def test_all_of_a_kind_are_listed_in_either_form(client, graph, path, kind):
    listed, features = asked(client, path), asked(client, path, GEOJSON)["features"]
    slugs = [*graph.slugs(kind)]
    assert listed["count"] == len(slugs)
    assert [each["slug"] for each in listed["items"]] == slugs
    assert [each["properties"]["slug"] for each in features] == slugs
    assert [each["geometry"] for each in features] == [one["geometry"] for one in listed["items"]]


@pytest.mark.parametrize("path", [*PATHS, *ONE])
@pytest.mark.parametrize(
    ("accept", "kind"),
    [(None, JSON), (JSON, JSON), (GEOJSON, GEOJSON), (BROWSER, JSON), ("application/*", JSON)],
)
def test_the_accept_header_decides_between_json_and_geojson(client, path, accept, kind):
    response = client.get(path, headers={} if accept is None else {"Accept": accept})
    assert response.headers["content-type"] == kind
    assert "accept" in response.headers["vary"].lower()
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", [*PATHS, *ONE])
def test_another_form_is_not_there_and_the_answer_says_which_are(client, path):
    response = client.get(path, headers={"Accept": "text/turtle"})
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["available"] == [JSON, GEOJSON, "text/csv"]


@pytest.mark.parametrize("path", [*PATHS, *ONE])
def test_what_is_known_is_not_sent_again(client, path):
    first = client.get(path, headers={"Accept": GEOJSON})
    again = {"Accept": GEOJSON, "If-None-Match": first.headers["etag"]}
    assert client.get(path, headers=again).status_code == 304
    assert client.head(path, headers={"Accept": GEOJSON}).headers["etag"] == first.headers["etag"]
    assert client.head(path).content == b""
    assert client.get(path, headers=again | {"Accept": JSON}).status_code == 200


def test_a_feature_is_as_rfc_7946_wants_it(client):
    found = asked(client, PATHS[0], GEOJSON)
    assert found.keys() == {"type", "features"}, "since RFC 7946 there is no crs"
    for each in found["features"]:
        assert each.keys() == {"type", "id", "geometry", "properties"}
        assert each["id"].startswith("https://w3id.org/wijindewijk/id/place/")
        if each["geometry"]:
            longitude, latitude = each["geometry"]["coordinates"]
            assert 3 < longitude < 8 < 50 < latitude < 54


def test_a_place_says_its_areas_and_how_it_relates_to_them(client):
    found = asked(client, ONE[0])
    assert found["name"] == "De Muntel"
    areas = {(each["relation"], each["code"], each["divisionYear"]) for each in found["areas"]}
    assert areas >= {("exactArea", "BU07960401", "2022"), ("withinArea", "GM0796", None)}
    (exact,) = [each for each in found["areas"] if each["relation"] == "exactArea"]
    assert "zekerheid groot" in exact["notes"][0]
    within = [each["governedBy"] for each in found["areas"] if each["code"] == "GM0796"]
    assert within == ["https://identifier.overheid.nl/tooi/id/gemeente/gm0796"]
    assert len({(each["relation"], each["id"]) for each in found["areas"]}) == len(found["areas"])
    assert found["geometry"] == {"type": "Point", "coordinates": [5.309, 51.695]}
    assert found["whyNoArea"] is None
    assert [each["title"] for each in found["cases"]] == ["Boefjes en Barista's"]


def test_a_place_without_an_area_says_why_and_has_a_point(client):
    found = asked(client, "/api/v1/plaatsen/heerlen-noord")
    assert "gebied van een programma" in found["whyNoArea"]
    assert {each["relation"] for each in found["areas"]} == {"withinArea"}
    assert found["geometry"]["type"] == "Point"
    assert asked(client, "/api/v1/plaatsen/hilversum")["sameAs"] == [
        "https://sws.geonames.org/2754064/"
    ]


def test_every_case_but_the_online_one_has_a_point_and_one_has_two(client):
    features = asked(client, PATHS[1], GEOJSON)["features"]
    points = {each["properties"]["slug"]: each["geometry"] for each in features}
    assert [slug for slug, point in points.items() if point is None] == ["holybe"]
    several = [slug for slug, point in points.items() if point and point["type"] != "Point"]
    assert several == ["buurtpreventieteams-cranendonck"]
    assert len(points[several[0]]["coordinates"]) == 2


def test_a_case_says_its_places_and_an_online_case_has_no_geometry(client):
    assert [each["name"] for each in asked(client, ONE[1])["places"]] == ["Poelenburg"]
    online = asked(client, "/api/v1/casussen/holybe", GEOJSON)
    assert online["geometry"] is None
    assert online["properties"]["online"] is True
    assert online["properties"]["places"] == []


def test_who_misspells_a_name_is_told_the_nearest(client):
    response = client.get("/api/v1/plaatsen/de-munttel")
    assert response.status_code == 404
    assert "/api/v1/plaatsen/de-muntel" in response.json()["detail"]
    assert client.get("/api/v1/casussen/..%2F..%2Fetc").status_code == 404
    assert client.post(PATHS[0]).status_code == 405


@pytest.mark.parametrize(
    ("wkt", "expected"),
    [
        ("POINT(5.309 51.695)", (5.309, 51.695)),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT (5 51)", (5.0, 51.0)),
        ("<http://www.opengis.net/def/crs/EPSG/0/28992> POINT (148000 412000)", None),
        ("POLYGON((5 51, 6 51, 6 52, 5 51))", None),
        ("POINT EMPTY", None),
    ],
)
def test_only_a_point_in_wgs_84_is_a_position(wkt, expected):
    assert geojson.position(wkt) == expected


def test_a_thing_without_points_has_no_geometry_and_with_more_a_multipoint():
    assert geojson.geometry([]) is None
    assert geojson.geometry([(5.0, 51.0), (6.0, 52.0)]) == {
        "type": "MultiPoint",
        "coordinates": [[5.0, 51.0], [6.0, 52.0]],
    }
