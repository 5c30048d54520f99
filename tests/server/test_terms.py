"""Terms of N-Triples: what is written is read back, and what an engine writes is read too."""

import pytest
from rdflib import Literal
from wijk.terms import lexical, node


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (r'"C:\\xfoo"', r"C:\xfoo"),
        (r'"\\u0041"', r"\u0041"),
        (r'"\u0041\U0001F600\b\f"', "A\U0001f600\b\f"),
        (r'"\xfoo"', "xfoo"),
        (r'"\uD800"', "uD800"),
    ],
)
def test_an_escape_means_what_n_triples_says_and_any_other_is_its_letter(
    text: str, says: str
) -> None:
    assert lexical(text) == says
    assert node(f"{text}@nl") == Literal(says, lang="nl")
