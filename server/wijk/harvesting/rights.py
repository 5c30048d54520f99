"""Who publishes, under which licence and with which words: read from the catalogue, once for all.

Every route that hands out data says this, and takes it from here, so that they all say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from rdflib import DCAT, DCTERMS, RDF, Graph, Literal, URIRef
from rdflib.namespace import RDFS, SDO, VOID

from wijk.namespaces import FIGURE, MEASURE, VCARD
from wijk.snapshot import Snapshot

Texts = Mapping[str, str]
"""A text by its language; the empty string is the language of a text without one."""

CASES = "cases"
_CONCEPTS = (
    *("scheme", "theme", "audience", "role", "connection", "basis", "status", "unit", "urbanity"),
    *("actor-kind", "place-kind", "case-state", "event-kind"),
)
_DATASETS: Mapping[str, str] = {
    **dict.fromkeys(("area", "event", "derived"), "areas"),
    **dict.fromkeys((FIGURE, MEASURE), "figures"),
    **dict.fromkeys(_CONCEPTS, "thesaurus"),
}
_NEITHER = frozenset(("alignment", "catalog", "ontology", "shape", "versions"))
LICENCES: Mapping[str, str] = {
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC BY-SA 4.0",
    "https://creativecommons.org/licenses/by-nc/4.0/": "CC BY-NC 4.0",
}


@dataclass(frozen=True)
class Agent:
    """Who publishes: an IRI and a name; both are empty when the catalogue does not say."""

    iri: str = ""
    name: Texts = field(default_factory=dict)


@dataclass(frozen=True)
class Contact:
    """Whom to write to; what the catalogue does not say is empty."""

    iri: str = ""
    name: Texts = field(default_factory=dict)
    email: str = ""
    url: str = ""


@dataclass(frozen=True)
class Terms:
    """What may be done with one dataset."""

    dataset: str
    name: str
    title: Texts
    licence: str
    sentence: Texts
    credit: Texts

    @property
    def label(self) -> str:
        """The licence as people call it, or its address."""
        return LICENCES.get(self.licence, self.licence)

    @property
    def dutch(self) -> str:
        """What the dataset is called in Dutch."""
        return said(self.title) or self.name


class Rights:
    """The catalogue of one snapshot, as far as it is about rights."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._base = snapshot.base
        self.catalogue = f"{snapshot.base}catalog"
        document = snapshot.documents.get(f"{snapshot.base}doc/catalog")
        self._graph = document.graph if document else Graph()

    @property
    def described(self) -> bool:
        """Whether there is a catalogue at all, and not only a base for the names of things."""
        return (URIRef(self.catalogue), RDF.type, DCAT.Catalog) in self._graph

    @cached_property
    def short(self) -> str:
        """What the catalogue is called in short, in Dutch; empty when it does not say."""
        return said(self._texts(self.catalogue, DCTERMS.alternative))

    @cached_property
    def publisher(self) -> Agent:
        """Who publishes the catalogue, or else the dataset of the cases."""
        found = self._one(self.catalogue, DCTERMS.publisher)
        found = found or self._one(self._dataset(CASES), DCTERMS.publisher)
        return Agent(found, self._texts(found, SDO.name))

    @cached_property
    def contact(self) -> Contact:
        """Whom to write to about the catalogue; the address is without its `mailto:`."""
        found = self._one(self.catalogue, DCAT.contactPoint)
        email = self._one(found, VCARD.hasEmail).removeprefix("mailto:")
        name, url = self._texts(found, VCARD.fn), self._one(found, VCARD.hasURL)
        return Contact(found, name, email, url)

    @cached_property
    def datasets(self) -> Mapping[str, Terms]:
        """The terms of each dataset of this catalogue, by the last part of its IRI."""
        listed = set(self._graph.objects(URIRef(self.catalogue), DCAT.dataset))
        listed |= set(self._graph.subjects(VOID.uriSpace))
        found = {str(iri).rpartition("/")[2]: str(iri) for iri in sorted(listed, key=str)}
        return MappingProxyType({name: self._terms(name, iri) for name, iri in found.items()})

    @cached_property
    def licences(self) -> tuple[tuple[Terms, ...], ...]:
        """The terms of all datasets, together when they have one licence; that of cases first."""
        cases = self.of("case").licence
        groups: dict[str, list[Terms]] = {cases: []} if cases else {}
        for terms in self.datasets.values():
            if terms.licence:
                groups.setdefault(terms.licence, []).append(terms)
        return tuple(tuple(group) for group in groups.values())

    def statements(self, dataset: str) -> tuple[str, ...]:
        """The IRIs of what is said of the rights in a dataset."""
        return tuple(sorted(map(str, self._graph.objects(URIRef(dataset), DCTERMS.rights))))

    def of(self, kind: str) -> Terms:
        """The terms of things of a kind, such as `case` or `area`; those of the cases otherwise."""
        name = dataset_of(kind) or CASES
        known = self.datasets
        return known.get(name) or known.get(CASES) or self._terms(CASES, self._dataset(CASES))

    def _terms(self, name: str, iri: str) -> Terms:
        statement = self._one(iri, DCTERMS.rights)
        return Terms(
            dataset=iri,
            name=name,
            title=self._texts(iri, DCTERMS.title),
            licence=self._one(iri, DCTERMS.license),
            sentence=self._texts(statement, RDFS.label),
            credit=self._texts(iri, SDO.creditText),
        )

    def _dataset(self, name: str) -> str:
        """The dataset of that name; for the cases the one that the base stands with."""
        spaced = next(self._graph.subjects(VOID.uriSpace), None) if name == CASES else None
        return str(spaced) if spaced is not None else f"{self._base}dataset/{name}"

    def _one(self, subject: str, predicate: URIRef) -> str:
        return min(map(str, self._graph.objects(URIRef(subject), predicate)), default="")

    def _texts(self, subject: str, predicate: URIRef) -> Texts:
        found = sorted(
            (value.language or "", str(value))
            for value in self._graph.objects(URIRef(subject), predicate)
            if isinstance(value, Literal)
        )
        return MappingProxyType(dict(reversed(found)))


def dataset_of(kind: str) -> str | None:
    """The name of the dataset in which things of this kind are; None for what is in none."""
    return None if kind in _NEITHER else _DATASETS.get(kind, CASES)


def said(texts: Texts, language: str = "nl") -> str:
    """The text in that language, or else in any other; empty when there is none."""
    return texts.get(language) or texts.get("") or next(iter(texts.values()), "")
