"""A small graph of one case, in a folder of its own, to be broken at will; and an engine."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from wijk import snapshot
from wijk.checking import Finding, check
from wijk.engine.embedded import Embedded, EngineLimits
from wijk.engine.local import LocalStore, understood

BASE = "https://example.org/buurten/"
PREFIXES = f"""
@prefix bundle: <{BASE}id/bundle/> .
@prefix case: <{BASE}id/case/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix scheme: <{BASE}id/scheme/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/wijk/shape#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix theme: <{BASE}id/theme/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix wijk: <https://w3id.org/wijk/def#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
CATALOG = f'<{BASE}dataset> a void:Dataset ; void:uriSpace "{BASE}" .\n'
CASE = """
<> a wijk:Case ;
    dcterms:isPartOf bundle:een ;
    wijk:number "01"^^xsd:integer ;
    dcterms:title "Pluktuin Zuid"@nl ;
    dcterms:title "Picking garden"@en ;
    dcterms:subject theme:groen .
"""
BUNDLE = '<> a wijk:Bundle ; dcterms:title "Een"@nl .\n'
THEMES = """
<> a skos:ConceptScheme ; dcterms:title "Thema"@nl .

theme:groen a skos:Concept ; skos:inScheme <> ; skos:prefLabel "groen"@nl .
theme:jeugd a skos:Concept ; skos:inScheme <> ; skos:prefLabel "jeugd"@nl .
"""
SHAPES = """
shape:Case a sh:NodeShape ;
    sh:targetClass wijk:Case ;
    sh:property shape:Case-title ;
    sh:property shape:Case-subject ;
    sh:property shape:Case-place .

shape:Case-title a sh:PropertyShape ;
    sh:path dcterms:title ;
    sh:minCount 1 ;
    sh:message "Geef een titel."@nl ;
    sh:message "Give a title."@en .

shape:Case-subject a sh:PropertyShape ;
    sh:path dcterms:subject ;
    sh:node shape:in-themes ;
    sh:message "Kies een thema."@nl ;
    sh:message "Choose a theme."@en .

shape:in-themes a sh:NodeShape ;
    sh:property shape:in-themes-scheme .

shape:in-themes-scheme a sh:PropertyShape ;
    sh:path skos:inScheme ;
    sh:hasValue scheme:theme .

shape:Case-place a sh:PropertyShape ;
    sh:path dcterms:spatial ;
    sh:minCount 1 ;
    sh:severity sh:Warning ;
    sh:message "Waar is het?"@nl ;
    sh:message "Where is it?"@en .
"""
RULE = """#+ summary: Welk nummer is niet van een mens?
#+ severity: info
#+ message_nl: "Kijk nog eens naar {value}."
#+ message_en: "Have another look at {value}."
PREFIX wijk: <https://w3id.org/wijk/def#>
SELECT ?thing ?property ?value
WHERE { ?thing ?property ?value . FILTER (?property = wijk:number && STR(?value) = "13") }
"""
QUESTION = """#+ summary: Welke casussen gaan over dit thema?
#+ params: [theme]
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?case ?theme WHERE { ?case dcterms:subject ?theme } ORDER BY ?case ?theme
"""


def place(folder: Path, name: str, text: str) -> Path:
    """Write one file of a graph, its base made from its name."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    kind = {"cases": "case", "bundles": "bundle", "concepts": "scheme"}.get(path.parent.name)
    base = f"@base <{BASE}id/{kind}/{path.stem}> ." if kind else ""
    turtle = path.suffix == ".ttl"
    path.write_text(base + PREFIXES + text if turtle else text, encoding="utf-8")
    return path


def rules(findings: list[Finding]) -> list[str]:
    """The names of the rules that were broken."""
    return [finding.rule.rpartition("#")[2] for finding in findings]


def text_at(small: Path, file: str, line: int | None) -> str:
    """What stands at a line of a file."""
    assert line is not None
    return (small / file).read_text(encoding="utf-8").splitlines()[line - 1].strip()


def shipped_rule(root: Path, small: Path, name: str) -> None:
    """Give the small graph one of the rules of the graph as shipped."""
    text = (root / "queries" / "checks" / f"{name}.rq").read_text(encoding="utf-8")
    place(small, f"queries/checks/{name}.rq", text)


def small_at(folder: Path, root: Path) -> Path:
    """A folder with a whole graph: the real ontology, one case, one bundle and two themes."""
    place(folder, "data/catalog.ttl", CATALOG)
    place(folder, "data/cases/pluktuin-zuid.ttl", CASE)
    place(folder, "data/bundles/een.ttl", BUNDLE)
    place(folder, "ontology/concepts/theme.ttl", THEMES)
    place(folder, "shapes/case.ttl", SHAPES)
    place(folder, "queries/checks/number-13.rq", RULE)
    place(folder, "queries/questions/cases-by-theme.rq", QUESTION)
    shutil.copy(root / "ontology" / "wijk.ttl", folder / "ontology" / "wijk.ttl")
    return folder


@pytest.fixture
def small(tmp_path: Path, root: Path) -> Path:
    """The small graph."""
    return small_at(tmp_path / "small", root)


@pytest.fixture
def found(small: Path) -> Callable[..., list[Finding]]:
    """Change one file of the small graph, and see what the check finds then."""

    def find(name: str = "", text: str = "", extra: tuple[Path, ...] = ()) -> list[Finding]:
        if name:
            place(small, name, text)
        reading = snapshot.read(small, extra)
        store = LocalStore(reading.snapshot.nquads())
        return check(reading, store.rows, understand=understood)

    return find


@pytest.fixture
def engine() -> Callable[..., AbstractAsyncContextManager[Embedded]]:
    """An embedded engine over 2,000 statements, with these limits, for the length of a block."""

    @asynccontextmanager
    async def started(**limits: object) -> AsyncIterator[Embedded]:
        engine = Embedded({}, None, EngineLimits(**{"seconds": 20.0, **limits}))
        lines = (b'<http://a/%d> <http://a/p> "%d" <http://g/1> .\n' % (n, n) for n in range(2000))
        await engine.load(b"".join(lines), "first")
        await engine.start()
        try:
            yield engine
        finally:
            await engine.aclose()

    return started
