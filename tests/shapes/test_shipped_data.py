"""The shipped folder passes, and what it lacks is a to-do list that an editor can use."""

from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SDO, SH, SKOS, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from wijk.checking import Finding, check
from wijk.engine.local import LocalStore
from wijk.namespaces import ONTOLOGY, WIJK
from wijk.snapshot import Reading, Snapshot

ROOT = Path(__file__).parents[2]
CONTACT = (ROOT / "queries" / "checks" / "contact-detail.rq").read_text()


@pytest.fixture(scope="module")
def shipped_findings(reading: Reading, nquads: bytes) -> list[Finding]:
    """What the check finds in the graph as shipped."""
    return check(reading, LocalStore(nquads).rows)


@pytest.fixture(scope="module")
def to_do(shipped_findings: list[Finding]) -> Counter[str]:
    """How often each rule is broken by the shipped data."""
    return Counter(finding.rule.rpartition("#")[2] for finding in shipped_findings)


def test_the_graph_as_shipped_has_no_violation(shipped_findings: list[Finding]) -> None:
    assert [each for each in shipped_findings if each.severity == "violation"] == []


def test_every_finding_in_the_graph_as_shipped_has_its_place(
    shipped_findings: list[Finding], root: Path
) -> None:
    for finding in shipped_findings:
        lines = (root / finding.file).read_text(encoding="utf-8").splitlines()
        assert finding.line is not None, finding
        assert finding.line <= len(lines)
        assert finding.message.keys() == {"nl", "en"}


def test_every_case_with_an_unknown_initiative_is_on_the_to_do_list(
    to_do: Counter[str], shipped: Snapshot
) -> None:
    cases = {*shipped.union.subjects(RDF.type, WIJK.Case)}
    unknown = {case for case in cases if (case, SDO.about, None) not in shipped.union}
    assert to_do["Case-initiative"] == len(unknown) > 0


def test_the_bundles_whose_lessons_nobody_counted_are_on_the_to_do_list(
    to_do: Counter[str],
) -> None:
    assert to_do["Bundle-lessonCount"] == 2


@pytest.mark.referee
def test_the_shapes_are_well_formed(shapes: Graph) -> None:
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_every_term_of_the_ontology_is_used_in_a_shape(shapes: Graph, shipped: Snapshot) -> None:
    ontology = shipped.documents[ONTOLOGY].graph
    terms = {term for term in ontology.subjects() if term.startswith(f"{ONTOLOGY}#")}
    used = {*shapes.objects()}
    assert terms - used == set()


def test_shapes_use_no_term_that_the_ontology_lacks(shapes: Graph, shipped: Snapshot) -> None:
    ontology = shipped.documents[ONTOLOGY].graph
    used = {
        term
        for term in shapes.objects()
        if isinstance(term, URIRef) and term.startswith(f"{ONTOLOGY}#")
    }
    assert used <= {*ontology.subjects()}


def paths(shapes: Graph, shape: Node) -> set[Node]:
    """The properties that a shape is about; of a path, all of them."""
    found = set()
    for path in shapes.objects(shape, SH.property / SH.path):
        parts = [*shapes.objects(path, SH.alternativePath), path]
        found |= {part for start in parts for part in Collection(shapes, start)} or {path}
    return found


def test_every_field_of_a_thing_in_the_data_has_a_shape(shapes: Graph, shipped: Snapshot) -> None:
    fields: dict[Node, set[Node]] = defaultdict(set)
    for target in shapes.subjects(SH.targetClass):
        for kind in shapes.objects(target, SH.targetClass):
            for above in (kind, *shipped.union.objects(kind, RDFS.subClassOf)):
                for shape in shapes.subjects(SH.targetClass, above):
                    fields[kind] |= paths(shapes, shape)
    kinds: dict[Node, set[Node]] = defaultdict(set)
    for thing, kind in shipped.union.subject_objects(RDF.type):
        if kind in fields and not str(kind).startswith((str(OWL), str(SKOS))):
            kinds[thing].add(kind)
    unlisted = {
        (*of_thing, field)
        for thing, of_thing in kinds.items()
        for field in shipped.union.predicates(thing)
        if field not in set().union(*map(fields.get, of_thing), {RDF.type, DCTERMS.identifier})
    }
    assert unlisted == set()


def found_in(text: str) -> bool:
    store = ox.Store()
    thing = ox.NamedNode("https://example.org/id/case/x")
    note = ox.NamedNode("http://www.w3.org/2004/02/skos/core#note")
    graph = ox.NamedNode("https://example.org/doc/case/x")
    store.add(ox.Quad(thing, note, ox.Literal(text, language="nl"), graph))
    return bool([*store.query(CONTACT, use_default_graph_as_union=True)])


@pytest.mark.parametrize(
    "text",
    [
        "Bel 06-12345678.",
        "Bel (010) 123 45 67 na zessen.",
        "Bel 010 1234567",
        "+31 6 1234 5678",
        "+31 (0)10 123 45 67",
        "0031612345678",
        "tel:0612345678",
        "Mail naar info@voorbeeld.nl",
        "mail: jan.de-boer+wijk@post.voorbeeld.nl.",
    ],
)
def test_ways_to_write_an_address_or_number_are_all_found(text: str) -> None:
    assert found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Van 2019 tot 2022, met 1.471 initiatieven.",
        "Code BU07960401 in de indeling van 2022.",
        "Een budget van 50.000 euro op 26-05-2021.",
        "28.000 leden en 157.000 bezoekers",
        "https://example.org/0612345678901",
        "ISBN 9789088690000",
        "Werk @ de wijk",
    ],
)
def test_years_codes_and_amounts_are_no_telephone_numbers(text: str) -> None:
    assert not found_in(text)
