"""Makes what the folder says of places and areas from the crosswalk and the points.

`python -m tests.data.made_places` adds what is not there yet: links of places to areas with their
evidence, areas of 2022, organisations, points in WGS 84 and in the national grid, and the rows of
areas.csv and evidence.csv. What is there already stays as it is, so it can be run again.

`places.csv` says which row of the crosswalk belongs to which place, how the place relates to the
areas of that row, and why that is less than certain.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from rdflib import OWL, RDF, XSD, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, GEO, SDO, SKOS
from wijk import turtle
from wijk.namespaces import WIJK

from .adding import (
    HERE,
    ID,
    OUTLINES,
    ROOT,
    Page,
    area,
    codes,
    crosswalk,
    middle,
    pages,
    points,
    rows,
    shown,
)

TOOI = Namespace("https://identifier.overheid.nl/tooi/id/")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")
GEONAMES = Namespace("https://sws.geonames.org/")
CBS = URIRef("https://opendata.cbs.nl/statline/#/CBS/nl/dataset/85318NED")
REGISTER = URIRef("https://identifier.overheid.nl/tooi/set/rwc_gemeenten_compleet/4")
OF_GEONAMES = URIRef("https://www.geonames.org/")
SURE = {"high": "groot", "medium": "redelijk", "low": "klein"}


def linked() -> Iterator[Page]:
    """Every place, with what the crosswalk says of it."""
    for choice in rows(HERE / "places.csv"):
        page = Page(
            ROOT / "data" / "places" / f"{choice['place']}.ttl", ID[f"place/{choice['place']}"]
        )
        row = crosswalk()[choice["row"]]
        located = list_of_places()
        if choice["relation"] == "none":
            _without(page, row, choice["why"])
        else:
            _linked(page, row, choice)
        parts = choice["relation"] == "hasPartArea" or choice["place"] == "heerlen-noord"
        if parts or (choice["relation"] == "none" and choice["place"] in located):
            _pointed(page, codes(row), choice)
        if row["geonames_place"] and _is_town(page):
            same = GEONAMES[f"{row['geonames_place']}/"]
            page.say(SDO.sameAs, same)
            note = "De bewoonde plaats met deze naam bij GeoNames, door ons op naam gekoppeld."
            page.support(
                "geonames", SDO.sameAs, same, basis="inferred", source=OF_GEONAMES, note=note
            )
        yield page


def _is_town(page: Page) -> bool:
    return page.graph.value(page.thing, WIJK.placeKind) == ID["place-kind/plaats"]


@cache
def list_of_places() -> frozenset[str]:
    """The places that a case names."""
    found = turtle.merged(page.graph for page in pages("case")).objects(None, DCTERMS.spatial)
    return frozenset(str(place).rpartition("/")[2] for place in found)


def _linked(page: Page, row: Mapping[str, str], choice: Mapping[str, str]) -> None:
    predicate = WIJK[choice["relation"]]
    part = {"exactArea": "exact-area", "closeArea": "close-area", "hasPartArea": "has-part"}
    sure = f"Koppeling door ons gelegd, op naam en ligging; zekerheid {SURE[row['confidence']]}."
    note = " ".join(filter(None, (sure, choice["why"])))
    for code in codes(row):
        page.say(predicate, area(code))
        source = REGISTER if code.startswith("GM") else CBS
        name = part[choice["relation"]]
        page.support(name, predicate, area(code), basis="inferred", source=source, note=note)


def _without(page: Page, row: Mapping[str, str], why: str) -> None:
    """Why there is no area; codes that are little more than a guess are candidates."""
    reason = Literal(why, lang="nl")
    page.say(SKOS.scopeNote, reason)
    page.support(
        "no-area", SKOS.scopeNote, reason, basis="assigned", note="Eigen uitleg bij de koppeling."
    )
    if row["level"] != "gemeente":
        for code in codes(row):
            guess = " De veertiende code is een gok." if code == "WK091739" else ""
            sure = f"Mogelijke samenstelling; zekerheid {SURE[row['confidence']]}."
            note = f"{sure} De eerste dertien codes tellen samen 52.715 inwoners.{guess}"
            page.support(
                "part-candidate",
                WIJK.hasPartArea,
                area(code),
                basis="inferred",
                source=CBS,
                note=note,
                status="candidate",
            )


def _pointed(page: Page, parts: list[str], choice: Mapping[str, str]) -> None:
    chosen = middle(parts)
    page.point(chosen)
    if len(parts) == 1:
        note = "Punt van de gemeente; de plaats zelf heeft geen eigen gebied."
    else:
        unsure = "mogelijke " if choice["relation"] == "none" else ""
        note = (
            f"Punt van {points()[chosen]['name']}, van de {unsure}delen het dichtst bij het midden."
        )
    for name in ("point", "point-rd"):
        value = URIRef(f"{page.thing}#{name}")
        page.support(
            name,
            GEO.hasGeometry,
            value,
            basis="inferred",
            source=OUTLINES[chosen[:2] == "BU"],
            note=note,
        )


def new_areas() -> Iterator[Page]:
    """The areas of 2022 that a place needs and that the folder has not."""
    needed = {
        code for choice in rows(HERE / "places.csv") for code in codes(crosswalk()[choice["row"]])
    }
    for code in sorted(needed):
        page = Page(
            ROOT / "data" / "areas" / f"{str(area(code)).rpartition('/')[2]}.ttl", area(code)
        )
        if page.path.exists():
            continue
        kind = {"WK": "wijk", "BU": "buurt"}[code[:2]]
        page.main = [
            (RDF.type, WIJK.Area),
            (SDO.name, Literal(points()[code]["name"], lang="nl")),
            (WIJK.placeKind, ID[f"place-kind/{kind}"]),
            (WIJK.withinArea, area(f"GM{code[2:6]}")),
            (DCTERMS.source, CBS),
            (WIJK.code, Literal(code)),
            (
                WIJK.divisionYear,
                Literal("2022", datatype=XSD.gYear),
            ),
        ]
        yield page


def areas() -> Iterator[Page]:
    """Every area, with its organisation, its point and what may be the same elsewhere."""
    by_code = {row["cbs_codes"]: row for row in crosswalk().values() if row["level"] == "gemeente"}
    for page in pages("area"):
        code = str(page.graph.value(page.thing, WIJK.code))
        kind = {"GM": "gemeente", "PV": "provincie"}.get(code[:2])
        if kind:
            page.say(WIJK.governedBy, TOOI[f"{kind}/{code.lower()}"])
        if code in points():
            page.point(code)
        item = by_code.get(code, {}).get("wikidata_municipality")
        if item:
            note = "Gevonden in een openbare lijst; nog te bevestigen met de gemeentecode (P382)."
            page.support(
                "wikidata",
                SDO.sameAs,
                WIKIDATA[item],
                basis="assigned",
                note=note,
                status="candidate",
            )
        yield page


def organisations() -> Iterator[Page]:
    """Our municipalities as organisations, with the same in TOOI."""
    names = {row["label"]: row for row in crosswalk().values() if row["level"] == "gemeente"}
    for page in pages("actor"):
        name = str(page.graph.value(page.thing, SDO.name)).removeprefix("Gemeente ")
        is_one = (page.thing, WIJK.actorKind, ID["actor-kind/gemeente"]) in page.graph
        if is_one and name in names:
            same = URIRef(names[name]["tooi_organisation"])
            page.say(OWL.sameAs, same)
            note = "Op naam en gemeentecode; zekerheid groot."
            page.support("tooi", OWL.sameAs, same, basis="inferred", source=REGISTER, note=note)
        yield page


MADE = (new_areas, areas, linked, organisations)
"""What is made, in this order: a point of an area needs the area."""


def listed(page: Page) -> list[str] | None:
    """The row of a new area in the table of areas."""
    said = dict(page.main)
    if said.get(RDF.type) != WIJK.Area:
        return None
    columns = (WIJK.code, SDO.name, WIJK.placeKind, WIJK.divisionYear, WIJK.withinArea)
    return [shown(page.thing), *(shown(said.get(column)) for column in columns)]


def tabled(new: Iterable[list[str]], evidence: Iterable[list[str]]) -> None:
    """Put rows in the tables: of areas in alphabetical order, of evidence at the end."""
    for path, added, ordered in (("areas.csv", new, True), ("evidence.csv", evidence, False)):
        with (HERE / path).open(encoding="utf-8", newline="") as lines:
            head, *known = csv.reader(lines)
        body = sorted([*known, *added]) if ordered else [*known, *added]
        with (HERE / path).open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows([head, *body])


def main() -> int:
    """Add what is not there yet; how many files changed."""
    changed, new, evidence = 0, [], []
    for each in MADE:
        for page in each():
            if (row := listed(page)) is not None:
                new.append(row)
                code, source = dict(page.main)[WIJK.code], dict(page.main)[DCTERMS.source]
                evidence.append(
                    ["area", row[0], "wijk:code", shown(code), shown(source), "", "", ""]
                )
            evidence += page.told
            changed += page.save()
    tabled(new, evidence)
    return changed


if __name__ == "__main__":
    print(f"{main()} files changed")
