"""The register of heritage, its probe, and clients nobody here wrote, at the catalogue."""

import json
from collections.abc import Iterator
from pathlib import Path

import extruct
import httpx2
import pytest
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, Dataset, Graph, Literal, URIRef
from rdflib.namespace import SDO
from wijk import turtle
from wijk.harvesting.catalogue import schemaorg

from . import node, shapes
from .network import no_way_out
from .server import free_port, serving

pytestmark = pytest.mark.harvest
BASE = "https://w3id.org/wijindewijk"
CASES = URIRef(f"{BASE}/dataset/cases")
PUBLISHER = URIRef("https://w3id.org/wijk/project")
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """A server over the graph as shipped that says where it is, with no way out."""
    with no_way_out():
        public = f"http://127.0.0.1:{(port := free_port())}"
        with serving(root, port=port, WIJK_PUBLIC_URL=public) as address:
            assert address == public
            yield address


@pytest.fixture(scope="module")
def served(address: str) -> Graph:
    """The catalogue as that server has it."""
    return Graph().parse(data=httpx2.get(f"{address}/catalog.nt", timeout=120).text, format="nt")


@pytest.fixture(scope="module")
def in_schema_org(catalogue) -> Graph:
    """The catalogue as it stands in its page."""
    body = json.dumps(schemaorg.of_catalogue(catalogue))
    return Graph().parse(data=body, format="json-ld")


def checked(graph: Graph, folder: Path) -> node.Checked:
    """What the engine of the register finds."""
    data = folder / "data.nt"
    data.write_bytes(turtle.serialize(graph, turtle.NTRIPLES))
    return node.shacl(shapes.NDE, data)


def changed(graph: Graph, subject: URIRef | None, property: URIRef, *values) -> Graph:
    """A copy in which something has other values of a property."""
    copy = turtle.merged([graph])
    subjects = [subject] if subject else [*copy.subjects(property)]
    for each in subjects:
        copy.remove((each, property, None))
        for value in values:
            copy.add((each, property, value))
    return copy


@pytest.mark.parametrize("vocabulary", ["described_in_dcat", "in_schema_org"])
def test_the_register_takes_the_catalogue_and_warns_of_nothing(request, tmp_path, vocabulary):
    graph = request.getfixturevalue(vocabulary)
    found = checked(graph, tmp_path)
    kind = SDO.DataDownload if vocabulary == "in_schema_org" else DCAT.Distribution
    for seen in (CASES, *graph.subjects(RDF.type, kind), PUBLISHER):
        assert str(seen) in found.seen
    # A thesaurus is of no period; a number of the organisation is for the operator to give.
    assert {(one["severity"], one["path"].rpartition("/")[2]) for one in found.found} <= {
        *(("Info", name) for name in ("temporal", "temporalCoverage", "identifier")),
    }


BROKEN = {
    "no title": ("described_in_dcat", CASES, DCTERMS.title, [], "Violation"),
    "a publisher without a name": ("described_in_dcat", PUBLISHER, FOAF.name, [], "Violation"),
    "a licence by http": (
        *("described_in_dcat", None, DCTERMS.license),
        *([URIRef("http://creativecommons.org/publicdomain/zero/1.0/")], "Warning"),
    ),
    "no contact point": ("described_in_dcat", CASES, DCAT.contactPoint, [], "Warning"),
    "no name": ("in_schema_org", CASES, SDO.name, [], "Violation"),
    "no licence": ("in_schema_org", CASES, SDO.license, [], "Violation"),
    "a contact without an address": ("in_schema_org", None, SDO.email, [], "Violation"),
    "a media type of SPARQL": (
        *("in_schema_org", None, SDO.encodingFormat),
        *([Literal("application/sparql-query")], "Warning"),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_register_stops_or_warns_of_a_broken_copy(request, tmp_path, name):
    vocabulary, subject, property, values, severity = BROKEN[name]
    broken = changed(request.getfixturevalue(vocabulary), subject, property, *values)
    assert severity in {one["severity"] for one in checked(broken, tmp_path).found}


def test_in_the_other_spelling_of_schema_org_the_register_would_see_nothing(
    in_schema_org, tmp_path
):
    text = turtle.serialize(in_schema_org, turtle.NTRIPLES).decode()
    assert "http://schema.org/" not in text
    other = Graph().parse(data=text.replace("https://schema.org/", "http://schema.org/"))
    found = checked(other, tmp_path)
    assert (found.seen, found.violations) == ([], [])


def test_the_shapes_of_the_register_pass_in_the_stricter_engine_too(described_in_dcat):
    assert shapes.violations(described_in_dcat, (shapes.NDE,)) == []


def test_the_probe_finds_every_distribution_and_the_type_it_has(served, tmp_path):
    listed = []
    for one in {*served.objects(None, DCAT.distribution)}:
        told = {"url": str(served.value(one, DCAT.accessURL))}
        if kind := served.value(one, DCAT.mediaType):
            told["mimeType"] = str(kind).partition("media-types/")[2]
        for standard in served.objects(one, DCTERMS.conformsTo):
            if "sparql11-protocol" in standard:
                told["protocol"] = str(standard)
        listed.append(told)
    dump = next(it["url"] for it in listed if it["url"].endswith(".nq"))
    broken = {"url": f"{dump}-not-there", "mimeType": "application/n-quads"}
    *found, missing = node.probed([*listed, broken], tmp_path)
    assert len(found) == len(listed) > 30
    assert [it for it in found if not it["success"] or it["warnings"]] == []
    assert sum(it["kind"] == "SparqlProbeResult" for it in found) == 4
    assert not missing["success"]


@pytest.mark.parametrize(
    "path", ["/catalog", "/dataset/cases", "/.well-known/datacatalog", "/dataset/cases.html"]
)
def test_rdf_dereference_finds_the_dataset(address, path):
    found = Dataset().parse(data=node.dereferenced(address + path), format="nquads")
    triples = {(subject, predicate) for subject, predicate, _, _ in found.quads()}
    kinds = {value for subject, _, value, _ in found.quads((CASES, RDF.type, None, None))}
    assert kinds & {DCAT.Dataset, SDO.Dataset}
    assert {(CASES, DCTERMS.title), (CASES, SDO.name)} & triples


def test_rdf_dereference_finds_void(address):
    found = Dataset().parse(data=node.dereferenced(f"{address}/.well-known/void"), format="nquads")
    assert [*found.quads((None, VOID.sparqlEndpoint, None, None))]


def test_comunica_lists_the_datasets_with_their_files(address, served):
    query = f"""SELECT ?dataset (COUNT(DISTINCT ?url) AS ?n) {{
        ?catalog <{DCAT.dataset}> ?dataset . ?dataset <{DCAT.distribution}> ?one .
        ?one <{DCAT.accessURL}> ?url }} GROUP BY ?dataset"""
    rows = json.loads(node.comunica(query, f"{address}/catalog", "--unionDefaultGraph"))
    found = {row["dataset"].strip('"'): int(row["n"].strip('"').partition('"')[0]) for row in rows}
    expected = {}
    for dataset in served.objects(None, DCAT.dataset):
        distributions = served.objects(dataset, DCAT.distribution)
        urls = {served.value(one, DCAT.accessURL) for one in distributions}
        expected[str(dataset)] = len(urls)
    assert len(expected) == 4
    assert found == expected


@pytest.mark.parametrize("name", ["cases", "thesaurus", "areas", "figures"])
def test_extruct_takes_the_dataset_out_of_its_page(address, served, name):
    page = httpx2.get(f"{address}/dataset/{name}", headers=PAGE, timeout=60).text
    (told,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    dataset = f"{BASE}/dataset/{name}"
    assert (told["@type"], told["@id"]) == ("Dataset", dataset)
    distributions = {str(it) for it in served.objects(URIRef(dataset), DCAT.distribution)}
    assert {one["@id"] for one in told["distribution"]} == distributions
    assert extruct.extract(page.replace("ld+json", "json"), syntaxes=["json-ld"])["json-ld"] == []
