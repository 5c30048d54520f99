"""Suggestions while people type, and the small cards that go with them."""

from collections.abc import Iterable
from html import escape
from typing import TypeVar

from wijk.matching import Entity
from wijk.matching.texts import plain
from wijk.web.reconcile.answering import types, what
from wijk.web.reconcile.tables import Tables
from wijk.web.reconcile.vocabulary import PROPERTIES, TYPES, Property, Type, properties_of

_Listed = TypeVar("_Listed", Type, Property)
_PAGE = 20


def entities(tables: Tables, prefix: str, kind: str, skip: int) -> dict[str, object]:
    """Entities of which the name begins so; if there are none, what is like it."""

    def fits(entity: Entity) -> bool:
        return kind not in TYPES or kind in entity.types

    exact = tables.known(prefix)
    found = [exact] if exact and fits(exact) else tables.index.beginning(prefix, fits)
    if not found:
        found = [one.entity for one in tables.index.find(prefix, fits)]
    return {
        "result": [
            {
                "id": entity.id,
                "name": entity.name,
                "description": what(tables, entity),
                "notable": types(entity),
            }
            for entity in found[skip : skip + _PAGE]
        ]
    }


def of_types(prefix: str, skip: int) -> dict[str, object]:
    """Types of which the name or the identifier begins so."""
    return {"result": [each.whole() for each in _beginning(TYPES.values(), prefix, skip)]}


def properties(prefix: str, kind: str, skip: int) -> dict[str, object]:
    """Properties of things of a type, of which the name or the identifier begins so."""
    found = _beginning(properties_of(kind), prefix, skip)
    return {"result": [each.whole() for each in found]}


def card(tables: Tables, about: str, identifier: str) -> dict[str, object] | None:
    """A small piece of HTML about an entity, a type or a property, if it is here."""
    if about == "entity":
        entity = tables.known(identifier)
        told = (entity.name, what(tables, entity)) if entity else None
    else:
        known = (TYPES if about == "type" else PROPERTIES).get(identifier)
        told = (known.name, known.description) if known else None
    if told is None:
        return None
    name, text = map(escape, told)
    return {"id": identifier, "html": f"<p><b>{name}</b><br>{text}</p>"}


def _beginning(listed: Iterable[_Listed], prefix: str, skip: int) -> list[_Listed]:
    start = plain(prefix)
    found = [each for each in listed if any(name.startswith(start) for name in _names(each))]
    return found[skip : skip + _PAGE]


def _names(of: Type | Property) -> tuple[str, ...]:
    return (plain(of.id), plain(of.name), *plain(of.name).split())
