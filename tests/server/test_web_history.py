"""What the page of changes tells of two versions of a case, and how numbers are written."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from wijk.changelog import ChangeLog
from wijk.web import numbers
from wijk.web.pages.cases import citing, history
from wijk.web.site import Site

SLUG = "doc/case/boefjes-en-baristas"
TITLE = 'rdf:object "Boefjes en Barista\'s"@nl ;\n    wijk:basis'


def told_by(version):
    return {
        it.label: ([old.text for old in it.before], [new.text for new in it.after])
        for it in version.fields
    }


def later(entry, hours, **changed):
    return replace(entry, time=entry.time + timedelta(hours=hours), type="Update", **changed)


def test_a_change_is_told_by_field_with_what_was_there_before(shipped):
    site = Site(shipped, engine=None)
    iri = f"{shipped.base}{SLUG}"
    first = site.log.history(iri)[0]
    title = first.content.replace("Boefjes en Barista's\"@nl ;", 'Koffie en boefjes"@nl ;')
    short = title.replace("theme:ontmoeting , ", "").replace("actor:van-neynsel", "actor:elkien")
    entries = (first, later(first, 1, content=title), later(first, 2, content=short))
    site.log = ChangeLog(entries)
    newest, second, oldest = history.versions(site, iri)
    assert (oldest.what, oldest.fields) == ("Geplaatst", ())
    assert told_by(second) == {"titel": (["Boefjes en Barista's"], ["Koffie en boefjes"])}
    assert told_by(newest) == {
        "thema": (["ontmoeting"], []),
        "betrokkene (Elkien)": (["Van Neynsel"], ["Elkien"]),
    }


@pytest.mark.parametrize(
    ("old", "new", "label"),
    [
        ('"2020-03-02"^^xsd:date', '"2020-03-09"^^xsd:date', "begin (Van Neynsel)"),
        ("vanaf 2 maart 2020", "vanaf begin maart 2020", "toelichting (Van Neynsel)"),
        ('"Eigen volgnummer."', '"Ons eigen nummer."', "nummer"),
        (f"{TITLE} basis:stated", f"{TITLE} basis:inferred", "titel"),
    ],
)
def test_a_change_in_a_participation_or_in_evidence_is_told_at_its_field(shipped, old, new, label):
    site, iri = Site(shipped, engine=None), f"{shipped.base}{SLUG}"
    first = site.log.history(iri)[0]
    assert old in first.content
    site.log = ChangeLog((first, later(first, 1, content=first.content.replace(old, new))))
    newest = history.versions(site, iri)[0]
    assert ([it.label for it in newest.fields], newest.said) == ([label], "")


def test_only_the_way_of_writing_changed_when_all_else_is_the_same(shipped):
    site, iri = Site(shipped, engine=None), f"{shipped.base}{SLUG}"
    first = site.log.history(iri)[0]
    spaced = first.content.replace(" ;\n    dcterms:title", "\n;   dcterms:title")
    more = first.content + '\n<> <http://purl.org/dc/terms/extent> "a"@nl .\n'
    assert spaced != first.content
    site.log = ChangeLog((first, later(first, 1, content=spaced), later(first, 2, content=more)))
    assert [it.said for it in history.versions(site, iri)] == [
        "De velden bleven gelijk. Er veranderde iets anders in het bestand.",
        "Alleen de schrijfwijze veranderde.",
        "Dit is de eerste versie.",
    ]


def test_what_is_put_back_after_a_withdrawal_is_no_first_version(shipped):
    site, iri = Site(shipped, engine=None), f"{shipped.base}{SLUG}"
    first = site.log.history(iri)[0]
    gone = replace(later(first, 1), type="Delete", content=None, reason="Op verzoek.")
    same = replace(later(first, 2), type="Create", content=first.content)
    other = replace(same, content=first.content.replace("Boefjes en Barista's\"", 'Koffie"'))
    site.log = ChangeLog((first, gone, same))
    assert [(it.what, it.said) for it in history.versions(site, iri)] == [
        ("Opnieuw geplaatst", "Er staat hetzelfde als voor het intrekken."),
        ("Ingetrokken", "Op verzoek."),
        ("Geplaatst", "Dit is de eerste versie."),
    ]
    site.log = ChangeLog((first, gone, other))
    assert told_by(history.versions(site, iri)[0]).keys() == {"titel"}


def test_what_was_taken_out_or_withdrawn_is_not_told(shipped):
    site = Site(shipped, engine=None)
    iri = f"{shipped.base}{SLUG}"
    first = site.log.history(iri)[0]
    site.log = ChangeLog((first, later(first, 1, content=None), later(first, 2)))
    assert [it.fields for it in history.versions(site, iri)] == [(), (), ()]
    assert history.versions(site, iri)[1].said == "De inhoud van deze versie is weggehaald."
    gone = replace(
        first, time=datetime(2027, 1, 1, tzinfo=UTC), type="Delete", reason="Op verzoek."
    )
    site.log = ChangeLog((first, later(first, 1, content=first.content + "\n"), gone))
    assert [(it.what, it.fields) for it in history.versions(site, iri)] == [
        ("Ingetrokken", ()),
        ("Gewijzigd", ()),
        ("Geplaatst", ()),
    ]


def test_what_tex_reads_in_its_own_way_is_told_it_apart():
    odd = citing.Citation("x", "50% & {meer}\\_", "", "Wijk", "", "", "https://x/")
    assert r"title = {{50\% \& \{meer\}\textbackslash{}\_}}" in citing.bibtex(odd)
    assert "year" not in citing.bibtex(odd)
    assert citing.ris(replace(odd, title="a\nER  - b")).count("\r\nER  - ") == 1


def test_numbers_are_written_as_in_dutch():
    assert numbers.whole(48330) == "48.330"
    assert numbers.decimal(15.44, 1) == "15,4"
    assert numbers.decimal(1234567.5, 2) == "1.234.567,50"
    assert [numbers.as_written(it) for it in ("90300", "43.5", "n.v.t.", "-1234.50")] == [
        *("90.300", "43,5", "n.v.t."),
        "-1.234,50",
    ]
    assert numbers.counted(7, "casus", "casussen") == "zeven casussen"
    assert numbers.counted(29, "casus", "casussen") == "29 casussen"
