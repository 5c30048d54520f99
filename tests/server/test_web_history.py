"""What the page of changes tells of two versions of a case, and how numbers are written."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from wijk.changelog import ChangeLog
from wijk.web import numbers
from wijk.web.pages.cases import citing, history
from wijk.web.site import Site

SLUG = "doc/case/boefjes-en-baristas"


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
    told = {it.label: it for it in second.fields}
    assert told["titel"].before == ("Boefjes en Barista's",)
    assert told["titel"].after == ("Koffie en boefjes",)
    told = {it.label: it for it in newest.fields}
    assert told.keys() == {"thema", "wie doen er mee"}
    assert told["thema"].before == ("ontmoeting",)
    assert told["wie doen er mee"].before == ("Van Neynsel, gastheer",)
    assert told["wie doen er mee"].after == ("Elkien, gastheer",)


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
