"""Reads what a client asks: sections 4 and 7 of the specification, and nothing larger than fits."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from wijk.errors import did_you_mean
from wijk.matching import Given, Wanted
from wijk.web.reconcile.vocabulary import PROPERTIES, TYPES, Property, property_of
from wijk.web.requests import BadRequest

BATCH: Final = 50
"""Queries in a batch; the manifest says it."""
_MOST_TEXT = 1000
_MOST_PARTS = 20
_MOST_CANDIDATES = 100
_MOST_EXTENDED = 500
_MOST_CELLS = 5000
_CANDIDATES = 10


@dataclass(frozen=True)
class Query:
    """One reconciliation query; without types, any will do."""

    text: str
    types: frozenset[str]
    all_types: bool
    limit: int
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True)
class Extension:
    """Of which entities which properties are asked."""

    ids: tuple[str, ...]
    properties: tuple[Property, ...]


def batch(text: str) -> dict[str, Query]:
    """The queries of a batch, by their keys.

    Raises:
        BadRequest: what is wrong, and in which query.
    """
    found = _object(_json(text, "queries"), "queries")
    if len(found) > BATCH:
        raise BadRequest(f"A batch has at most {BATCH} queries; this one has {len(found)}.", 413)
    return {key: _query(told, f"Query {_shown(key)}") for key, told in found.items()}


def single(text: str) -> Query:
    """One query by itself: an object, or nothing but the text to look for.

    Raises:
        BadRequest: what is wrong with it.
    """
    asked = _json(text, "query") if text.lstrip().startswith("{") else {"query": text}
    return _query(asked, "The query")


def extension(text: str) -> Extension:
    """A data extension query.

    Raises:
        BadRequest: what is wrong with it.
    """
    where = "The extend request"
    found = _object(_json(text, "extend"), "extend")
    ids = _list(found.get("ids"), f"{where}: ids", _MOST_EXTENDED)
    listed = _list(found.get("properties"), f"{where}: properties", len(PROPERTIES))
    names = [_object(each, f"{where}: properties").get("id") for each in listed]
    properties = [_property(name, where) for name in names]
    if len(ids) * len(properties) > _MOST_CELLS:
        raise BadRequest(f"{where} is about more than {_MOST_CELLS:,} cells. Ask for less.", 413)
    return Extension(
        tuple(dict.fromkeys(_text(each, f"{where}: ids") for each in ids)),
        tuple(dict.fromkeys(properties)),
    )


def _query(told: object, where: str) -> Query:
    given = _object(told, where)
    query = given.get("query")
    strict = given.get("type_strict")
    if strict not in (None, "any", "should", "all"):
        _refuse(f"{where}: type_strict is any, all or should.")
    return Query(
        _text(query, f"{where}: query").strip() if query is not None else "",
        frozenset(_type(each, where) for each in _several(given.get("type"), f"{where}: type")),
        strict == "all",
        _limit(given.get("limit"), where),
        _wanted(given.get("properties"), where),
    )


def _limit(given: object, where: str) -> int:
    if given is None:
        return _CANDIDATES
    if not isinstance(given, int | float) or given is True or given < 1 or given % 1:
        _refuse(f"{where}: limit is a whole number from 1.")
    return int(min(given, _MOST_CANDIDATES))


def _wanted(given: object, where: str) -> tuple[Wanted, ...]:
    if given is None:
        return ()
    found = []
    for each in _list(given, f"{where}: properties", _MOST_PARTS):
        told = _object(each, f"{where}: properties")
        known = _property(told.get("pid"), where)
        values = [_given(one, where) for one in _several(told.get("v"), f"{where}: v")]
        if values := [value for value in values if value.text or value.id]:
            found.append(Wanted(known.id, tuple(values)))
    return tuple(found)


def _given(told: object, where: str) -> Given:
    """A value: a text, a number, true or false, or an entity that was found before."""
    if isinstance(told, dict):
        name = told.get("name")
        return Given(
            _text(name, f"{where}: name of v") if name is not None else "",
            _text(told.get("id"), f"{where}: id of v"),
        )
    if isinstance(told, bool):
        return Given("true" if told else "false")
    if isinstance(told, int | float):
        return Given(f"{told:.15g}" if isinstance(told, float) else str(told))
    return Given(_text(told, f"{where}: v").strip())


def _property(name: object, where: str) -> Property:
    text = _text(name, f"{where}: the id of a property")
    if (known := property_of(text)) is None:
        _refuse(f"{where}: there is no property {_shown(text)}; there is {', '.join(PROPERTIES)}.")
    return known


def _type(told: object, where: str) -> str:
    name = told.get("id") if isinstance(told, dict) else told
    text = _text(name, f"{where}: type")
    if text not in TYPES:
        _refuse(f"{where}: there is no type {_shown(text)}.{did_you_mean(TYPES)}")
    return text


def _several(told: object, where: str) -> Sequence[object]:
    """One or a list of them, or none at all."""
    if told is None or told == "":
        return ()
    return _list(told, where, _MOST_PARTS) if isinstance(told, list) else (told,)


def _text(told: object, where: str) -> str:
    if not isinstance(told, str):
        _refuse(f"{where} is a text.")
    if len(told) > _MOST_TEXT:
        raise BadRequest(f"{where} is longer than {_MOST_TEXT:,} characters.", 413)
    return told


def _list(told: object, where: str, most: int) -> Sequence[object]:
    if not isinstance(told, list):
        _refuse(f"{where} is a list.")
    if len(told) > most:
        raise BadRequest(f"{where}: at most {most}, not {len(told)}.", 413)
    return told


def _object(told: object, where: str) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        _refuse(f"{where} is a JSON object.")
    return told


def _json(text: str, name: str) -> object:
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise BadRequest(f"The JSON of {name} is nested too deep.") from error
    except ValueError as error:
        raise BadRequest(f"What stands in {name} is not JSON: {error}.") from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _shown(text: str) -> str:
    """A text of the client's as it may stand in an answer."""
    return f"'{text[:60].encode('utf-8', 'replace').decode()}'"


def _refuse(sentence: str) -> NoReturn:
    raise BadRequest(sentence)
