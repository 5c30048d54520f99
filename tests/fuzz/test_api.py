"""The OpenAPI descriptions, held against what the server does with requests made from them."""

from typing import Any

import pytest
from hypothesis import strategies as st
from wijk.engine import formats
from wijk.web import openapi
from wijk.web.api import description
from wijk.web.openapi import ALWAYS

from .searching import search
from .watching import Watch

pytestmark = pytest.mark.fuzz

# Of HTTP itself; OpenAPI describes the type of the content elsewhere.
OF_HTTP = {
    *("date", "content-length", "content-type", "content-encoding", "content-language"),
    *("last-modified", "transfer-encoding", "connection"),
}
ACCEPT = st.sampled_from(
    [
        *(*formats.ROWS, *formats.GRAPHS, "text/html", "*/*", "image/png", "application/zip"),
        *("application/json", "application/geo+json"),
    ]
)
QUERIES = st.sampled_from(
    [
        "ASK {}",
        "SELECT * { ?s ?p ?o } LIMIT 3",
        "SELECT * { ?s ?p ?o . ?a ?b ?c }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }",
        "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3",
        "SELECT",
    ]
)
TABLES = st.sampled_from(
    [
        "code;n\nGM0363;1\ngm0856 ;2\n",
        '"code","n"\r\n"BU03639306","a,\n""b"""\r\n',
        "n\tcode\n\n1\tGM1671\tx\n2\n",
        "sep=|\ncode|n\n363|1",
        'code;n\n"GM0363',
        "code\n" + "x\n" * 5000,
        "",
    ]
)
GRAPHS = st.sampled_from(
    [
        "<a:a> <a:b> <a:c> .",
        '<a:a> <http://purl.org/dc/terms/title> "x"@nl .',
        "<https://w3id.org/wijindewijk/id/case/x> a <https://w3id.org/wijk/def#Case> .",
        '{"@id": "https://w3id.org/wijindewijk/id/case/x", "@type": "https://w3id.org/wijk/def#Case"}',
        '{"@context": "https://example.org/", "@id": "a:a"}',
        "<rdf:RDF",
        "[] <a:b> [] .",
        '<a:a> <a:b> 1, "\\u0000" .',
        "",
    ]
)
# What a list is chosen by, and what a question takes: often something that is there.
CHOSEN = {
    "thema": st.sampled_from(["groen", "zorg", "groe", ""]),
    "doelgroep": st.sampled_from(["bewoner", "beleid", "x"]),
    "gemeente": st.sampled_from(["GM0344", "gm0344", "PV26", "1"]),
    "provincie": st.sampled_from(["PV26", "GM0344", "x"]),
    "soort": st.sampled_from(["zorgaanbieder", "wijk", "x"]),
    "pagina": st.sampled_from(["1", "2", "0", "1e3", "999999999999"]),
    "paginagrootte": st.sampled_from(["1", "7", "1001", "-1"]),
    "theme": st.sampled_from(["groen", "zorg", "x"]),
    "case": st.sampled_from(["holybe", "choku-gym", "x"]),
    "code": st.sampled_from(["GM0344", "PV26", "BU07960401", "x"]),
}
PLACES = {
    "kind": st.sampled_from(["case", "bundle", "theme", "place", "none"]),
    "code": st.sampled_from(["GM0856", "gm1671 ", "2022BU19910104", "GM9999", "x"]),
    "slug": st.sampled_from(["choku-gym", "holybe", "groen", "none"]),
    "vocabulary": st.sampled_from(["schema", "schema.ttl", "none"]),
    "version": st.sampled_from(["0.1.0", "0.1.0.nt", "9.9.9"]),
}


@pytest.fixture(scope="module", params=[(openapi.PATH, ""), (description.PATH, "/api/v1")])
def served(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Where a description is, and what stands before its paths."""
    found: tuple[str, str] = request.param
    return found


@pytest.fixture(scope="module")
def api(watch: Watch, served: tuple[str, str]) -> Any:
    """The description as the server gives it."""
    import schemathesis

    return schemathesis.openapi.from_dict(watch.client.get(served[0]).json())


@pytest.fixture(scope="module")
def checks() -> list[Any]:
    """No status of the server's own fault is described but 503 and 504."""
    from schemathesis.specs.openapi import checks as of

    return [
        of.status_code_conformance,
        of.content_type_conformance,
        of.response_headers_conformance,
        of.response_schema_conformance,
    ]


def test_the_description_is_openapi(api: Any) -> None:
    assert api.raw_schema["openapi"].startswith("3.1.")
    api.validate()


@st.composite
def cases(draw: st.DrawFn, api: Any) -> Any:
    """A request as the description has it, often with something in it that is there."""
    operation = draw(st.sampled_from([each.ok() for each in api.get_all_operations()]))
    case = draw(operation.as_strategy())
    known = {name: PLACES[name] for name in case.path_parameters or () if name in PLACES}
    if draw(st.integers(0, 3)):
        case.path_parameters.update({name: draw(made) for name, made in known.items()})
        if operation.path == "/join" and operation.method == "post":
            case.query["code"] = draw(st.sampled_from(["code", "1", "2", "n", ""]))
            if isinstance(case.body, dict):
                case.body["file"] = draw(TABLES)
            else:
                case.body = draw(TABLES)
        elif operation.path == "/check" and operation.method == "post":
            case.query["taal"] = draw(st.sampled_from(["nl", "en", "x"]))
            if isinstance(case.body, dict):
                case.body["file"] = draw(GRAPHS)
            else:
                case.body = draw(GRAPHS)
        elif operation.path == "/sparql" and operation.method == "get":
            case.query["query"] = draw(QUERIES)
        elif isinstance(case.body, dict):
            case.body["query"] = draw(QUERIES)
        elif operation.method == "post":
            case.body = draw(QUERIES)
        for name in CHOSEN.keys() & (case.query or {}).keys():
            if operation.path != "/join":
                case.query[name] = draw(CHOSEN[name])
    case.headers["Accept"] = draw(ACCEPT)
    return case


def resolved(told: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """What a reference refers to."""
    while "$ref" in part:
        _, *steps = part["$ref"].split("/")
        part = told
        for step in steps:
            part = part[step]
    return part


def test_what_comes_back_is_described(
    watch: Watch, api: Any, served: tuple[str, str], checks: list[Any], seconds: float
) -> None:
    import requests

    session = requests.Session()

    def holds(case: Any) -> None:
        try:
            response = case.call(watch.address + served[1], session, allow_redirects=False)
        except requests.exceptions.ChunkedEncodingError:
            return  # begun in time and not ended in time: the connection breaks
        case.validate_response(response, checks=checks)
        responses = case.operation.definition.raw["responses"]
        told = resolved(api.raw_schema, responses[str(response.status_code)])
        known = {name.lower() for name in told["headers"]} | OF_HTTP
        assert {name.lower() for name in ALWAYS} <= set(response.headers) <= known

    search(cases(api), holds, seconds, watch.well)
