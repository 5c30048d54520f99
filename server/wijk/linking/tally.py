"""The codes of a table: in how many rows each stood, what became of it, what failed and why."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from wijk.linking.join import JOINED, Found, Meaning

MOST = 20_000
"""Codes that are kept at once: more than the country has. So memory stays the same."""
LONGEST = 256
"""Characters of a code that are looked at: what is longer is none."""
REPORT = ("code", "rijen", "eerste_rij", "uitkomst", "uitleg", "mogelijke_codes")
"""The columns of the report."""

Line = tuple[str, ...]
Cells = TypeVar("Cells")


@dataclass(slots=True)
class Entry(Generic[Cells]):
    """A code as it stands in the table, what is put beside it, and the rows it stood in."""

    text: str
    meaning: Meaning
    cells: Cells
    first: int
    rows: int = 0

    def line(self) -> Line:
        """The line of the report about it."""
        found, why, choices = self.meaning.found, self.meaning.why, self.meaning.choices
        rows, first = str(self.rows), str(self.first)
        return (self.text, rows, first, str(found), why, " ".join(choices))


class Tally:
    """What became of the rows of one table.

    `report` takes a line for every code that is not exact. Of a table with more codes than are
    kept at once the report is in parts: a code can then have more than one line.
    """

    def __init__(self, report: Callable[[Line], object]) -> None:
        self.counts: Counter[Found] = Counter()
        self.failed: dict[Found, Line] = {}
        """Of each outcome with which nothing is known, the first code."""
        self._report = report

    def settle(self, entries: Iterable[Entry[Cells]]) -> None:
        """Count these, and tell what failed."""
        for entry in entries:
            found = entry.meaning.found
            self.counts[found] += entry.rows
            if found is Found.EXACT:
                continue
            line = entry.line()
            self._report(line)
            if found not in JOINED:
                self.failed.setdefault(found, line)

    def summary(self) -> str:
        """How many rows there were of each outcome, in one line of Dutch."""
        rows = self.counts.total()
        listed = [f"{_dutch(self.counts[found])} {found}" for found in Found if self.counts[found]]
        told = f"{_dutch(rows)} {'rij' if rows == 1 else 'rijen'}"
        return f"{told}: {', '.join(listed)}." if listed else f"{told}."


def _dutch(number: int) -> str:
    return f"{number:,}".replace(",", ".")
