"""Every kind of response is as the schemas of OAI-PMH have it, and one that is not is seen."""

import re
from datetime import UTC, datetime

import pytest
from lxml import etree
from wijk.harvesting.oai import answering

from .oai_schemas import SETS, schema, validated

pytestmark = pytest.mark.harvest

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BASE = "https://w3id.org/wijindewijk/"
DOCUMENT = f"{BASE}doc/case/boefjes-en-baristas"
CASE = "oai:w3id.org:wijindewijk/case/boefjes-en-baristas"
DC = {"metadataPrefix": "oai_dc"}
ONE = {"verb": "GetRecord", "identifier": CASE, **DC}


def ask(own, arguments):
    return answering.answer(own, arguments.items(), NOW)


@pytest.mark.parametrize(
    ("arguments", "element"),
    [
        ({}, "error"),
        ({"verb": "x"}, "error"),
        ({"verb": "Identify", "x": "y"}, "error"),
        ({**ONE, "identifier": "oai:x:y"}, "error"),
        ({**ONE, "identifier": "\x00<&"}, "error"),
        ({**ONE, "metadataPrefix": "marc"}, "error"),
        ({"verb": "ListRecords", "metadataPrefix": "\xe9"}, "error"),
        ({"verb": "ListRecords", **DC, "set": "x"}, "error"),
        ({"verb": "ListRecords", **DC, "from": "2030-01-01"}, "error"),
        ({"verb": "ListRecords", **DC, "until": "x"}, "error"),
        ({"verb": "ListRecords", "resumptionToken": "\x01<\xe9&\ufffe"}, "error"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "error"),
        ({"verb": "Identify"}, "Identify"),
        ({"verb": "ListSets"}, "ListSets"),
        ({"verb": "ListMetadataFormats"}, "ListMetadataFormats"),
        (ONE, "GetRecord"),
        ({**ONE, "metadataPrefix": "rdf"}, "GetRecord"),
        ({"verb": "ListRecords", **DC}, "ListRecords"),
        ({"verb": "ListRecords", "metadataPrefix": "rdf"}, "ListRecords"),
        ({"verb": "ListIdentifiers", **DC, "from": "2026-11-23"}, "ListIdentifiers"),
    ],
)
def test_a_response_is_as_the_schemas_have_it(own, arguments, element):
    root = validated(ask(own, arguments))
    assert etree.QName(root[2]).localname == element


def test_a_withdrawn_case_is_as_the_schemas_have_it(made, log, then):
    gone = made(then(log, "Delete", DOCUMENT))
    root = validated(ask(gone, ONE))
    assert root.find(".//{*}header").get("status") == "deleted"


def test_texts_with_html_and_odd_characters_are_as_the_schemas_have_it(made, log, then):
    content = log.latest[DOCUMENT].content
    odd = content.replace(
        "Ouders met kleine", r"<script>\u0001\uFFFF</script> <b>met</b> &nbsp; 1<2"
    )
    own = made(then(log, "Update", DOCUMENT, odd))
    for prefix in ("oai_dc", "rdf"):
        validated(ask(own, {**ONE, "metadataPrefix": prefix}))


@pytest.mark.parametrize(
    ("pattern", "becomes"),
    [
        (r"<datestamp>[^<]*", "<datestamp>2026-11-23T09:30:00+01:00"),
        (r"<setSpec>[^<]*", "<setSpec>thema eenzaam"),
        (r"<dc:title[^>]*>([^<]*)</dc:title>", r"<dc:titel>\1</dc:titel>"),
        (r"(<dc:description[^>]*>)", r"\1<b>vet</b>"),
        (r' ref="[^"]*"', ""),
        (r'harvestDate="[^"]*"', 'harvestDate="gisteren"'),
        (r"</header>", "</header><resumptionToken/>"),
        (r' verb="[^"]*"', ' verb="GetAll"'),
        (r"<header>.*</record>", "</record>"),
    ],
)
@pytest.mark.parametrize("protocol", SETS, ids=["our schemas", "those of OAI"][: len(SETS)])
def test_a_response_that_was_broken_is_seen(own, protocol, pattern, becomes):
    record = ask(own, ONE).decode()
    validated(record.encode())
    broken, count = re.subn(pattern, becomes, record)
    assert count
    assert not schema(protocol).validate(etree.fromstring(broken.encode()))
