"""What a dump says of itself: what it is, whose it is, its licence, its version and its date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rdflib import DCAT, DCTERMS, RDF, VOID, XSD, Graph, Literal, URIRef

from wijk.changelog import stamped
from wijk.harvesting.dumps.content import Content
from wijk.harvesting.rights import Rights, said
from wijk.namespaces import DCAT_3


@dataclass(frozen=True)
class About:
    """A dataset as it is in one dump."""

    iri: str
    title: str
    licence: str
    label: str
    """The licence as people call it."""
    sentence: str
    """What may be done with it, in Dutch."""
    credit: str
    publisher: str
    publisher_name: str
    modified: datetime
    version: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The same in Dutch sentences, for who opens the file."""
        told = (
            self.title,
            f"Licentie: {self.label} <{self.licence}>",
            self.sentence,
            f"Naamsvermelding: {self.credit}" if self.credit else "",
            f"Uitgever: {self.publisher_name}",
            f"Versie: {self.version}",
            f"Laatst gewijzigd: {stamped(self.modified)}",
        )
        return tuple(" ".join(line.split()) for line in told if line)

    @property
    def graph(self) -> Graph:
        """The same as statements about the dataset (DCAT 3, VoID)."""
        graph = Graph(bind_namespaces="none")
        for predicate, value in self._statements():
            graph.add((URIRef(self.iri), predicate, value))
        return graph

    def _statements(self) -> Iterator[tuple[URIRef, URIRef | Literal]]:
        yield RDF.type, VOID.Dataset
        yield RDF.type, DCAT.Dataset
        yield DCTERMS.title, Literal(self.title, lang="nl")
        yield DCTERMS.modified, Literal(stamped(self.modified), datatype=XSD.dateTime)
        yield DCAT_3.version, Literal(self.version)
        if self.licence:
            yield DCTERMS.license, URIRef(self.licence)
        if self.publisher:
            yield DCTERMS.publisher, URIRef(self.publisher)
        if self.sentence:
            yield DCTERMS.rights, Literal(self.sentence, lang="nl")


def about(content: Content, rights: Rights, dataset: str) -> About:
    """What a dump of one dataset says of itself.

    Without a name, its version is the moment of the last publication in it.
    """
    terms = rights.datasets.get(dataset)
    modified = content.modified(dataset)
    return About(
        iri=terms.dataset if terms else f"{content.base}dataset/{dataset}",
        title=said(terms.title) if terms else dataset,
        licence=terms.licence if terms else "",
        label=terms.label if terms else "",
        sentence=said(terms.sentence) if terms else "",
        credit=said(terms.credit) if terms else "",
        publisher=rights.publisher.iri,
        publisher_name=said(rights.publisher.name),
        modified=modified,
        version=content.version or stamped(modified),
    )
