"""The columns of the table of cases: the same ones, in the same order, for as long as it is there.

What comes after the first ten may grow at the end. Cells with several values have `|` in between.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from wijk.harvesting.records import Place, Record

Cell = str | int | float | bool | datetime | None
SEPARATOR = "|"
_OTHER_BAR = "\N{BROKEN BAR}"
# What a spreadsheet takes for a formula, and the same signs at full width.
_FORMULA = re.compile(r"'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


@dataclass(frozen=True)
class Row:
    """One case, where its page is, and its licence."""

    record: Record
    url: str
    licence: str


@dataclass(frozen=True)
class Column:
    """One column: its name, what is in it, its datatype in CSVW and the property it stands for."""

    name: str
    told: str
    of: Callable[[Row], Cell | tuple[str, ...]]
    datatype: str = "string"
    property: str = ""
    language: str = ""
    several: bool = False


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _of_places(part: Callable[[Place], str | None]) -> Callable[[Row], tuple[str, ...]]:
    return lambda row: _distinct(part(place) for place in row.record.places)


def _said(part: Callable[[Record], str | None]) -> Callable[[Row], str | None]:
    return lambda row: part(row.record) or None


def _year(row: Row) -> int | None:
    return row.record.year


def _latitude(row: Row) -> float | None:
    return row.record.point.lat if row.record.point else None


def _longitude(row: Row) -> float | None:
    return row.record.point.lon if row.record.point else None


_TERMS = "http://purl.org/dc/terms/"
_SCHEMA = "https://schema.org/"
_POSITION = "http://www.w3.org/2003/01/geo/wgs84_pos#"
_WIJK = "https://w3id.org/wijk/def#"

COLUMNS: tuple[Column, ...] = (
    Column("iri", "Het vaste adres van de casus.", _said(lambda it: it.iri), "anyURI"),
    Column("titel", "De titel.", _said(lambda it: it.title), "string", f"{_TERMS}title", "nl"),
    Column(
        "samenvatting",
        "Waar de casus over gaat, in onze woorden.",
        _said(lambda it: it.abstract),
        property=f"{_TERMS}abstract",
        language="nl",
    ),
    Column(
        "themas",
        "De namen van de thema's.",
        lambda row: tuple(theme.label for theme in row.record.themes),
        property=f"{_SCHEMA}keywords",
        language="nl",
        several=True,
    ),
    Column(
        "gemeente",
        "De gemeenten van de plaatsen van de casus.",
        _of_places(lambda it: it.municipality.label if it.municipality else None),
        property=f"{_SCHEMA}addressLocality",
        several=True,
    ),
    Column(
        "gemeentecode",
        "De codes (CBS) van die gemeenten.",
        _of_places(lambda it: it.municipality.code if it.municipality else None),
        property=f"{_WIJK}code",
        several=True,
    ),
    Column("jaar", "Het jaar van de bundel.", _year, "gYear", f"{_TERMS}issued"),
    Column("url", "De pagina over de casus.", lambda row: row.url, "anyURI", f"{_SCHEMA}url"),
    Column("licentie", "Wat je ermee mag.", lambda row: row.licence, "anyURI", f"{_TERMS}license"),
    Column(
        "gewijzigd",
        "Wanneer de casus voor het laatst is gepubliceerd (UTC).",
        lambda row: row.record.modified,
        "dateTime",
        f"{_TERMS}modified",
    ),
    Column("nummer", "Het nummer.", lambda row: row.record.number, "integer", f"{_WIJK}number"),
    Column(
        "bundel",
        "De titel van de bundel.",
        _said(lambda it: it.bundle.label if it.bundle else None),
        property=f"{_SCHEMA}isPartOf",
        language="nl",
    ),
    Column(
        "plaatsen",
        "De plaatsen van de casus: buurten, wijken, dorpen, steden.",
        _of_places(lambda it: it.label),
        property=f"{_SCHEMA}contentLocation",
        several=True,
    ),
    Column(
        "provincie",
        "De provincies van die plaatsen.",
        _of_places(lambda it: it.province.label if it.province else None),
        property=f"{_SCHEMA}addressRegion",
        several=True,
    ),
    Column(
        "breedtegraad",
        "Van een punt in de eerste plaats met een punt (WGS 84).",
        _latitude,
        "decimal",
        f"{_POSITION}lat",
    ),
    Column(
        "lengtegraad", "Van datzelfde punt (WGS 84).", _longitude, "decimal", f"{_POSITION}long"
    ),
    Column(
        "initiatieven",
        "De namen van de initiatieven, waar die bekend zijn.",
        lambda row: tuple(each.label for each in row.record.initiatives),
        property=f"{_SCHEMA}about",
        several=True,
    ),
    Column(
        "online",
        "Of de casus online is, en geen plaats heeft.",
        lambda row: row.record.online,
        "boolean",
        f"{_WIJK}online",
    ),
)


def joined(cell: Cell | tuple[str, ...]) -> Cell:
    """Several texts as one; a bar in one of them is written as another one."""
    if isinstance(cell, tuple):
        return SEPARATOR.join(text.replace(SEPARATOR, _OTHER_BAR) for text in cell) or None
    return cell


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: it gets an apostrophe before it."""
    return f"'{text}" if _FORMULA.match(text) else text
