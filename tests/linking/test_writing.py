"""What was linked is written into a file with the rest as it was, in the house format."""

import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, Literal, URIRef
from rdflib.namespace import GEO, SDO, SKOS
from wijk import turtle
from wijk.errors import OutputError
from wijk.linking import writing
from wijk.linking.writing import Block
from wijk.namespaces import WIJK, prefixes

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/wijindewijk/"
PREFIXES = prefixes(BASE)
PLACE = URIRef(f"{BASE}id/place/de-muntel")
AREA = URIRef(f"{BASE}id/area/2022-bu07960401")
ORDER = (SDO.name, WIJK.exactArea, WIJK.closeArea, WIJK.withinArea, SKOS.note)
NEW = Block(PLACE, [(WIJK.closeArea, AREA), (SKOS.note, Literal('Een "plek".', lang="nl"))])
PART = Block(URIRef(f"{PLACE}#e-x"), [(RDF.type, WIJK.Evidence), (RDF.object, AREA)])
IN_HOUSE = (ROOT / "data" / "places" / "de-muntel.ttl").read_bytes()
ODDLY = b"""PREFIX w: <https://w3id.org/wijk/def#>
<https://w3id.org/wijindewijk/id/place/de-muntel> a w:Place; <http://x.org/p> '''a
 line with <> a "quote" ;''' , [ w:code "x" ] ."""


def formatted(tmp_path: Path, text: bytes) -> bool:
    """Whether the formatter of the house has nothing to change."""
    path = tmp_path / "x.ttl"
    path.write_bytes(text)
    command = [Path(sys.executable).with_name("turtlefmt"), "--check", path]
    return subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.parametrize("source", [IN_HOUSE, ODDLY], ids=["house", "odd"])
def test_what_is_added_is_there_and_nothing_is_lost(source: bytes) -> None:
    made = writing.added(source, NEW, [PART], PREFIXES, ORDER)
    before, after = turtle.parse(source, ""), turtle.parse(made, "")
    told = {(each.subject, *pair) for each in (NEW, PART) for pair in each.pairs}
    assert told <= {*after}
    assert len(after) == len(before) + len(told)


def test_a_file_in_the_house_format_stays_so_with_each_line_in_its_place(tmp_path: Path) -> None:
    made = writing.added(IN_HOUSE, NEW, [PART], PREFIXES, ORDER)
    assert formatted(tmp_path, made)
    lines = made.decode().splitlines()
    assert {*IN_HOUSE.decode().splitlines()} - {*lines} <= {"    wijk:withinArea area:pv30 ."}
    at = lines.index("    wijk:closeArea area:2022-bu07960401 ;")
    assert lines[at - 1].startswith("    wijk:exactArea ")
    assert lines[at + 1].startswith("    wijk:withinArea ")
    assert "<#e-x> a wijk:Evidence ;" in lines


def test_a_new_document_declares_what_it_uses_and_no_more(tmp_path: Path) -> None:
    point = URIRef(f"{AREA}#point")
    wkt = Literal("POINT(5.309 51.695)", datatype=GEO.wktLiteral)
    blocks = [
        Block(AREA, [(RDF.type, WIJK.Area), (GEO.hasGeometry, point)]),
        Block(point, [(RDF.type, GEO.Geometry), (GEO.asWKT, wkt), (RDFS.seeAlso, RDFS.label)]),
    ]
    made = writing.document(AREA, blocks, PREFIXES)
    assert formatted(tmp_path, made)
    assert turtle.declared(made)[1].keys() == {"geo", "rdfs", "wijk"}
    assert made.decode().startswith(f"@base <{AREA}> .\n@prefix geo: ")
    assert "\n<> a wijk:Area ;\n    geo:hasGeometry <#point> .\n\n<#point> a geo" in made.decode()


def test_a_part_gets_a_name_that_is_not_taken() -> None:
    first = URIRef(f"{PLACE}#e-area")
    assert writing.name([], first) == first
    assert writing.name([first], first) == URIRef(f"{first}-2")
    assert writing.name([first, URIRef(f"{first}-2")], first) == URIRef(f"{first}-3")


def test_a_part_can_be_taken_out_and_the_rest_stays_to_the_letter() -> None:
    kind = URIRef(f"{PLACE}#e-kind")
    made = writing.without(IN_HOUSE, [kind])
    left = {triple for triple in turtle.parse(IN_HOUSE, "") if triple[0] != kind}
    assert {*turtle.parse(made, "")} == left
    assert {*made.splitlines()} <= {*IN_HOUSE.splitlines()}


def test_what_cannot_be_taken_out_safely_is_left_to_a_person() -> None:
    odd = IN_HOUSE.replace(b"<#e-kind> a", b"  <#e-kind> a")
    with pytest.raises(OutputError, match="take it out by hand"):
        writing.without(odd, [URIRef(f"{PLACE}#e-kind")])
