"""The feeds, as the readers of others see them, and held to the rules of their forms."""

import csv
import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import feedparser
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from wijk import changelog
from wijk.harvesting.feeds import atom, feed, jsonfeed, rss, withdrawn
from wijk.harvesting.feeds.feed import Publisher
from wijk.harvesting.records import Records
from wijk.harvesting.rights import Rights, said

from .json_feed import JSON_FEED

HERE = Path(__file__).parent
BASE = "https://w3id.org/wijindewijk/"
MUNTEL = f"{BASE}id/case/boefjes-en-baristas"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}
FORMS = (atom, rss, jsonfeed)
XML = (atom, rss)


@pytest.fixture(scope="module")
def by(shipped) -> Publisher:
    rights = Rights(shipped)
    terms = rights.of("case")
    return Publisher(
        site="Wij in de Wijk",
        base=BASE,
        url=lambda path: f"https://buurten.example{path}",
        name=said(rights.publisher.name),
        iri=rights.publisher.iri,
        licence=terms.licence,
        sentence=said(terms.sentence),
        credit=said(terms.credit),
    )


@pytest.fixture(scope="module")
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(file=str(HERE / "standards" / "atom" / "atom.rng"))


@pytest.fixture
def changed(recorded, log, then) -> Records:
    """After a correction of one case, and the withdrawal of another one."""
    corrected = then(
        log,
        "Update",
        f"{BASE}doc/case/choku-gym",
        log.latest[f"{BASE}doc/case/choku-gym"].content + "\n",
    )
    return recorded(then(corrected, "Delete", f"{BASE}doc/case/boefjes-en-baristas", "Op verzoek."))


def some(records: Records) -> Iterator[feed.Feed]:
    """A feed of each kind, the newest and whole; one has no case."""
    for name in (
        "casussen",
        "thema/samenleven",
        "provincie/zeeland",
        "gemeente/s-hertogenbosch",
        "doelgroep/bewoner",
    ):
        for whole in (False, True):
            found = feed.find(records, name, whole)
            assert found is not None
            yield found


@pytest.mark.parametrize("form", XML)
def test_a_reader_of_feeds_has_nothing_to_complain_of(changed, by, form):
    counts = set()
    for each in some(changed):
        read = feedparser.parse(form.written(each, by))
        assert not read.bozo, read.get("bozo_exception")
        assert [entry.id for entry in read.entries] == [it.iri for it in each.records]
        assert read.version == {"atom": "atom10", "rss": "rss20"}[form.__name__.rpartition(".")[2]]
        counts.add(len(read.entries))
    assert {0, 1, feed.NEWEST, 28} - counts == {1}, "nothing, some, the newest, all"


@pytest.mark.parametrize("form", XML)
def test_a_reader_sees_title_summary_dates_place_licence_and_subjects(changed, by, form):
    each = feed.find(changed, "casussen", True)
    read = feedparser.parse(form.written(each, by))
    record = changed.one[f"{BASE}id/case/choku-gym"]
    (entry,) = [it for it in read.entries if it.id == record.iri]
    assert entry == read.entries[0], "what changed last comes first"
    assert (entry.title, entry.summary) == (record.title, feed.summary(record))
    assert entry.link == f"{BASE}doc/case/choku-gym"
    point = record.places[0].point
    assert entry.where == {"type": "Point", "coordinates": (point.lon, point.lat)}
    assert entry.author == by.name
    assert datetime(*entry.updated_parsed[:6], tzinfo=UTC) == record.modified.replace(microsecond=0)
    schemes = {(tag.scheme, tag.label or tag.term) for tag in entry.tags}
    assert schemes >= {(f"{BASE}id/scheme/theme", theme.label) for theme in record.themes}
    assert (f"{BASE}id/place-kind/provincie", "Noord-Holland") in schemes
    assert {link.href for link in entry.links if link.rel == "license"} == {CC0}
    assert {link.href for link in read.feed.links if link.rel == "self"} == {
        f"https://buurten.example{each.path(form.SUFFIX)}"
    }
    assert read.feed.rights == by.sentence
    assert read.feed.title == "Wij in de Wijk: alle casussen"


def test_an_atom_feed_follows_the_grammar_and_the_grammar_sees_what_is_wrong(changed, by, grammar):
    for each in some(changed):
        tree = etree.fromstring(atom.written(each, by))
        grammar.assertValid(tree)
        assert len(tree.xpath("a:entry", namespaces=ATOM)) == len(each.records)
        for entry in tree.xpath("a:entry", namespaces=ATOM):
            kinds = [
                it.get("type") for it in entry.xpath("a:link[@rel='alternate']", namespaces=ATOM)
            ]
            assert len(set(kinds)) == len(kinds) == 2
        assert tree.xpath("count(a:author/a:name)", namespaces=ATOM) == 1
    good = atom.written(feed.find(changed, "casussen", False), by)
    for was, becomes in (
        (b"<updated>2026", b"<updated>26"),
        (b"<id>", b"<name>x</name><id>"),
        (b"<summary>", b"<summary type='xhtml'>"),
        (b' term="', b' word="'),
        (b"</feed>", b"<rights>late</rights></feed>"),
    ):
        assert was in good
        assert not grammar.validate(etree.fromstring(good.replace(was, becomes, 1)))


def test_a_json_feed_follows_its_rules_and_these_see_what_is_wrong(changed, by):
    for each in some(changed):
        told = json.loads(jsonfeed.written(each, by))
        jsonschema.validate(told, JSON_FEED)
        assert [item["id"] for item in told["items"]] == [it.iri for it in each.records]
    told["items"] = [{"id": 1}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told, JSON_FEED)


def test_what_was_withdrawn_is_told_and_is_no_entry_any_more(changed, by):
    gone = changed.gone[MUNTEL]
    moment = changelog.stamped(gone.time)
    for each in some(changed):
        was_here = each.name != "provincie/zeeland"
        tree = etree.fromstring(atom.written(each, by))
        deleted = tree.xpath("at:deleted-entry", namespaces=ATOM)
        told = [
            (it.get("ref"), it.get("when"), it.findtext("at:comment", None, ATOM)) for it in deleted
        ]
        assert told == ([(MUNTEL, moment, "Op verzoek.")] if was_here else [])
        named = json.loads(jsonfeed.written(each, by))["_wijk"]["withdrawn"]
        assert named == [{"id": MUNTEL, "date": moment, "reason": "Op verzoek."}][: len(told)]
        channel = feedparser.parse(rss.written(each, by)).feed
        assert "https://buurten.example/feeds/ingetrokken.csv" in channel.subtitle
        assert "haal weg wat is ingetrokken" in channel.subtitle
    (row,) = csv.DictReader(StringIO(withdrawn.as_csv(changed.withdrawn).decode("utf-8")))
    assert row == {"iri": MUNTEL, "ingetrokken": moment, "reden": "Op verzoek."}
    assert json.loads(withdrawn.as_json(changed.withdrawn))["withdrawn"][0]["id"] == MUNTEL


def test_a_reason_that_looks_like_a_formula_stays_a_text_in_a_spreadsheet(changed):
    (gone,) = changed.withdrawn
    told = withdrawn.as_csv([replace(gone, reason="=1+1")]).decode("utf-8-sig")
    assert told.splitlines()[1].endswith(",'=1+1")


def test_only_a_whole_atom_feed_says_that_it_is_complete(records, by):
    for whole in (False, True):
        made = atom.written(feed.find(records, "casussen", whole), by)
        assert (b"<fh:complete />" in made) is whole


@pytest.mark.parametrize("form", FORMS)
def test_the_same_publication_gives_the_same_bytes(recorded, log, by, form):
    one, other = recorded(log), recorded(changelog.ChangeLog(log.entries))
    for first, second in zip(some(one), some(other), strict=True):
        assert form.written(first, by) == form.written(second, by)


@pytest.mark.parametrize("form", XML)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_text_stays_well_formed_and_comes_out_as_it_was_but_for_what_xml_cannot_have(
    records, by, form, text
):
    hostile = f"]]> &amp; <b>\u202e\u200f\x00\x08\x1b\ufffe{text}"
    record = replace(records.all[0], title=hostile, abstract=hostile, sources=())
    each = replace(feed.find(records, "casussen", False), records=(record,), title=hostile)
    tree = etree.fromstring(form.written(each, by))
    (read,) = tree.xpath(
        "//*[local-name()='entry' or local-name()='item']/*[local-name()='title']/text()"
    )
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", hostile)
    assert read == kept.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("form", XML)
def test_a_summary_is_text_and_never_markup(records, by, form):
    record = replace(records.all[0], abstract='Koffie & <script>x</script> <b>"thee"</b>')
    each = replace(feed.find(records, "casussen", False), records=(record,))
    (entry,) = feedparser.parse(form.written(each, by), sanitize_html=False).entries
    told = entry.summary_detail
    shown = html.unescape(told.value) if told.type == "text/html" else told.value
    assert (shown, "<script" in told.value) == (record.abstract, told.type == "text/plain")


def test_json_has_every_text_as_it_is(records, by):
    hostile = "]]> </script> \u202e\x00\x1b\u2028\U0001f600"
    each = replace(
        feed.find(records, "casussen", False), records=(replace(records.all[0], title=hostile),)
    )
    assert json.loads(jsonfeed.written(each, by))["items"][0]["title"] == hostile


def test_without_any_publication_there_are_feeds_without_entries(recorded, by, grammar):
    empty = feed.find(recorded(changelog.ChangeLog()), "casussen", True)
    grammar.assertValid(etree.fromstring(atom.written(empty, by)))
    assert not feedparser.parse(rss.written(empty, by)).entries
