"""What may be done with the stream: it has things of several datasets, each with its own licence.

Which these are is said as the catalogue says it, at the same IRIs; the stream as a whole has a
statement that names them all, for it has no one licence.
"""

from collections.abc import Iterator

from rdflib import DCAT, DCTERMS, RDF, Literal, URIRef
from rdflib.namespace import RDFS

from wijk.harvesting.rights import Rights, Terms, said

Triple = tuple[URIRef, URIRef, URIRef | Literal]
_EACH = {
    "nl": "Elk deel heeft zijn eigen licentie. {told}. Bij elk lid staat van welke dataset het is.",
    "en": "Each part has a licence of its own. {told}. Each member says which dataset it is of.",
}


def rights_of(stream: URIRef) -> URIRef:
    """The IRI of the statement about the rights in a stream."""
    return URIRef(f"{stream.removesuffix('#stream')}#rights")


def licences(stream: URIRef, root: URIRef, rights: Rights) -> Iterator[Triple]:
    """The statement about the whole, and of each dataset that it is a distribution of the licence.

    `root` is the address of the root; nothing is said when no dataset has a licence.
    """
    known = [terms for terms in rights.datasets.values() if terms.licence]
    if not known:
        return
    statement = rights_of(stream)
    yield stream, DCTERMS.rights, statement
    yield root, DCTERMS.rights, statement
    yield statement, RDF.type, DCTERMS.RightsStatement
    for language, text in _EACH.items():
        told = "; ".join(f"{said(it.title, language)}: {it.label} ({it.licence})" for it in known)
        yield statement, RDFS.label, Literal(text.format(told=told), lang=language)
    for terms in known:
        yield from _of_dataset(URIRef(terms.dataset), root, terms, rights)


def _of_dataset(dataset: URIRef, root: URIRef, terms: Terms, rights: Rights) -> Iterator[Triple]:
    distribution = URIRef(f"{dataset}#ldes")
    yield dataset, DCAT.distribution, distribution
    yield distribution, RDF.type, DCAT.Distribution
    yield distribution, DCAT.accessURL, root
    yield distribution, DCTERMS.license, URIRef(terms.licence)
    for each in map(URIRef, rights.statements(terms.dataset)):
        yield distribution, DCTERMS.rights, each
        for language, text in terms.sentence.items():
            yield each, RDFS.label, Literal(text, lang=language or None)
