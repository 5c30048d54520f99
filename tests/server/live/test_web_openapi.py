"""The OpenAPI descriptions: where they are, and that what they list is there."""

import json

import pytest
from wijk.web import openapi
from wijk.web.api import description
from wijk.web.app import create
from wijk.web.openapi import ALWAYS

PATHS = (openapi.PATH, description.PATH)


@pytest.fixture(scope="module", params=PATHS)
def told(request, client):
    """A description as the server gives it, with the path that its paths begin with."""
    found = client.get(request.param).json()
    return {**found, "root": "/api/v1" if request.param == description.PATH else ""}


@pytest.mark.parametrize("path", PATHS)
def test_a_program_finds_what_the_service_offers(client, path):
    response = client.get(path)
    assert response.headers["content-type"] == "application/json"
    assert response.json()["openapi"].startswith("3.")
    assert client.head(path).headers["etag"] == response.headers["etag"]
    again = client.get(path, headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


def resolved(told, part):
    """What a reference refers to."""
    while "$ref" in part:
        _, kind, name = part["$ref"].removeprefix("#/").split("/")
        part = told["components"][kind][name]
    return part


def needed(told, operation):
    """An example of every parameter that an operation does not do without."""
    known = [resolved(told, each) for each in operation.get("parameters", ())]
    return {each["name"]: each["example"] for each in known if each.get("required")}


def test_every_address_of_the_description_is_there(client, told):
    for path, operations in told["paths"].items():
        if "{" in path:
            continue
        operation = operations["get"]
        response = client.get(told["root"] + path, params=needed(told, operation))
        assert str(response.status_code) in operation["responses"], path
        assert response.status_code in (200, 303), path
        expected = resolved(told, operation["responses"][str(response.status_code)])
        listed = {name.lower() for name in expected["headers"]}
        assert {name.lower() for name in ALWAYS} <= set(response.headers), path
        assert listed <= set(response.headers) | {"content-disposition"}, path


def test_every_address_of_the_api_is_in_the_description(client, shipped, told):
    if not told["root"]:
        return
    app = create(shipped, None)
    known = {route.path for route in app.routes if route.path.startswith("/api/v1/")}
    listed = {told["root"] + path for path in told["paths"]}
    questions = {path for path in listed if path.startswith("/api/v1/vragen/")}
    assert known == (listed - questions) | {"/api/v1/vragen/{naam}"}
    assert len(questions) == len(app.state.site.examples)


def test_the_description_refers_to_what_it_has(told):
    text = json.dumps(told)
    for kind, parts in told["components"].items():
        for name in parts:
            assert f'"#/components/{kind}/{name}"' in text, f"{name} is used nowhere"
    for reference in set(text.split('"#/components/')[1:]):
        kind, name = reference.partition('"')[0].split("/")
        assert name in told["components"][kind]


def test_every_operation_has_a_name_of_its_own(told):
    names = [
        each["operationId"]
        for path in told["paths"].values()
        for method, each in path.items()
        if method in ("get", "post")
    ]
    assert len(names) == len(set(names)) > 5
