"""The catalogue in schema.org, for who reads it out of a page: search engines and the NDE register.

The same datasets and distributions as in DCAT. The vocabulary stands in the document itself, so
that nobody fetches a context, and with `https`: checkers that expect that see nothing in `http`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rdflib import DCTERMS, Literal, URIRef

from wijk.changelog import stamped
from wijk.harvesting.catalogue import codes
from wijk.harvesting.catalogue.facts import Facts
from wijk.harvesting.catalogue.model import Catalogue, described
from wijk.harvesting.catalogue.offers import Offer
from wijk.harvesting.rights import Terms, Texts

Node = dict[str, Any]
CONTEXT: Mapping[str, str] = {
    "@vocab": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def of_catalogue(catalogue: Catalogue) -> Node:
    """The whole catalogue, as one document of JSON-LD."""
    datasets = [_full(_dataset(catalogue, name)) for name in catalogue.rights.datasets]
    about = str(catalogue.iri)
    return {
        "@context": dict(CONTEXT),
        "@id": about,
        "@type": "DataCatalog",
        "name": _tagged(texts(catalogue, about, "title")),
        "description": _tagged(texts(catalogue, about, "description")),
        "url": {"@id": str(catalogue.url("/catalog"))},
        "publisher": _publisher(catalogue),
        "license": {"@id": catalogue.rights.of("case").licence},
        "inLanguage": "nl",
        "dataset": datasets,
    }


def _full(made: Node) -> Node:
    """Without what there is nothing to say of."""
    return {key: value for key, value in made.items() if value}


def of_dataset(catalogue: Catalogue, name: str) -> Node:
    """One dataset, as one document of JSON-LD."""
    return {"@context": dict(CONTEXT), **_full(_dataset(catalogue, name))}


def _dataset(catalogue: Catalogue, name: str) -> Node:
    terms, facts = catalogue.rights.datasets[name], catalogue.facts[name]
    made: Node = {
        "@id": terms.dataset,
        "@type": "Dataset",
        "identifier": terms.dataset,
        "name": _tagged(terms.title),
        "description": _tagged(texts(catalogue, terms.dataset, "description")),
        "url": {"@id": str(catalogue.url(f"/dataset/{name}.html"))},
        "license": {"@id": terms.licence},
        "conditionsOfAccess": _tagged(terms.sentence),
        "creditText": _tagged(terms.credit),
        "publisher": _publisher(catalogue),
        "creator": {"@id": catalogue.rights.publisher.iri},
        "inLanguage": "nl",
        "isAccessibleForFree": True,
        "version": catalogue.versions.get(name, ""),
        "spatialCoverage": {"@id": str(codes.NETHERLANDS.iri)},
        "keywords": [{"@value": keyword, "@language": "nl"} for keyword in facts.keywords],
        "about": [{"@id": theme} for theme, _ in facts.themes] or {"@id": str(codes.SOCIETY.iri)},
        "isBasedOn": [{"@id": source} for source in facts.sources],
        "includedInDataCatalog": {"@id": str(catalogue.iri)},
        "distribution": [_download(catalogue, it, terms) for it in catalogue.offered(name)],
    }
    if facts.years:
        first, last = facts.years
        made["temporalCoverage"] = f"{first}" if first == last else f"{first}/{last}"
    made |= _dates(facts)
    return made


def _download(catalogue: Catalogue, offer: Offer, terms: Terms) -> Node:
    made: Node = {
        "@id": str(catalogue.distribution(offer)),
        "@type": "DataDownload",
        "name": _tagged(offer.title),
        "description": _tagged(described(offer, terms)),
        "contentUrl": {"@id": str(catalogue.url(offer.path))},
        "license": {"@id": terms.licence},
        "inLanguage": "nl",
    }
    if offer.media_type:
        made["encodingFormat"] = offer.media_type + ("+gzip" if offer.packed else "")
    standards = (offer.standard, offer.schema and str(catalogue.url(offer.schema)))
    if found := [{"@id": standard} for standard in standards if standard]:
        made["usageInfo"] = found
    if offer.size is not None:
        made |= {"contentSize": f"{offer.size} B", "sha256": offer.sha256}
    made |= _dates(catalogue.facts[offer.dataset])
    return made


def _dates(facts: Facts) -> Node:
    if facts.issued is None or facts.modified is None:
        return {}
    issued = _moment(facts.issued)
    return {
        "dateCreated": issued,
        "datePublished": issued,
        "dateModified": _moment(facts.modified),
    }


def _publisher(catalogue: Catalogue) -> Node:
    publisher, contact = catalogue.rights.publisher, catalogue.rights.contact
    made: Node = {
        "@id": publisher.iri,
        "@type": "Organization",
        "name": _tagged(publisher.name),
    }
    if contact.email:
        made["contactPoint"] = {
            "@id": contact.iri,
            "@type": "ContactPoint",
            "name": _tagged(contact.name),
            "email": contact.email,
        }
    return made


def texts(catalogue: Catalogue, about: str, property: str) -> Texts:
    """What the file says of a thing in each language."""
    return {
        value.language or "": str(value)
        for subject, predicate, value in catalogue.written
        if (subject, predicate) == (URIRef(about), DCTERMS[property]) and isinstance(value, Literal)
    }


def _tagged(texts: Texts) -> list[Node]:
    return [
        {"@value": text, "@language": language} if language else {"@value": text}
        for language, text in sorted(texts.items(), reverse=True)
    ]


def _moment(moment: datetime) -> Node:
    return {"@type": "xsd:dateTime", "@value": stamped(moment)}
