"""All that the descriptions of a catalogue are made from, whatever the vocabulary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from rdflib import URIRef
from rdflib.term import Node

from wijk.harvesting.catalogue.facts import Facts
from wijk.harvesting.catalogue.offers import Offer, Service
from wijk.harvesting.dumps import Dump
from wijk.harvesting.rights import Rights, Terms, Texts
from wijk.versions import Version

Triple = tuple[Node, Node, Node]


@dataclass(frozen=True)
class Catalogue:
    """All there is to say: the file, the rights in it, facts of the data, and what is served."""

    base: str
    written: Iterable[Triple]
    rights: Rights
    facts: Mapping[str, Facts]
    offers: tuple[Offer, ...]
    services: tuple[Service, ...]
    address: str
    """Where people find the pages, without a slash at its end."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """What each dataset says is its version, as its files do."""
    named: tuple[Version, ...] = ()
    """The versions that were given a name, the oldest first."""
    measured: Mapping[str, Dump] = field(default_factory=dict)
    """The N-Quads of these, by their name."""
    redacted: frozenset[str] = frozenset()
    """The names of those of which something was taken out of the log."""
    elsewhere: str = ""
    """Where the services answer, when that is at another address."""

    @property
    def iri(self) -> URIRef:
        """The catalogue itself."""
        return URIRef(f"{self.base}catalog")

    def offered(self, dataset: str) -> tuple[Offer, ...]:
        """The distributions of one dataset."""
        return tuple(offer for offer in self.offers if offer.dataset == dataset)

    def distribution(self, offer: Offer) -> URIRef:
        """The IRI of a distribution."""
        return URIRef(f"{self.rights.datasets[offer.dataset].dataset}#{offer.name}")

    def service(self, name: str) -> URIRef:
        """The IRI of a service."""
        return URIRef(f"{self.iri}#{name}")

    def url(self, path: str) -> URIRef:
        """The whole address of one of our paths."""
        own = tuple(service.path for service in self.services)
        elsewhere = self.elsewhere if path.startswith(own) else ""
        return URIRef((elsewhere or self.address) + path)


def described(offer: Offer, terms: Terms) -> Texts:
    """What a distribution is, in each language."""
    return {
        language: f"{terms.title[language]}: {title}."
        for language, title in offer.title.items()
        if language in terms.title
    } or offer.title
