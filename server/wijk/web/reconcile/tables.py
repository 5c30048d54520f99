"""What the service looks things up in: made of one snapshot, when it is asked for first."""

import asyncio
import csv
import io
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from wijk.engine import formats
from wijk.matching import Entity, Given, Index, Value
from wijk.matching.texts import code, meant_as_code, plain
from wijk.web.reconcile.vocabulary import PROPERTIES, TYPES
from wijk.web.site import Site

QUERIES: Final = ("reconcile-names", "reconcile-areas", "reconcile-values")
_ALSO: Final = {
    "municipality": "municipality_other",
    "municipality_code": "municipality_other_code",
}
"""A municipality that was before it or came after it is no contradiction."""
Rows = Iterable[Sequence[str]]
"""What one of the queries says, without its heads."""


class Tables:
    """The entities of one snapshot with their names and codes, and the values of their properties.

    An identifier is what stands behind the identifier space: `place/oss`.
    """

    def __init__(
        self, base: str, labels: Mapping[str, str], names: Rows, areas: Rows, values: Rows
    ) -> None:
        self.space = f"{base}id/"
        self._labels = labels
        self.index = Index(self._entities(names))
        self._values: dict[str, dict[str, dict[str, Value]]] = defaultdict(dict)
        for thing, level, text, its_code in areas:
            self._add(thing, level, Value(text, code=its_code))
            self._add(thing, f"{level}_code", Value(its_code, code=its_code))
        for thing, name, text in values:
            self._add(thing, name, self._value(text))
        for entity in self.index.entities.values():
            self._add_own(entity)
        self.having = lru_cache(maxsize=len(PROPERTIES))(self._having)

    def known(self, identifier: str) -> Entity | None:
        """The entity with this identifier, or with this whole address."""
        return self.index.entities.get(self.short(identifier))

    def short(self, address: str) -> str:
        """The identifier in an address; of what is no address of ours, the same text."""
        return address.removeprefix(self.space)

    def values(self, identifier: str, name: str) -> Collection[Value]:
        """The values of a property that an entity may be found by."""
        there = self._values.get(identifier, {})
        found = there.get(name, {}).values()
        return [*found, *there.get(_ALSO[name], {}).values()] if name in _ALSO else found

    def listed(self, identifier: str, name: str) -> list[Value]:
        """The values of a property of an entity, in the order of their texts."""
        found = self._values.get(identifier, {}).get(name, {}).values()
        return sorted(found, key=lambda value: (value.text, value.id))

    def with_value(self, name: str, given: Given) -> list[Entity]:
        """The entities that have exactly this value of a property."""
        there = self.having(name)
        found = there.get(given.id, []) if given.id else []
        keys = (plain(given.text), meant_as_code(given.text))
        return found or next((there[key] for key in keys if key in there), [])

    def _having(self, name: str) -> Mapping[str, list[Entity]]:
        found: dict[str, list[Entity]] = defaultdict(list)
        for identifier, there in self._values.items():
            keys = [
                (each.id, plain(each.text), code(each.code))
                for each in there.get(name, {}).values()
            ]
            for key in {key for three in keys for key in three if key}:
                found[key].append(self.index.entities[identifier])
        return found

    def _entities(self, names: Rows) -> Iterator[Entity]:
        texts: dict[str, dict[str, dict[str, None]]] = {}
        for thing, form, text in names:
            if self._type(thing):
                found = texts.setdefault(thing, {"name": {}, "code": {}})
                found[form][text] = None
        for thing, found in texts.items():
            kind, name = self._type(thing), self._labels.get(thing, "")
            if name := name or min(found["name"], default=""):
                types = tuple(filter(None, (kind, TYPES[kind].broader)))
                others = tuple(sorted(text for text in found["name"] if text != name))
                yield Entity(self.short(thing), name, types, others, tuple(sorted(found["code"])))

    def _type(self, thing: str) -> str:
        kind = self.short(thing).partition("/")[0]
        return kind if thing.startswith(self.space) and kind in TYPES else ""

    def _add(self, thing: str, name: str, value: Value) -> None:
        if (identifier := self.short(thing)) in self.index.entities:
            self._values[identifier].setdefault(name, {}).setdefault(value.id or value.text, value)

    def _value(self, text: str) -> Value:
        entity = self.known(text)
        if entity is not None:
            return Value(entity.name, entity.id)
        return Value(self._labels.get(text, text))

    def _add_own(self, entity: Entity) -> None:
        own = {"name": (entity.name,), "other_name": entity.others, "code": entity.codes}
        own["address"] = (self.space + entity.id,)
        for name, texts in own.items():
            for text in texts:
                self._add(entity.id, name, Value(text, code=text if name == "code" else ""))


class Keeper:
    """Has the tables of the snapshot that is served; they are made once, however many ask."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._making: asyncio.Future[Tables] | None = None

    async def tables(self, site: Site) -> Tables:
        """The tables of a site.

        Raises:
            EngineError: the engine does not say what is in them; the next one who asks tries again.
        """
        making = self._making
        failed = making is not None and making.done() and making.exception() is not None
        if making is None or failed or self._site is not site:
            self._site, self._making = site, asyncio.ensure_future(_made(site))
            making = self._making
        return await asyncio.shield(making)


async def _made(site: Site) -> Tables:
    texts = [await site.answer(name, {}, formats.CSV) for name in QUERIES]
    base, labels = site.snapshot.base, site.snapshot.labels
    return await asyncio.to_thread(lambda: Tables(base, labels, *map(rows, texts)))


def rows(text: bytes) -> Rows:
    """The rows of an answer in CSV."""
    found = csv.reader(io.StringIO(text.decode(), newline=""))
    next(found)
    return found
