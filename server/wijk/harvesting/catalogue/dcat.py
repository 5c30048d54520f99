"""The catalogue in DCAT 3, as DCAT-AP 3.0.1, DCAT-AP-NL 3.0 and the requirements of NDE want it.

It is what `data/catalog.ttl` says, with what can be computed beside it: what is served, how large
that is, when something in it was published, and what a checker must know of the codes in use.
"""

from collections.abc import Iterator

from rdflib import DCAT, DCTERMS, FOAF, PROV, RDF, SKOS, XSD, Graph, Literal, URIRef
from rdflib.namespace import RDFS
from rdflib.term import Node

from wijk.harvesting.catalogue import codes, distributions, versions
from wijk.harvesting.catalogue.distributions import common, moment, said
from wijk.harvesting.catalogue.facts import Facts
from wijk.harvesting.catalogue.model import Catalogue, Triple
from wijk.harvesting.catalogue.offers import LDES, STANDARDS
from wijk.harvesting.rights import Terms
from wijk.namespaces import DCAT_3, ONTOLOGY, VCARD

_EVENT_STREAM = URIRef("https://w3id.org/ldes#EventStream")
# What the files say of a dataset that DCAT says of each of its distributions.
_OF_DISTRIBUTIONS = (DCTERMS.license, DCTERMS.rights)


def graph(catalogue: Catalogue) -> Graph:
    """The whole catalogue."""
    made = Graph(bind_namespaces="none")
    datasets = {URIRef(terms.dataset) for terms in catalogue.rights.datasets.values()}
    for triple in catalogue.written:
        if not (triple[0] in datasets and triple[1] in _replaced(catalogue, triple[0])):
            made.add(triple)
    parts = (_of_catalogue, _of_agents, _of_datasets, distributions.triples, _of_services)
    for part in (*parts, versions.triples):
        for triple in part(catalogue):
            made.add(triple)
    for triple in (*_of_standards(made), *codes.explained(made)):
        made.add(triple)
    return made


def about(made: Graph, dataset: str) -> Graph:
    """The part of the catalogue that is about one dataset, with all that it refers to there."""
    part = Graph(bind_namespaces="none")
    others = set(made.subjects(RDF.type, DCAT.Dataset)) - {URIRef(dataset)}
    others |= set(made.subjects(RDF.type, DCAT.Catalog))
    coming: list[Node] = [URIRef(dataset)]
    seen = set(coming)
    while coming:
        for triple in made.triples((coming.pop(), None, None)):
            if triple[2] in others:
                continue
            part.add(triple)
            if triple[2] not in seen:
                seen.add(triple[2])
                coming.append(triple[2])
    return part


def _replaced(catalogue: Catalogue, dataset: Node) -> tuple[URIRef, ...]:
    """What is said of a dataset in the file, and here otherwise."""
    name = str(dataset).rpartition("/")[2]
    facts = catalogue.facts.get(name)
    known = facts is not None and facts.modified is not None
    return (*_OF_DISTRIBUTIONS, DCTERMS.modified) if known else _OF_DISTRIBUTIONS


def _of_catalogue(catalogue: Catalogue) -> Iterator[Triple]:
    about, rights = catalogue.iri, catalogue.rights
    yield about, DCTERMS.language, codes.DUTCH.iri
    yield about, DCTERMS.spatial, codes.NETHERLANDS.iri
    yield about, DCAT.themeTaxonomy, URIRef(f"{codes.EU}{codes.SOCIETY.scheme}")
    yield about, FOAF.homepage, catalogue.url("/")
    yield catalogue.url("/"), RDF.type, FOAF.Document
    if rights.publisher.iri:
        yield about, DCTERMS.creator, URIRef(rights.publisher.iri)
    if licence := rights.of("case").licence:
        yield about, DCTERMS.license, URIRef(licence)
    times = [facts.modified for facts in catalogue.facts.values() if facts.modified]
    first = [facts.issued for facts in catalogue.facts.values() if facts.issued]
    if times and first:
        yield about, DCTERMS.modified, moment(max(times))
        yield about, DCTERMS.issued, moment(min(first))
    for service in catalogue.services:
        yield about, DCAT.service, catalogue.service(service.name)


def _of_agents(catalogue: Catalogue) -> Iterator[Triple]:
    """The publisher as FOAF has it, and the kinds that the ranges of DCAT-AP ask."""
    publisher, contact = catalogue.rights.publisher, catalogue.rights.contact
    if publisher.iri:
        for kind in (FOAF.Agent, FOAF.Organization):
            yield URIRef(publisher.iri), RDF.type, kind
        yield from said(URIRef(publisher.iri), FOAF.name, publisher.name)
    if contact.iri:
        yield URIRef(contact.iri), RDF.type, VCARD.Kind
    for terms in catalogue.rights.datasets.values():
        if terms.licence:
            yield URIRef(terms.licence), RDF.type, DCTERMS.LicenseDocument
            yield URIRef(terms.licence), RDFS.label, Literal(terms.label, lang="en")
            if licence_type := codes.licence_type(terms.licence):
                yield URIRef(terms.licence), DCTERMS.type, licence_type


def _of_datasets(catalogue: Catalogue) -> Iterator[Triple]:
    for name, terms in catalogue.rights.datasets.items():
        yield from _of_dataset(catalogue, name, terms)


def _of_dataset(catalogue: Catalogue, name: str, terms: Terms) -> Iterator[Triple]:
    about, facts = URIRef(terms.dataset), catalogue.facts[name]
    yield about, DCTERMS.identifier, Literal(terms.dataset)
    yield from common(catalogue, about)
    if catalogue.rights.publisher.iri:
        yield about, PROV.wasAttributedTo, URIRef(catalogue.rights.publisher.iri)
    yield about, DCTERMS.language, codes.DUTCH.iri
    yield about, DCTERMS.spatial, codes.NETHERLANDS.iri
    yield about, DCTERMS.accrualPeriodicity, codes.IRREGULAR.iri
    page = catalogue.url(f"/dataset/{name}.html")
    yield about, DCAT.landingPage, page
    yield about, FOAF.page, URIRef(f"{ONTOLOGY}.html")
    yield URIRef(f"{ONTOLOGY}.html"), RDF.type, FOAF.Document
    yield page, RDF.type, FOAF.Document
    yield about, DCTERMS.conformsTo, URIRef(ONTOLOGY)
    if version := catalogue.versions.get(name):
        yield about, DCAT_3.version, Literal(version)
    yield from _dated(about, facts)
    yield from _of_subjects(about, facts)
    if facts.years:
        period = URIRef(f"{about}#years")
        yield about, DCTERMS.temporal, period
        yield period, RDF.type, DCTERMS.PeriodOfTime
        for property, year in zip((DCAT.startDate, DCAT.endDate), facts.years, strict=True):
            yield period, property, Literal(f"{year:04}", datatype=XSD.gYear)
    yield from _of_offers(catalogue, about, name)


def _of_offers(catalogue: Catalogue, about: URIRef, name: str) -> Iterator[Triple]:
    for offer in catalogue.offered(name):
        yield about, DCAT.distribution, catalogue.distribution(offer)
        if offer.standard == LDES:
            yield about, DCTERMS.type, _EVENT_STREAM
            yield _EVENT_STREAM, RDF.type, SKOS.Concept
            yield _EVENT_STREAM, SKOS.prefLabel, Literal("event stream", lang="en")


def _of_subjects(about: URIRef, facts: Facts) -> Iterator[Triple]:
    """Our own themes, beside that of the European list, and keywords."""
    for theme, label in facts.themes:
        yield about, DCAT.theme, URIRef(theme)
        yield URIRef(theme), RDF.type, SKOS.Concept
        yield URIRef(theme), SKOS.prefLabel, Literal(label, lang="nl")
    for keyword in facts.keywords:
        yield about, DCAT.keyword, Literal(keyword, lang="nl")
    for source in facts.sources:
        yield about, PROV.wasDerivedFrom, URIRef(source)


def _dated(about: URIRef, facts: Facts) -> Iterator[Triple]:
    if facts.issued and facts.modified:
        yield about, DCTERMS.created, moment(facts.issued)
        yield about, DCTERMS.issued, moment(facts.issued)
        yield about, DCTERMS.modified, moment(facts.modified)


def _of_services(catalogue: Catalogue) -> Iterator[Triple]:
    licence = catalogue.rights.of("case").licence
    for service in catalogue.services:
        about = catalogue.service(service.name)
        yield about, RDF.type, DCAT.DataService
        yield from said(about, DCTERMS.title, service.title)
        yield from said(about, DCTERMS.description, service.told)
        yield about, DCTERMS.identifier, Literal(str(about))
        yield from common(catalogue, about)
        yield about, DCTERMS.language, codes.DUTCH.iri
        yield about, DCAT.keyword, Literal("linked data", lang="nl")
        yield about, DCAT.endpointURL, catalogue.url(service.path)
        yield about, DCAT.endpointDescription, catalogue.url(service.description)
        yield about, DCTERMS.conformsTo, URIRef(service.standard)
        if licence:
            yield about, DCTERMS.license, URIRef(licence)
        for name in service.datasets:
            if name in catalogue.rights.datasets:
                yield about, DCAT.servesDataset, URIRef(catalogue.rights.datasets[name].dataset)


def _of_standards(made: Graph) -> Iterator[Triple]:
    """The names of the standards that something conforms to."""
    for standard in set(made.objects(None, DCTERMS.conformsTo)):
        yield standard, RDF.type, DCTERMS.Standard
        if name := STANDARDS.get(str(standard)):
            yield standard, DCTERMS.title, Literal(name, lang="en")
