"""All things of one kind, and by what they are chosen: made once for a site, and kept."""

import csv
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wijk.web.api.geojson import Thing
from wijk.web.api.paging import Page


@dataclass(frozen=True)
class Listing:
    """The things in the order of their IRIs, and by filter and value which ones those are."""

    things: Sequence[Thing]
    index: Mapping[tuple[str, str], Sequence[int]]

    def chosen(self, filters: Mapping[str, str]) -> Sequence[int]:
        """The positions of the things that fit all filters; all of them without filters."""
        if not filters:
            return range(len(self.things))
        found = sorted((self.index.get(pair, ()) for pair in filters.items()), key=len)
        others = [frozenset(each) for each in found[1:]]
        return [at for at in found[0] if all(at in other for other in others)]

    def page(self, filters: Mapping[str, str], page: Page) -> tuple[int, list[Thing]]:
        """How many things fit all filters, and those of this page."""
        positions = self.chosen(filters)
        return len(positions), [self.things[at] for at in positions[page.start : page.end]]


def rows(answer: bytes) -> Iterator[Mapping[str, str]]:
    """The rows of an answer in CSV, one at a time: there may be hundreds of thousands.

    A text that comes back is kept once. What a row has no value for is not in it, and a row whose
    `value` is empty or only blanks is left out.
    """
    found = csv.reader(io.TextIOWrapper(io.BytesIO(answer), "utf-8", newline=""))
    names = next(found)
    for row in found:
        told = {name: sys.intern(text) for name, text in zip(names, row, strict=True) if text}
        if "value" not in names or says(told):
            yield told


def says(row: Mapping[str, str]) -> bool:
    """Whether the `value` of a row is more than blanks."""
    return bool(row.get("value", "").strip())


def made(things: Sequence[Thing], rows: Iterable[Mapping[str, str]]) -> Listing:
    """A listing of things, with rows that say `thing`, `filter` and `value`."""
    at = {thing["id"]: number for number, thing in enumerate(things)}
    index: dict[tuple[str, str], dict[int, None]] = {}
    for row in rows:
        if row["thing"] in at:
            index.setdefault((row["filter"], row["value"]), {})[at[row["thing"]]] = None
    return Listing(things, {pair: sorted(found) for pair, found in index.items()})
