"""What `/reconcile` does not take: a status and a sentence, whatever is sent."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wijk.web.reconcile.asked import BATCH
from wijk.web.reconcile.vocabulary import PROPERTIES, TYPES

LONG = "x" * 1001


def refused(response, status, *words):
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    for word in words:
        assert word in told["detail"]


@pytest.mark.parametrize(
    ("queries", "status", "word"),
    [
        ("{", 400, "not JSON"),
        ('{"q0": {"query": NaN}}', 400, "not JSON"),
        ("[" * 100_000, 400, "nested too deep"),
        ("[]", 400, "queries is a JSON object"),
        ('{"q0": 1}', 400, "'q0' is a JSON object"),
        ('{"\\ud800": 1}', 400, "is a JSON object"),
        ({"q0": {"query": 1}}, 400, "'q0': query is a text"),
        ({"q0": {"query": LONG}}, 413, "'q0': query is longer than 1,000 characters"),
        ({"q0": {"query": "a", "limit": 0}}, 400, "limit is a whole number"),
        ({"q0": {"query": "a", "limit": True}}, 400, "limit is a whole number"),
        ('{"q0": {"query": "a", "limit": 1e999}}', 400, "limit is a whole number"),
        ({"q0": {"query": "a", "limit": 1.5}}, 400, "limit is a whole number"),
        ({"q0": {"query": "a", "type": "Q5"}}, 400, "no type 'Q5'"),
        ({"q0": {"query": "a", "type": ["\ud800"]}}, 400, "no type '?'"),
        ({"q0": {"query": "a", "type": [None]}}, 400, "type is a text"),
        ({"q0": {"query": "a", "type_strict": "no"}}, 400, "any, all or should"),
        ({"q0": {"query": "a", "properties": {}}}, 400, "properties is a list"),
        ({"q0": {"query": "a", "properties": [{"v": 1}]}}, 400, "id of a property is a text"),
        ({"q0": {"query": "a", "properties": [{"pid": "P1", "v": 1}]}}, 400, "municipality"),
        (
            {"q0": {"query": "a", "properties": [{"pid": "code", "v": {"name": "a"}}]}},
            *(400, "id of v is a text"),
        ),
        (
            {"q0": {"query": "a", "properties": [{"pid": "code", "v": ["a"] * 21}]}},
            *(413, "at most 20"),
        ),
        ({f"q{n}": {"query": "a"} for n in range(BATCH + 1)}, 413, f"at most {BATCH} queries"),
    ],
)
def test_a_batch_that_is_none_is_refused_with_what_is_wrong(client, queries, status, word):
    text = queries if isinstance(queries, str) else json.dumps(queries)
    refused(client.post("/reconcile", data={"queries": text}), status, word)


@pytest.mark.parametrize(
    ("extend", "status", "word"),
    [
        ([], 400, "extend is a JSON object"),
        ({"ids": []}, 400, "properties is a list"),
        ({"ids": "place/oss", "properties": []}, 400, "ids is a list"),
        ({"ids": [1], "properties": []}, 400, "ids is a text"),
        ({"ids": ["place/oss"], "properties": ["code"]}, 400, "properties is a JSON object"),
        ({"ids": ["place/oss"], "properties": [{"id": "P1"}]}, 400, "no property 'P1'"),
        ({"ids": ["a"] * 501, "properties": []}, 413, "at most 500"),
        (
            {"ids": ["a"] * 500, "properties": [{"id": name} for name in PROPERTIES]},
            *(413, "more than 5,000 cells"),
        ),
    ],
)
def test_an_extension_that_is_none_is_refused_with_what_is_wrong(client, extend, status, word):
    refused(client.post("/reconcile", data={"extend": json.dumps(extend)}), status, word)


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("application/json", b'{"queries": {}}', 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/x-www-form-urlencoded; charset=latin-1", b"queries={}", 415),
        ("application/x-www-form-urlencoded", b"", 400),
        ("application/x-www-form-urlencoded", b"queries=%ff", 400),
        ("application/x-www-form-urlencoded", b"queries=\xff", 400),
        ("application/x-www-form-urlencoded", b"queries=" + b"a" * 1_000_000, 413),
    ],
)
def test_a_body_that_is_no_form_is_refused(client, kind, content, status):
    response = client.post("/reconcile", content=content, headers={"Content-Type": kind})
    refused(response, status)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("suggest/entity", 400),
        ("suggest/entity?prefix=a&cursor=-1", 400),
        ("suggest/entity?prefix=a&cursor=99999999", 400),
        (f"suggest/entity?prefix={'a' * 201}", 413),
        ("suggest/none?prefix=a", 404),
        ("properties?limit=x", 400),
        ("preview", 400),
        ("view?id=", 400),
        ("flyout/entity", 400),
        ("none", 404),
    ],
)
def test_an_address_with_too_little_or_too_much_is_refused(client, path, status):
    refused(client.get(f"/reconcile/{path}"), status)


@pytest.mark.parametrize("path", ["", "/suggest/entity", "/preview"])
def test_what_cannot_be_done_is_not(client, path):
    assert client.delete(f"/reconcile{path}").status_code == 405


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([*TYPES]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
PART = st.fixed_dictionaries({"pid": st.sampled_from([*PROPERTIES]) | ANYTHING, "v": ANYTHING})
QUERY = st.fixed_dictionaries(
    {},
    optional={
        "query": st.text() | st.sampled_from(["De Muntel", "oss", "GM0828"]) | ANYTHING,
        "type": st.sampled_from([*TYPES]) | ANYTHING,
        "type_strict": st.sampled_from(["any", "all", "should"]) | ANYTHING,
        "limit": st.integers() | st.floats() | ANYTHING,
        "properties": st.lists(PART, max_size=3) | ANYTHING,
        "other": ANYTHING,
    },
)
ODD = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@ODD
@given(batch=st.dictionaries(st.text(max_size=5), QUERY, max_size=3) | ANYTHING)
def test_an_odd_batch_is_answered_or_refused(client, batch):
    response = client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert response.status_code in (200, 400, 413)
    if response.status_code == 200:
        told = response.json()
        assert list(told) == list(json.loads(json.dumps(batch)))
        scores = [[one["score"] for one in each["result"]] for each in told.values()]
        assert all(each == sorted(each, reverse=True) for each in scores)
        assert all(0 <= score <= 100 for each in scores for score in each)
        assert all(sum(one["match"] for one in each["result"]) <= 1 for each in told.values())


@ODD
@given(ids=st.lists(st.text(), max_size=3) | ANYTHING, name=st.sampled_from([*PROPERTIES]))
def test_an_odd_extension_is_answered_or_refused(client, ids, name):
    extend = {"ids": ids, "properties": [{"id": name, "settings": {"limit": "1"}}]}
    response = client.post("/reconcile", data={"extend": json.dumps(extend)})
    assert response.status_code in (200, 400, 413)


@ODD
@given(
    name=st.sampled_from(["suggest/entity", "suggest/type", "flyout/entity", "preview", "view"]),
    params=st.dictionaries(
        st.sampled_from(["prefix", "id", "type", "cursor", "callback"]),
        st.text(st.characters(exclude_categories=["Cs"])),
    ),
)
def test_an_odd_address_is_answered_or_refused(client, name, params):
    assert client.get(f"/reconcile/{name}", params=params).status_code in (200, 303, 400, 404, 413)
