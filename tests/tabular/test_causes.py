"""One finding for one cause: what follows from what could not be read is not told, all else is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from rdflib.namespace import DCTERMS, SDO, SKOS
from wijk.checking.findings import Finding, Other
from wijk.checking.messages import sentence
from wijk.loaded import Snapshot
from wijk.namespaces import WIJK
from wijk.tabular import importing
from wijk.tabular.grid import Book, Sheet
from wijk.tabular.importing import Given

WEB = "https://www.movisie.nl/wijindewijk"
PROOF = {"bron van deze rij": WEB, "grondslag van deze rij": "vermeld"}
NEW = {"bundel": "wij-in-de-wijk-1", "nummer": "77", "titel": "Tuin", "stand": "naam bekend"}
INITIATIVE = {"naam": "Pluktuin Zuid", "begin": "2021", **PROOF}


def read(given: Mapping[str, Sequence[Mapping[str, str]]], taken: Snapshot) -> Given:
    """What is read of these rows; a cell with =A1 is a formula without an outcome."""
    sheets = []
    for name, rows in given.items():
        heads = list(dict.fromkeys(key for row in rows for key in row))
        sheet = Sheet(name)
        sheet.put(1, [head.strip() for head in heads])
        for number, row in enumerate(rows, 2):
            cells = [row.get(head, "") for head in heads]
            sheet.put(number, ["" if cell == "=A1" else cell for cell in cells])
            found = [at for at, cell in enumerate(cells, 1) if cell == "=A1"]
            sheet.formulas |= {(number, at): "missing" for at in found}
            found = [at for at, cell in enumerate(cells, 1) if cell == "#N/A"]
            sheet.formulas |= {(number, at): "error" for at in found}
        sheets.append(sheet)
    return importing.read_of(Book(sheets, "xlsx"), taken)


def finding(rule: str, thing: str, path: object = "", value: str = "") -> Finding:
    """What a check would find."""
    said = {"nl": f"Dit is {rule}.", "en": f"This is {rule}."}
    return Finding(
        rule, "violation", said, thing=thing, property=str(path), value=value, sentence=said
    )


def codes(given: Given, *found: Finding) -> list[str]:
    """The code of each finding that is told."""
    return [it.code for it in given.judged(found).problems]


def of_case(slug: str) -> str:
    """The address of a case."""
    return f"https://w3id.org/wijindewijk/id/case/{slug}"


ORPHAN = finding("orphan-document", "https://w3id.org/wijindewijk/id/initiative/pluktuin-zuid")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            {**NEW, "nummer": "", "titel": "=A1", "initiatief": "Pluktuin Zuid"},
            ["formule-leeg"],
        ),
        ({**NEW, **PROOF, "initiatief": "Pluktuin Zuit"}, ["unknown"]),
        ({**NEW, **PROOF, "stand": "onzin"}, ["choice", "orphan-document"]),
    ],
)
def test_what_a_row_may_name_that_could_not_be_read_is_no_orphan(
    shipped: Snapshot, row: Mapping[str, str], told: list[str]
) -> None:
    given = read({"Casussen": [row], "Initiatieven": [INITIATIVE]}, shipped)
    assert codes(given, ORPHAN) == told


def test_what_is_named_of_a_row_that_could_not_be_read_is_not_unknown(shipped: Snapshot) -> None:
    part = {"bij casus": "77", "betrokkene": "zzz", "rol": "gastheer", "grondslag": "toegekend"}
    given = read({"Casussen": [{**NEW, "titel": "=A1"}], "Deelnames": [part]}, shipped)
    assert [it.value for it in given.problems] == ["", "zzz"]


def test_evidence_that_cannot_be_read_takes_no_evidence_away(shipped: Snapshot) -> None:
    about = {"soort": "casus", "waarvan": "1", "veld": "nummer", "waarde": "99"}
    how = {"grondslag": "toegekend", "zekerheid": "zeker", "naam in het bestand": "e-number"}
    given = read({"Onderbouwing": [{**about, **how}]}, shipped)
    assert given.made == ()
    assert [it.spot.cell for it in given.problems] == ["D2"]


def test_nor_does_what_it_is_about_lack_a_source(shipped: Snapshot) -> None:
    about = {"soort": "casus", "waarvan": "Tuin", "veld": "nummer", "waarde": "99"}
    how = {"grondslag": "toegekend", "zekerheid": "zeker"}
    given = read({"Casussen": [NEW], "Onderbouwing": [{**about, **how}]}, shipped)
    number = finding("evidence-missing", of_case("tuin"), WIJK.number, "77")
    title = finding("evidence-missing", of_case("tuin"), DCTERMS.title, '"Tuin"@nl')
    told = {it.code: it.text for it in given.judged([number, title]).problems}
    assert set(told) == {"bron-ontbreekt", "waarde"}
    assert "nummer" not in told["bron-ontbreekt"]


def test_a_column_under_another_name_is_told_once(shipped: Snapshot) -> None:
    row = {"toestand" if key == "stand" else key: said for key, said in NEW.items()}
    given = read({"Casussen": [{**row, **PROOF}]}, shipped)
    lacking = finding("Case-state", of_case("tuin"), WIJK.state)
    unlike = finding("state-and-initiative", of_case("tuin"), SDO.about)
    assert codes(given, lacking, unlike) == ["kolom-ontbreekt"]


def test_a_formula_that_failed_is_told_once(shipped: Snapshot) -> None:
    given = read({"Casussen": [{**NEW, **PROOF, "initiatief": "#N/A"}]}, shipped)
    unlike = finding("state-and-initiative", of_case("tuin"), WIJK.state)
    assert codes(given, unlike) == ["formule-mislukt"]


@pytest.mark.parametrize("row", [{"titel": ""}, {"tekst": "Doe het samen."}])
def test_all_else_of_a_row_without_a_title_is_told_too(
    shipped: Snapshot, row: Mapping[str, str]
) -> None:
    given = read({"Lessen": [{"bron": "zzz", **row}]}, shipped)
    (made,) = given.made
    lacking = finding("Evidence-basis", made.record.thing, WIJK.basis)
    title = finding("Lesson-title", made.record.thing, DCTERMS.title)
    orphan = finding("orphan-document", made.record.thing)
    taken = given.judged([replace(it, missing=True) for it in (lacking, title, orphan)])
    assert {it.code for it in taken.problems} == {"unknown", "naam-ontbreekt", "Evidence-basis"}
    assert taken.made == ()


def test_a_source_whose_address_is_wrong_is_not_unknown_where_it_is_named(
    shipped: Snapshot,
) -> None:
    rows = {"Bronnen": [{"webadres": "www.example.org", "titel": "Voorbeeld"}]}
    case = {**NEW, **PROOF, "bron van deze rij": "www.example.org"}
    given = read({**rows, "Casussen": [case]}, shipped)
    assert [(it.code, it.spot.sheet) for it in given.problems] == [("address", "Bronnen")]


def test_a_title_that_cannot_be_read_may_be_of_something_known(shipped: Snapshot) -> None:
    given = read({"Lessen": [{"titel": "=A1", "grondslag": "vermeld"}]}, shipped)
    assert given.made == ()


def test_a_case_with_a_number_of_its_own_is_new_also_when_its_title_cannot_be_read(
    shipped: Snapshot,
) -> None:
    row = {**NEW, **PROOF, "titel": "=A1"}
    given = read({"Casussen": [row]}, shipped)
    unlike = finding("state-and-initiative", of_case("rij-2"), WIJK.state)
    title = replace(finding("Case-title", of_case("rij-2"), DCTERMS.title), missing=True)
    assert codes(given, unlike, title) == ["formule-leeg", "state-and-initiative"]
    for number in ("=A1", "", "drie", "1"):
        assert read({"Casussen": [{**row, "nummer": number}]}, shipped).made == ()


@pytest.mark.parametrize(
    ("sheet", "row"),
    [
        ("Lessen", {"titeltje": "Samen doen", "tekst": "Doe het samen."}),
        ("Bronnen", {"webadresje": WEB, "site": "Movisie"}),
        ("Deelnames", {"bij casusje": "1", "rol": "gastheer"}),
    ],
)
def test_what_stands_below_another_heading_is_not_missing_too(
    shipped: Snapshot, sheet: str, row: Mapping[str, str]
) -> None:
    given = read({sheet: [row]}, shipped)
    assert [it.code for it in given.problems] == ["kolom-ontbreekt"]


def test_cells_that_were_merged_are_told_once(shipped: Snapshot) -> None:
    sheet = Sheet("Casussen")
    sheet.put(1, [*NEW, *PROOF])
    sheet.put(2, [*NEW.values(), *PROOF.values()])
    sheet.put(3, ["wij-in-de-wijk-1", "78", "", "naam bekend", *PROOF.values()])
    sheet.merged.append((2, 3, 3, 3))
    assert codes(importing.read_of(Book([sheet], "xlsx"), shipped)) == ["samengevoegd"]


def test_what_evidence_repeats_of_a_value_is_told_at_the_value(shipped: Snapshot) -> None:
    given = read({"Casussen": [{**NEW, **PROOF, "toelichting": "Bel a@example.org"}]}, shipped)
    value = '"Bel a@example.org"@nl'
    cell = finding("contact-detail", of_case("tuin"), SKOS.note, value)
    again = finding("contact-detail", of_case("tuin#e-note"), "rdf:object", value)
    (only,) = given.judged([cell, again]).problems
    assert only.spot.cell


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({**NEW, **PROOF, "bron van deze rij": "www.movisie.nl"}, ["unknown"]),
        ({**NEW, "bron deze rij": WEB, "grondslag van deze rij": "vermeld"}, ["kolom-onbekend"]),
        ({**NEW, "grondslag van deze rij": "vermeld"}, ["source-missing"]),
    ],
)
def test_a_source_of_a_row_is_missing_only_when_it_was_not_given(
    shipped: Snapshot, row: Mapping[str, str], told: list[str]
) -> None:
    given = read({"Casussen": [row]}, shipped)
    lacks = finding("source-missing", of_case("tuin#e-title"), DCTERMS.source)
    assert codes(given, replace(lacks, missing=True)) == told


def test_what_is_the_same_of_several_values_in_a_row_is_one_finding_for_all_who_ask(
    shipped: Snapshot,
) -> None:
    rows = [NEW, {**NEW, "titel": "Tuin twee", "nummer": "78"}]
    given = read(
        {"Casussen": [{**it, "grondslag van deze rij": "vermeld"} for it in rows]}, shipped
    )
    evidence = [of_case(f"{slug}#e-{it}") for slug in ("tuin", "tuin-twee") for it in "ab"]
    lacks = [finding("source-missing", it, DCTERMS.source) for it in evidence]
    assert [it.thing for it in given.causes(lacks)[1]] == evidence[::2]
    (only,) = given.judged(lacks).problems
    assert only.also == (3,)


def test_what_can_be_judged_of_a_row_that_is_partly_unreadable_is_told(shipped: Snapshot) -> None:
    wrong = {**NEW, "initiatief": "zzz", "naam online": "los"}
    given = read({"Casussen": [{**NEW, **PROOF, "titel": "Tuin twee"}, wrong]}, shipped)
    twice = finding("number-twice", of_case("tuin"), WIJK.number, "77")
    bare = finding("evidence-missing", of_case("tuin"), DCTERMS.title, '"Tuin"@nl')
    unlike = finding("state-and-initiative", of_case("tuin"), WIJK.state)
    assert set(codes(given, twice, bare, unlike)) == {
        *("number-twice", "bron-ontbreekt", "unknown", "kolom-onbekend")
    }


def test_what_two_things_have_is_told_at_the_one_in_the_workbook(shipped: Snapshot) -> None:
    given = read({"Casussen": [{**NEW, **PROOF}]}, shipped)
    ours = Other(f"<{of_case('tuin')}>", "data/cases/tuin.ttl", 8)
    known = finding("number-twice", of_case("accolade"), WIJK.number, "77")
    twice = replace(known, file="data/cases/accolade.ttl", other=ours)
    (only,) = given.judged([twice]).problems
    assert only.spot.shown() == "blad Casussen, cel B2"


def test_what_two_rows_have_is_told_with_the_row_of_the_other(shipped: Snapshot) -> None:
    given = read({"Casussen": [{**NEW, **PROOF}, {**NEW, **PROOF}]}, shipped)
    twice = finding("number-twice", of_case("tuin"), WIJK.number, "77")
    other = Other(f"<{of_case('tuin-2')}>", "data/cases/tuin-2.ttl", 8)
    twice = replace(twice, file="data/cases/tuin.ttl", other=other)
    (told,) = given.causes([twice])[1]
    assert sentence(told, "nl") == "Dit is number-twice. De andere staat in rij 3."
    assert sentence(told, "en") == "This is number-twice. The other is in row 3."


def test_findings_are_in_the_order_of_the_rows(shipped: Snapshot) -> None:
    rows = [{**NEW, **PROOF, "titel": it} for it in ("Zon", "Aarde")]
    given = read({"Casussen": rows}, shipped)
    found = [finding("Case-state", of_case(it), WIJK.state) for it in ("aarde", "zon")]
    light = replace(finding("Case-place", of_case("zon")), severity="warning")
    told = given.causes([light, *found])[1]
    assert [it.thing.rpartition("/")[2] for it in told] == ["zon", "aarde", "zon"]
    assert told[-1].rule == "Case-place"


def test_a_cell_without_a_heading_hides_nothing_of_its_row(shipped: Snapshot) -> None:
    given = read({"Casussen": [{**NEW, **PROOF, " ": "los"}]}, shipped)
    twice = finding("number-twice", of_case("tuin"), WIJK.number, "77")
    unlike = finding("state-and-initiative", of_case("tuin"), WIJK.state)
    assert set(codes(given, twice, unlike)) == {
        *("number-twice", "state-and-initiative", "zonder-kop")
    }
