"""The stamp of a document is its last statement, and says the same as before otherwise."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef
from rdflib.namespace import DCTERMS
from wijk import changelog, stamps, turtle
from wijk.errors import OutputError, TurtleSyntaxError
from wijk.linking.writing import Block, added
from wijk.snapshot import Snapshot

DOCUMENT = "https://example.org/doc/case/een"
TIME = "2026-11-23T00:00:00.017Z"
LATER = "2026-11-24T00:00:00.000Z"
BARE = b"@base <https://example.org/id/case/een> .\n\n<> a <https://example.org/Case> .\n"


def test_a_stamp_is_the_last_statement_and_brings_its_prefixes() -> None:
    made = stamps.stamped(BARE, DOCUMENT, TIME).decode()
    assert made.endswith(f'\n\n<{DOCUMENT}> dcterms:modified "{TIME}"^^xsd:dateTime .\n')
    assert made.split("\n")[1].startswith("@prefix dcterms: ")
    assert made.split("\n")[2].startswith("@prefix xsd: ")
    assert stamps.time_of(made.encode(), DOCUMENT) == TIME


def test_another_stamp_takes_the_place_of_the_first() -> None:
    first = stamps.stamped(BARE, DOCUMENT, TIME)
    second = stamps.stamped(first, DOCUMENT, LATER)
    assert second == first.replace(TIME.encode(), LATER.encode())
    assert stamps.stamped(second, DOCUMENT, TIME) == first


def test_a_stamp_goes_back_to_the_end_when_something_was_added_behind_it() -> None:
    first = stamps.stamped(BARE, DOCUMENT, TIME)
    made = stamps.stamped(first + b"\n<#x> a <https://example.org/Part> .\n", DOCUMENT, LATER)
    assert made.count(b"dcterms:modified") == 1
    assert made.endswith(f'> dcterms:modified "{LATER}"^^xsd:dateTime .\n'.encode())


def test_prefixes_stand_in_alphabetical_order() -> None:
    source = b"@prefix a: <urn:a:> .\n@prefix schema: <https://schema.org/> .\n\na:b a a:C .\n"
    made = stamps.stamped(source, DOCUMENT, TIME).decode().split("\n")
    assert [line.split()[1] for line in made[:4]] == ["a:", "dcterms:", "schema:", "xsd:"]


@pytest.mark.parametrize(
    "more",
    [
        f'<{DOCUMENT}> dcterms:modified "gisteren"@nl .\n',
        f'<{DOCUMENT}>\n    dcterms:modified "{TIME}"^^xsd:dateTime .\n',
        f'<{DOCUMENT}> dcterms:modified "{TIME}"^^xsd:dateTime , "{LATER}"^^xsd:dateTime .\n',
    ],
)
def test_a_stamp_in_another_form_is_refused_with_what_to_do(more: str) -> None:
    head = b"@prefix dcterms: <http://purl.org/dc/terms/> .\n"
    head += b"@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    with pytest.raises(OutputError, match="Take the statements about that address out"):
        stamps.stamped(head + more.encode(), DOCUMENT, LATER)


def test_a_file_that_is_no_turtle_is_told() -> None:
    with pytest.raises(TurtleSyntaxError):
        stamps.stamped(b"<> a", DOCUMENT, TIME)


endings = st.sampled_from([b"", b"\n", b"\n\n", b"\n# the end", b"  "])


@given(endings)
def test_however_a_file_ends_nothing_else_changes(ending: bytes) -> None:
    before = BARE.rstrip(b"\n") + ending
    made = turtle.parse(stamps.stamped(before, DOCUMENT, TIME), "")
    made.remove((URIRef(DOCUMENT), DCTERMS.modified, None))
    assert {*made} == {*turtle.parse(before, "")}


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("data/cases/een.ttl", True),
        ("data/sources/een.ttl", True),
        ("ontology/concepts/theme.ttl", True),
        ("data/catalog.ttl", False),
        ("data/derived/containment.ttl", False),
        ("data/figures/2022.ttl", False),
        ("data/changes/een.ttl", False),
        ("ontology/wijk.ttl", False),
        ("ontology/alignments/skos.ttl", False),
        ("shapes/case.ttl", False),
        ("een.ttl", False),
    ],
)
def test_what_people_wrote_is_logged_and_what_a_command_makes_is_not(path: str, kept: bool) -> None:
    assert stamps.is_logged(PurePosixPath(path)) is kept


def test_the_shipped_folder_equals_its_log(shipped: Snapshot) -> None:
    log = changelog.read(shipped.root)
    logged = {it.iri: it for it in shipped.documents.values() if stamps.is_logged(it.path)}
    there = {entry.document: entry for entry in log.present}
    assert len(there) > 800
    assert there.keys() == logged.keys()
    for iri, entry in there.items():
        assert entry.content is not None
        assert entry.content.encode() == logged[iri].source, f"publish {entry.path}"
        assert stamps.said(logged[iri].graph, iri) == (entry.stamp,)


def test_the_shipped_folder_was_first_published_in_the_order_of_its_documents(
    shipped: Snapshot,
) -> None:
    first = [entry for entry in changelog.read(shipped.root).entries if entry.type == "Create"]
    day = [it for it in first if it.time.date() == first[0].time.date()]
    assert first[0].stamp == "2026-11-23T00:00:00.000Z"
    assert [entry.document for entry in day] == sorted(entry.document for entry in day)


def test_what_is_added_by_a_command_stands_before_the_stamp() -> None:
    before = stamps.stamped(BARE, DOCUMENT, TIME)
    part = Block(URIRef("https://example.org/id/case/een#x"), [(DCTERMS.type, URIRef("urn:x"))])
    made = added(before, Block(URIRef("https://example.org/id/case/een"), []), [part], {})
    assert made.endswith(f'{TIME}"^^xsd:dateTime .\n'.encode())
    assert b"<#x> " in made
