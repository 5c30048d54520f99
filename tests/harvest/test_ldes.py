"""The event stream: every version of every document once, in order, on pages that stay."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, VOID
from wijk import turtle
from wijk.changelog import ChangeLog
from wijk.documents import base_of
from wijk.harvesting.ldes.pages import pages
from wijk.harvesting.ldes.stream import AS, LDES, OF_PAGES, OF_ROOT, TREE, version

from .events import PUBLIC, STREAM, default, read, redacted, stream

BASE = "https://w3id.org/wijindewijk/"
CASE = f"{BASE}doc/case/boefjes-en-baristas"


def test_every_version_is_a_member_once_in_the_order_of_the_log(short):
    own = stream(short)
    assert [len(page.entries) for page in own.pages.all] == [5, 5, 4]
    found = [
        (str(member), str(said.value(member, DCTERMS.isVersionOf)))
        for said in (default(read(own, page)) for page in own.pages.all)
        for member in sorted(said.objects(STREAM, TREE.member), key=time_of)
    ]
    assert found == [(version(entry), entry.document) for entry in short.entries]
    assert re.fullmatch(f"{CASE}#2026-11-23T09:30:00.\\d{{3}}Z", found[0][0])


def time_of(member):
    return str(member).rpartition("#")[2]


def test_a_member_holds_what_was_published_in_the_graph_with_its_name(short):
    own = stream(short)
    for page in own.pages.all:
        found = read(own, page)
        for entry in page.entries:
            held = found.graph(URIRef(version(entry)))
            if entry.type == "Delete":
                assert len(held) == 0
            else:
                source = (entry.content or "").encode()
                assert isomorphic(held, turtle.parse(source, "x", base_of(entry.document)))


def test_a_withdrawn_document_is_a_delete_without_content(short):
    own = stream(short)
    gone = URIRef(version(short.entries[-1]))
    found = read(own, own.pages.all[-1])
    assert set(default(found).predicate_objects(gone)) == {
        (RDF.type, AS.Delete),
        (DCTERMS.isVersionOf, URIRef(short.entries[-1].document)),
        (DCTERMS.created, default(found).value(gone, DCTERMS.created)),
        (VOID.inDataset, URIRef(f"{BASE}dataset/cases")),
    }
    assert "Op verzoek" not in own.written(own.pages.all[-1], turtle.NQUADS).decode()


def test_the_last_version_of_everything_is_the_data_as_published(short):
    """What a client that replicates ends with: each document in the graph of its own IRI."""
    own, held = stream(short), {}
    for page in own.pages.all:
        found = read(own, page)
        for entry in page.entries:
            held[entry.document] = found.graph(URIRef(version(entry)))
    for entry in short.latest.values():
        lines = list(turtle.lines(held[entry.document]))
        graph = turtle.parse((entry.content or "").encode(), "x", base_of(entry.document))
        assert lines == list(turtle.lines(graph))


@pytest.mark.parametrize("media_type", OF_ROOT)
def test_the_root_is_the_same_in_every_format(short, media_type):
    own = stream(short)
    assert isomorphic(default(read(own, None, media_type)), default(read(own)))


@pytest.mark.parametrize("media_type", OF_PAGES)
def test_a_page_is_the_same_in_every_format(short, media_type):
    own = stream(short)
    for page in own.pages.all:
        one, other = read(own, page, media_type), read(own, page)
        assert set(one.quads()) == set(other.quads())
        assert own.written(page, media_type) == stream(short).written(page, media_type)


def test_the_root_leads_to_each_page_with_a_lower_bound_and_a_full_one_with_an_upper_bound(short):
    own = stream(short)
    root = default(read(own))
    (view,) = root.objects(STREAM, TREE.view)
    assert str(view) == f"{PUBLIC}/ldes"
    bounds = {}
    for relation in root.objects(view, TREE.relation):
        kind = str(root.value(relation, RDF.type)).rpartition("#")[2]
        node, value = (str(root.value(relation, of)) for of in (TREE.node, TREE.value))
        bounds.setdefault(node, {})[kind] = value
    lower, upper = "GreaterThanOrEqualToRelation", "LessThanOrEqualToRelation"
    for page in own.pages.all:
        bound = bounds.pop(own.address(page))
        assert bound.pop(lower) == page.entries[0].stamp
        assert bound == ({upper: page.entries[-1].stamp} if page.full else {})
    assert bounds == {}


def test_only_a_full_page_is_immutable_and_nothing_says_false(short):
    own = stream(short)
    said = [[*default(read(own, page)).objects(None, LDES.immutable)] for page in own.pages.all]
    assert [[str(it) for it in each] for each in said] == [["true"], ["true"], []]


def test_every_iri_is_absolute_and_pages_are_at_the_public_address(short):
    own = stream(short)
    for page in (None, *own.pages.all):
        text = own.written(page, turtle.NQUADS).decode()
        assert all(re.match("[a-z]+:", iri) for iri in re.findall(r'<([^>]*)>(?=[^"]*$)', text))
        assert f"<{PUBLIC}/ldes" in text


def test_what_is_full_stays_the_same_to_the_letter_when_the_log_goes_on(short, then):
    own = stream(short)
    later = stream(then(short, "Delete", CASE))
    for page in own.pages.all[:2]:
        for media_type in OF_PAGES:
            assert later.written(later.pages.named(page.name), media_type) == own.written(
                page, media_type
            )


def test_what_was_taken_out_is_gone_and_its_page_has_another_address(short):
    """Also the next time: each address is of one text only."""
    one, other = short.entries[1].document, short.entries[2].document
    before, after = stream(short), stream(redacted(short, one))
    old, new = before.pages.all[0], after.pages.all[0]
    assert re.fullmatch("1-[0-9a-f]{12}", new.name)
    assert after.pages.named(old.name) == new, "the old address leads on"
    assert one not in after.written(new, turtle.NQUADS).decode()
    assert len(list(default(read(after, new)).objects(STREAM, TREE.member))) == 4
    assert [it.name for it in after.pages.all[1:]] == ["2", "3"], "no other page changes"
    again = stream(redacted(short, one, other))
    assert again.pages.all[0].name not in (old.name, new.name)
    assert again.pages.named(new.name) == again.pages.all[0]


def test_only_once_something_was_taken_out_there_is_a_retention_policy(short):
    before = default(read(stream(short)))
    assert not [*before.objects(None, LDES.retentionPolicy)]
    root = default(read(stream(redacted(short, short.entries[1].document))))
    policy = root.value(URIRef(f"{PUBLIC}/ldes"), LDES.retentionPolicy)
    assert root.value(policy, LDES.versionAmount).toPython() == 1


def test_before_anything_was_published_there_is_a_stream_without_pages():
    own = stream(ChangeLog())
    assert (STREAM, RDF.type, LDES.EventStream) in default(read(own))
    assert own.pages.all == ()
    assert own.pages.named("1") is None


@pytest.mark.parametrize("name", ["0", "4", "01", "-1", "x", "", "1-", "1-xyz", "9" * 11, "1.5"])
def test_what_is_no_page_is_none(short, name):
    assert stream(short).pages.named(name) is None


@given(st.integers(0, 57), st.integers(1, 12))
def test_pages_are_the_log_cut_in_pieces(log, count, size):
    part = ChangeLog(log.entries[:count])
    made = pages(part, size)
    assert tuple(it for page in made.all for it in page.entries) == part.entries
    assert all(page.full for page in made.all[:-1])
    assert all(made.named(page.name) == page for page in made.all)
