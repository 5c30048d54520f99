"""The places are linked as the crosswalk says, and stand where the table of points puts them."""

import re

import pytest
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.namespace import DCTERMS, GEO, PROV, SDO, SKOS
from wijk.namespaces import WIJK

from . import made_places as made
from .adding import HERE, ID, ROOT, area, codes, crosswalk, grid, rows
from .adding import points as table_of_points
from .made_places import SURE

CHOICES = {row["place"]: row for row in rows(HERE / "places.csv")}
LOCATED = sorted(made.list_of_places())
MATCH = {
    "exactMatch": "exactArea",
    "closeMatch": "closeArea",
    "own area with hasPart": "hasPartArea",
}
# Where we say less than the crosswalk: docs/decisions/0014 says why.
WEAKER = {"oud-woensel": "closeArea", "noardeast-fryslan": "closeArea", "heerlen-noord": "none"}
RUN = "run: python -m tests.data.made_places"
POINT = re.compile(r"(?:<\S+/28992> )?POINT\((\S+) (\S+)\)")


def evidence(union: Graph, thing: URIRef, predicate: URIRef) -> dict[URIRef, URIRef]:
    """The evidence for what is said with this property, by value."""
    found = {}
    for one in union.subjects(RDF.subject, thing):
        if union.value(one, RDF.predicate) == predicate:
            found[union.value(one, RDF.object)] = one
    return found


def points(union: Graph, thing: URIRef) -> dict[bool, tuple[float, float]]:
    """The points of a thing: whether it is in the national grid, and the numbers."""
    found = {}
    for geometry in union.objects(thing, GEO.hasGeometry):
        text = str(union.value(geometry, GEO.asWKT))
        numbers = POINT.fullmatch(text)
        assert numbers, text
        found[text.startswith("<")] = (float(numbers[1]), float(numbers[2]))
    return found


def test_every_place_has_its_choice(union: Graph) -> None:
    places = {str(place).rpartition("/")[2] for place in union.subjects(RDF.type, WIJK.Place)}
    assert places == CHOICES.keys()


@pytest.mark.parametrize("place", CHOICES)
def test_a_place_is_linked_as_its_row_of_the_crosswalk_says(union: Graph, place: str) -> None:
    choice, thing = CHOICES[place], ID[f"place/{place}"]
    row = crosswalk()[choice["row"]]
    match = next((MATCH[name] for name in MATCH if row["match"].startswith(name)), "none")
    town = (
        row["level"] == "gemeente" and union.value(thing, WIJK.placeKind) == ID["place-kind/plaats"]
    )
    wanted = "none" if town else WEAKER.get(place, match)
    assert choice["relation"] == wanted
    told = {
        (relation, value)
        for relation in MATCH.values()
        for value in union.objects(thing, WIJK[relation])
    }
    assert told == ({(wanted, area(code)) for code in codes(row)} if wanted != "none" else set())
    assert bool(union.value(thing, SKOS.scopeNote)) == (wanted == "none")


@pytest.mark.parametrize("place", CHOICES)
def test_how_sure_a_link_is_stands_in_its_evidence(union: Graph, place: str) -> None:
    choice, thing = CHOICES[place], ID[f"place/{place}"]
    row = crosswalk()[choice["row"]]
    relation = choice["relation"] if choice["relation"] != "none" else "hasPartArea"
    found = evidence(union, thing, WIJK[relation])
    if choice["relation"] == "none" and row["level"] == "gemeente":
        assert not found
        return
    assert found.keys() == {area(code) for code in codes(row)}
    for one in found.values():
        status = ID["status/candidate" if row["confidence"] == "low" else "status/asserted"]
        assert union.value(one, WIJK.basis) == ID["basis/inferred"]
        assert union.value(one, WIJK.status) == status
        assert f"zekerheid {SURE[row['confidence']]}" in str(union.value(one, SKOS.note))


@pytest.mark.parametrize("place", LOCATED)
def test_every_place_of_a_case_has_a_point_in_degrees_and_in_the_grid(
    union: Graph, place: str
) -> None:
    thing = ID[f"place/{place}"]
    around = (WIJK.exactArea, WIJK.closeArea)
    homes = [thing, *(value for relation in around for value in union.objects(thing, relation))]
    found = [points(union, home) for home in homes]
    assert any(one.keys() == {False, True} for one in found)
    of_its_own = bool(found[0])
    inferred = evidence(union, thing, GEO.hasGeometry).values()
    assert len(inferred) == (2 if of_its_own else 0)
    assert all(union.value(one, WIJK.basis) == ID["basis/inferred"] for one in inferred)


def test_a_point_in_the_grid_is_the_same_point_as_that_in_degrees(union: Graph) -> None:
    things = {*union.subjects(GEO.hasGeometry)}
    assert len(things) > 90
    for thing in things:
        found = points(union, thing)
        assert found[True] == grid(*found[False]), thing
        derived = union.value(None, PROV.wasDerivedFrom, URIRef(f"{thing}#point"))
        assert derived == URIRef(f"{thing}#point-rd")
        assert union.value(URIRef(f"{thing}#point"), DCTERMS.source)


def test_the_grid_has_its_origin_in_amersfoort() -> None:
    assert grid(5.387203657, 52.155172897) == (155000, 463000)


def test_an_area_stands_where_the_table_of_points_puts_its_code(union: Graph) -> None:
    known = table_of_points()
    for thing in union.subjects(RDF.type, WIJK.Area):
        row = known.get(str(union.value(thing, WIJK.code)))
        expected = (float(row["lon"]), float(row["lat"])) if row else None
        assert points(union, thing).get(False) == expected


def test_nothing_is_the_same_elsewhere_unless_that_is_confirmed(union: Graph) -> None:
    same = {str(value) for value in union.objects(None, SDO.sameAs) if "wikidata" in str(value)}
    assert not same
    candidates = {
        (union.value(one, RDF.subject), union.value(one, RDF.object))
        for one in union.subjects(WIJK.status, ID["status/candidate"])
        if union.value(one, RDF.predicate) == SDO.sameAs
    }
    assert candidates == {
        (area(row["cbs_codes"]), made.WIKIDATA[row["wikidata_municipality"]])
        for row in crosswalk().values()
        if row["wikidata_municipality"]
    }


def test_only_an_organisation_is_the_same_as_one_in_the_register(union: Graph) -> None:
    ours = {*union.subjects(WIJK.actorKind, ID["actor-kind/gemeente"])}
    same = dict(union.subject_objects(OWL.sameAs))
    assert same.keys() == ours
    governed = {*union.objects(None, WIJK.governedBy)}
    assert {*same.values()} <= governed


def test_every_municipality_and_province_says_which_organisation_governs_it(union: Graph) -> None:
    for thing in union.subjects(RDF.type, WIJK.Area):
        code = str(union.value(thing, WIJK.code)).lower()
        kind = {"gm": "gemeente", "pv": "provincie"}.get(code[:2])
        expected = made.TOOI[f"{kind}/{code}"] if kind else None
        assert union.value(thing, WIJK.governedBy) == expected, RUN


def test_the_script_has_nothing_to_add() -> None:
    pages = (page for each in made.MADE for page in each())
    lacking = [page.path.name for page in pages if page.main or page.parts]
    assert not lacking, RUN


def test_the_page_about_open_data_counts_the_links() -> None:
    page = (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8")
    for relation in ("exactArea", "closeArea", "hasPartArea", "none"):
        places = [place for place, choice in CHOICES.items() if choice["relation"] == relation]
        in_cases = [place for place in places if place in LOCATED]
        assert f"| {len(places)} | {len(in_cases)} |" in page
