"""What a page is about, in the words of schema.org, as search engines read it in the page."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rdflib import DCTERMS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import SDO

from wijk.changelog import Entry, stamped
from wijk.harvesting.points import position
from wijk.harvesting.records import Place, Record
from wijk.harvesting.rights import Agent, Terms, said
from wijk.namespaces import WIJK

CONTEXT = {"@vocab": "https://schema.org/"}
"""In the document itself, and with https: nobody fetches a context, and checkers see it."""
_GEO = "http://www.opengis.net/ont/geosparql#"
Told = dict[str, Any]


@dataclass(frozen=True)
class About:
    """The thing that a page is about, and all that is said of it besides its own statements."""

    thing: str
    kind: str
    page: str
    graph: Graph
    terms: Terms
    publisher: Agent
    entry: Entry
    """Its document's last entry in the log."""
    label: Callable[[str], str]
    """What to call something."""


def told(about: About, record: Record | None, place: Place | None) -> Told | None:
    """The statements about a thing; None for a kind that schema.org has no use for.

    A case is told by its record, a place with the point and the areas that records know.
    """
    if record is not None:
        return {**_common(about, "CreativeWork"), **_case(record, about)}
    make = _KINDS.get(about.kind)
    if make is None:
        return None
    name, more = make
    return {**_common(about, name), **more(about), **(_around(place) if place else {})}


def block(told: Told) -> str:
    """The same as it can stand in a page: no text ends the element it stands in."""
    text = json.dumps(told, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _common(about: About, kind: str) -> Told:
    """What all kinds have; what is not a work has no licence: the page about it has."""
    page: Told = {
        "@type": "WebPage",
        "@id": about.page,
        "license": _linked(about.terms.licence),
        "publisher": _agent(about.publisher),
        "dateModified": stamped(about.entry.time),
        "isPartOf": _dataset(about.terms),
        "inLanguage": "nl",
    }
    return {
        "@context": dict(CONTEXT),
        "@type": kind,
        "@id": about.thing,
        "name": about.label(about.thing),
        "url": _linked(about.page),
        "mainEntityOfPage": {name: value for name, value in page.items() if value},
    }


def _case(record: Record, about: About) -> Told:
    themes = [_named("DefinedTerm", it.iri, it.label) for it in record.themes]
    makers = [_named("Organization", it.iri, it.label) for it in record.initiatives]
    bundle = record.bundle
    parts = [_dataset(about.terms)]
    if bundle:
        parts.append(_named("CreativeWork", bundle.iri, bundle.label))
    told: Told = {
        "name": record.title,
        "abstract": record.abstract,
        "identifier": record.iri,
        "about": [*themes, *makers],
        "keywords": [it.label for it in record.themes],
        "audience": [{"@type": "Audience", "audienceType": it.label} for it in record.audiences],
        "spatialCoverage": [_place(it) for it in record.places],
        "isBasedOn": [_linked(it) for it in record.sources],
        "isPartOf": parts,
        "license": _linked(about.terms.licence),
        "creditText": said(about.terms.credit),
        "publisher": _agent(about.publisher),
        "datePublished": stamped(record.created),
        "dateModified": stamped(record.modified),
        "inLanguage": "nl",
    }
    return {name: value for name, value in told.items() if value}


def _place(place: Place) -> Told:
    return {**_named("Place", place.iri, place.label), **_around(place)}


def _around(place: Place) -> Told:
    told: Told = {}
    if place.point:
        told["geo"] = _point(place.point.lat, place.point.lon)
    areas = [it for it in (place.municipality, place.province) if it]
    if areas:
        told["containedInPlace"] = [
            {**_named("AdministrativeArea", it.iri, it.label), "identifier": it.code}
            for it in areas
        ]
    return told


def _organization(about: About) -> Told:
    return {
        **_texts(about, "alternateName", SDO.alternateName),
        **_texts(about, "foundingDate", SDO.startDate, one=True),
        **_links(about, "sameAs", SDO.url, SDO.sameAs),
    }


def _area(about: About) -> Told:
    told = _texts(about, "identifier", WIJK.code, one=True)
    for wkt in about.graph.objects(None, URIRef(f"{_GEO}asWKT")):
        found = position(str(wkt))
        if found:
            told["geo"] = _point(found[1], found[0])
    return told


def _term(about: About) -> Told:
    told = {
        **_texts(about, "description", SKOS.definition, one=True),
        **_texts(about, "alternateName", SKOS.altLabel),
        **_texts(about, "termCode", SKOS.notation, one=True),
    }
    scheme = about.graph.value(URIRef(about.thing), SKOS.inScheme)
    if scheme is not None:
        name = about.label(str(scheme))
        told["inDefinedTermSet"] = _named("DefinedTermSet", str(scheme), name)
    return told


def _terms(about: About) -> Told:
    concepts = sorted(map(str, about.graph.subjects(SKOS.inScheme, URIRef(about.thing))))
    terms = [_named("DefinedTerm", it, about.label(it)) for it in concepts]
    return {**_texts(about, "description", DCTERMS.description, one=True), "hasDefinedTerm": terms}


def _work(about: About) -> Told:
    return {
        **_texts(about, "text", SDO.text, one=True),
        **_texts(about, "datePublished", DCTERMS.issued, one=True),
        "license": _linked(about.terms.licence),
        "publisher": _agent(about.publisher),
        "inLanguage": "nl",
    }


_KINDS: dict[str, tuple[str, Callable[[About], Told]]] = {
    "initiative": ("Organization", _organization),
    "actor": ("Organization", _organization),
    "place": ("Place", lambda about: {}),
    "area": ("AdministrativeArea", _area),
    "concept": ("DefinedTerm", _term),
    "scheme": ("DefinedTermSet", _terms),
    "bundle": ("CreativeWork", _work),
    "lesson": ("CreativeWork", _work),
}


def _texts(about: About, name: str, predicate: URIRef, one: bool = False) -> Told:
    """Texts in Dutch or in no language."""
    values = about.graph.objects(URIRef(about.thing), predicate)
    texts = sorted(
        str(it) for it in values if isinstance(it, Literal) and it.language in (None, "nl")
    )
    return ({name: texts[0] if one else texts}) if texts else {}


def _links(about: About, name: str, *predicates: URIRef) -> Told:
    found = {
        str(value)
        for predicate in predicates
        for value in about.graph.objects(URIRef(about.thing), predicate)
        if str(value).startswith(("http://", "https://"))
    }
    return {name: [_linked(it) for it in sorted(found)]} if found else {}


def _named(kind: str, iri: str, name: str) -> Told:
    return {"@type": kind, "@id": iri, "name": name}


def _linked(iri: str) -> Told:
    return {"@id": iri} if iri else {}


def _agent(publisher: Agent) -> Told:
    return _named("Organization", publisher.iri, said(publisher.name)) if publisher.iri else {}


def _dataset(terms: Terms) -> Told:
    return _named("Dataset", terms.dataset, said(terms.title))


def _point(lat: float, lon: float) -> Told:
    return {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}
