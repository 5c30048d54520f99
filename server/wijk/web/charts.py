"""The numbers of an answer as bars: one for each row, as long as every row is another thing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from rdflib import XSD

from wijk.web.cells import Cell

MOST_BARS = 25
_SMALL = Decimal("0.001")
_MOST_CHARTS = 3
_NUMERIC = {
    str(XSD[name])
    for name in (
        *("integer", "decimal", "double", "float", "int", "long", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "unsignedInt", "unsignedLong"),
    )
}
# These tell one thing from another; their size means nothing.
_NAMES = re.compile(
    r".*(number|nummer|year|jaar|code|lat|lon|long|lng|lengte|breedte|order|volgorde)|nr|id|rank",
    re.IGNORECASE,
)
# Numbers of several units have no scale in common.
_UNITS = re.compile(r".*(unit|eenheid|measure|maat)", re.IGNORECASE)


@dataclass(frozen=True)
class Bar:
    """One row: what it is, its value in words, and where the bar stands from 0 to 100.

    `lang` is the language of its label; empty when that is not known.
    """

    label: str
    lang: str
    href: str
    told: str
    start: float
    width: float


@dataclass(frozen=True)
class Chart:
    """The bars of one column; so many rows more have none."""

    name: str
    bars: tuple[Bar, ...]
    more: int


def drawn(
    names: Sequence[str],
    rows: Sequence[Mapping[str, Mapping[str, Any]]],
    cells: Sequence[Sequence[Cell]],
    lang: str = "nl",
) -> tuple[Chart, ...]:
    """A chart for each column of numbers, when another column tells the rows apart."""
    if len(rows) < 2 or any(_UNITS.fullmatch(name) for name in names):
        return ()
    values = {name: [number(row.get(name)) for row in rows] for name in names}
    counted = [name for name in names if None not in values[name] and not _NAMES.fullmatch(name)]
    column = _labels(names, rows, cells)
    if column is None:
        return ()
    labels = [row[column] for row in cells[:MOST_BARS]]
    return tuple(
        Chart(name, _bars(labels, [it for it in values[name] if it is not None], lang), more)
        for name in counted[:_MOST_CHARTS]
        for more in (max(0, len(rows) - MOST_BARS),)
    )


def number(term: Mapping[str, Any] | None) -> Decimal | None:
    """The value of a literal that is a number; None of anything else, also of NaN."""
    if term is None or term.get("datatype") not in _NUMERIC:
        return None
    try:
        value = Decimal(term["value"])
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def told(value: Decimal, lang: str = "nl") -> str:
    """A number as people write it: 48.330 and 15,4 in Dutch, 48,330 and 15.4 in English."""
    if abs(value) >= Decimal(10) ** 15 or 0 < abs(value) < _SMALL:
        text = f"{value:.3g}"
    else:
        text = f"{value.quantize(_SMALL).normalize():,f}"
    return text if lang == "en" else text.translate({ord(","): ".", ord("."): ","})


def _labels(
    names: Sequence[str],
    rows: Sequence[Mapping[str, Mapping[str, Any]]],
    cells: Sequence[Sequence[Cell]],
) -> int | None:
    """The first column that has another text in every row, or in another language; no numbers."""
    for column, name in enumerate(names):
        texts = {(row[column].text, row[column].lang) for row in cells}
        apart = len(texts) == len(rows) and all(text for text, _ in texts)
        if apart and all(number(row.get(name)) is None for row in rows):
            return column
    return None


def _bars(labels: Sequence[Cell], values: Sequence[Decimal], lang: str) -> tuple[Bar, ...]:
    low, high = min(0.0, float(min(values))), max(0.0, float(max(values)))
    scale = 100 / (high - low or 1)
    return tuple(
        Bar(
            label.text,
            label.lang,
            "" if label.outside else label.href,
            told(value, lang),
            round((min(0.0, float(value)) - low) * scale, 1),
            round(abs(float(value)) * scale, 1),
        )
        for label, value in zip(labels, values, strict=False)
    )
