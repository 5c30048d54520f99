"""What can be found: an entity with its names and codes, and the values of its properties."""

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entity:
    """Something with an identifier and a name; the first of its types says most."""

    id: str
    name: str
    types: tuple[str, ...]
    others: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a property: what it is called, and its identifier and code when it has these."""

    text: str
    id: str = ""
    code: str = ""


Values = Callable[[str, str], Collection[Value]]
"""The values of a property, by the identifiers of an entity and of the property."""
