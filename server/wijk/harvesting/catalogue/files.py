"""The dumps as distributions of their datasets."""

from collections.abc import Iterable, Iterator, Mapping

from wijk import turtle
from wijk.harvesting.catalogue import codes
from wijk.harvesting.catalogue.offers import GEOJSON, Offer
from wijk.harvesting.dumps import Dump
from wijk.harvesting.dumps.tables import XLSX
from wijk.harvesting.rights import Texts
from wijk.namespaces import ONTOLOGY

_PATH = "/dump/"
_DESCRIPTION = "-metadata.json"
_NAMES: Mapping[str, Texts] = {
    turtle.NQUADS: {"nl": "N-Quads", "en": "N-Quads"},
    turtle.TURTLE: {"nl": "Turtle", "en": "Turtle"},
    turtle.JSONLD: {"nl": "JSON-LD", "en": "JSON-LD"},
    "text/csv,": {"nl": "CSV met komma's", "en": "CSV with commas"},
    "text/csv;": {"nl": "CSV voor een Nederlandse Excel", "en": "CSV for a Dutch Excel"},
    "application/geo+json": {"nl": "GeoJSON", "en": "GeoJSON"},
    XLSX: {"nl": "Excel-werkmap", "en": "Excel workbook"},
}
_RDF = (turtle.NQUADS, turtle.TURTLE, turtle.JSONLD)
_STANDARDS = {**dict.fromkeys(_RDF, ONTOLOGY), "application/geo+json": GEOJSON}
_PACKED: Texts = {"nl": ", ingepakt met gzip", "en": ", packed with gzip"}


def distributions(dumps: Iterable[Dump]) -> Iterator[Offer]:
    """Each dump that holds data; what describes the columns of one stands with that one."""
    listed = {dump.name: dump for dump in dumps}
    for dump in listed.values():
        if not dump.name.endswith(_DESCRIPTION):
            beside = f"{dump.plain}{_DESCRIPTION}"
            yield _distribution(dump, f"{_PATH}{beside}" if beside in listed else "")


def _distribution(dump: Dump, schema: str) -> Offer:
    named = _NAMES[dump.media_type + dump.delimiter]
    title = {
        language: text + (_PACKED[language] if dump.encoding else "")
        for language, text in named.items()
    }
    return Offer(
        dump.dataset,
        dump.name,
        title,
        f"{_PATH}{dump.name}",
        codes.format_of(dump.media_type),
        dump.media_type,
        _STANDARDS.get(dump.media_type, ""),
        download=True,
        size=dump.size,
        sha256=dump.sha256,
        packed=bool(dump.encoding),
        schema=schema,
    )
