"""Makes what the folder says of places and areas from the crosswalk and the points.

`python tests/data/made_places.py` adds what is not there yet: links of places to areas with their
evidence, areas of 2022, organisations, points in WGS 84 and in the national grid, and the rows of
areas.csv and evidence.csv. What is there already stays as it is, so it can be run again.

`places.csv` says which row of the crosswalk belongs to which place, how the place relates to the
areas of that row, and why that is less than certain.
"""

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from pyproj import Transformer
from rdflib import OWL, RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, GEO, PROV, SDO, SKOS
from rdflib.term import Node
from wijk import turtle
from wijk.linking import writing
from wijk.linking.writing import Block
from wijk.namespaces import WIJK, prefixes

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EXTRACTS = HERE.parent / "linking" / "extracts"
BASE = "https://w3id.org/wijindewijk/"
PREFIXES = prefixes(BASE)
ID = Namespace(f"{BASE}id/")
TOOI = Namespace("https://identifier.overheid.nl/tooi/id/")
WIKIDATA = Namespace("http://www.wikidata.org/entity/")
GEONAMES = Namespace("https://sws.geonames.org/")
CBS = URIRef("https://opendata.cbs.nl/statline/#/CBS/nl/dataset/85318NED")
REGISTER = URIRef("https://identifier.overheid.nl/tooi/set/rwc_gemeenten_compleet/4")
OF_GEONAMES = URIRef("https://www.geonames.org/")
# Whose outlines the points were computed from: of buurten, and of what is larger.
OUTLINES = {
    True: URIRef("https://github.com/cartomap/nl"),
    False: URIRef("https://github.com/cran/tmap"),
}
SURE = {"high": "groot", "medium": "redelijk", "low": "klein"}
FIELDS = {
    **dict.fromkeys(("exact-area", "close-area", "has-part", "part-candidate", "no-area"), "area"),
    **dict.fromkeys(("geonames", "wikidata", "tooi"), "same_as"),
    **dict.fromkeys(("point", "point-rd"), "point"),
}
"""What the table of evidence calls the field, by the name of the evidence."""
ORDER = (
    *(RDF.type, SDO.name, SDO.alternateName, WIJK.placeKind, SDO.containedInPlace),
    *(WIJK.exactArea, WIJK.closeArea, WIJK.hasPartArea, WIJK.withinArea, WIJK.governedBy),
    *(OWL.sameAs, SDO.sameAs, DCTERMS.replaces, GEO.hasGeometry, DCTERMS.source),
    *(WIJK.code, WIJK.divisionYear, WIJK.validFrom, WIJK.validUntil),
    *(SKOS.note, SKOS.scopeNote, SKOS.editorialNote),
)
# RD New from ETRS89 with one set of seven parameters: the same everywhere, good to a metre.
_RD = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
    "+step +proj=cart +ellps=GRS80 +step +inv +proj=helmert +x=565.4171 +y=50.3319 +z=465.5524 "
    "+rx=-0.398957388243134 +ry=0.343987817378283 +rz=-1.87740163998045 +s=4.0725 "
    "+convention=position_vector "
    "+step +inv +proj=cart +ellps=bessel +step +proj=sterea +lat_0=52.1561605555556 "
    "+lon_0=5.38763888888889 +k=0.9999079 +x_0=155000 +y_0=463000 +ellps=bessel"
)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def crosswalk() -> Mapping[str, dict[str, str]]:
    """The crosswalk, by its keys."""
    return {row["key"]: row for row in rows(EXTRACTS / "place_links.csv")}


@cache
def points() -> Mapping[str, dict[str, str]]:
    """A point for each code."""
    return {row["code"]: row for row in rows(EXTRACTS / "place_points_2022.csv")}


def codes(row: Mapping[str, str]) -> list[str]:
    """The codes of a row of the crosswalk."""
    return [code for code in row["cbs_codes"].split("|") if code]


def area(code: str) -> URIRef:
    """The area of a code; of a wijk or buurt that of 2022."""
    year = "2022-" if code[:2] in ("WK", "BU") else ""
    return ID[f"area/{year}{code.lower()}"]


def grid(longitude: float, latitude: float) -> tuple[int, int]:
    """A point in the national grid (EPSG:28992), in whole metres: east, north."""
    east, north = Transformer.from_pipeline(_RD).transform(longitude, latitude)
    return round(east), round(north)


def middle(parts: Iterable[str]) -> str:
    """The code of which the point lies nearest to the mean of the points of all."""
    known = {code: (float(points()[code]["lon"]), float(points()[code]["lat"])) for code in parts}
    places = {code: grid(*point) for code, point in known.items()}
    east, north = (sum(axis) / len(places) for axis in zip(*places.values(), strict=True))
    return min(
        sorted(places),
        key=lambda code: (places[code][0] - east) ** 2 + (places[code][1] - north) ** 2,
    )


def shown(node: Node | None) -> str:
    """A term as the table of evidence writes it."""
    if node is None:
        return ""
    thing, mark, part = str(node).partition("#")
    if isinstance(node, URIRef) and thing.startswith(ID) and mark:
        return f"{writing.short(URIRef(thing), URIRef(''), PREFIXES)}#{part}"
    return writing.short(node, URIRef(""), PREFIXES)


@dataclass
class Page:
    """One document, with what is to be added to it."""

    path: Path
    thing: URIRef
    main: list[tuple[URIRef, Node]] = field(default_factory=list)
    parts: list[Block] = field(default_factory=list)
    told: list[list[str]] = field(default_factory=list)

    @cached_property
    def graph(self) -> Graph:
        """What the file says now."""
        source = self.path.read_bytes() if self.path.exists() else b""
        return turtle.parse(source, self.path, str(self.thing))

    def say(self, predicate: URIRef, value: Node) -> None:
        """State something, unless it is stated already."""
        if (self.thing, predicate, value) not in self.graph:
            self.main.append((predicate, value))

    def support(
        self,
        part: str,
        predicate: URIRef,
        value: Node,
        *,
        basis: str,
        note: str,
        source: URIRef | None = None,
        status: str = "asserted",
    ) -> None:
        """Give evidence for a statement, unless there is some of this status."""
        graph = self.graph
        for known in graph.subjects(RDF.object, value):
            about = (graph.value(known, RDF.predicate), graph.value(known, WIJK.status))
            if about == (predicate, ID[f"status/{status}"]):
                return
        taken = [*graph.subjects(), *(block.subject for block in self.parts)]
        subject = writing.name(taken, URIRef(f"{self.thing}#e-{part}"))
        pairs: list[tuple[URIRef, Node]] = [
            *((RDF.type, WIJK.Evidence), (RDF.subject, self.thing), (RDF.predicate, predicate)),
            *((RDF.object, value), (WIJK.basis, ID[f"basis/{basis}"])),
            (WIJK.status, ID[f"status/{status}"]),
        ]
        pairs += [(DCTERMS.source, source)] if source else []
        told = (self.thing, predicate, value, source, ID[f"basis/{basis}"], ID[f"status/{status}"])
        self.told.append([FIELDS[part], *map(shown, told), note])
        self.parts.append(Block(subject, [*pairs, (SKOS.note, Literal(note, lang="nl"))]))

    def point(self, code: str) -> None:
        """A point in WGS 84 and the same in the national grid, unless there is one."""
        at = points()[code]
        if (self.thing, GEO.hasGeometry, None) in self.graph:
            return
        one, other = URIRef(f"{self.thing}#point"), URIRef(f"{self.thing}#point-rd")
        east, north = grid(float(at["lon"]), float(at["lat"]))
        crs = "<http://www.opengis.net/def/crs/EPSG/0/28992>"
        self.main += [(GEO.hasGeometry, one), (GEO.hasGeometry, other)]
        for subject, text, origin in (
            (one, f"POINT({at['lon']} {at['lat']})", (DCTERMS.source, OUTLINES[code[:2] == "BU"])),
            (other, f"{crs} POINT({east} {north})", (PROV.wasDerivedFrom, one)),
        ):
            wkt = Literal(text, datatype=GEO.wktLiteral)
            self.parts.append(Block(subject, [(RDF.type, GEO.Geometry), (GEO.asWKT, wkt), origin]))

    def save(self) -> bool:
        """Write what is new; whether there was anything."""
        if not self.main and not self.parts:
            return False
        if self.path.exists():
            main = Block(self.thing, self.main)
            made = writing.added(self.path.read_bytes(), main, self.parts, PREFIXES, ORDER)
        else:
            blocks = [Block(self.thing, sorted(self.main, key=lambda pair: ORDER.index(pair[0])))]
            made = writing.document(self.thing, [*blocks, *self.parts], PREFIXES)
        self.path.write_bytes(made)
        return True


def pages(kind: str) -> Iterator[Page]:
    """The documents of a kind."""
    for path in sorted((ROOT / "data" / f"{kind}s").glob("*.ttl")):
        yield Page(path, ID[f"{kind}/{path.stem}"])


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
                Literal("2022", datatype=URIRef("http://www.w3.org/2001/XMLSchema#gYear")),
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
    sys.exit(0)
