"""Scores what was found, with the properties that go along, and says when it is sure.

A score is 0 to 100. Sure is a candidate that alone is exactly what was asked, by identifier, code
or name, and that no property speaks against.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from wijk.matching.entities import Entity, Value, Values
from wijk.matching.index import Found
from wijk.matching.texts import code, likeness, meant_as_code, plain

_OF_PROPERTIES = 0.3
"""The part of a score that properties decide, when there are any."""
_UNKNOWN = 0.7
"""What a property is worth of which an entity has no value: it speaks neither for nor against."""
_AGREES = 90.0
"""From here on a property speaks for, below it against."""
_NEAR_CODE = 60.0
"""How alike a name must be at least for a code beside it to make it sure."""
CODE = "code"
"""The property that holds the codes of an entity."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value that came along: a text, and an identifier when it was found before."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A property that a candidate should have with one of these values."""

    property: str
    values: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant, with its score and the reasons for it.

    `exact` says that it is what was asked and that nothing speaks against it; `match` that it is
    the only one of which that holds. `properties` has, of each property that the entity has a
    value of, how well it agrees: 0 to 100.
    """

    entity: Entity
    found: Found | None
    properties: Mapping[str, float]
    score: float
    exact: bool
    match: bool = False


def judged(
    found: Iterable[Found | Entity], wanted: Sequence[Wanted], values: Values
) -> list[Candidate]:
    """The candidates with their scores, the best first.

    What was found by its properties alone is an entity without what was found of it.
    """
    scored = [
        _scored(one, None, wanted, values)
        if isinstance(one, Entity)
        else _scored(one.entity, one, wanted, values)
        for one in found
    ]
    if sum(one.exact for one in scored) == 1:
        scored = [replace(one, score=100.0, match=True) if one.exact else one for one in scored]
    return sorted(scored, key=lambda one: (-one.score, one.entity.name, one.entity.id))


def _scored(
    entity: Entity, found: Found | None, wanted: Sequence[Wanted], values: Values
) -> Candidate:
    known: dict[str, float] = {}
    for one in wanted:
        if there := values(entity.id, one.property):
            known[one.property] = _agreement(one.values, there)
    weighed = [known.get(one.property, _UNKNOWN * 100) for one in wanted]
    of_properties = sum(weighed) / len(weighed) if weighed else 0.0
    if found is None:
        score = of_properties
    elif weighed:
        score = found.alike * (1 - _OF_PROPERTIES) + of_properties * _OF_PROPERTIES
    else:
        score = found.alike
    agreed = all(worth >= _AGREES for worth in known.values())
    exact = agreed and _is_exact(found, known.get(CODE, 0.0) == 100)
    return Candidate(entity, found, known, round(score, 1), exact)


def _is_exact(found: Found | None, code_agrees: bool) -> bool:
    if found is None:
        return code_agrees
    return found.exact or (code_agrees and found.alike >= _NEAR_CODE)


def _agreement(given: Iterable[Given], there: Collection[Value]) -> float:
    """How well the best of these agrees with the best of those."""
    return max((_alike(one, value) for one in given for value in there), default=0.0)


def _alike(one: Given, value: Value) -> float:
    if one.id and value.id:
        return 100.0 if one.id == value.id else 0.0
    if value.code and meant_as_code(one.text) == code(value.code):
        return 100.0
    return round(likeness(plain(one.text), plain(value.text)), 1)
