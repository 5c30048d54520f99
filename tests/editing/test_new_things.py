"""What is entered from blank passes the check, as people typed it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from rdflib.namespace import DCTERMS
from wijk.checking.trial import Trial
from wijk.editing import naming
from wijk.editing.fields import Field, by_path, fields
from wijk.editing.kinds import KINDS, PARTICIPATION
from wijk.editing.records import Evidence, Part, Record, Statement, blank, path_of, written
from wijk.editing.values import understood
from wijk.engine.changing import ChangingStore
from wijk.snapshot import Reading, Snapshot, edited

BASE = "https://w3id.org/wijindewijk/"
STATED, SURE = f"{BASE}id/basis/stated", f"{BASE}id/status/asserted"
PAGE = "https://www.example.org/pluktuin"
SEEN = Evidence(PAGE, STATED, SURE, "Bladzij 3.")
# This garden does not exist; what is new is named by what is new before it.
TYPED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "source": {
        "titel": ("De pluktuin in Zuid",),
        "site": ("example.org",),
        "verschenen": ("26 november 2021",),
        "wat-is-gelezen": ("De hele pagina.",),
        "rechten": ("De tekst is van de uitgever.",),
    },
    "place": {
        "naam": ("Pluktuinbuurt",),
        "soort-plek": ("buurt",),
        "ligt-in": ("Oss",),
        "ligt-in-gebied": ("gm0828", "pv30"),
        "waarom-geen-gebied": ("Het CBS kent deze buurt niet.",),
    },
    "actor": {"naam": ("Stichting De Pluktuin’s",), "soort-betrokkene": ("stichting",)},
    "initiative": {
        "naam": ("Pluktuin Zuid",),
        "andere-naam": ("De Plúktuin",),
        "begin": ("2018",),
        "soort-betrokkene": ("bewonersinitiatief",),
    },
    "lesson": {
        "titel": ("Wie plukt, praat",),
        "tekst": ("Samen plukken brengt mensen vanzelf in gesprek.",),
        "bundel-of-project": ("Wij in de wijk 1",),
        "geldt-voor": ("Wij in de wijk 1",),
        "doelgroep": ("bewoner", "professional"),
        "grondslag": ("vermeld",),
        "zekerheid": ("zeker",),
        "bron": (PAGE,),
    },
    "media": {
        "titel": ("Een film over de pluktuin",),
        "soort-uiting": ("videofilm",),
        "gaat-over": ("Pluktuin Zuid (casus)",),
    },
    "case": {
        "bundel": ("Wij in de wijk 1",),
        "nummer": ("30",),
        "titel": ("Pluktuin Zuid",),
        "samenvatting": ("Bewoners maakten van een leeg grasveld een tuin.",),
        "stand": ("naam bekend",),
        "thema": ("groen", "ontmoeten"),
        "initiatief": ("Pluktuin Zuid",),
        "plek": ("Pluktuinbuurt",),
    },
}
TAKES_PART = {
    "betrokkene": "Stichting De Pluktuin's",
    "rol": "drager",
    "begin": "3-2-2021",
    "grondslag": "vermeld",
    "zekerheid": "zeker",
    "bron": PAGE,
}
ORDER = ("source", "place", "actor", "initiative", "lesson", "case", "media")


def entered(kind: str, taken: Snapshot) -> Record:
    """The new thing of a kind, as it was typed."""
    title = next(iter(TYPED[kind].get("titel") or TYPED[kind]["naam"]))
    address = PAGE if kind == "source" else ""
    record = blank(kind, naming.slug(kind, title, "", taken), taken, address)
    for each in fields(taken, kind):
        said = [means(text, each, taken) for text in TYPED[kind].get(each.key, ())]
        evidence = (SEEN,) if each.evidence else ()
        told = tuple(Statement(each.path, value, evidence) for value in said)
        record = record.having(each.path, told)
    if kind != "case":
        return record
    parts = {each.key: each for each in fields(taken, PARTICIPATION)}
    own = tuple(
        Statement(parts[key].path, means(text, parts[key], taken))
        for key, text in TAKES_PART.items()
    )
    return replace(record, parts=(Part(PARTICIPATION, "", own),))


def means(text: str, field: Field, taken: Snapshot) -> str:
    """The term that a text means."""
    value = understood(text, field, taken)
    assert isinstance(value, str), value
    return value


@pytest.fixture(scope="module")
def records(shipped: Snapshot) -> dict[str, Record]:
    """A new thing of every kind."""
    reading, found = Reading(shipped), {}
    for kind in ORDER:
        record = found[kind] = entered(kind, reading.snapshot)
        reading = edited(reading, {path_of(record): written(record, None, shipped)})
    return found


@pytest.fixture(scope="module")
def trial(shipped: Snapshot, nquads: bytes) -> Trial:
    """Trials of the shipped graph."""
    return Trial.of(Reading(shipped), ChangingStore(nquads, known=True))


def test_a_new_thing_of_every_kind_passes_the_check(
    records: dict[str, Record], trial: Trial, shipped: Snapshot
) -> None:
    assert records.keys() == {*KINDS}
    files = {path_of(it): written(it, None, shipped) for it in records.values()}
    found = trial.findings(files)
    assert [(it.rule, it.file, it.message) for it in found if it.severity == "violation"] == []


def test_the_check_demands_evidence_of_those_fields_that_have_it(
    records: dict[str, Record], trial: Trial, shipped: Snapshot
) -> None:
    files = {}
    wanted = set()
    for record in records.values():
        bare = tuple(replace(it, evidence=()) for it in record.statements)
        files[path_of(record)] = written(replace(record, statements=bare), None, shipped)
        own = by_path(shipped, record.kind)
        wanted |= {(record.thing, it.path) for it in bare if own[it.path].evidence}
    found = [it for it in trial.findings(files) if it.rule == "evidence-missing"]
    assert {(it.thing, it.property) for it in found} == wanted
    assert (records["lesson"].thing, str(DCTERMS.title)) in wanted
