"""The catalogue passes the profiles of Europe and the Netherlands, and these see what is wrong."""

import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, SH, SKOS, XSD, Graph, Literal, Namespace, URIRef
from wijk import turtle
from wijk.harvesting.catalogue import codes, dcat

from . import shapes
from .shapes import ADVICE, DUTCH_ALONE, EUROPE, GATES

ADMS = Namespace("http://www.w3.org/ns/adms#")
BASE = "https://w3id.org/wijindewijk/"
CASES = URIRef(f"{BASE}dataset/cases")
TURTLE = URIRef(f"{CASES}#api")


def changed(graph: Graph, *steps) -> Graph:
    """A copy in which a subject has another value of a property; none when that is None."""
    copy = turtle.merged([graph])
    for subject, property, *values in steps:
        copy.remove((subject, property, None))
        for value in values:
            copy.add((subject, property, value))
    return copy


@pytest.mark.parametrize("gate", GATES)
def test_the_catalogue_passes(described_in_dcat, gate):
    assert shapes.violations(described_in_dcat, GATES[gate]) == []


@pytest.mark.parametrize("gate", [gate for gate in GATES if "NL" in gate])
def test_the_shapes_have_something_to_look_at(described_in_dcat, gate):
    seen = shapes.seen(described_in_dcat, GATES[gate])
    distributions = len({*described_in_dcat.objects(None, DCAT.distribution)})
    assert (seen["Catalog"], seen["Dataset"], seen["DataService"]) == (1, 4, 3)
    assert seen["Distribution"] == distributions > 10
    assert seen["Agent"] == 1


BROKEN = {
    "a keyword that is an IRI": (
        [(CASES, DCAT.keyword, URIRef("https://example.org/buurt"))],
        ("DCAT-AP 3.0.1", "DCAT-AP-NL 3.0.0"),
        ("DCAT-AP-NL alone",),
    ),
    "a size that is not whole": (
        [(TURTLE, DCAT.byteSize, Literal("10.5", datatype=XSD.decimal))],
        ("DCAT-AP 3.0.1", "DCAT-AP-NL 3.0.0"),
        ("DCAT-AP-NL alone",),
    ),
    "no identifier": (
        [(CASES, DCTERMS.identifier)],
        ("DCAT-AP-NL 3.0.0",),
        ("DCAT-AP 3.0.1",),
    ),
    "no theme": (
        [(CASES, DCAT.theme)],
        ("DCAT-AP-NL 3.0.0",),
        ("DCAT-AP 3.0.1",),
    ),
    "no contact point": (
        [(CASES, DCAT.contactPoint)],
        ("DCAT-AP-NL 3.0.0",),
        ("DCAT-AP 3.0.1",),
    ),
    "two contact points": (
        [(CASES, DCAT.contactPoint, URIRef(f"{BASE}catalog#contact"), URIRef(f"{BASE}catalog#b"))],
        ("DCAT-AP-NL 3.0.0",),
        (),
    ),
    "no licence": (
        [(TURTLE, DCTERMS.license)],
        ("DCAT-AP-NL 3.0.0",),
        ("DCAT-AP 3.0.1",),
    ),
    "two addresses": (
        [(TURTLE, DCAT.accessURL, URIRef(f"{BASE}a"), URIRef(f"{BASE}b"))],
        ("DCAT-AP-NL 3.0.0",),
        ("DCAT-AP 3.0.1",),
    ),
    "no title": (
        [(CASES, DCTERMS.title)],
        ("DCAT-AP 3.0.1", "DCAT-AP 3.0.1, one file", "DCAT-AP-NL 3.0.0"),
        (),
    ),
    "a language that is not said to be one": (
        [(codes.DUTCH.iri, RDF.type)],
        ("DCAT-AP 3.0.1", "DCAT-AP 3.0.1, one file"),
        (),
    ),
    "a code without a label": (
        [(codes.DUTCH.iri, SKOS.prefLabel)],
        ("DCAT-AP 3.0.1",),
        (),
    ),
    "a publisher without a name": (
        [(URIRef("https://w3id.org/wijk/project"), FOAF.name)],
        ("DCAT-AP 3.0.1", "DCAT-AP 3.0.1, one file"),
        (),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_stopped_by_the_profile_that_forbids_it(described_in_dcat, name):
    steps, stopping, passing = BROKEN[name]
    broken = changed(described_in_dcat, *steps)
    alone = {**GATES, "DCAT-AP-NL alone": DUTCH_ALONE}
    assert {gate for gate in stopping if not shapes.violations(broken, alone[gate])} == set()
    assert {gate for gate in passing if shapes.violations(broken, alone[gate])} == set()


def test_no_property_of_an_older_version_is_used(described_in_dcat):
    old = {*shapes.shapes((shapes.OLD,)).objects(None, SH.path)} - {SKOS.inScheme, ADMS.status}
    assert DCTERMS.hasVersion in old
    assert old & {*described_in_dcat.predicates()} == set()


def test_what_is_advised_and_not_there_is_known(described_in_dcat):
    for name in ("DCAT-AP", "DCAT-AP-NL 3.0.0", "DCAT-AP-NL 3.0.1"):
        missing = {(it.severity, it.path) for it in shapes.found(described_in_dcat, ADVICE[name])}
        # A feed has no service behind it and a service no file; of a thesaurus there is no period,
        # and what kind of organisation publishes is for the operator to say.
        assert missing <= {
            ("Warning", path)
            for path in ("accessService", "downloadURL", "temporal", "type", "bbox", "centroid")
        }


def test_the_codes_are_those_of_the_european_lists_but_for_what_is_our_own(described_in_dcat):
    told = shapes.found(described_in_dcat, ADVICE["code lists"])
    assert {(it.severity, it.path) for it in told} == {
        ("Warning", "publisher"),  # not a body of the Union
        ("Warning", "theme"),  # our own themes, beside that of the list
        ("Warning", "type"),  # an event stream
    }
    wrong = changed(described_in_dcat, (CASES, DCTERMS.language, URIRef(f"{BASE}nl")))
    assert ("Violation", "language") in {
        (it.severity, it.path) for it in shapes.found(wrong, ADVICE["code lists"])
    }


def test_a_dataset_alone_passes_too_and_names_no_other(described_in_dcat):
    part = dcat.about(described_in_dcat, str(CASES))
    assert shapes.violations(part, EUROPE) == []
    assert shapes.seen(part, EUROPE)["Dataset"] == 1
    mine = {*described_in_dcat.objects(CASES, DCAT.distribution)}
    assert {*part.subjects(RDF.type, DCAT.Distribution)} == mine
