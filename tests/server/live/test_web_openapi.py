"""The OpenAPI description: where it is, and that what it lists is there."""

import json

import pytest
from wijk.web.openapi import ALWAYS, PATH, described

PLAIN = [path for path in described()["paths"] if "{" not in path]


def test_a_program_finds_what_the_service_offers(client):
    response = client.get(PATH)
    assert response.headers["content-type"] == "application/json"
    assert response.json() == {**described(), "servers": [{"url": "/"}]}
    assert client.head(PATH).headers["etag"] == response.headers["etag"]


def needed(operation):
    """An example of every parameter that an operation does not do without."""
    named = [each["$ref"].rpartition("/")[2] for each in operation.get("parameters", ())]
    known = [described()["components"]["parameters"][name] for name in named]
    return {each["name"]: each["example"] for each in known if each.get("required")}


@pytest.mark.parametrize("path", PLAIN)
def test_every_address_of_the_description_is_there(client, path):
    operation = described()["paths"][path]["get"]
    response = client.get(path, params=needed(operation))
    assert str(response.status_code) in operation["responses"]
    assert response.status_code in (200, 303)
    assert all(name in response.headers for name in ALWAYS)


def test_the_description_refers_to_what_it_has():
    told = described()
    text = json.dumps(told)
    for kind, parts in told["components"].items():
        for name in parts:
            assert f'"#/components/{kind}/{name}"' in text, f"{name} is used nowhere"
    for reference in set(text.split('"#/components/')[1:]):
        kind, name = reference.partition('"')[0].split("/")
        assert name in told["components"][kind]
