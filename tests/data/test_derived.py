"""What is derived follows from what is in the folder, to the letter, and says how it was made."""

import json
from dataclasses import replace
from datetime import date

import pytest
from rdflib import DCTERMS, PROV, SDO, XSD, Literal, URIRef
from rdflib.namespace import GEO
from wijk import __version__, questions, turtle
from wijk.engine import formats
from wijk.engine.local import LocalStore
from wijk.linking import here
from wijk.linking.derived import derive
from wijk.linking.register import VERSIONS, Register
from wijk.linking.resolve import resolve
from wijk.namespaces import WIJK
from wijk.snapshot import Snapshot

BASE = "https://w3id.org/wijindewijk/id"
DOCUMENTS = ("present-areas", "containment")


@pytest.fixture(scope="module")
def register(shipped: Snapshot) -> Register:
    """The register in the folder."""
    return here.register(shipped)


def test_what_is_shipped_is_what_the_command_makes(shipped: Snapshot) -> None:
    assert derive(shipped) == [], "run: wijk derive"


def test_made_afresh_it_is_the_same_to_the_byte(shipped: Snapshot) -> None:
    rest = {iri: each for iri, each in shipped.documents.items() if each.kind != "derived"}
    made = derive(replace(shipped, documents=rest))
    assert [change.path.stem for change in made] == [*DOCUMENTS]
    for change in made:
        assert change.after == (shipped.root / change.path).read_bytes()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_it_says_from_what_with_what_and_of_which_day_it_was_made(
    shipped: Snapshot, name: str
) -> None:
    graph = shipped.documents[f"https://w3id.org/wijindewijk/doc/derived/{name}"].graph
    (activity,) = graph.objects(URIRef(f"{BASE}/derived/{name}"), PROV.wasGeneratedBy)
    assert URIRef(f"{VERSIONS}4") in set(graph.objects(activity, PROV.used))
    (day,) = graph.objects(activity, DCTERMS.date)
    assert day == Literal("2022-12-22", datatype=XSD.date)
    (software,) = graph.objects(activity, PROV.wasAssociatedWith)
    assert str(graph.value(software, SDO.softwareVersion)) == __version__


def test_the_present_municipality_is_stated_where_it_is_certain(shipped: Snapshot) -> None:
    present = {
        str(thing).removeprefix(BASE): str(area).rpartition("/")[2]
        for thing, area in shipped.union.subject_objects(WIJK.presentArea)
    }
    assert present["/area/gm0856"] == "gm1991"
    assert present["/area/gm0091"] == "gm1900"
    assert present["/place/flatwijk-uden"] == "gm1991"
    assert present["/place/sneek"] == "gm1900"
    # Split, or told by the register only in part.
    assert not present.keys() & {f"/area/gm{code}" for code in ("1671", "0140", "0055", "1991")}


def test_a_buurt_lies_in_its_municipality_and_province_and_what_holds_it_is_complete(
    shipped: Snapshot,
) -> None:
    graph = shipped.union
    for area in set(graph.subjects(WIJK.divisionYear)):
        within = {str(each).rpartition("/")[2][:2] for each in graph.objects(area, GEO.sfWithin)}
        assert within >= {"gm", "pv"}, area
        assert set(graph.objects(area, WIJK.withinArea)) <= set(graph.objects(area, GEO.sfWithin))


@pytest.mark.parametrize("day", ["2001-01-01", "2010-12-31", "2018-01-01", "2022-03-24"])
def test_the_prepared_question_answers_what_the_function_does(
    shipped: Snapshot, register: Register, day: str
) -> None:
    question = questions.load(shipped.root / "queries" / "questions")["municipality-on-a-date"]
    kinds = ("area", "event")
    needed = [each for each in shipped.documents.values() if each.kind in kinds]
    store = LocalStore("".join(line for each in needed for line in each.lines()).encode())
    term = turtle.term(Literal(day, datatype=XSD.date))
    rows = json.loads(store.query(question.text, formats.JSON, {"date": term}))
    answered: dict[str, set[str]] = {}
    for row in rows["results"]["bindings"]:
        answered.setdefault(row["code"]["value"], set()).add(row["areaCode"]["value"])
    on = date.fromisoformat(day)
    for code in register.municipalities:
        assert answered.get(code, set()) == set(resolve(register, code, on).areas), code
