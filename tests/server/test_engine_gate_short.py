"""The gate is short with what cannot be wrong, and says the same as when it reads every token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wijk.engine import gate
from wijk.engine.gate import Limits, Passed
from wijk.errors import EngineError

PIECES = st.sampled_from(
    [
        *("SELECT", "ASK", "DESCRIBE", "CONSTRUCT", "INSERT", "PREFIX ex: <urn:x>", "BASE <urn:b>"),
        *("?x", "*", "{", "}", "(", ")", "ex:a", "DESCRIBEex:a", "SERVICE", "service:load", "LOAD"),
        *('"SERVICE"', "'''", "# LOAD\n", "<urn:#SERVICE>", "NOW()", "rand", "&&", "||", "ß", ""),
    ]
)


def said(text: str) -> Passed | str:
    try:
        return gate.examine(text, Limits(tokens=12, depth=2, chains=4))
    except EngineError as error:
        return str(error)


@given(st.lists(PIECES, min_size=1, max_size=16).map(" ".join))
def test_what_cannot_be_wrong_is_told_as_if_all_of_it_was_read(text: str) -> None:
    short = said(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "_harmless", lambda *_: False)
        assert short == said(text)
