"""Requests by OAI-PMH to a repository, and what to take from the responses."""

from datetime import UTC, datetime

from lxml import etree
from wijk.harvesting.oai import answering

NS = {
    "o": "http://www.openarchives.org/OAI/2.0/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "p": "http://www.openarchives.org/OAI/2.0/provenance",
    "r": "http://www.openarchives.org/OAI/2.0/rights/",
}
CASE = "oai:w3id.org:wijindewijk/case/boefjes-en-baristas"
NOW = datetime(2026, 11, 24, 12, 0, 0, 250_000, tzinfo=UTC)
DC = {"metadataPrefix": "oai_dc"}


def ask(own, verb, now=NOW, **arguments):
    pairs = {"verb": verb, **{name.rstrip("_"): value for name, value in arguments.items()}}
    return etree.fromstring(answering.answer(own, pairs.items(), now))


def texts(response, path):
    return [element.text for element in response.iterfind(f".//{path}", NS)]


def code(response):
    assert len(response) == 3
    return response[2].get("code")


def parts(own, verb="ListRecords", **arguments):
    """All parts of a list."""
    response = ask(own, verb, **arguments)
    yield response
    while (token := response.findtext(".//o:resumptionToken", namespaces=NS)) is not None:
        if not token:
            return
        response = ask(own, verb, resumptionToken=token)
        assert response.find("o:error", NS) is None
        yield response


def listed(own, verb="ListIdentifiers", **arguments):
    given = {**DC, **arguments}
    return [it for part in parts(own, verb, **given) for it in texts(part, "o:identifier")]
