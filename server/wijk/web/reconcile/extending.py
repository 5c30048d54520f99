"""Data extension: the values of properties of entities, and which properties there are to ask."""

from wijk.matching import Value
from wijk.web.reconcile.asked import Extension
from wijk.web.reconcile.tables import Tables
from wijk.web.reconcile.vocabulary import TYPES, Property, properties_of


def proposal(kind: str, limit: int | None) -> dict[str, object]:
    """The properties of things of a type; of no known type, all."""
    listed = [{"id": each.id, "name": each.name} for each in properties_of(kind)]
    told: dict[str, object] = {"type": kind, "properties": listed[:limit]}
    return told if limit is None else {**told, "limit": limit}


def extended(tables: Tables, asked: Extension) -> dict[str, object]:
    """Of every entity the values of every property; of what is not here, none."""
    rows = {}
    for given in asked.ids:
        entity = tables.known(given)
        rows[given] = {
            each.id: [_cell(each, value) for value in tables.listed(entity.id, each.id)]
            if entity
            else []
            for each in asked.properties
        }
    return {"meta": [_meta(each) for each in asked.properties], "rows": rows}


def _meta(asked: Property) -> dict[str, object]:
    told: dict[str, object] = {"id": asked.id, "name": asked.name}
    return {**told, "type": TYPES[asked.of].brief()} if asked.of else told


def _cell(asked: Property, value: Value) -> dict[str, object]:
    if value.id:
        return {"id": value.id, "name": value.text}
    if asked.id == "number" and value.text.isascii() and value.text.isdigit():
        return {"int": int(value.text)}
    return {"str": value.text}
