"""A lookup of a few cases, and a join with it."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from csvw import CSVW
from wijk.linking.cases import Cases, Told
from wijk.linking.join import Joiner
from wijk.linking.register import Register
from wijk.linking.tally import Line, Tally
from wijk.linking.texts import TextTable

TOLD: Told = {
    "join-areas": [
        {"case": "urn:tuin", "title": "Tuin", "relation": "part", "code": "BU03639305"},
        {"case": "urn:tuin", "title": "Tuin", "relation": "part", "code": "BU03639306"},
        {"case": "urn:tuin", "title": "Tuin", "relation": "within", "code": "GM0363"},
        {"case": "urn:muntel", "title": "Munt|hof", "relation": "exact", "code": "BU07960401"},
        {"case": "urn:uden", "title": "Café Uden", "relation": "close", "code": "GM0856"},
        {"case": "urn:uden", "title": "Café Uden", "relation": "within", "code": "GM1991"},
    ],
    "join-within": [
        {"code": "BU03639306", "wider": "GM0363"},
        {"code": "GM0363", "wider": "PV27"},
        {"code": "GM0479", "wider": "PV27"},
    ],
    "join-themes": [
        {"case": "urn:tuin", "theme": "groen"},
        {"case": "urn:tuin", "theme": "armoede"},
    ],
    "join-lessons": [
        {"case": "urn:tuin", "lesson": "urn:a", "title": "Begin klein", "how": "casus"},
        {"case": "urn:tuin", "lesson": "urn:b", "title": "Overal zo", "how": "bundel"},
        {"case": "urn:tuin", "lesson": "urn:c", "title": "Altijd zo", "how": "project"},
    ],
    "join-datasets": [],
}
DIVISIONS = {"BU03639306": (2022,), "BU07960401": (2022,)}

# Tables as people have them; each has a row of GM0363 below a title `code`.
WILD = {
    "a mark, semicolons and padding": b'\xef\xbb\xbf"a";"code"\r\n"1";"GM0363    "\r\n',
    "commas and a quoted comma": b'a,code\n"x, y",GM0363\n',
    "tabs": b"a\tcode\nx\tGM0363\n",
    "bars": b"a|code\nx|GM0363\n",
    "Windows-1252": b"a;code\nS\xfadwest;GM0363\n",
    "commas of numbers between semicolons": b"a;code\n1,5;GM0363\n2,5;GM0479\n",
    "a title above": b"Cijfers 2019;\n;\na;code\nx;GM0363\n",
    "a row of units": b"a;code\naantal;\nx;GM0363\n",
    "empty lines above": b"\n\na;code\nx;GM0363\n",
    "lines in a title": b'a;"code"\n"x";GM0363\n"a\nb";GM0479\n',
    "empty lines": b"a;code\n\nx;GM0363\n\n\n",
    "headers that are the same": b"a;a;code\nx;y;GM0363\n",
    "a header with a gap": b"a;;code\nx;y;GM0363\n",
    "rows of other lengths": b"a;code;b\nx;GM0363\nx;GM0363;y;z\n",
    "no line end at the end": b"a;code\nx;GM0363",
    "lines as of old": b"a;code\rx;GM0363\r",
    "Excel's first line": b"sep=|\r\na|code\r\nx;y|GM0363\r\n",
    "lines in a cell": b'a;code\n"x\n;y";GM0363\n',
    "our own titles": b"wijk_code;code\nx;GM0363\n",
}

Join = Callable[..., tuple[bytes, list[Line]]]


BASE = "https://example.org/buurten/"
GRAPH = {
    "data/catalog.ttl": f'<{BASE}dataset> a void:Dataset ; void:uriSpace "{BASE}" .',
    "data/cases/tuin.ttl": f"""<{BASE}id/case/tuin> a wijk:Case ;
        dcterms:title "Tuin"@nl ; dcterms:spatial <{BASE}id/place/hof> .""",
    "data/places/hof.ttl": f"""<{BASE}id/place/hof> a wijk:Place ;
        wijk:exactArea <{BASE}id/area/2022-bu07960401> .""",
    "data/areas/2022-bu07960401.ttl": f"""<{BASE}id/area/2022-bu07960401> a wijk:Area ;
        wijk:code "BU07960401" ; wijk:divisionYear "2022"^^xsd:gYear .""",
}
PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix wijk: <https://w3id.org/wijk/def#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder with a graph of one case in one buurt."""
    folder = tmp_path / "tiny"
    for name in ("ontology", "shapes", "queries"):
        (folder / name).mkdir(parents=True)
    for name, text in GRAPH.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PREFIXES + text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def joiner(register: Register) -> Callable[..., Joiner]:
    """What says of a code what to put beside it."""
    known = replace(register, divisions=DIVISIONS)

    def made(day: str = "") -> Joiner:
        on = date.fromisoformat(day or "2023-01-01")
        return Joiner(Cases.of(TOLD, known, on), bool(day))

    return made


@pytest.fixture(scope="session")
def join(joiner: Callable[..., Joiner]) -> Join:
    """Join a table in text: what comes out, and the report."""
    plain = joiner()

    def done(text: bytes, code: str | None = "1", day: str = "") -> tuple[bytes, list[Line]]:
        table, report = TextTable(io.BytesIO(text)), list[Line]()
        layout = table.lay(code)
        pieces = table.joined(layout, joiner(day) if day else plain, Tally(report.append))
        return b"".join(pieces), report

    return done


def plain(text: bytes, encoding: str = "utf-8") -> str:
    """A table without the mark at its beginning."""
    return text.decode(encoding).removeprefix("\ufeff")


def described(metadata: Path) -> list[dict[str, object]]:
    """The rows that a reader of CSVW gets, which checks what it reads."""
    reader = CSVW(str(metadata), validate=True)
    assert reader.is_valid, [str(warning.message) for warning in reader.warnings]
    return list(reader.tables[0])
