"""The register as statements: what the document of a municipality, change or version says."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date

from rdflib import RDF, XSD, Literal, URIRef
from rdflib.namespace import DC, DCTERMS, PROV, SDO
from rdflib.term import Node

from wijk.linking.register import ORGANISATIONS, VERSIONS, Event, Municipality, Register
from wijk.namespaces import WIJK

Pairs = list[tuple[URIRef, Node]]

AREA = (
    *(RDF.type, SDO.name, WIJK.placeKind, WIJK.withinArea, WIJK.governedBy, DCTERMS.replaces),
    *(DCTERMS.isReplacedBy, DCTERMS.source, WIJK.code, WIJK.validFrom, WIJK.validUntil),
)
"""What the register says of a municipality, in the order in which it is written."""
EVENT = (
    *(RDF.type, SDO.name, SDO.additionalType, PROV.invalidated, PROV.generated, PROV.used),
    *(DCTERMS.date, DCTERMS.references, SDO.sameAs, DCTERMS.source),
)
"""What it says of a change."""
_NAMES = {
    "samenvoeging": "Samenvoeging tot {}",
    "uitbreiding": "Uitbreiding van {}",
    "herschikking": "Herschikking tot {}",
}


def area_iri(code: str, base: str) -> URIRef:
    """The area of a municipality or province."""
    return URIRef(f"{base}id/area/{code.lower()}")


def area(register: Register, code: str, base: str, provinces: Collection[str]) -> Pairs:
    """What the register says of a municipality; of its province when that is here."""
    known = register.municipalities[code]
    kind = URIRef(f"{base}id/place-kind/gemeente")
    within = [known.province] if known.province in provinces else []
    before = [each for event in register.beginnings.get(code, ()) for each in event.ended]
    after = [each for event in register.endings.get(code, ()) for each in event.receivers]
    return [
        (RDF.type, WIJK.Area),
        (SDO.name, Literal(known.name, lang="nl")),
        (WIJK.placeKind, kind),
        *((WIJK.withinArea, area_iri(str(each), base)) for each in within),
        (WIJK.governedBy, URIRef(f"{ORGANISATIONS}{code[2:]}")),
        *((DCTERMS.replaces, area_iri(each, base)) for each in sorted(set(before))),
        *((DCTERMS.isReplacedBy, area_iri(each, base)) for each in sorted(set(after))),
        (DCTERMS.source, URIRef(f"{VERSIONS}{register.version}")),
        (WIJK.code, Literal(code)),
        *_days(known),
    ]


def event(register: Register, event: Event, base: str) -> Pairs:
    """What the register says of a change."""
    parts = (
        (PROV.invalidated, event.ended),
        (PROV.generated, event.began),
        (PROV.used, event.extended),
    )
    law = [event.legal_basis] if _is_address(event.legal_basis) else []
    return [
        (RDF.type, PROV.Activity),
        (SDO.name, Literal(_name(register, event), lang="nl")),
        (SDO.additionalType, URIRef(f"{base}id/event-kind/{event.kind}")),
        *((part, area_iri(code, base)) for part, codes in parts for code in codes),
        (DCTERMS.date, _day(event.on)),
        *((DCTERMS.references, URIRef(str(each))) for each in law),
        (SDO.sameAs, URIRef(event.iri)),
        (DCTERMS.source, URIRef(f"{VERSIONS}{register.version}")),
    ]


def version(register: Register, since: date | None) -> Pairs:
    """What is told of a version of the register, as a source."""
    seen = register.seen or since
    return [
        (RDF.type, SDO.WebPage),
        (DCTERMS.title, Literal(f"Register van gemeenten, versie {register.version} (TOOI)", "nl")),
        (DC.publisher, Literal("KOOP (TOOI)")),
        (DCTERMS.isVersionOf, URIRef(VERSIONS.rstrip("/"))),
        *([(SDO.temporalCoverage, Literal(f"{since}/{seen}"))] if since and seen else []),
        (DCTERMS.rights, Literal("Gebruik met bronvermelding.", "nl")),
        (WIJK.whatWasRead, Literal("Alle gemeenten en wijzigingen in het bestand.", "nl")),
    ]


def slug(register: Register, event: Event, taken: Collection[str]) -> str:
    """A short name for a change that has none yet: what it made, and the year."""
    there = event.receivers if len(event.receivers) == 1 else event.ended
    name = _plain(" ".join(register.name(code) for code in there))
    first = f"{name[:60].strip('-')}-{event.on.year}"
    return first if first not in taken else f"{first}-{_plain(event.iri.rpartition('_')[2])}"


def _name(register: Register, event: Event) -> str:
    made = _listed(register.name(code) for code in event.began or event.extended)
    return f"{_NAMES[event.kind].format(made)} in {event.on.year}"


def _listed(names: Iterable[str]) -> str:
    *first, last = sorted(names)
    return f"{', '.join(first)} en {last}" if first else last


def _days(known: Municipality) -> Pairs:
    days = ((WIJK.validFrom, known.valid_from), (WIJK.validUntil, known.valid_until))
    return [(property, _day(day)) for property, day in days if day]


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)


def _plain(text: str) -> str:
    """Lower-case ASCII with hyphens."""
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", flat.replace("'", "")).strip("-")


def _is_address(text: str | None) -> bool:
    return text is not None and re.fullmatch(r"https?://[^\x00-\x20<>\"{}|^`\\]+", text) is not None
