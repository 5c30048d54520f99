"""Which cases are like one, and in what: themes, place, connection and kinds of actors they share.

What two cases share counts for as much as it is rare: the number of bits that it tells (Lin, 1998).
Sums are kept for all cases at once, a set of bits per binary digit, so that ten thousand cases take
no longer than a few hundred additions of whole numbers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from wijk.search.shelf import OnShelf, Shelf, Value

SEEN = 3
"""So many themes a reason names."""
_LEAST = 2
_FACETS = ("thema", "gemeente", "werking", "betrokken", "bundel")


@dataclass(frozen=True)
class Alike:
    """A case that is like another one, and why, in words."""

    case: OnShelf
    reason: str


def alike(shelf: Shelf, iri: str, count: int = 3) -> list[Alike]:
    """The cases that have the most in common with this one, the most alike first.

    What shares no more than a bundle, or a kind of actor, is not alike.
    """
    if (at := shelf.at.get(iri)) is None:
        return []
    case, sums = shelf.cases[at], _Sums()
    binding = 0
    for facet in _FACETS:
        for value in _values(shelf, case, facet):
            sums.add(value.bits, _weight(len(shelf.cases), len(value.at)))
            binding |= value.bits if facet in _FACETS[:3] else 0
    among = binding & ~(1 << at)
    found = sums.most(among, count)
    return [Alike(shelf.cases[it], _reason(case, shelf.cases[it])) for it in found]


def _values(shelf: Shelf, case: OnShelf, facet: str) -> Iterator[Value]:
    """The values of a facet that a case has itself."""
    named = {
        "thema": case.themes,
        "gemeente": tuple(it.today for it in case.places if it.today),
        "werking": case.connections,
        "betrokken": case.actor_kinds,
        "bundel": (case.bundle,) if case.bundle else (),
    }[facet]
    iris = {it.iri for it in named}
    by = shelf.by[facet].by
    slugs = {it.slug for it in named} if facet != "gemeente" else by.keys()
    found = {it.iri: it for slug in slugs if (it := by.get(slug)) and it.iri in iris}
    return iter(found.values())


def _weight(cases: int, having: int) -> int:
    """How many bits it tells that a case has something that so many of all have."""
    return max(1, (cases // max(having, 1)).bit_length())


class _Sums:
    """A sum for each position, as a set of positions for each binary digit."""

    def __init__(self) -> None:
        self._digits: list[int] = []

    def add(self, positions: int, weight: int) -> None:
        """Add so much at each of these positions."""
        for digit in range(weight.bit_length()):
            carry, at = (positions if weight >> digit & 1 else 0), digit
            while carry:
                self._digits += [0] * (at + 1 - len(self._digits))
                here = self._digits[at]
                self._digits[at], carry = here ^ carry, here & carry
                at += 1

    def most(self, among: int, count: int) -> list[int]:
        """The positions of the largest sums, the largest first; of equal ones the first."""
        sure, left = 0, among
        for digit in reversed(self._digits):
            high = left & digit
            if sure.bit_count() + high.bit_count() > count:
                left = high
            else:
                sure, left = sure | high, left & ~digit
        room = count - sure.bit_count()
        found = [*_positions(sure), *_first(left, room)]
        return sorted((it for it in found if self._sum(it) >= _LEAST), key=self._order)

    def _sum(self, at: int) -> int:
        return reduce(or_, ((it >> at & 1) << n for n, it in enumerate(self._digits)), 0)

    def _order(self, at: int) -> tuple[int, int]:
        return -self._sum(at), at


def _positions(positions: int) -> Iterator[int]:
    while positions:
        low = positions & -positions
        yield low.bit_length() - 1
        positions ^= low


def _first(positions: int, count: int) -> Iterator[int]:
    found = _positions(positions)
    return (at for at, _ in zip(found, range(count), strict=False))


def _reason(case: OnShelf, other: OnShelf) -> str:
    """What two cases share, in words."""
    themes = [it.label for it in case.themes if it in other.themes]
    more = [f"nog {len(themes) - SEEN}"] if len(themes) > SEEN else []
    told = [f"ook {_joined([*themes[:SEEN], *more])}"] if themes else []
    here = {it.today for it in case.places if it.today}
    there = {it.today for it in other.places if it.today}
    told += ["zelfde gemeente"] if here & there else []
    connections = [it.label for it in case.connections if it in other.connections]
    told += [f"zelfde verbinding: {_joined(connections)}"] if connections else []
    kinds = [it.label for it in case.actor_kinds if it in other.actor_kinds]
    told += [f"ook met {_joined(kinds[:2])}"] if kinds and len(told) < 2 else []
    told += ["zelfde bundel"] if case.bundle and case.bundle == other.bundle else []
    whole = "; ".join(told)
    return whole[:1].upper() + whole[1:]


def _joined(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} en {last}" if first else last
