"""Literals as people read them."""

from rdflib import XSD, Literal, Node

from wijk import days
from wijk.web import numbers

_MOMENTS = (XSD.date, XSD.dateTime)


def readable(literal: Literal) -> str:
    """The words for a literal: `ja`, `48.330`, a day, a period; else its text."""
    text = str(literal)
    if literal.datatype == XSD.boolean:
        return {"true": "ja", "1": "ja"}.get(text, "nee")
    if literal.datatype == XSD.integer:
        return numbers.as_written(text)
    if literal.datatype in _MOMENTS:
        return days.told(text) or text
    return days.period(text) or text


def moment(literal: Literal) -> str:
    """The day or moment that it tells (ISO 8601); empty when it tells none."""
    return str(literal) if literal.datatype in _MOMENTS and days.told(str(literal)) else ""


def dutch_first(node: Node) -> tuple[bool, str]:
    """The order of values: what is Dutch or has no language comes first."""
    return isinstance(node, Literal) and node.language not in (None, "nl"), str(node)
