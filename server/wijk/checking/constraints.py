"""Constraints of SHACL Core as functions of values, each as pySHACL judges it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Protocol

from rdflib import RDF, SH, XSD, BNode, Literal, URIRef
from rdflib.term import Node


class View(Protocol):
    """What the shapes look at."""

    def values(self, thing: Node, property: Node) -> Iterable[Node]:
        """What a thing has for a property."""
        ...

    def classes(self, kind: Node) -> Iterable[Node]:
        """What a class is a kind of."""
        ...


Found = tuple[str, Node | None]
"""The name of a constraint that is broken, and by which value."""
Constraint = Callable[[View, tuple[Node, ...]], Iterator[Found]]
Fits = Callable[[View, Node], bool]


class Unknown(Exception):
    """Something that is not compiled."""


def along(view: View, thing: Node, way: tuple[Node, ...]) -> Iterable[Node]:
    """What is at the end of a path of properties."""
    if len(way) == 1:
        return view.values(thing, way[0])
    steps = view.values(thing, way[0])
    return [value for step in steps for value in along(view, step, way[1:])]


def number(node: Node) -> int:
    """The whole number that a shape names."""
    if not isinstance(node, Literal) or node.datatype != XSD.integer:
        raise Unknown
    return int(str(node))


def min_count(least: int) -> Constraint:
    """So many values at least."""
    return lambda _, values: iter([("minCount", None)] if len(values) < least else [])


def max_count(most: int) -> Constraint:
    """So many values at most."""
    return lambda _, values: iter([("maxCount", None)] if len(values) > most else [])


def having(wanted: Node) -> Constraint:
    """This value is among them."""
    return lambda _, values: iter([("hasValue", None)] if wanted not in values else [])


def each(name: str, fits: Fits) -> Constraint:
    """A constraint of each value on its own."""
    return lambda view, values: ((name, value) for value in values if not fits(view, value))


def unique(wanted: Node) -> Constraint:
    """No language twice."""
    if not isinstance(wanted, Literal) or wanted.value is not True:
        raise Unknown

    def check(view: View, values: tuple[Node, ...]) -> Iterator[Found]:
        seen = [it.language.lower() for it in values if isinstance(it, Literal) and it.language]
        for _ in range(len({lang for lang in seen if seen.count(lang) > 1})):
            yield "uniqueLang", None

    return check


def any_of(choices: list[Fits]) -> Fits:
    """A value is as one of several shapes wants it."""
    return lambda view, value: any(fits(view, value) for fits in choices)


def among(items: list[Node]) -> Fits:
    """A value is one of these."""
    if not all(isinstance(item, URIRef) for item in items):
        raise Unknown
    return lambda _, value: value in items


def is_a(view: View, value: Node, kind: Node) -> bool:
    """A value is of a class, or of one below it."""
    if isinstance(value, Literal):
        return False
    return any(kind in view.classes(each) for each in view.values(value, RDF.type))


_VALUES: Mapping[Node, type] = {
    **{XSD.string: str, RDF.langString: str, XSD.integer: int, XSD.boolean: bool},
    **{XSD.decimal: Decimal, XSD.float: float},
    **{XSD.date: date, XSD.dateTime: datetime, XSD.time: time},
}


def is_of(value: Node, kind: Node) -> bool:
    """Of a datatype, and as that is written; rdflib reads it for both of us."""
    if not isinstance(value, Literal):
        return False
    if value.datatype == kind:
        if value.ill_typed is True:
            return False
    elif value.language is None and value.datatype is None:
        if kind != XSD.string:
            return False
    elif kind != RDF.langString or not value.language:
        return False
    wanted = _VALUES.get(kind)
    return wanted is None or isinstance(value.value, wanted)


def of_kind(wanted: Node) -> Fits:
    """A value is an IRI, or a literal."""
    types: Mapping[Node, type] = {SH.IRI: URIRef, SH.Literal: Literal}
    if wanted not in types:
        raise Unknown
    return lambda _, value: isinstance(value, types[wanted])


def matching(text: Node) -> Fits:
    """A value has this pattern in it."""
    pattern = re.compile(str(text))
    return lambda _, value: not isinstance(value, BNode) and bool(pattern.search(str(value)))


def in_language(items: list[Node]) -> Fits:
    """A value is a text in one of these languages."""
    wanted = {str(item).lower() for item in items}

    def fits(_: View, value: Node) -> bool:
        if not isinstance(value, Literal) or not value.language:
            return False
        language = value.language.lower()
        return language in wanted or language.partition("-")[0] in wanted

    return fits


def from_number(least: int) -> Fits:
    """A value is a number, and no less than this."""

    def fits(_: View, value: Node) -> bool:
        number = value.value if isinstance(value, Literal) else None
        return isinstance(number, int | float | Decimal) and number >= least

    return fits
