"""A graph that cannot be read: a Dutch sentence says where, and what is wrong there."""

import pytest
from wijk.engine import misspelt, sent
from wijk.engine.sent import GraphNotTaken

BASE = "https://example.org/"
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}</rdf:RDF>'


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        ("<a> <b> ", "text/turtle", "regel 1, kolom 9: hier houdt de tekst te vroeg op"),
        ('<a> <b> "x', "text/turtle", "kolom 9: wat hier begint, wordt niet afgesloten"),
        ("<a> <b> <c>\n<d> <e> <f> .", "text/turtle", "regel 2, kolom 1: hiervoor mist een punt"),
        ("a:b <b> <c> .", "text/turtle", "het voorvoegsel “a:” is niet opgegeven"),
        ("<a> <b c> <d> .", "text/turtle", "kolom 5: in dit adres staat een teken dat niet kan"),
        ("<a> <b> hallo .", "text/turtle", "hier hoort een waarde, en er staat “hallo”"),
        ('{"a":', "application/ld+json", "kolom 6: hier houdt de tekst te vroeg op"),
        ('{"@id": 5}', "application/ld+json", "de waarde van “@id” is niet van de goede soort"),
        (XML.format("<x:D/>"), "application/rdf+xml", "het voorvoegsel “x:” is niet opgegeven"),
    ],
)
def test_the_usual_faults_have_a_dutch_sentence(text: str, kind: str, told: str) -> None:
    with pytest.raises(GraphNotTaken) as refused:
        sent.read(text.encode(), kind, BASE, 10)
    assert refused.value.dutch.startswith("Dit is niet te lezen")
    assert f"{told}. Verbeter dit eerst." in refused.value.dutch


def test_a_rare_fault_says_where_it_is_and_quotes_no_english() -> None:
    rare = SyntaxError("Parser error at line 2 column 3: A new thing", (None, 2, 3, None))
    assert misspelt.in_dutch(rare) == (
        "Dit is niet te lezen vanaf regel 2, kolom 3: hier staat iets dat in dit soort tekst niet "
        "kan. Verbeter dit eerst."
    )
