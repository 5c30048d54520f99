"""Which representation a client gets."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wijk.web.negotiation import MOST, choose, wishes

OFFERED = ("text/turtle", "text/html", "application/ld+json", "application/rdf+xml")


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html", "text/html"),
        ("TEXT/HTML;Level=1", "text/html"),
        ("text/*", "text/turtle"),
        ("text/*;q=0.5, text/html;q=0.6", "text/html"),
        ("text/html, */*", "text/html"),
        ("text/html;q=0.9, */*;q=0.1", "text/html"),
        ("text/turtle;q=0, */*", "text/html"),
        ("text/turtle;q=0, text/*", "text/html"),
        ("text/turtle;q=0.1, */*;q=0.9", "text/html"),
        ("application/rdf+xml;q=0.8, application/ld+json ; q=0.9", "application/ld+json"),
        ('text/html;a="x,y;q=0";q=0.5, text/turtle;q=0.4', "text/html"),
        ('text/html;a="x\\",y";q=0.5, text/turtle;q=0.4', "text/html"),
        ("text/html ; q=0.3 , text/turtle ;q=0.2", "text/html"),
        ("text/html;level, text/turtle;q=0.4", "text/html"),
        ("nonsense, text/html", "text/html"),
        ('"a, text/html', None),
        ("application/json", "application/ld+json"),
        ("image/png", None),
        ("*/*;q=0", None),
        ("nonsense", None),
        ("text/html;q=2", None),
    ],
)
def test_the_most_specific_range_decides_and_then_the_quality(accept, chosen):
    assert choose(accept, OFFERED, {"application/json": "application/ld+json"}) == chosen


@given(st.text() | st.lists(st.sampled_from([*OFFERED, "*/*", ";q=0", ";q=.5", ",", '"', " "])))
def test_any_accept_header_gives_a_type_that_is_offered_or_none(accept):
    header = accept if isinstance(accept, str) else "".join(accept)
    assert choose(header, OFFERED) in (*OFFERED, None)


def test_a_header_of_a_length_that_no_client_needs_says_nothing():
    long = "text/html," * (MOST // 10 + 1)
    assert choose(long, OFFERED) == "text/turtle"
    assert choose(long[:MOST], OFFERED) == "text/html"


@given(st.text(st.sampled_from('aq/*;=,." \\0\t'), min_size=1, max_size=5))
@settings(max_examples=50, deadline=timedelta(seconds=20))
def test_any_header_is_read_in_a_time_that_grows_with_its_length(odd):
    assert isinstance(wishes(odd * (256 * 1024 // len(odd))), list)
