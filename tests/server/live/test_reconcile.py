"""`/reconcile`, asked as OpenRefine asks; every message is of the Reconciliation Service API 0.2.

The requests are those of OpenRefine 3: a manifest when a service is added, ten cells to guess their
type, batches with a type and other columns, suggestions while someone types, and data extension.
"""

import json
import re
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest
from jsonschema import Draft202012Validator
from wijk.matching.texts import plain
from wijk.web.reconcile.vocabulary import PROPERTIES, TYPES

SCHEMAS = {
    path.stem: Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))
    for path in sorted((Path(__file__).parent / "reconciliation").glob("*.json"))
}
FORM = "application/x-www-form-urlencoded; charset=UTF-8"


def valid(name, told):
    SCHEMAS[name].validate(told)
    return told


@pytest.fixture
def reconciled(client):
    """Send a batch as OpenRefine does."""

    def send(*queries):
        asked = valid("query-batch", {f"q{n}": query for n, query in enumerate(queries)})
        response = client.post(
            "/reconcile",
            content=f"queries={quote(json.dumps(asked))}",
            headers={"Content-Type": FORM},
        )
        assert response.headers["content-type"] == "application/json"
        told = valid("result-batch", response.json())
        assert list(told) == list(asked)
        return [each["result"] for each in told.values()]

    return send


@pytest.fixture
def extended(client):
    """Send a data extension query as OpenRefine does."""

    def send(ids, *properties):
        asked = {"ids": ids, "properties": [{"id": name} for name in properties]}
        extend = json.dumps(valid("extend-query", asked))
        return valid("extend-response", client.post("/reconcile", data={"extend": extend}).json())

    return send


@pytest.fixture(scope="module")
def manifest(client):
    return valid("manifest", client.get("/reconcile").json())


def test_the_schemas_are_schemas():
    for schema in SCHEMAS.values():
        schema.check_schema(schema.schema)


def test_the_manifest_says_what_can_be_asked_where(server, graph, manifest):
    assert manifest["identifierSpace"] == f"{graph.base}id/"
    assert manifest["view"]["url"] == f"{server}/reconcile/view?id={{{{id}}}}"
    assert [each["id"] for each in manifest["defaultTypes"]] == list(TYPES)
    assert set(manifest["suggest"]) == {"entity", "type", "property"}


def test_a_public_address_stands_in_the_manifest(plain_client):
    told = plain_client.get("/reconcile", headers={"Host": "elsewhere.example"}).json()
    assert told["preview"]["url"].startswith("https://example.org/wijk/reconcile/preview?")
    assert "elsewhere" not in json.dumps(told)


@pytest.mark.parametrize("host", ["a b", "x/y", '"', "[", "user@host", "127.0.0.1:port"])
def test_a_host_that_is_none_stands_nowhere(client, host):
    told = client.get("/reconcile", headers={"Host": host})
    assert told.status_code == 200
    assert told.json()["logo"].startswith("http://127.0.0.1:")


def test_the_type_of_a_column_can_be_guessed_from_ten_cells(reconciled):
    cells = ["De Muntel", "Beesd", "Sneek", "Kanaleneiland", "Uden"]
    found = reconciled(*({"query": cell, "limit": 3} for cell in cells))
    assert [each[0]["type"][0]["id"] for each in found] == ["place"] * 5


@pytest.mark.parametrize(
    ("query", "identifier", "reason"),
    [
        ({"query": "De Muntel", "type": "place"}, "place/de-muntel", "Naam is precies dit"),
        ({"query": "BU07960401", "type": "place"}, "place/de-muntel", "Code is precies"),
        ({"query": "gm0828"}, "place/oss", "Code is precies"),
        ({"query": "place/oss"}, "place/oss", "Adres is precies dit"),
        ({"query": "L1-1"}, "lesson/kneuterigheid-verdient-een-standbeeld", "Code is precies"),
        (
            {"query": "boefjes & barrista's", "type": "initiative", "type_strict": "should"},
            "initiative/boefjes-en-baristas",
            "Heet ook",
        ),
        ({"properties": [{"pid": "code", "v": "0828"}]}, "place/oss", "Code klopt"),
        ({"query": "loneliness", "type": ["theme"]}, "theme/eenzaamheid", "Heet ook"),
    ],
)
def test_what_is_sure_is_matched_with_the_reason(reconciled, query, identifier, reason):
    [found] = reconciled(query)
    first, *others = found
    assert (first["id"], first["score"], first["match"]) == (identifier, 100, True)
    assert reason in first["description"]
    assert not any(other["match"] for other in others)


def test_a_whole_address_is_an_identifier_too(reconciled, graph):
    [[first, *_]] = reconciled({"query": f"{graph.base}id/theme/eenzaamheid"})
    assert (first["id"], first["match"]) == ("theme/eenzaamheid", True)


def test_a_name_of_two_things_is_not_sure_until_the_type_tells_them_apart(reconciled):
    name = "Boefjes en Barista's"
    both, one = reconciled({"query": name}, {"query": name, "type": "case"})
    assert {each["id"].partition("/")[0] for each in both[:2]} == {"case", "initiative"}
    assert [each["match"] for each in both[:2]] == [False, False]
    assert "er zijn er meer die zo heten" in both[0]["description"]
    assert (one[0]["id"], one[0]["match"]) == ("case/boefjes-en-baristas", True)


def test_a_misspelt_name_is_a_candidate_and_not_a_match(reconciled):
    [[first, *_]] = reconciled({"query": "Kanaleneilant", "type": "place"})
    assert first["id"] == "place/kanaleneiland"
    assert 80 < first["score"] < 100
    assert not first["match"]
    features = {each["id"]: each["value"] for each in first["features"]}
    assert features["name"] == first["score"]
    assert not features["exact_name"]


def test_another_column_sharpens_the_score(reconciled):
    query = {"query": "De Muntel", "type": "place"}
    there = {"pid": "municipality", "v": {"id": "x", "name": "'s-Hertogenbosch"}}
    code = {"pid": "Gemeente", "v": ["gm0796", 12]}
    elsewhere = {"pid": "municipality", "v": "Groningen"}
    right, by_code, wrong, unknown = reconciled(
        *({**query, "properties": [each]} for each in (there, code, elsewhere)),
        {**query, "properties": [{"pid": "audience", "v": "bewoners"}]},
    )
    assert [each[0]["match"] for each in (right, by_code, wrong, unknown)] == [
        True,
        True,
        False,
        True,
    ]
    assert "gemeente klopt" in right[0]["description"]
    assert "gemeente is anders" in wrong[0]["description"]
    assert wrong[0]["score"] < 90
    assert {each["id"] for each in wrong[0]["features"]} >= {"property_municipality"}


def test_a_municipality_of_another_time_is_no_contradiction(reconciled, extended):
    query = {"query": "Uden", "type": "place"}
    others = [{"pid": "municipality", "v": each} for each in ("Uden", "GM0856", "Maashorst")]
    for [first, *_] in reconciled(*({**query, "properties": [each]} for each in others)):
        assert (first["id"], first["match"]) == ("place/uden", True)
    rows = extended(["place/uden"], "municipality", "municipality_now_code")["rows"]
    assert rows["place/uden"]["municipality"] == [{"str": "Maashorst"}]
    assert rows["place/uden"]["municipality_now_code"] == [{"str": "GM1991"}]


def test_types_narrow_and_an_initiative_is_an_actor(reconciled):
    name = "Choku Gym"
    actor, both, neither = reconciled(
        {"query": name, "type": "actor", "limit": 1},
        {"query": name, "type": ["actor", "initiative"], "type_strict": "all", "limit": 100},
        {"query": name, "type": ["place", "initiative"], "type_strict": "all"},
    )
    assert len(actor) == 1
    assert both
    assert all([one["id"] for one in each["type"]] == ["initiative", "actor"] for each in both)
    assert neither == []


def test_every_name_finds_what_is_called_so(reconciled, graph):
    things = [f"{kind}/{slug}" for kind in TYPES for slug in graph.slugs(kind) if kind != "lesson"]
    for start in range(0, len(things), 50):
        some = things[start : start + 50]
        names = [graph.labels[f"{graph.base}id/{thing}"] for thing in some]
        found = reconciled(*({"query": name, "limit": 100} for name in names))
        for thing, name, each in zip(some, names, found, strict=True):
            top = [one for one in each if plain(one["name"]) == plain(name)]
            assert thing in {one["id"] for one in top}, thing
            assert top[0] == each[0] or each[0]["score"] == 100


def test_one_query_may_be_asked_by_itself(client):
    for query in ("De Muntel", json.dumps({"query": "De Muntel", "limit": 1})):
        response = client.get("/reconcile", params={"query": query})
        told = valid("result", response.json())
        assert told["result"][0]["id"] == "place/de-muntel"


def test_a_batch_may_be_sent_by_get_and_kept(client):
    params = {"queries": json.dumps({"q0": {"query": "Oss"}})}
    response = client.get("/reconcile", params=params)
    valid("result-batch", response.json())
    tag = {"If-None-Match": response.headers["etag"]}
    assert client.get("/reconcile", params=params, headers=tag).status_code == 304
    assert client.head("/reconcile", params=params).headers["etag"] == response.headers["etag"]
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path",
    [
        "/reconcile?",
        "/reconcile?query=Oss&",
        "/reconcile/suggest/entity?prefix=Os&",
        "/reconcile/flyout/entity?id=place/oss&",
        "/reconcile/properties?type=place&",
    ],
)
def test_an_older_page_gets_the_same_as_a_script(client, path):
    response = client.get(f"{path}callback=jQuery1_2.done&_=3")
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    script = re.fullmatch(r"/\*\*/jQuery1_2\.done\((.*)\);", response.text)
    assert json.loads(script[1]) == client.get(path).json()
    assert response.text.isascii()


@pytest.mark.parametrize("name", ["alert(1)", "a b", "1a", "a" * 600, "a..b", "é", "</script>"])
def test_a_script_calls_nothing_but_a_function(client, name):
    response = client.get("/reconcile", params={"callback": name})
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("about", ["entity", "type", "property"])
def test_suggestions_and_their_cards_are_where_the_manifest_says(client, manifest, about):
    service = manifest["suggest"][about]
    prefix = {"entity": "mun", "type": "pl", "property": "gem"}[about]
    # With all that OpenRefine adds.
    more = "&spell=always&exact=false&scoring=schema&prefixed=true&type=%2Ftype%2Fproperty"
    told = client.get(f"{service['service_url']}{service['service_path']}?prefix={prefix}{more}")
    found = valid(f"suggest-{about}", told.json())["result"]
    assert found[0]["id"] == {"entity": "place/de-muntel", "type": "place"}.get(
        about, "municipality"
    )
    identifier = quote(found[0]["id"], safe="")
    card = service["flyout_service_path"].replace("${id}", identifier)
    card = valid("flyout", client.get(service["flyout_service_url"] + card).json())
    assert card["id"] == found[0]["id"]
    assert found[0]["name"] in card["html"]


def test_suggestions_come_in_pages_and_by_type(client):
    def suggested(**params):
        return valid(
            "suggest-entity", client.get("/reconcile/suggest/entity", params=params).json()
        )

    first = suggested(prefix="", type="case")["result"]
    second = suggested(prefix="", type="case", cursor=len(first))["result"]
    assert first
    assert second
    assert not {each["id"] for each in first} & {each["id"] for each in second}
    assert all(each["notable"][0]["id"] == "case" for each in [*first, *second])
    assert suggested(prefix="theme/eenzaamheid")["result"][0]["name"] == "eenzaamheid"
    assert suggested(prefix="de mun", type="place")["result"][0]["id"] == "place/de-muntel"
    assert suggested(prefix="Kanaleneilant")["result"][0]["id"] == "place/kanaleneiland"


def test_proposed_properties_can_all_be_asked(client, extended):
    told = client.get("/reconcile/properties", params={"type": "place"}).json()
    named = [each["id"] for each in valid("property-proposal", told)["properties"]]
    assert "municipality" in named
    assert "audience" not in named
    every = valid("property-proposal", client.get("/reconcile/properties?type=").json())
    assert [each["id"] for each in every["properties"]] == list(PROPERTIES)
    few = client.get("/reconcile/properties", params={"type": "case", "limit": 2}).json()
    assert len(valid("property-proposal", few)["properties"]) == few["limit"] == 2
    rows = extended(["place/oss"], *PROPERTIES)["rows"]
    assert list(rows["place/oss"]) == list(PROPERTIES)


def test_columns_are_added_from_what_is_known(extended, graph):
    ids = ["place/de-muntel", "case/boefjes-en-baristas", "place/none", f"{graph.base}id/place/oss"]
    told = extended(ids, "municipality", "municipality_code", "case", "number", "kind", "address")
    muntel, case, none, oss = told["rows"].values()
    assert muntel["municipality"] == [{"str": "'s-Hertogenbosch"}]
    assert muntel["municipality_code"] == [{"str": "GM0796"}]
    assert muntel["case"] == [{"id": "case/boefjes-en-baristas", "name": "Boefjes en Barista's"}]
    assert muntel["kind"] == [{"str": "wijk"}]
    assert muntel["address"] == [{"str": f"{graph.base}id/place/de-muntel"}]
    assert case["number"] == [{"int": 5}]
    assert set(map(len, none.values())) == {0}
    assert oss["municipality"] == [{"str": "Oss"}]
    assert told["meta"][2] == {"id": "case", "name": "Casus", "type": TYPES["case"].brief()}


def test_a_preview_may_stand_in_a_frame_and_nothing_else_may(client, manifest):
    frame = client.get(manifest["preview"]["url"].replace("{{id}}", "place%2Fde-muntel"))
    assert frame.headers["content-type"] == "text/html; charset=utf-8"
    [policy] = frame.headers.get_list("content-security-policy")
    assert "default-src 'none'" in policy
    assert "frame-ancestors *" in policy
    assert "<h1>De Muntel</h1>" in frame.text
    assert "<script" not in frame.text
    for path in ("/reconcile", "/", "/doc/place/de-muntel", "/reconcile/preview?id=place/none"):
        other = client.get(path, headers={"Accept": "text/html"})
        assert "frame-ancestors 'self'" in other.headers["content-security-policy"]


def test_every_entity_has_a_preview_and_a_page(client, manifest, graph):
    for kind in TYPES:
        identifier = quote(f"{kind}/{graph.slugs(kind)[0]}", safe="")
        page = client.get(manifest["view"]["url"].replace("{{id}}", identifier))
        assert page.status_code == 303
        assert client.get(urljoin(str(page.url), page.headers["location"])).status_code == 200
        frame = client.get(manifest["preview"]["url"].replace("{{id}}", identifier))
        assert frame.status_code == 200
        assert frame.text.startswith("<!doctype html>")


@pytest.mark.parametrize(
    "path", ["preview?id=place/none", "view?id=x", "flyout/type?id=x", "flyout/none?id=place/oss"]
)
def test_what_is_not_here_is_not_found(client, path):
    response = client.get(f"/reconcile/{path}")
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
