"""What can be asked by OAI-PMH: parts, spans of time, and every error."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree
from wijk.changelog import ChangeLog
from wijk.harvesting.oai import answering

from .oai_requests import CASE, DC, NOW, NS, ask, code, listed, parts, texts


def test_each_part_repeats_what_was_asked_and_how_far_it_is(own):
    """A harvester that counts comes out right, and none can go round in circles."""
    tokens, cursors = [], []
    for part in parts(own, set="bundel", **DC):
        asked = dict(part[1].attrib)
        assert asked.pop("verb") == "ListRecords"
        assert asked == ({"resumptionToken": tokens[-1]} if tokens else {"set": "bundel", **DC})
        token = part.find(".//o:resumptionToken", NS)
        cursors.append(int(token.get("cursor")))
        assert token.get("completeListSize") == "29"
        assert (token.get("expirationDate") == "2026-12-01T12:00:00Z") == bool(token.text)
        tokens.append(token.text)
    assert cursors == [0, 10, 20]
    assert tokens[-1] is None
    assert len(set(tokens)) == 3
    whole = ask(own, "ListRecords", set="thema:groen", **DC)
    assert whole.find(".//o:resumptionToken", NS) is None, "a list in one part has no token"


def test_datestamps_are_whole_seconds_in_utc(own):
    for part in parts(own, **DC):
        for stamp in texts(part, "o:datestamp"):
            assert datetime.strptime(stamp, "%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture(scope="module")
def spread(log):
    """The same log over 29 hours: a case an hour, from 2026-11-22T00:00:00.5Z on."""
    start = datetime(2026, 11, 22, 0, 0, 0, 500_000, tzinfo=UTC)
    cases = [it for it in log.entries if "/doc/case/" in it.document]
    entries = (replace(it, time=start + timedelta(hours=at)) for at, it in enumerate(cases))
    others = (it for it in log.entries if it not in cases)
    early = start - timedelta(days=1)
    before = (replace(it, time=early + timedelta(milliseconds=n)) for n, it in enumerate(others))
    return ChangeLog((*before, *entries))


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        ({"from": "2026-11-22"}, 29),
        ({"until": "2026-11-22"}, 24),
        ({"from": "2026-11-23", "until": "2026-11-23"}, 5),
        ({"from": "2026-11-22T01:00:00Z", "until": "2026-11-22T03:00:00Z"}, 3),
        ({"from": "2026-11-22T01:00:01Z", "until": "2026-11-22T02:59:59Z"}, 1),
        ({"from": "2026-11-22T01:00:00Z", "until": "2026-11-22T01:00:00Z"}, 1),
        ({"from": "1969-01-01"}, 29),
        ({"until": "9999-12-30"}, 29),
    ],
)
def test_from_and_until_are_included_in_seconds_and_in_days(made, spread, arguments, count):
    assert len(listed(made(spread), **arguments)) == count


@pytest.mark.parametrize(
    ("verb", "arguments", "wanted"),
    [
        ("", {}, "badVerb"),
        ("listrecords", {}, "badVerb"),
        ("Identify", {"metadataPrefix": "oai_dc"}, "badArgument"),
        ("ListRecords", {}, "badArgument"),
        ("ListIdentifiers", {"from": "", **DC}, "badArgument"),
        ("ListRecords", {"until": "", **DC}, "badArgument"),
        ("GetRecord", {"identifier": CASE}, "badArgument"),
        ("GetRecord", {"identifier": "geen uri", **DC}, "badArgument"),
        ("GetRecord", {"identifier": "oai:x:y", **DC}, "idDoesNotExist"),
        ("GetRecord", {"identifier": "nope", **DC}, "idDoesNotExist"),
        ("GetRecord", {"identifier": "../é/?a=%20#b", **DC}, "idDoesNotExist"),
        ("GetRecord", {"identifier": "nope%2", **DC}, "badArgument"),
        ("GetRecord", {"identifier": "no#pe#", **DC}, "badArgument"),
        ("GetRecord", {"identifier": "", **DC}, "badArgument"),
        ("ListMetadataFormats", {"identifier": "nope"}, "idDoesNotExist"),
        ("GetRecord", {"identifier": CASE, "metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ("ListMetadataFormats", {"identifier": "oai:x:y"}, "idDoesNotExist"),
        ("ListRecords", {"metadataPrefix": "marc"}, "cannotDisseminateFormat"),
        ("ListRecords", {"resumptionToken": "x" * 5000}, "badResumptionToken"),
        ("ListRecords", {"metadataPrefix": "a b"}, "badArgument"),
        ("ListRecords", {**DC, "set": "thema:bestaat-niet"}, "noRecordsMatch"),
        ("ListRecords", {**DC, "set": "thema eenzaam"}, "badArgument"),
        ("ListRecords", {**DC, "from": "2027-01-01"}, "noRecordsMatch"),
        ("ListRecords", {**DC, "until": "2020-01-01"}, "noRecordsMatch"),
        ("ListRecords", {**DC, "from": "2026-11-24", "until": "2026-11-23"}, "badArgument"),
        (
            "ListRecords",
            {**DC, "from": "2026-11-22", "until": "2026-11-23T00:00:00Z"},
            "badArgument",
        ),
        ("ListRecords", {**DC, "from": "2026-02-31"}, "badArgument"),
        ("ListRecords", {**DC, "from": "2026-11-23T09:30:00.000Z"}, "badArgument"),
        ("ListRecords", {**DC, "from": "2026-11-23T09:30:00+01:00"}, "badArgument"),
        ("ListRecords", {**DC, "from": "gisteren"}, "badArgument"),
        ("ListRecords", {**DC, "fromm": "2026-11-23"}, "badArgument"),
        ("ListRecords", {"resumptionToken": "x"}, "badResumptionToken"),
        ("ListRecords", {"resumptionToken": ""}, "badResumptionToken"),
        ("ListRecords", {"resumptionToken": "x", **DC}, "badArgument"),
        ("ListSets", {"resumptionToken": "x"}, "badResumptionToken"),
    ],
)
def test_what_is_wrong_is_told_with_the_code_of_the_protocol(own, verb, arguments, wanted):
    response = ask(own, verb, **arguments)
    assert code(response) == wanted
    repeated = dict(response[1].attrib)
    if wanted in ("badVerb", "badArgument"):
        assert repeated == {}
    else:
        assert repeated == {"verb": verb, **arguments}


def test_an_argument_that_is_given_twice_is_told(own):
    twice = [("verb", "ListRecords"), ("metadataPrefix", "oai_dc"), ("metadataPrefix", "rdf")]
    assert code(etree.fromstring(answering.answer(own, twice, NOW))) == "badArgument"
    verbs = [("verb", "Identify"), ("verb", "Identify")]
    assert code(etree.fromstring(answering.answer(own, verbs, NOW))) == "badVerb"
