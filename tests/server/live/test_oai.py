"""OAI-PMH over HTTP: one address, GET and POST, XML also for what is wrong."""

import pytest
from lxml import etree

NS = {"o": "http://www.openarchives.org/OAI/2.0/"}


def code(response):
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/xml; charset=utf-8"
    error = etree.fromstring(response.content).find("o:error", NS)
    return None if error is None else error.get("code")


def test_get_and_post_give_the_same(client):
    arguments = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    got, posted = client.get("/oai", params=arguments), client.post("/oai", data=arguments)
    assert code(got) is code(posted) is None
    one, other = (etree.fromstring(it.content)[2] for it in (got, posted))
    assert etree.tostring(one) == etree.tostring(other)
    assert len(one) >= 29


def test_head_is_get_without_the_body(client):
    response = client.head("/oai", params={"verb": "Identify"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/xml; charset=utf-8"
    assert response.content == b""


def test_what_is_wrong_is_told_by_the_protocol_with_a_200(client):
    assert code(client.get("/oai")) == "badVerb"
    assert code(client.get("/oai?verb=Identify&verb=Identify")) == "badVerb"
    assert code(client.get("/oai?verb=ListRecords")) == "badArgument"
    assert code(client.post("/oai?verb=Identify", data={"x": "y"})) == "badVerb", (
        "a form is in the body"
    )


FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("byte", ["%ff", "%C3", "\xff"], ids=ascii)
def test_a_badly_encoded_byte_is_a_bad_argument(client, byte):
    sent = f"verb=ListRecords&metadataPrefix={byte}"
    assert code(client.post("/oai", content=sent.encode("latin-1"), headers=FORM)) == "badArgument"
    if byte.isascii():
        assert code(client.get(f"/oai?{sent}")) == "badArgument"


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        (415, {"content": b"verb=Identify", "headers": {"content-type": "text/plain"}}),
        (413, {"data": {"verb": "x" * 60_000}}),
    ],
)
def test_what_is_no_request_at_all_is_told_by_http(client, status, sent):
    assert client.post("/oai", **sent).status_code == status


def test_the_base_url_is_the_public_one_and_not_that_of_the_host_header(plain_client):
    response = plain_client.get("/oai?verb=Identify", headers={"host": "evil.example"})
    root = etree.fromstring(response.content)
    assert root.findtext(".//o:baseURL", namespaces=NS) == "https://example.org/wijk/oai"
    assert root.findtext("o:request", namespaces=NS) == "https://example.org/wijk/oai"


def test_the_schema_of_the_second_format_is_there_and_takes_what_it_is_for(client):
    response = client.get("/oai/rdf.xsd")
    assert response.headers["content-type"] == "application/xml; charset=utf-8"
    schema = etree.XMLSchema(etree.fromstring(response.content))
    records = client.get("/oai?verb=ListRecords&metadataPrefix=rdf")
    found = etree.fromstring(records.content).findall(".//{*}RDF")
    assert len(found) >= 29
    for each in found:
        schema.assertValid(etree.fromstring(etree.tostring(each)))
    assert not schema.validate(etree.fromstring("<RDF/>"))
