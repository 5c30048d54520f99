"""The versions of the dataset in DCAT 3: each of them is a dataset that stays as it was."""

from collections.abc import Iterator

from rdflib import DCAT, DCTERMS, FOAF, RDF, Literal, URIRef

from wijk import turtle
from wijk.harvesting.catalogue import codes, distributions
from wijk.harvesting.catalogue.distributions import moment
from wijk.harvesting.catalogue.model import Catalogue, Triple
from wijk.harvesting.dumps.content import FILES
from wijk.harvesting.rights import CASES
from wijk.namespaces import DCAT_3, SPDX
from wijk.versions import Version

_VERSION_NOTES = URIRef("http://www.w3.org/ns/adms#versionNotes")
_TITLES = {"nl": "{}, versie {}", "en": "{}, version {}"}
_REDACTED = {
    "nl": "Van deze versie is later iets uit het logboek gehaald. Haar bestand heeft dat niet "
    "meer, en de controlesom van het geheel is niet meer na te rekenen.",
    "en": "Something of this version was taken out of the log afterwards. Its file has that no "
    "more, and the checksum of the whole can no longer be computed.",
}


def iri(catalogue: Catalogue, version: Version) -> URIRef:
    """What a version is called, as its file calls it."""
    return URIRef(f"{catalogue.rights.datasets[CASES].dataset}/{version.name}")


def page(version: Version) -> str:
    """The path of the page that lists the files of a version."""
    return f"/dump/{version.name}/"


def triples(catalogue: Catalogue) -> Iterator[Triple]:
    """All that is said of versions, but for what stands in their file."""
    if CASES not in catalogue.rights.datasets:
        return
    dataset = URIRef(catalogue.rights.datasets[CASES].dataset)
    for version in catalogue.named:
        yield dataset, DCAT_3.hasVersion, iri(catalogue, version)
        yield from _of_version(catalogue, version)


def _of_version(catalogue: Catalogue, version: Version) -> Iterator[Triple]:
    about, terms = iri(catalogue, version), catalogue.rights.datasets[CASES]
    yield about, RDF.type, DCAT.Dataset
    yield about, DCTERMS.identifier, Literal(str(about))
    for language, title in terms.title.items():
        text = _TITLES.get(language, "{} {}").format(title, version.name)
        yield about, DCTERMS.title, Literal(text, lang=language or None)
    for subject, property, value in catalogue.written:
        if (subject, property) == (URIRef(terms.dataset), DCTERMS.description):
            yield about, DCTERMS.description, value
    yield from distributions.common(catalogue, about)
    yield about, DCTERMS.language, codes.DUTCH.iri
    yield about, DCTERMS.modified, moment(version.time)
    yield about, DCAT.landingPage, catalogue.url(page(version))
    yield catalogue.url(page(version)), RDF.type, FOAF.Document
    if version.name in catalogue.redacted:
        yield from distributions.said(about, _VERSION_NOTES, _REDACTED)
    yield SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm
    yield about, DCAT.distribution, URIRef(f"{about}#nquads")
    yield from _of_file(catalogue, version)


def _of_file(catalogue: Catalogue, version: Version) -> Iterator[Triple]:
    """Its N-Quads, with their own checksum."""
    about, terms = URIRef(f"{iri(catalogue, version)}#nquads"), catalogue.rights.datasets[CASES]
    url = catalogue.url(f"{page(version)}{FILES[CASES]}.nq")
    yield about, RDF.type, DCAT.Distribution
    for language in _TITLES:
        yield about, DCTERMS.title, Literal(f"N-Quads, {version.name}", lang=language)
    yield about, DCAT.accessURL, url
    yield about, DCAT.downloadURL, url
    yield about, DCAT.mediaType, codes.media_type(turtle.NQUADS)
    yield about, DCTERMS["format"], codes.format_of(turtle.NQUADS).iri
    yield about, DCTERMS.issued, moment(version.time)
    if dump := catalogue.measured.get(version.name):
        yield from distributions.measured(about, dump.size, dump.sha256)
    if terms.licence:
        yield about, DCTERMS.license, URIRef(terms.licence)
    for statement in catalogue.rights.statements(terms.dataset):
        yield about, DCTERMS.rights, URIRef(statement)
