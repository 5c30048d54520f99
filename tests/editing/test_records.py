"""A record is read from a document and written back; what did not change stays as it was."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SKOS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SDO
from wijk import turtle
from wijk.documents import Document, hashed
from wijk.editing.kinds import KINDS
from wijk.editing.records import Evidence, Part, Record, Statement, blank, path_of, read, written
from wijk.errors import OutputError
from wijk.namespaces import WIJK
from wijk.snapshot import Snapshot
from wijk.terms import node

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/wijindewijk/"
CASE = f"{BASE}doc/case/boefjes-en-baristas"
TITLE, SUBJECT, NOTE = str(DCTERMS.title), str(DCTERMS.subject), str(SKOS.note)
STATED = f"{BASE}id/basis/stated"
SURE, CANDIDATE = f"{BASE}id/status/asserted", f"{BASE}id/status/candidate"
PAGE = "https://www.movisie.nl/wijindewijk"
SIGNS = [*"ab é’\"'\\\n\t.,;<>#@^", " . ", " ; ", " , ", "\u2028", "😀"]
Triples = set[tuple[object, object, object]]


def documents(taken: Snapshot) -> list[Document]:
    """Every document that people enter."""
    return [each for each in taken.documents.values() if each.kind in KINDS]


def again(before: Document, text: bytes) -> Document:
    """The document with another text."""
    return replace(before, text=text, parsed=None, digest=hashed(text))


def triples(text: bytes) -> Triples:
    """What a file says."""
    return {*turtle.parse(text, "")}


def theme(name: str) -> str:
    """A theme as a term."""
    return f"<{BASE}id/theme/{name}>"


@pytest.fixture(scope="module")
def case(shipped: Snapshot) -> Document:
    """A case with much in it."""
    return shipped.documents[CASE]


@pytest.fixture(scope="module")
def formatted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, bytes]], str]:
    """What the formatter says of these texts."""

    def say(texts: dict[str, bytes]) -> str:
        folder = tmp_path_factory.mktemp("written")
        for name, text in texts.items():
            (folder / f"{name}.ttl").write_bytes(text)
        command = [str(Path(sys.executable).with_name("turtlefmt")), "--check", str(folder)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        return ran.stdout + ran.stderr if ran.returncode else ""

    return say


def test_what_is_read_and_written_back_is_the_same_file(shipped: Snapshot) -> None:
    for document in documents(shipped):
        record = read(document, shipped)
        assert written(record, document, shipped) == document.source, document.path
        assert path_of(record) == document.path


def test_the_names_of_evidence_and_the_order_of_statements_are_no_change(
    shipped: Snapshot, case: Document
) -> None:
    record = read(case, shipped)
    bare = tuple(
        replace(each, evidence=tuple(replace(it, name="", whole=False) for it in each.evidence))
        for each in reversed(record.statements)
    )
    assert written(replace(record, statements=bare), case, shipped) == case.source


def test_every_statement_of_a_document_is_in_its_record(shipped: Snapshot) -> None:
    left = {RDF.type, URIRef("http://www.opengis.net/ont/geosparql#hasGeometry")}
    for document in documents(shipped):
        record = read(document, shipped)
        thing = URIRef(record.thing)
        said = {(path, value) for path, value in document.graph.predicate_objects(thing)}
        held = {(URIRef(it.path), node(it.value)) for it in record.statements if it.stated}
        assert held == {pair for pair in said if pair[0] not in left}, document.path
        told = {it.name for each in record.statements for it in each.evidence}
        parts = {*document.graph.subjects(RDF.subject, thing)}
        parts -= {it for each in left for it in document.graph.subjects(RDF.predicate, each)}
        assert told == {str(it).partition("#")[2] for it in parts}, document.path


def about(graph: Graph, thing: URIRef, path: URIRef, value: object) -> set[object]:
    """The evidence for one statement."""
    return {
        each
        for each in graph.subjects(RDF.subject, thing)
        if (each, RDF.predicate, path) in graph and (each, RDF.object, value) in graph
    }


@settings(max_examples=10)
@given(data=st.data())
def test_a_new_value_changes_its_own_lines_and_no_others(
    shipped: Snapshot, data: st.DataObject
) -> None:
    document = data.draw(st.sampled_from(documents(shipped)))
    record = read(document, shipped)
    old = data.draw(st.sampled_from([each for each in record.statements if each.stated]))
    at, thing = record.statements.index(old), URIRef(record.thing)
    text = "".join(data.draw(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8)))
    new = Literal(f"{text} (nieuw)", lang="nl")
    changed = (*record.statements[:at], replace(old, value=turtle.term(new)))
    made = written(
        replace(record, statements=(*changed, *record.statements[at + 1 :])), document, shipped
    )
    path, was = URIRef(old.path), node(old.value)
    proof = about(document.graph, thing, path, was)
    gone = {(thing, path, was), *((each, RDF.object, was) for each in proof)}
    come = {(thing, path, new), *((each, RDF.object, new) for each in proof)}
    assert triples(made) == ({*document.graph} - gone) | come
    before, after = document.source.splitlines(), made.splitlines()
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1 + len(proof)


@settings(max_examples=10)
@given(data=st.data())
def test_a_statement_that_is_taken_out_takes_its_evidence_with_it(
    shipped: Snapshot, data: st.DataObject
) -> None:
    document = data.draw(st.sampled_from(documents(shipped)))
    record = read(document, shipped)
    old = data.draw(st.sampled_from([each for each in record.statements if each.stated]))
    left = tuple(each for each in record.statements if each != old)
    made = written(replace(record, statements=left), document, shipped)
    thing, path, was = URIRef(record.thing), URIRef(old.path), node(old.value)
    proof = about(document.graph, thing, path, was)
    if not any(each.path == old.path for each in left):
        proof |= {it for it in document.graph.subjects(RDF.predicate, path)}
    gone = {(thing, path, was)} | {it for it in document.graph if it[0] in proof}
    assert triples(made) == {*document.graph} - gone
    new = [line for line in made.splitlines() if line not in document.source.splitlines()]
    assert len(new) <= 1, "one line loses a value, or ends with another sign"


def test_new_statements_get_evidence_with_free_names(shipped: Snapshot, case: Document) -> None:
    record = read(case, shipped)
    source = Evidence(PAGE, STATED, SURE, "Hoofdstuk 7.")
    notes = record.values(NOTE)
    new = Statement(notes[0].path, '"Er is een tuin."@nl', (source,))
    made = written(record.having(new.path, (*notes, new)), case, shipped)
    assert b"\n<#e-note-4> a wijk:Evidence ;\n    rdf:subject <> ;" in made
    assert made.index(b"<#e-note-3>") < made.index(b"<#e-note-4>")
    back = read(again(case, made), shipped).values(new.path)[-1]
    assert back == replace(new, evidence=(replace(source, name="e-note-4"),))


def test_evidence_for_all_values_stays_so_as_long_as_every_value_has_it(
    shipped: Snapshot, case: Document
) -> None:
    record = read(case, shipped)
    themes = record.values(SUBJECT)
    more = written(
        record.having(SUBJECT, (*themes, Statement(SUBJECT, theme("groen")))), case, shipped
    )
    assert more.count(b"\n<#e-subject") == 1
    own = Statement(SUBJECT, theme("groen"), (Evidence(PAGE, STATED, SURE),))
    apart = written(record.having(SUBJECT, (*themes, own)), case, shipped)
    assert apart.count(b"\n<#e-subject") == len(themes) + 1
    back = read(again(case, apart), shipped).values(SUBJECT)
    assert [each.content for each in back] == [each.content for each in (*themes, own)]


@pytest.mark.parametrize("status", ["disputed", "candidate"])
def test_evidence_that_is_not_sure_always_says_of_which_value(
    shipped: Snapshot, case: Document, status: str
) -> None:
    record = read(case, shipped)
    unsure = SURE.replace("asserted", status)
    doubted = tuple(
        replace(it, evidence=tuple(replace(each, status=unsure) for each in it.evidence))
        for it in record.values(SUBJECT)
    )
    made = Graph().parse(data=written(record.having(SUBJECT, doubted), case, shipped))
    told = [*made.subjects(RDF.predicate, DCTERMS.subject)]
    assert {made.value(it, RDF.object) for it in told} == {node(it.value) for it in doubted}


def test_a_candidate_has_evidence_and_is_not_stated(shipped: Snapshot, case: Document) -> None:
    record = read(case, shipped)
    maybe = Statement(SUBJECT, theme("groen"), (Evidence(PAGE, STATED, CANDIDATE),))
    made = written(record.having(SUBJECT, (*record.values(SUBJECT), maybe)), case, shipped)
    thing = URIRef(record.thing)
    assert (thing, DCTERMS.subject, node(maybe.value)) not in triples(made)
    found = read(again(case, made), shipped).values(SUBJECT)[-1]
    assert found.content == maybe.content
    assert not found.stated
    sure = replace(found, evidence=(replace(found.evidence[0], status=SURE),))
    known = record.having(SUBJECT, (*record.values(SUBJECT), sure))
    assert (thing, DCTERMS.subject, node(maybe.value)) in triples(
        written(known, again(case, made), shipped)
    )


def test_a_participation_comes_changes_and_goes_with_its_own_source(
    shipped: Snapshot, case: Document
) -> None:
    record = read(case, shipped)
    said = (
        Statement(str(WIJK.actor), f"<{BASE}id/actor/accolade>"),
        Statement(str(WIJK.role), f"<{BASE}id/role/gastheer>"),
        Statement(str(WIJK.basis), f"<{STATED}>"),
        Statement(str(WIJK.status), f"<{SURE}>"),
        Statement(str(DCTERMS.source), f"<{PAGE}>"),
    )
    more = replace(record, parts=(*record.parts, Part("participation", "", said)))
    made = written(more, case, shipped)
    part = URIRef(f"{record.thing}#accolade")
    told = {(part, URIRef(each.path), node(each.value)) for each in said}
    told |= {(part, RDF.type, WIJK.Participation), (part, WIJK.case, URIRef(record.thing))}
    assert triples(made) == {*case.graph} | told
    there = again(case, made)
    assert written(replace(read(there, shipped), parts=record.parts), there, shipped) == case.source
    twice = replace(more, parts=(*more.parts, Part("participation", "", said)))
    assert b"\n<#accolade-2> a wijk:Participation" in written(twice, case, shipped)
    first = replace(record.parts[0], statements=record.parts[0].statements[:-1])
    less = written(replace(record, parts=(first, *record.parts[1:])), case, shipped)
    assert len({*case.graph} - triples(less)) == 1


def test_every_document_can_be_written_from_blank(
    shipped: Snapshot, formatted: Callable[[dict[str, bytes]], str]
) -> None:
    texts = {}
    for document in documents(shipped)[::8]:
        record = read(document, shipped)
        made = written(record, None, shipped)
        back = read(again(document, made), shipped)
        assert {it.content for it in back.statements} == {it.content for it in record.statements}
        assert {it.name: {*it.statements} for it in back.parts} == {
            it.name: {*it.statements} for it in record.parts
        }
        texts[f"{document.kind}-{document.slug}"] = made
    assert formatted(texts) == ""


def test_what_is_written_is_in_the_house_format(
    shipped: Snapshot, formatted: Callable[[dict[str, bytes]], str]
) -> None:
    texts = {}
    for number, document in enumerate(documents(shipped)[::9]):
        record = read(document, shipped)
        at = number % len(record.statements)
        left = (*record.statements[:at], *record.statements[at + 1 :])
        text = Statement(
            record.statements[0].path, '"Een \\"nieuwe\\"\\nregel; en . dat , is het"@nl'
        )
        texts[f"less-{number}"] = written(replace(record, statements=left), document, shipped)
        more = replace(record, statements=(*record.statements, text))
        texts[f"more-{number}"] = written(more, document, shipped)
    assert formatted(texts) == ""


def test_what_is_no_field_and_every_remark_stays(shipped: Snapshot) -> None:
    document = shipped.documents[f"{BASE}doc/place/den-bosch"]
    text = document.source.replace(b"<#e-name> a", b"# Zo heet de stad.\n<#e-name> a", 1)
    place = again(document, text)
    record = read(place, shipped)
    name = record.values(str(SDO.name))[0]
    made = written(record.having(name.path, (replace(name, value='"Bosch"@nl'),)), place, shipped)
    assert made == text.replace(name.value.encode(), b'"Bosch"@nl')


def test_a_file_of_another_format_is_written_anew(shipped: Snapshot, case: Document) -> None:
    loose = turtle.serialize(case.graph, turtle.TURTLE, prefixes=shipped.prefixes)
    other = again(case, loose)
    record = read(other, shipped)
    assert written(record, other, shipped) == loose
    title = record.values(TITLE)[0]
    new = record.having(TITLE, (replace(title, value='"Boefjes"@nl'),))
    made = written(new, other, shipped)
    assert made.startswith(b"@base <")
    assert {it.content for it in read(again(case, made), shipped).statements} == {
        it.content for it in new.statements
    }


def test_a_source_keeps_its_address(shipped: Snapshot) -> None:
    document = next(it for it in shipped.documents.values() if it.kind == "source")
    moved = replace(read(document, shipped), thing="https://www.movisie.nl/elders")
    with pytest.raises(OutputError, match="make a new source"):
        written(moved, document, shipped)
    assert blank("source", "elders", shipped, "https://www.movisie.nl/elders").thing == moved.thing
    assert isinstance(blank("case", "tuin", shipped), Record)
