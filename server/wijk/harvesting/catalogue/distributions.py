"""Distributions in DCAT 3: what can be had, under which licence, how large it is."""

from collections.abc import Iterator
from datetime import datetime

from rdflib import DCAT, DCTERMS, RDF, XSD, Literal, URIRef

from wijk.changelog import stamped
from wijk.harvesting.catalogue import codes
from wijk.harvesting.catalogue.model import Catalogue, Triple, described
from wijk.harvesting.catalogue.offers import Offer
from wijk.harvesting.rights import Texts
from wijk.namespaces import SPDX

_GZIP = codes.media_type("application/gzip")
_AVAILABILITY = URIRef("http://data.europa.eu/r5r/availability")
_ALGORITHM = SPDX.checksumAlgorithm_sha256


def triples(catalogue: Catalogue) -> Iterator[Triple]:
    """All that is said of distributions."""
    for offer in catalogue.offers:
        yield from _of_distribution(catalogue, offer)


def _of_distribution(catalogue: Catalogue, offer: Offer) -> Iterator[Triple]:
    about, terms = catalogue.distribution(offer), catalogue.rights.datasets[offer.dataset]
    yield about, RDF.type, DCAT.Distribution
    yield from said(about, DCTERMS.title, offer.title)
    yield from said(about, DCTERMS.description, described(offer, terms))
    yield about, DCAT.accessURL, catalogue.url(offer.path)
    yield about, DCTERMS["format"], offer.format.iri
    yield about, _AVAILABILITY, codes.STABLE.iri
    yield about, DCTERMS.language, codes.DUTCH.iri
    if terms.licence:
        yield about, DCTERMS.license, URIRef(terms.licence)
    for statement in catalogue.rights.statements(terms.dataset):
        yield about, DCTERMS.rights, URIRef(statement)
    if offer.media_type:
        yield about, DCAT.mediaType, codes.media_type(offer.media_type)
    if offer.download:
        yield about, DCAT.downloadURL, catalogue.url(offer.path)
    if offer.packed:
        yield about, DCAT.compressFormat, _GZIP
    if offer.service:
        yield about, DCAT.accessService, catalogue.service(offer.service)
    for standard in filter(None, (offer.standard, offer.schema and catalogue.url(offer.schema))):
        yield about, DCTERMS.conformsTo, URIRef(standard)
    if (facts := catalogue.facts[offer.dataset]).modified and facts.issued:
        yield about, DCTERMS.issued, moment(facts.issued)
        yield about, DCTERMS.modified, moment(facts.modified)
    if offer.size is not None:
        yield from measured(about, offer.size, offer.sha256)


def measured(about: URIRef, size: int, sha256: str) -> Iterator[Triple]:
    """How many bytes a file has, and their SHA-256 in hexadecimal."""
    yield about, DCAT.byteSize, Literal(str(size), datatype=XSD.nonNegativeInteger)
    checksum = URIRef(f"{about}-sha256")
    yield about, SPDX.checksum, checksum
    yield checksum, RDF.type, SPDX.Checksum
    yield checksum, SPDX.algorithm, _ALGORITHM
    yield _ALGORITHM, RDF.type, SPDX.ChecksumAlgorithm
    yield checksum, SPDX.checksumValue, Literal(sha256, datatype=XSD.hexBinary)


def said(about: URIRef, property: URIRef, texts: Texts) -> Iterator[Triple]:
    """A text in each of its languages."""
    for language, text in texts.items():
        yield about, property, Literal(text, lang=language or None)


def moment(moment: datetime) -> Literal:
    """A moment as xsd:dateTime."""
    return Literal(stamped(moment), datatype=XSD.dateTime)


def common(catalogue: Catalogue, about: URIRef) -> Iterator[Triple]:
    """What datasets and services have in common."""
    publisher, contact = catalogue.rights.publisher, catalogue.rights.contact
    yield about, DCTERMS.accessRights, codes.PUBLIC.iri
    yield about, DCAT.theme, codes.SOCIETY.iri
    if publisher.iri:
        yield about, DCTERMS.publisher, URIRef(publisher.iri)
        yield about, DCTERMS.creator, URIRef(publisher.iri)
    if contact.iri:
        yield about, DCAT.contactPoint, URIRef(contact.iri)
