"""A workbook comes in: what changes, what is told, and where."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Literal
from rdflib.namespace import DCTERMS, SKOS
from wijk import turtle
from wijk.checking.findings import Finding
from wijk.commands.importing import conclusion
from wijk.documents import Document, hashed
from wijk.editing.records import Record, Statement, read, written
from wijk.loaded import Snapshot, of_documents
from wijk.tabular import exporting, importing
from wijk.tabular.grid import Book, Sheet
from wijk.tabular.importing import Taken
from wijk.tabular.layout import EXAMPLE, NAMES, STATE, tables
from wijk.tabular.telling import Telling

CASE = "boefjes-en-baristas"
WEB = "https://example.org/pluktuin"
MOVISIE = "https://www.movisie.nl/wijindewijk"
PROOF = {"bron van deze rij": WEB, "grondslag van deze rij": "vermeld"}
NEW_CASE = {
    "bundel": "wij-in-de-wijk-1",
    "nummer": "30",
    "titel": "Pluktuin Zuid",
    "samenvatting": "Bewoners maakten van een leeg grasveld een tuin waar iedereen mag plukken.",
    "stand": "naam bekend",
    "thema": "ontmoeting; ouderen",
    **PROOF,
}
SOURCE = {"webadres": WEB, "wat is gelezen": "De hele pagina."}

Given = Mapping[str, Sequence[Mapping[str, str]]]


@pytest.fixture(scope="module")
def exported(shipped: Snapshot) -> dict[str, list[list[str]]]:
    """The rows of the shipped graph."""
    return exporting.rows(shipped)


def whole(exported: Mapping[str, Sequence[Sequence[str]]], taken: Snapshot) -> Book:
    """A book with these rows, as if they stood in a file."""
    sheets = []
    for table in tables(taken):
        sheet = Sheet(table.name)
        sheet.put(1, [column.title for column in table.columns])
        for number, row in enumerate(exported.get(table.kind, ()), 2):
            sheet.put(number, row)
        sheets.append(sheet)
    return Book(sheets, "xlsx")


def book(given: Given) -> Book:
    """A book with rows of which each says which column has what."""
    sheets = []
    for name, rows in given.items():
        heads = list(dict.fromkeys(key for row in rows for key in row))
        sheet = Sheet(name)
        sheet.put(1, heads)
        for number, row in enumerate(rows, 2):
            sheet.put(number, [row.get(head, "") for head in heads])
        sheets.append(sheet)
    return Book(sheets, "xlsx")


def take(given: Given, taken: Snapshot) -> Taken:
    """What becomes of these rows."""
    return importing.read_of(book(given), taken).judged([])


def row_of(
    exported: Mapping[str, Iterable[Sequence[str]]],
    taken: Snapshot,
    kind: str = "case",
    slug: str = CASE,
) -> dict[str, str]:
    """The row of one thing, by heading."""
    table = next(it for it in tables(taken) if it.kind == kind)
    row = next(row for row in exported[kind] if row[0] == slug)
    return {column.title: said for column, said in zip(table.columns, row, strict=True)}


def told(found: Taken) -> dict[str, str]:
    """The text of each finding by where it is."""
    return {it.spot.shown(): it.text for it in found.problems}


def test_importing_an_unchanged_export_changes_no_file(
    shipped: Snapshot, exported: dict[str, list[list[str]]]
) -> None:
    found = importing.read_of(whole(exported, shipped), shipped)
    assert (found.made, found.problems) == ((), ())


def test_nor_when_every_row_was_touched_and_says_the_same(
    shipped: Snapshot, exported: dict[str, list[list[str]]]
) -> None:
    touched = {
        kind: [[*row[:-1], row[-1].partition("-")[0] + "-touched"] for row in rows]
        for kind, rows in exported.items()
    }
    found = importing.read_of(whole(touched, shipped), shipped)
    assert (found.made, found.problems) == ((), ())


@pytest.fixture(scope="module")
def small(shipped: Snapshot) -> Snapshot:
    """The shapes, the lists, one case and what it names: quick to look through."""
    case = shipped.documents[f"{shipped.base}doc/case/{CASE}"]
    named = set(map(str, case.graph.objects()))
    documents = {
        iri: it
        for iri, it in shipped.documents.items()
        if it is case or it.kind in ("shape", "scheme") or named & set(it.told.things)
    }
    return of_documents(shipped.root, shipped.base, documents)


ODD = st.text(st.sampled_from("a é\n;,↵\"'=\\[]nl^@<>\t5"), min_size=1, max_size=12)


@settings(max_examples=8)
@given(title=ODD, notes=st.lists(ODD, max_size=3, unique=True))
def test_whatever_a_text_says_an_export_of_it_changes_nothing(
    small: Snapshot, title: str, notes: list[str]
) -> None:
    before = small.documents[f"{small.base}doc/case/{CASE}"]
    record = read(before, small)
    record = record.having(str(DCTERMS.title), (text(DCTERMS.title, title),))
    record = record.having(str(SKOS.note), tuple(text(SKOS.note, note) for note in notes))
    taken = holding(small, before, record)
    rows = exporting.rows(taken)
    touched = {kind: [[*row[:-1], "-"] for row in listed] for kind, listed in rows.items()}
    found = importing.read_of(whole(touched, taken), taken)
    assert [it.text.decode() for it in found.made] == []


def text(path: object, said: str) -> Statement:
    """A statement of a Dutch text."""
    return Statement(str(path), turtle.term(Literal(said, lang="nl")))


def holding(taken: Snapshot, before: Document, record: Record) -> Snapshot:
    """The snapshot in which a document says what a record says."""
    source = written(record, before, taken)
    made = replace(before, text=source, parsed=None, digest=hashed(source))
    return of_documents(taken.root, taken.base, {**taken.documents, before.iri: made})


TOGETHER = {
    "Casussen": [{**NEW_CASE, "initiatief": "Pluktuin Zuid", "plek": "Zuiderpark"}],
    "Initiatieven": [{"naam": "Pluktuin Zuid", "begin": "2021", **PROOF}],
    "Plaatsen": [{"naam": "Zuiderpark", "soort plek": "wijk", **PROOF}],
    "Bronnen": [SOURCE],
    "Deelnames": [
        {
            **{"bij casus": "30", "betrokkene": "Pluktuin Zuid", "rol": "gastheer"},
            **{"grondslag": "vermeld", "zekerheid": "zeker", "bron": WEB},
        }
    ],
    "Onderbouwing": [
        {
            **{"soort": "casus", "waarvan": "Pluktuin Zuid", "veld": "nummer"},
            **{"grondslag": "toegekend", "zekerheid": "zeker"},
        }
    ],
}


def test_a_new_case_and_all_that_is_new_with_it_come_in_at_once(shipped: Snapshot) -> None:
    found = take(TOGETHER, shipped)
    assert found.problems == ()
    files = {str(it.path): it.text.decode() for it in found.made}
    assert set(files) == {
        "data/cases/pluktuin-zuid.ttl",
        "data/initiatives/pluktuin-zuid.ttl",
        "data/places/zuiderpark.ttl",
        "data/sources/example-org-pluktuin.ttl",
    }
    assert 'dc:publisher "example.org"' in files["data/sources/example-org-pluktuin.ttl"]
    case = files["data/cases/pluktuin-zuid.ttl"]
    assert "dcterms:subject theme:ontmoeting , theme:ouderen" in case
    assert "wijk:actor initiative:pluktuin-zuid" in case
    assert case.count("basis:assigned") == 1


def test_every_mistake_is_told_at_once_each_at_its_cell(shipped: Snapshot) -> None:
    found = take(
        {
            "Casussen": [
                {**NEW_CASE, "thema": "ontmoetn", "plek": "Zuiderprk", "nummer": "dertig"},
                {**NEW_CASE, "titel": "Tuin Twee", "nummer": "31", "stand": ""},
            ],
            "Initiatieven": [{"naam": "Pluktuin", "begin": "tweeduizend", "kleur": "groen"}],
            "Bronnen": [{**SOURCE, "webadres": "geen adres"}],
        },
        shipped,
    )
    said = told(found)
    assert not found.right
    assert "Bedoel je “ontmoeting”?" in said["blad Casussen, cel F2"]
    assert "“Zuiderprk” is hier nog niet bekend als plek." in said["blad Casussen, cel I2"]
    assert "geen heel getal. Schrijf het in cijfers" in said["blad Casussen, cel B2"]
    assert said["blad Initiatieven, cel B2"] == (
        "“tweeduizend” is geen jaar of dag. Schrijf een jaar als 2021, een dag als 3 februari 2021."
    )
    assert "“kleur” kennen wij niet" in said["blad Initiatieven, cel C1"]
    assert "begint met https://" in said["blad Bronnen, cel A2"]
    assert [it.level for it in found.problems] == sorted(it.level for it in found.problems)


def test_a_wrong_name_of_a_row_hides_no_other_mistake_in_it(shipped: Snapshot) -> None:
    source = {"webadres": "movisie.nl", "verschenen": "gisteren", "volgende versie": "onzin"}
    about = {"soort": "casus", "waarvan": "Er is geen zo’n casus", "veld": "bestaat niet"}
    proof = {"grondslag": "vermeldd", "zekerheid": "nee", "bron": "zzz"}
    part = {"bij casus": "Er is geen zo’n casus", "betrokkene": "zzz", "rol": "zzz"}
    found = take(
        {
            "Bronnen": [source],
            "Onderbouwing": [{**about, **proof}, {**about, "veld": "nummer", "waarde": "elf"}],
            "Deelnames": [part],
        },
        shipped,
    )
    said = told(found)
    assert {"blad Bronnen, cel A2", "blad Bronnen, cel B2", "blad Bronnen, cel C2"} <= set(said)
    assert {f"blad Onderbouwing, cel {it}2" for it in "BCDEF"} <= set(said)
    assert "blad Onderbouwing, cel G3" in said
    assert {f"blad Deelnames, cel {it}2" for it in "ABC"} <= set(said)


def test_of_a_source_of_a_row_that_cannot_be_read_nothing_else_is_said(
    shipped: Snapshot, exported: dict[str, list[list[str]]]
) -> None:
    wrong = {"bron van deze rij": "https://www.movisie.nl/wijindewijk"}
    wrong["grondslag van deze rij"] = "vermeldd"
    case = row_of(exported, shipped) | {"titel": "Een andere naam", **wrong}
    (only,) = take({"Casussen": [case]}, shipped).problems
    assert (only.code, only.field) == ("choice", "grondslag")


def test_a_formula_without_outcome_is_told_once(shipped: Snapshot) -> None:
    given = book({"Casussen": [NEW_CASE | {"titel": ""}], "Bronnen": [SOURCE]})
    column = list(NEW_CASE).index("titel") + 1
    given.sheets[0].formulas[2, column] = "missing"
    (only,) = importing.read_of(given, shipped).problems
    assert (only.code, only.spot.cell) == ("formule-leeg", "C2")


def test_a_row_without_a_source_is_told_once_and_which_columns_mend_it(shipped: Snapshot) -> None:
    row = {key: said for key, said in NEW_CASE.items() if key not in PROOF}
    given = importing.read_of(book({"Casussen": [row]}), shipped)
    (case,) = given.made
    titles = {str(DCTERMS.title): "titel", str(DCTERMS.subject): "thema"}
    sentence = {"nl": "Waar komt dit vandaan?", "en": "Where does this come from?"}
    bare = [
        Finding(
            *("evidence-missing", "violation", sentence, str(case.path)),
            **{"thing": case.record.thing, "property": it.path, "value": it.value},
            **{"field": {"nl": titles[it.path], "en": ""}},
        )
        for it in case.record.statements
        if it.path in titles
    ]
    (only,) = given.judged(bare).problems
    assert only.spot.shown() == "blad Casussen, rij 2"
    assert only.text == (
        "Waar komt vandaan wat hier nieuw is? Het gaat om titel en thema. Vul in deze rij de "
        "kolommen “bron van deze rij” en “grondslag van deze rij” in."
    )


def test_the_same_mistake_further_down_is_one_finding_that_names_the_rows(
    shipped: Snapshot,
) -> None:
    rows = [{"naam": f"Tuin {n}", "begin": "vroeger"} for n in range(12)]
    (told_once,) = take({"Initiatieven": rows}, shipped).problems
    assert told_once.spot.cell == "B2"
    assert told_once.also == tuple(range(3, 14))
    assert "Zo ook in rij 3, 4, 5" in told_once.text


def test_a_case_that_is_renamed_keeps_its_address(
    shipped: Snapshot, exported: dict[str, list[list[str]]]
) -> None:
    row = row_of(exported, shipped) | {"titel": "Boefjes, Barista’s en Baby’s"}
    found = take({"Casussen": [row]}, shipped)
    assert [str(it.path) for it in found.made] == [f"data/cases/{CASE}.ttl"]
    assert [it.level for it in found.problems] == ["let op"]
    assert "De bron van de oude waarde blijft" in found.problems[0].text


@pytest.mark.parametrize("name", ["5", CASE, f"https://w3id.org/wijindewijk/id/case/{CASE}"])
def test_a_known_case_is_recognised_by_number_slug_and_address(
    shipped: Snapshot, name: str
) -> None:
    key = "nummer" if name.isdecimal() else "naam in het adres"
    found = take({"Casussen": [{key: name, "vindt online plaats": "nee"}]}, shipped)
    assert [it.record.slug for it in found.made] == [CASE]


def test_an_empty_cell_takes_away_what_was_exported_in_it_and_nothing_else(
    shipped: Snapshot, exported: dict[str, list[list[str]]]
) -> None:
    row = row_of(exported, shipped)
    emptied = take({"Casussen": [row | {"toelichting": ""}]}, shipped)
    assert [it.path for it in emptied.made[0].changes] == [str(SKOS.note)]
    bare = {"naam in het adres": CASE, "titel": row["titel"], "toelichting": ""}
    assert take({"Casussen": [bare]}, shipped).made == ()


def test_a_row_of_an_earlier_state_does_not_undo_what_others_did(
    shipped: Snapshot, exported: dict[str, list[list[str]]]
) -> None:
    title = next(it.title for it in tables(shipped)[0].columns if it.key == STATE)
    row = row_of(exported, shipped) | {title: "0123456789-touched", "titel": "Iets anders"}
    (stopped,) = [it for it in take({"Casussen": [row]}, shipped).problems if it.level == "fout"]
    assert "Haal een nieuw werkboek op" in stopped.text


def test_a_row_is_not_taken_for_an_example_when_somebody_filled_it_in(shipped: Snapshot) -> None:
    row = {"naam in het adres": EXAMPLE, **NEW_CASE}
    (told_so,) = take({"Casussen": [row]}, shipped).problems
    assert told_so.level == "fout"
    assert "gemerkt als “voorbeeld”" in told_so.text


def test_evidence_is_added_changed_and_taken_away_by_its_row(
    shipped: Snapshot, exported: dict[str, list[list[str]]]
) -> None:
    about = {"soort": "casus", "waarvan": CASE, "veld": "titel"}
    how = {"grondslag": "vermeld", "zekerheid": "zeker"}
    web = "https://www.movisie.nl/wijindewijk"
    gone = {**about, "naam in het bestand": "e-title-2", "weghalen": "ja"}
    (made,) = take({"Onderbouwing": [gone]}, shipped).made
    assert b"#e-title-2" not in made.text
    changed = {
        **{**about, **how, "naam in het bestand": "e-title", "toelichting": "Bladzijde 7."},
        **{"waarde": "Boefjes en Barista's", "bron": web},
    }
    (made,) = take({"Onderbouwing": [changed]}, shipped).made
    assert 'skos:note "Bladzijde 7."@nl' in made.text.decode()
    unknown = {**about, **how, "waarde": "Boefjes"}
    (wrong,) = take({"Onderbouwing": [unknown]}, shipped).problems
    assert "staat niet in de kolom “titel”" in wrong.text


COVERED = "krachtstation-kanaleneiland"
"""A case of which evidence covers the abstract, the number, the state and the subjects."""


@pytest.mark.parametrize(
    ("field", "said", "evidence"),
    [
        ("samenvatting", "Een school werd een gebouw van de buurt.", "e-abstract"),
        ("nummer", "31", "e-number"),
        ("stand", "naam onbekend", "e-state"),
        ("thema", "ouderen", "e-subject"),
    ],
)
@pytest.mark.parametrize("proof", [{}, {**PROOF, "bron van deze rij": MOVISIE}])
def test_evidence_that_covers_a_whole_field_covers_its_new_value_and_a_new_source_is_added(
    shipped: Snapshot, proof: Mapping[str, str], field: str, said: str, evidence: str
) -> None:
    found = take({"Casussen": [{"naam in het adres": COVERED, field: said, **proof}]}, shipped)
    assert not [it for it in found.problems if it.level in ("fout", "tip")]
    (made,) = found.made
    old = read(made.document, shipped) if made.document else None
    assert old is not None
    (change,) = made.changes
    covering = {it.content for each in change.before for it in each.evidence}
    (new,) = [it for it in change.after if it.value not in {each.value for each in change.before}]
    own = {it.content for it in new.evidence} - covering
    assert covering <= {it.content for it in new.evidence}
    assert {source for source, *_ in own} == ({MOVISIE} if proof else set())
    blocks = made.text.decode().split("\n\n")
    (kept,) = [it for it in blocks if it.startswith(f"<#{evidence}> ")]
    assert "rdf:object" not in kept


@pytest.mark.parametrize("proof", [{}, {**PROOF, "bron van deze rij": MOVISIE}])
def test_so_it_does_in_a_field_that_needs_no_source_and_has_one(
    shipped: Snapshot, exported: dict[str, list[list[str]]], proof: Mapping[str, str]
) -> None:
    row = row_of(exported, shipped, "lesson", "blijven-investeren")
    found = take({"Lessen": [row | {"tekst": "Een heel andere les."} | proof]}, shipped)
    assert [it.code for it in found.problems] == ["bron-geldt"]
    (change,) = found.made[0].changes
    (before,), (new,) = change.before, change.after
    added = {it.source for it in new.evidence} - {it.source for it in before.evidence}
    assert added == ({MOVISIE} if proof else set())


def test_of_a_source_of_a_row_that_was_not_used_it_is_not_said_that_nothing_is_new(
    shipped: Snapshot,
) -> None:
    row = {"naam in het adres": "blijven-investeren", "kenmerk": "L9-9", **PROOF}
    used = {**row, "bron van deze rij": MOVISIE}
    (tip,) = take({"Lessen": [used]}, shipped).problems
    assert tip.text.startswith("Wat nieuw is in rij 2, heeft geen bron nodig of heeft er al een.")


def test_a_web_address_that_was_emptied_is_told_and_not_passed_over(
    shipped: Snapshot, exported: dict[str, list[list[str]]]
) -> None:
    slug = "5dok-net-oost-west-wijk-best"
    row = row_of(exported, shipped, "source", slug)
    (wrong,) = take({"Bronnen": [row | {"webadres": ""}]}, shipped).problems
    assert (wrong.level, wrong.field) == ("fout", "webadres")
    assert f"Zet “{row['webadres']}” terug." in wrong.text
    assert take({"Bronnen": [{"naam in het adres": slug, "webadres": ""}]}, shipped).problems == ()


def test_a_case_that_is_known_by_its_number_alone_can_get_another_abstract(
    shipped: Snapshot,
) -> None:
    row = {"nummer": "1", "samenvatting": "Een school werd een gebouw van de buurt."}
    found = take({"Casussen": [row]}, shipped)
    assert found.made[0].text.count(b"dcterms:abstract ;\n    wijk:basis") == 3
    assert [it.code for it in found.problems] == ["al-bekend", "bron-geldt"]
    assert "geldt, blijft erbij staan" in found.problems[1].text
    assert not [it for it in Telling(shipped, found.made).lines(found.made[0]) if "bron" in it]
    assert conclusion(found, True).endswith(". 1 document zou veranderen. Er is niets geschreven.")


def test_what_cannot_be_changed_so_is_told_not_passed_over(shipped: Snapshot) -> None:
    source = "5dok-net-oost-west-wijk-best"
    found = take(
        {
            "Bronnen": [{"naam in het adres": source, "webadres": WEB}],
            "Deelnames": [{"bij casus": "5", "weghalen": "x", "naam in het bestand": "de-taling"}],
        },
        shipped,
    )
    said = told(found)
    assert "Dat verandert niet" in said["blad Bronnen, cel B2"]
    assert said["blad Deelnames, cel B2"] == "Hier staat “x”. Kies ja, of laat deze cel leeg."


def test_a_table_in_text_is_the_sheet_that_its_headings_are_of(shipped: Snapshot) -> None:
    text = "naam;soort plek\nZuiderpark;wijk\n".encode("utf-16")
    found = importing.read(text, shipped)
    assert [it.record.kind for it in found.made] == ["place"]
    unclear = importing.read(b"a;b\n1;2\n", shipped)
    assert "--sheet Casussen" in unclear.problems[0].text


def test_a_sheet_and_a_column_under_another_name_are_told_not_passed_over(
    shipped: Snapshot,
) -> None:
    found = take(
        {
            "Plaatsen": [{"name": "Zuiderpark", "soort plek": "wijk"}],
            "Casusen": [NEW_CASE],
            "Kladblok": [{"x": "y"}],
        },
        shipped,
    )
    said = told(found)
    assert "Bedoel je “Casussen”?" in said["blad Casusen"]
    assert "is niet gelezen (2 cellen)" in said["blad Kladblok"]
    assert "Heet hij nu “name”?" in said["blad Plaatsen, cel A1"]


def test_every_kind_has_its_sheet(shipped: Snapshot) -> None:
    assert [table.name for table in tables(shipped)] == [*NAMES.values()]


def test_what_a_workbook_cannot_add_is_chosen_from_what_there_is(shipped: Snapshot) -> None:
    found = take(
        {
            "Casussen": [{**NEW_CASE, "bundel": "Wij in de wijk 9"}],
            "Plaatsen": [{"naam": "Zuid", "soort plek": "wijk", "is precies gebied": "gm9999"}],
        },
        shipped,
    )
    said = told(found)
    assert "als bundel. Het kan zijn: “" in said["blad Casussen, cel A2"]
    assert said["blad Plaatsen, cel C2"].endswith("Kies een waarde uit de lijst (blad Keuzes).")


def test_a_title_on_two_lines_becomes_one_and_that_is_told(shipped: Snapshot) -> None:
    found = take({"Casussen": [{**NEW_CASE, "titel": "Pluktuin\nZuid"}]}, shipped)
    assert b'"Pluktuin Zuid"@nl' in found.made[0].text
    assert [(it.code, it.level) for it in found.problems if it.spot.cell == "C2"] == [
        ("een-regel", "let op")
    ]


def test_progress_is_told_of_every_row(shipped: Snapshot, workbook: Callable[..., bytes]) -> None:
    rows = [["naam", "begin"], ["Tuin 1", 2020], ["Tuin 2", 2021]]
    seen: list[tuple[int, int]] = []
    content = workbook({"Initiatieven": rows})
    importing.read(content, shipped, tell=lambda *it: seen.append(it))
    assert seen == [(1, 2), (2, 2)] * 2
