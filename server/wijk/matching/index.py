"""All names of all entities, to be found by what is like them; made once, asked many times."""

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import islice
from typing import TypeAlias

from wijk.matching.entities import Entity
from wijk.matching.texts import code, likeness, pieces, plain

_LOOKED_UP = 2000
"""Names that one search counts, over and over: those with the rarest pieces go first."""
_COMPARED = 60
"""Names that are compared letter by letter."""
_NAMESAKES = 200
"""Entities of one name that are looked at."""
_LEAST = 50.0
"""What is less alike is not found at all."""

Fits = Callable[[Entity], bool]
_Numbers: TypeAlias = "array[int]"  # the class itself takes no parameters


@dataclass(frozen=True, slots=True)
class Found:
    """An entity, what of it was found, and how alike that is to what was asked: 0 to 100.

    `by` is identifier, code, name or other name.
    """

    entity: Entity
    by: str
    text: str
    alike: float

    @property
    def exact(self) -> bool:
        """It is the same, but for capitals, accents and punctuation."""
        return self.alike == 100


class Index:
    """Entities by identifier, by code and by everything they are called."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities: Mapping[str, Entity] = {entity.id: entity for entity in entities}
        self._by_code: dict[str, list[Entity]] = defaultdict(list)
        self._names: dict[str, int] = {}
        self._called: list[list[tuple[Entity, str]]] = []
        for entity in self.entities.values():
            for text in (entity.name, *entity.others):
                self._add(entity, text)
            for text in entity.codes:
                self._by_code[code(text)].append(entity)
        self._plain = list(self._names)
        self._pieces = _postings(self._plain, pieces)

    def _add(self, entity: Entity, text: str) -> None:
        number = self._names.setdefault(plain(text), len(self._called))
        if number == len(self._called):
            self._called.append([])
        if all(entity is not other for other, _ in self._called[number]):
            self._called[number].append((entity, text))

    def find(self, text: str, fits: Fits) -> list[Found]:
        """The fitting entities that the text may stand for, each once, the most alike first.

        All that are called exactly so are among them, up to a number of namesakes.
        """
        found = [*self._exactly(text, fits), *self._alike(plain(text), fits)]
        best: dict[str, Found] = {}
        for one in found:
            known = best.get(one.entity.id)
            if known is None or one.alike > known.alike:
                best[one.entity.id] = one
        return sorted(best.values(), key=lambda one: (-one.alike, one.entity.name, one.entity.id))

    def with_code(self, text: str, fits: Fits) -> list[Entity]:
        """The fitting entities that have this code."""
        return [entity for entity in self._by_code.get(code(text), ()) if fits(entity)]

    def beginning(self, prefix: str, fits: Fits) -> list[Entity]:
        """The fitting entities with a name of which the words begin so, in a good order.

        Names that begin with it go first, then short ones; without a prefix it is all of them.
        """
        words = plain(prefix).split()
        if not words:
            chosen = filter(fits, self.entities.values())
            return sorted(chosen, key=lambda entity: (entity.name.casefold(), entity.id))
        numbers = self._beginning(words[-1])
        for word in words[:-1]:
            numbers &= set(self._words.get(word, ()))
        start = " ".join(words)
        ordered = sorted(
            (not self._plain[number].startswith(start), len(self._plain[number]), number)
            for number in numbers
        )
        listed = (entity for *_, number in ordered for entity, _ in self._called[number])
        return list({entity.id: entity for entity in listed if fits(entity)}.values())

    def _exactly(self, text: str, fits: Fits) -> Iterable[Found]:
        if (entity := self.entities.get(text)) is not None and fits(entity):
            yield Found(entity, "identifier", entity.id, 100.0)
        for entity in self.with_code(text, fits):
            yield Found(entity, "code", text, 100.0)
        number = self._names.get(plain(text))
        if number is not None:
            yield from self._of(number, 100.0, fits)

    def _alike(self, wanted: str, fits: Fits) -> Iterable[Found]:
        for number in self._nearest(wanted, fits):
            alike = likeness(wanted, self._plain[number])
            if alike >= _LEAST:
                yield from self._of(number, alike, fits)

    def _of(self, number: int, alike: float, fits: Fits) -> Iterable[Found]:
        called = ((entity, text) for entity, text in self._called[number] if fits(entity))
        for entity, text in islice(called, _NAMESAKES):
            by = "name" if text == entity.name else "other name"
            yield Found(entity, by, text, alike)

    def _nearest(self, wanted: str, fits: Fits) -> list[int]:
        """The names that have most pieces in common with a text, for their length."""
        counted = self._counted(pieces(wanted))
        least = max(counted.values(), default=0) / 2
        size = len(wanted) + 1
        shared = (
            (count / (size + len(self._plain[number]) - count), number)
            for number, count in counted.items()
            if count >= least and any(fits(each) for each, _ in self._called[number][:_NAMESAKES])
        )
        return [number for _, number in nlargest(_COMPARED, shared)]

    def _counted(self, asked: Iterable[str]) -> Counter[int]:
        """How many of the pieces names have; when there are too many names, of the rare pieces."""
        lists = sorted((self._pieces[piece] for piece in asked if piece in self._pieces), key=len)
        counted: Counter[int] = Counter()
        left = _LOOKED_UP
        for numbers in lists:
            if len(numbers) > left and len(counted) >= _COMPARED:
                break
            counted.update(numbers[:left])
            left -= min(left, len(numbers))
        return counted

    def _beginning(self, start: str) -> set[int]:
        found: set[int] = set()
        for word in self._vocabulary[bisect_left(self._vocabulary, start) :]:
            if not word.startswith(start):
                break
            found.update(self._words[word])
        return found

    @cached_property
    def _words(self) -> Mapping[str, _Numbers]:
        return _postings(self._plain, str.split)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(self._words)


def _postings(
    names: Iterable[str], parts: Callable[[str], Iterable[str]]
) -> Mapping[str, _Numbers]:
    """Which names, by their number, have which parts."""
    found: dict[str, _Numbers] = {}
    for number, name in enumerate(names):
        for part in set(parts(name)):
            if (numbers := found.get(part)) is None:
                numbers = found[part] = array("I")
            numbers.append(number)
    return found
