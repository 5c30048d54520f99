"""What portals are told of the cases is what was published, and nothing else."""

import csv
import re
from dataclasses import replace

import pytest
from wijk import questions
from wijk.changelog import ChangeLog
from wijk.engine.local import LocalStore
from wijk.harvesting.records import Named

BASE = "https://w3id.org/wijindewijk/"
MUNTEL = f"{BASE}doc/case/boefjes-en-baristas"


@pytest.fixture
def muntel(records):
    return records.one[f"{BASE}id/case/boefjes-en-baristas"]


def test_a_record_says_what_the_documents_say(muntel):
    assert (muntel.number, muntel.title) == (5, "Boefjes en Barista's")
    assert muntel.abstract.startswith("Ouders met kleine kinderen drinken koffie")
    assert (muntel.bundle.slug, muntel.year, muntel.online) == ("wij-in-de-wijk-1", 2020, False)
    assert muntel.state == Named(f"{BASE}id/case-state/naam-bekend", "naam bekend")
    assert [theme.label for theme in muntel.themes] == [
        *("eenzaamheid", "jeugd", "ontmoeting", "ouderen", "zorg")
    ]
    assert [it.label for it in muntel.initiatives] == ["Boefjes en Barista's"]
    (place,) = muntel.places
    assert (place.label, place.municipality.code, place.province.code) == (
        *("De Muntel", "GM0796", "PV30"),
    )
    assert (place.point.lon, place.point.lat) == (5.309, 51.695)
    assert "https://www.movisie.nl/wijindewijk" in muntel.sources
    assert muntel.created == muntel.modified


def test_all_published_cases_are_there_the_newest_first(records, shipped):
    assert {record.slug for record in records.all} == set(shipped.slugs("case"))
    times = [record.modified for record in records.all]
    assert times == sorted(times, reverse=True)
    assert records.changed == times[0]


def test_what_was_never_published_is_not_told(recorded, log):
    assert recorded(ChangeLog()).all == ()
    before = ChangeLog(tuple(it for it in log.entries if it.document != MUNTEL))
    assert "boefjes-en-baristas" not in {record.slug for record in recorded(before).all}


def test_an_edit_that_is_not_published_is_not_told(recorded, log, then, shipped):
    """What is in the folder was edited: the log has another version, and that is told."""
    source = shipped.documents[MUNTEL].source.decode()
    was = then(log, "Update", MUNTEL, source.replace("Boefjes en Barista's\"@nl ;", 'Was"@nl ;'))
    record = recorded(was).one[f"{BASE}id/case/boefjes-en-baristas"]
    assert record.title == "Was"
    assert record.modified > record.created
    assert recorded(was).all[0] == record, "the newest change comes first"
    assert record.places[0].municipality.code == "GM0796"


def test_a_name_of_something_else_is_told_as_it_was_published(recorded, log, then, shipped):
    place = f"{BASE}doc/place/de-muntel"
    source = shipped.documents[place].source.decode().replace('name "De Muntel"', 'name "Toen"')
    record = recorded(then(log, "Update", place, source)).one[f"{BASE}id/case/boefjes-en-baristas"]
    assert record.places[0].label == "Toen"


def test_a_file_that_is_gone_without_being_withdrawn_is_still_published(recorded, log, then):
    gone = f"{BASE}doc/case/was-here"
    known = log.latest[MUNTEL]
    content = known.content.replace("boefjes-en-baristas> .", "was-here> .", 1)
    moved = ChangeLog((*log.entries, replace(known, document=gone, time=log.last)))
    after = then(moved, "Update", gone, content)
    assert recorded(after).one[f"{BASE}id/case/was-here"].title == "Boefjes en Barista's"


def test_a_withdrawn_case_is_told_with_time_and_reason_and_no_more(recorded, log, then):
    after = recorded(then(log, "Delete", MUNTEL, "Op verzoek."))
    (gone,) = after.withdrawn
    assert (gone.slug, gone.reason) == ("boefjes-en-baristas", "Op verzoek.")
    assert gone.time == after.changed > log.last
    assert gone.iri not in after.one
    everywhere = {
        record.iri
        for kind in ("theme", "audience", "province", "municipality")
        for group in after.by(kind).values()
        for record in group.records
    }
    assert gone.iri not in everywhere


def answers(store, root, name, *columns):
    text = questions.load(root / "queries" / "questions")[name].text
    rows = csv.DictReader(store.query(text, "text/csv").decode().splitlines())
    return {tuple(row[column] for column in columns) for row in rows}


@pytest.fixture(scope="module")
def store(shipped):
    kept = (it for it in shipped.documents.values() if it.kind not in ("figure", "shape"))
    return LocalStore("".join(line for it in kept for line in it.lines()).encode())


@pytest.mark.parametrize(
    ("kind", "question", "column"),
    [
        ("province", "cases-in-a-province", "code"),
        ("municipality", "cases-in-a-municipality", "code"),
        ("audience", "cases-for-an-audience", "audience"),
    ],
)
def test_the_groups_are_what_the_questions_answer(records, store, root, kind, question, column):
    told = {
        (record.iri, group.about.code if column == "code" else group.about.iri)
        for group in records.by(kind).values()
        for record in group.records
    }
    assert told == answers(store, root, question, "case", column)
    assert len(told) >= 28


def test_a_theme_has_the_cases_of_its_narrower_themes(records):
    themes = records.by("theme")
    assert {it.iri for it in themes["ontmoeting"].records} < {
        it.iri for it in themes["samenleven"].records
    }


def test_names_in_addresses_are_readable_and_each_its_own(records):
    assert records.by("municipality")["s-hertogenbosch"].about.code == "GM0796"
    assert records.by("province")["noord-brabant"].about.code == "PV30"
    assert len(records.by("province")) == 12


def test_a_case_is_touched_by_what_it_has_its_names_and_groups_from(
    recorded, log, then, shipped, muntel
):
    assert muntel.modified <= muntel.touched <= log.last
    for name in ("place/de-muntel", "area/2022-bu07960401", "bundle/wij-in-de-wijk-1"):
        document = f"{BASE}doc/{name}"
        after = then(log, "Update", document, shipped.documents[document].source.decode())
        record = recorded(after).one[muntel.iri]
        assert record.touched == after.last > record.modified, name
    for name in ("place/de-muntel", "bundle/wij-in-de-wijk-1", "initiative/boefjes-en-baristas"):
        after = then(log, "Delete", f"{BASE}doc/{name}", "Op verzoek.")
        record = recorded(after).one[muntel.iri]
        assert record.touched == after.last > record.modified, f"{name} is withdrawn"
    other = f"{BASE}doc/place/kanaleneiland"
    after = then(log, "Update", other, shipped.documents[other].source.decode())
    assert recorded(after).one[muntel.iri].touched == muntel.touched


def test_of_a_withdrawn_case_it_is_known_what_it_was_in_until_that_is_taken_out(
    recorded, log, then
):
    gone = then(log, "Delete", MUNTEL)
    (case,) = recorded(gone).withdrawn
    for name in ("theme/ouderen", "bundle/wij-in-de-wijk-1", "area/pv30", "area/gm0796"):
        assert f"{BASE}id/{name}" in case.was_in
    redacted = (replace(it, content=None) if it.document == MUNTEL else it for it in gone.entries)
    (case,) = recorded(ChangeLog(tuple(redacted))).withdrawn
    assert case.was_in is None


def audiences(case):
    return {it for it in case.was_in if "/id/audience/" in it}


def test_a_withdrawn_case_was_in_all_that_its_record_was_in(recorded, log, then, records):
    for record in records.all:
        (case,) = recorded(then(log, "Delete", record.iri.replace("/id/", "/doc/"))).withdrawn
        held = {
            group.about.iri
            for kind in ("theme", "province", "municipality", "audience")
            for group in records.by(kind).values()
            if record in group.records
        }
        assert case.was_in - {record.bundle.iri} == held, record.iri


def test_that_is_known_also_when_its_place_goes_with_it_and_its_lesson_lets_go(
    recorded, log, then, records
):
    lesson = next(
        entry
        for entry in log.entries
        if "/doc/lesson/" in entry.document and "wijk:holdsFor case:" in entry.content
    )
    slug = re.search(r"wijk:holdsFor case:(\S+)", lesson.content)[1]
    record = records.one[f"{BASE}id/case/{slug}"]
    other = lesson.content.replace(f"wijk:holdsFor case:{slug} ;\n", "")
    assert other != lesson.content
    after = then(log, "Update", lesson.document, other)
    for place in record.places:
        after = then(after, "Delete", place.iri.replace("/id/", "/doc/"))
    after = then(after, "Delete", record.iri.replace("/id/", "/doc/"))
    (case,) = recorded(after).withdrawn
    assert audiences(case) >= {it.iri for it in record.audiences} != set()
    for place in record.places:
        assert {place.municipality.iri, place.province.iri} <= case.was_in
        gone = place.iri.replace("/id/", "/doc/")
        assert recorded(redacted(after, gone)).withdrawn[0].was_in is None, "nobody knows where"
    (case,) = recorded(redacted(after, lesson.document)).withdrawn
    assert len(audiences(case)) == len(records.by("audience")), "it may have been for all"


def test_what_changes_later_leaves_a_withdrawn_case_in_what_it_was_in(
    recorded, log, then, shipped, muntel
):
    gone = then(log, "Delete", MUNTEL)
    (before,) = recorded(gone).withdrawn
    place, scheme = f"{BASE}doc/place/de-muntel", f"{BASE}doc/scheme/theme"
    moved = shipped.documents[place].source.decode().replace("area:pv30", "area:pv21")
    after = then(gone, "Update", place, moved)
    wide = shipped.documents[scheme].source.decode()
    wider = wide.replace("skos:broader theme:", "skos:broader theme:x-")
    assert wider != wide
    after = then(after, "Update", scheme, wider)
    (case,) = recorded(after).withdrawn
    assert case.was_in == before.was_in
    put_back = then(after, "Create", MUNTEL, shipped.documents[MUNTEL].source.decode())
    (case,) = recorded(then(put_back, "Delete", MUNTEL)).withdrawn
    assert f"{BASE}id/area/pv21" in case.was_in, "withdrawn again it was where its place is now"


def redacted(log, document):
    """The log without what it says of a document that is not present."""
    return ChangeLog(
        tuple(
            replace(it, content=None)
            if it.document == document and it != log.latest[document] and it.type != "Delete"
            else it
            for it in log.entries
        )
    )
