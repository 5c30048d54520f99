"""Resumption tokens come back as they went out, and what is not one is told."""

import base64
import json
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wijk.harvesting.oai import tokens
from wijk.harvesting.oai.problems import ProtocolError
from wijk.harvesting.oai.tokens import Token

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BEGAN = int(NOW.timestamp())
TOKEN = Token(
    *("ListRecords", "oai_dc", "2026-11-01", "", "thema:groen"),
    *(BEGAN, BEGAN - 5, "oai:w3id.org:wijindewijk/case/x", 100, 250, BEGAN),
)
seconds = st.integers(0, 10**10)


@given(st.text(), st.text(), seconds, seconds, st.integers(0, 10**9))
def test_a_token_is_read_as_it_was_written(chosen, last, bound, time, cursor):
    token = replace(TOKEN, chosen=chosen, last_id=last, bound=bound, last_time=time, cursor=cursor)
    text = token.written()
    assert tokens.read(text, "ListRecords", NOW) == token
    assert text.isascii()
    assert not set(text) & set(" \t\n<>&\"'/+=")


@given(st.text() | st.binary().map(lambda it: base64.urlsafe_b64encode(it).decode()))
def test_any_other_text_is_not_a_token(text):
    with pytest.raises(ProtocolError) as error:
        tokens.read(text, "ListRecords", NOW)
    assert error.value.code == "badResumptionToken"


@given(st.data())
def test_a_token_of_which_one_sign_differs_is_not_a_token(data):
    text = TOKEN.written()
    at = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from(sorted(set("abcABC012-_") - {text[at]})))
    with pytest.raises(ProtocolError):
        tokens.read(text[:at] + sign + text[at + 1 :], "ListRecords", NOW)


@pytest.mark.parametrize("value", [None, [], 1.5, True, -1, 10**12, "x" * 3])
@pytest.mark.parametrize("at", range(11))
def test_a_token_with_a_right_checksum_and_odd_values_is_not_a_token(at, value):
    """Anyone can work out the checksum; what it says is held to what a token can say."""
    values = [*astuple(TOKEN)]
    if isinstance(values[at], str) and isinstance(value, str):
        return
    values[at] = value
    packed = json.dumps(values).encode()
    text = base64.urlsafe_b64encode(packed + tokens._check(packed)).decode().rstrip("=")
    with pytest.raises(ProtocolError):
        tokens.read(text, "ListRecords", NOW)


def test_a_token_is_of_one_verb_and_for_a_week_from_the_first_page_on():
    text = TOKEN.written()
    with pytest.raises(ProtocolError, match="of ListRecords, not of ListIdentifiers"):
        tokens.read(text, "ListIdentifiers", NOW)
    assert tokens.read(text, "ListRecords", NOW + timedelta(days=7)) == TOKEN
    with pytest.raises(ProtocolError, match="was good until 2026-11-30T12:00:00Z"):
        tokens.read(text, "ListRecords", NOW + timedelta(days=7, seconds=1))
