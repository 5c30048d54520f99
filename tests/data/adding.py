"""What the scripts beside this share: the tables, points, and a file that something is added to."""

import csv
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
# Whose outlines the points were computed from: of buurten, and of what is larger.
OUTLINES = {
    True: URIRef("https://github.com/cartomap/nl"),
    False: URIRef("https://github.com/cran/tmap"),
}
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
