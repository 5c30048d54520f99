"""The catalogue says what is served, by whom and under which licence."""

import re
from dataclasses import replace

import pytest
from rdflib import DCAT, DCTERMS, FOAF, PROV, RDF, Graph, URIRef
from wijk import turtle
from wijk.harvesting.catalogue import codes, dcat, offers
from wijk.harvesting.dumps import Dump
from wijk.namespaces import DCAT_3, SPDX, VCARD
from wijk.versions import Version

from . import shapes
from .shapes import EUROPE, GATES

BASE = "https://w3id.org/wijindewijk/"
CASES = URIRef(f"{BASE}dataset/cases")
VERSION_NOTES = URIRef("http://www.w3.org/ns/adms#versionNotes")


def test_every_address_is_https(described_in_dcat):
    addresses = (DCAT.accessURL, DCAT.downloadURL, DCAT.endpointURL, DCAT.endpointDescription)
    for property in addresses:
        found = {*described_in_dcat.objects(None, property)}
        assert found
        assert [url for url in found if not url.startswith("https://")] == []


def test_a_dataset_in_dcat_has_no_licence_and_each_distribution_one(described_in_dcat, catalogue):
    for name, terms in catalogue.rights.datasets.items():
        dataset = URIRef(terms.dataset)
        assert described_in_dcat.value(dataset, DCTERMS.license) is None
        for distribution in described_in_dcat.objects(dataset, DCAT.distribution):
            licences = [*described_in_dcat.objects(distribution, DCTERMS.license)]
            assert licences == [URIRef(terms.licence)], (name, distribution)


def test_no_two_things_share_an_iri_and_nothing_is_without(described_in_dcat):
    assert not [node for triple in described_in_dcat for node in triple if "Blank" in repr(node)]
    parts = (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, DCAT.DataService, FOAF.Document)
    found = [node for kind in parts for node in described_in_dcat.subjects(RDF.type, kind)]
    assert len(found) == len(set(found))


def test_texts_are_in_dutch_and_in_english(described_in_dcat):
    for kind in (DCAT.Catalog, DCAT.Dataset, DCAT.Distribution, DCAT.DataService):
        for thing in described_in_dcat.subjects(RDF.type, kind):
            for property in (DCTERMS.title, DCTERMS.description):
                texts = [*described_in_dcat.objects(thing, property)]
                assert sorted(text.language for text in texts) == ["en", "nl"], thing


def test_a_search_engine_takes_the_description(described_in_dcat):
    for dataset in described_in_dcat.subjects(RDF.type, DCAT.Dataset):
        for text in described_in_dcat.objects(dataset, DCTERMS.description):
            assert 50 <= len(text) <= 5000


def test_a_dataset_was_published_when_its_documents_were(described_in_dcat, catalogue, log):
    times = {str(entry.stamp) for entry in log.entries}
    for terms in catalogue.rights.datasets.values():
        about = URIRef(terms.dataset)
        facts = catalogue.facts[terms.name]
        if facts.issued:
            (issued,) = described_in_dcat.objects(about, DCTERMS.issued)
            (modified,) = described_in_dcat.objects(about, DCTERMS.modified)
            assert {str(issued), str(modified)} <= times
            assert str(issued) <= str(modified)


METRICS = {
    "F1 a persistent identifier": [RDF.type, DCTERMS.identifier],
    "F2 core metadata": [
        *(DCTERMS.creator, DCTERMS.title, DCTERMS.publisher, DCTERMS.issued),
        *(DCTERMS.description, DCAT.keyword),
    ],
    "F3 where the data are": [DCAT.distribution],
    "A1 who may have them": [DCTERMS.accessRights],
    "I3 links to others": [DCAT.theme, DCTERMS.spatial, DCTERMS.conformsTo],
    "R1.2 where they come from": [PROV.wasAttributedTo, DCTERMS.modified],
}


@pytest.mark.parametrize("metric", METRICS)
def test_who_assesses_by_fair_finds_what_they_look_for(described_in_dcat, metric):
    for dataset in described_in_dcat.subjects(RDF.type, DCAT.Dataset):
        assert dataset.startswith("https://w3id.org/")
        for property in METRICS[metric]:
            assert (dataset, property, None) in described_in_dcat, (dataset, property)


def test_what_others_made_says_from_what_it_is_made(described_in_dcat):
    for name in ("areas", "figures"):
        sources = [*described_in_dcat.objects(URIRef(f"{BASE}dataset/{name}"), PROV.wasDerivedFrom)]
        assert any("opendata.cbs.nl" in source for source in sources)


def test_what_is_not_served_is_not_offered():
    assert [*offers.streams(())] == []
    assert offers.services(("/sparql",))[0].name == "sparql"
    assert {it.name for it in offers.streams(("/ldes",))} == {"ldes"}


def test_the_contact_is_an_organisation_with_a_name_and_an_address(described_in_dcat):
    (contact,) = {*described_in_dcat.objects(None, DCAT.contactPoint)}
    assert {VCARD.Organization, VCARD.Kind} <= {*described_in_dcat.objects(contact, RDF.type)}
    assert re.match("mailto:", str(described_in_dcat.value(contact, VCARD.hasEmail)))


def test_it_is_the_same_graph_in_every_format(described_in_dcat):
    for media_type in (turtle.TURTLE, turtle.JSONLD, turtle.RDFXML, turtle.NTRIPLES):
        written = turtle.serialize(described_in_dcat, media_type)
        read = Graph().parse(data=written, format=media_type)
        assert [*turtle.lines(read)] == [*turtle.lines(described_in_dcat)], media_type


def test_a_file_has_its_size_and_its_checksum(catalogue, described_in_dcat):
    file = offers.Offer(
        *("cases", "casussen.ttl", {"nl": "Turtle"}, "/dump/casussen.ttl"),
        codes.format_of("text/turtle"),
        *("text/turtle", "", "", True, 1234, "ab" * 32),
    )
    with_file = dcat.graph(replace(catalogue, offers=(file,)))
    about = URIRef(f"{CASES}#casussen.ttl")
    assert str(with_file.value(about, DCAT.byteSize)) == "1234"
    checksum = with_file.value(about, SPDX.checksum)
    assert str(with_file.value(checksum, SPDX.checksumValue)) == "ab" * 32
    for gate in GATES.values():
        assert shapes.violations(with_file, gate) == []


def test_a_version_is_a_dataset_of_its_own_that_stays(catalogue, log):
    versions = (Version("1.0.0", log.last, "ab" * 32),)
    file = Dump("cases", "casussen.nq", "application/n-quads", 1234, "cd" * 32)
    known = {"named": versions, "measured": {"1.0.0": file}, "redacted": frozenset(["1.0.0"])}
    made = dcat.graph(replace(catalogue, versions={"cases": "2026-11-23"}, **known))
    about = URIRef(f"{CASES}/1.0.0")
    assert (CASES, DCAT_3.hasVersion, about) in made
    assert str(made.value(CASES, DCAT_3.version)) == "2026-11-23"
    file = made.value(about, DCAT.distribution)
    assert made.value(file, DCAT.downloadURL) == URIRef(f"{BASE}dump/1.0.0/casussen.nq")
    assert str(made.value(file, DCAT.byteSize)) == "1234"
    assert str(made.value(made.value(file, SPDX.checksum), SPDX.checksumValue)) == "cd" * 32
    assert "logboek" in str(made.value(about, VERSION_NOTES))
    for gate in GATES.values():
        assert shapes.violations(made, gate) == []
    assert shapes.seen(made, EUROPE)["Dataset"] == 5
