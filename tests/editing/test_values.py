"""What people write is understood, what is shown can be written back, and the rest is explained."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import XSD, Literal
from wijk import turtle
from wijk.checking.findings import term
from wijk.editing import naming, sentences
from wijk.editing.fields import Field, by_path, fields
from wijk.editing.kinds import KINDS, PARTICIPATION, PARTS
from wijk.editing.records import read
from wijk.editing.values import Misread, shown, understood
from wijk.engine import local
from wijk.snapshot import Snapshot
from wijk.tabular.things import Things
from wijk.terms import node

BASE = "https://w3id.org/wijindewijk/id/"
LANGUAGE_SIGNS = st.text(st.sampled_from('ab é’"\\\n[]nlfy '), min_size=1)


def field(taken: Snapshot, kind: str, key: str) -> Field:
    """The field of that key."""
    return next(each for each in fields(taken, kind) if each.key == key)


def typed(text: str, kind: str) -> str:
    """A literal as a term."""
    return f'"{text}"^^<{XSD}{kind}>'


def test_every_value_of_the_graph_is_understood_as_it_is_shown(shipped: Snapshot) -> None:
    parts = by_path(shipped, PARTICIPATION)
    for document in shipped.documents.values():
        if document.kind in KINDS:
            record, own = read(document, shipped), by_path(shipped, document.kind)
            said = [(own[it.path], it.value) for it in record.statements]
            said += [(parts[it.path], it.value) for part in record.parts for it in part.statements]
            for each, value in said:
                text = shown(value, each, shipped)
                assert understood(text, each, shipped) == value
                assert text != value, "nobody needs to read a term"


@settings(max_examples=60)
@given(text=LANGUAGE_SIGNS, lang=st.sampled_from(["nl", "fy"]))
def test_a_text_in_any_language_of_its_field_comes_back(
    shipped: Snapshot, text: str, lang: str
) -> None:
    each = field(shipped, "case", "titel")
    if isinstance(value := understood(f"{text} [{lang}]", each, shipped), str):
        assert understood(shown(value, each, shipped), each, shipped) == value


TERMS = [
    '"x"^^<a b>',
    '"x"@nl-',
    '"C:\\\\x"^^<http://www.w3.org/2001/XMLSchema#string>',
    '"x"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>',
    "https://a:b/%zz",
    "9" * 5000,
]
"""What looks like RDF or a number, and what the store does not take or a computer not read."""


@settings(max_examples=100)
@given(
    text=st.one_of(
        st.sampled_from(TERMS),
        st.text(),
        st.text(st.sampled_from('"\\@^<>:/%#1.,-nl [] ')),
        st.from_regex(r'"[^"]{0,2}"(@[a-z-]{1,4}|\^\^<[a-z: ]{0,5}>)', fullmatch=True),
        st.from_regex(r"https?://[^/]{0,5}/.{0,5}", fullmatch=True),
    ),
    each=st.sampled_from(
        [
            *(("case", key) for key in ("titel", "samenvatting", "nummer", "stand", "bundel")),
            *(("case", "vindt-online-plaats"), ("initiative", "website"), ("initiative", "begin")),
        ]
    ),
)
def test_any_text_in_any_field_is_a_term_that_the_store_takes_or_is_explained(
    shipped: Snapshot, text: str, each: tuple[str, str]
) -> None:
    own = field(shipped, *each)
    found = understood(text, own, shipped)
    if not isinstance(found, Misread):
        local.term(found)
        assert turtle.term(node(found)) == found
        assert understood(shown(found, own, shipped), own, shipped) == found


@pytest.mark.parametrize("text", [*TERMS, '"x"@nl', f'"2021"^^<{XSD}gYear>', "C:\\x"])
def test_what_is_typed_as_a_text_is_that_text(shipped: Snapshot, text: str) -> None:
    each = field(shipped, "case", "titel")
    value = understood(text, each, shipped)
    assert isinstance(value, str)
    assert term(value) == Literal(text, lang="nl")
    assert shown(value, each, shipped) == text


@pytest.mark.parametrize("kind", [*KINDS, *PARTS])
def test_every_example_is_understood(shipped: Snapshot, kind: str) -> None:
    for each in fields(shipped, kind):
        if each.example:
            found = understood(each.example, each, shipped)
            assert isinstance(found, str), (each.key, found)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("2021", "gYear", "2021"),
        ("3 februari 2021", "date", "2021-02-03"),
        ("3 feb. 2021", "date", "2021-02-03"),
        ("3  MRT 2021", "date", "2021-03-03"),
        ("3-2-2021", "date", "2021-02-03"),
        ("03/02/2021", "date", "2021-02-03"),
        ("3.2.2021", "date", "2021-02-03"),
        ("2021-02-03", "date", "2021-02-03"),
    ],
)
def test_days_and_years_are_read_as_dutch_people_write_them(
    shipped: Snapshot, text: str, kind: str, value: str
) -> None:
    assert understood(text, field(shipped, "initiative", "begin"), shipped) == typed(value, kind)


@pytest.mark.parametrize(
    ("text", "value"), [("12,5", "12.5"), ("12", "12"), ("1.234,50", "1234.50"), ("12.5", "12.5")]
)
def test_a_decimal_comma_is_a_comma(shipped: Snapshot, text: str, value: str) -> None:
    number = field(shipped, "case", "nummer")
    decimal = Field(**{**vars(number), "value": "decimal"})
    assert understood(text, decimal, shipped) == typed(value, "decimal")
    assert isinstance(understood("1.234", decimal, shipped), Misread), (
        "a thousand, or one and a bit"
    )


@pytest.mark.parametrize(
    ("kind", "key", "text", "code", "nearest"),
    [
        ("case", "nummer", "tweeduizend", "integer", ()),
        ("case", "nummer", "nr. 30", "integer", ("30",)),
        ("case", "nummer", "3O", "integer", ()),
        ("case", "nummer", "9" * 5000, "large", ()),
        ("initiative", "begin", "februari 2021", "date", ("2021",)),
        ("initiative", "begin", "vrijdag 5 Maart 2021", "date", ("5 maart 2021",)),
        ("initiative", "begin", "2021-03-05 13:30:00", "date", ("5 maart 2021",)),
        ("initiative", "begin", "van 5 tot 6 maart 2021", "date", ("6 maart 2021",)),
        ("initiative", "begin", "5-3-2021 of 6-3-2021", "date", ()),
        ("initiative", "begin", "31-2-2021", "date", ("2021",)),
        ("initiative", "begin", "2-3-21", "date", ()),
        ("case", "thema", "ontmoetn", "choice", ("ontmoeting",)),
        ("case", "stand", "bekent", "choice", ("naam bekend", "naam onbekend")),
        ("case", "plek", "gronigen", "unknown", ("Groningen",)),
        ("case", "plek", "Zeeplek", "unknown", ()),
        ("case", "initiatief", "Pluktuin Zuid", "unknown", ()),
        ("case", "initiatief", "boefje", "unknown", ("Boefjes en Barista's",)),
        ("case", "vindt-online-plaats", "misschien", "boolean", ("ja", "nee")),
        ("actor", "website", "www.movisie.nl", "address", ("https://www.movisie.nl",)),
        ("actor", "website", "mailto:iemand", "address", ()),
        ("place", "ligt-in-gebied", "gm9999", "unknown", ()),
        ("case", "titel", "  ", "empty", ()),
        (
            *("place", "ligt-in-gebied", "Groningen", "ambiguous"),
            ("Groningen (gm0014)", "Groningen (pv20)"),
        ),
        (
            *("media", "gaat-over", "Boefjes en Barista’s", "ambiguous"),
            ("Boefjes en Barista's (casus)", "Boefjes en Barista's (initiatief)"),
        ),
    ],
)
def test_what_cannot_be_read_comes_with_its_sentence_and_what_is_nearest(
    shipped: Snapshot, kind: str, key: str, text: str, code: str, nearest: tuple[str, ...]
) -> None:
    each = field(shipped, kind, key)
    found = understood(text, each, shipped)
    assert isinstance(found, Misread)
    assert (found.code, found.nearest) == (code, nearest)
    assert text.strip()[:80] in sentences.misread(found.code, found.value, each.name["nl"])
    for name in found.nearest:
        assert isinstance(understood(name, each, shipped), str), name


def test_what_is_nearest_by_letters_comes_first_also_by_its_slug(shipped: Snapshot) -> None:
    found = understood("Wij in de wijkk 1", field(shipped, "case", "bundel"), shipped)
    assert isinstance(found, Misread)
    assert naming.known(found.nearest[0], "bundle", shipped) == (f"{BASE}bundle/wij-in-de-wijk-1",)
    assert Things(shipped).nearest("Wij in de wijkk 1", ("bundle",)) == found.nearest[:1]


@pytest.mark.parametrize(
    ("kind", "text", "slug"),
    [
        ("case", "5", "boefjes-en-baristas"),
        ("case", "boefjes-en-baristas", "boefjes-en-baristas"),
        ("case", f"{BASE}case/boefjes-en-baristas", "boefjes-en-baristas"),
        ("case", "case:boefjes-en-baristas", "boefjes-en-baristas"),
        ("case", "BOEFJES en barista’s", "boefjes-en-baristas"),
        ("initiative", "Boefjes & Barrista's", "boefjes-en-baristas"),
        ("place", "noardeast fryslan", "noardeast-fryslan"),
        ("bundle", "Wij in de wijk 1", "wij-in-de-wijk-1"),
    ],
)
def test_a_thing_is_known_by_its_number_address_slug_and_names(
    shipped: Snapshot, kind: str, text: str, slug: str
) -> None:
    assert naming.known(text, kind, shipped) == (f"{BASE}{kind}/{slug}",)


def test_a_source_is_known_by_its_web_address_and_its_title(shipped: Snapshot) -> None:
    with_sign = "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/85318NED"
    assert naming.known(with_sign, "source", shipped) == (with_sign,)
    title = "De sociale basis keert terug in nieuwe gedaanten"
    assert naming.known(title, "source", shipped)[0].startswith("https://www.movisie.nl/")
    assert naming.known("https://www.movisie.nl/nergens", "source", shipped) == ()


def test_a_new_address_is_of_the_title_and_free(shipped: Snapshot) -> None:
    assert naming.slug("place", "Súdwest-Fryslân", "", shipped) == "sudwest-fryslan"
    assert naming.slug("case", "Boefjes en Barista’s", "Eindhoven", shipped) == (
        "boefjes-en-baristas-eindhoven"
    )
    assert naming.slug("case", "Initiatief in Oss", "Oss", shipped) == "initiatief-in-oss-2"
    also = {"pluktuin", "pluktuin-zuid"}
    assert naming.slug("case", "Pluktuin", "Zuid", shipped, also) == "pluktuin-zuid-2"
    assert naming.slug("lesson", "!?", "", shipped) == "lesson"
    long = naming.slug("lesson", "Een heel lange titel " * 9, "", shipped)
    assert len(long) <= 60
    assert not long.endswith("-")
