"""What is wrong with a table that came in: one plain sentence, and the cell that it is about."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

FOUT, LET_OP, TIP = LEVELS = ("fout", "let op", "tip")
"""What stops the import, what deserves a look, and advice."""
_COUNTED = (("fout", "fouten"), ("aandachtspunt", "aandachtspunten"), ("tip", "tips"))


def letters(column: int) -> str:
    """What a spreadsheet calls a column; the first is A."""
    # A server that starts has no need of it, and it takes long to import.
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


@dataclass(frozen=True)
class Spot:
    """Where in a table: a sheet, a row and a column from 1; 0 is the whole of it."""

    sheet: str = ""
    row: int = 0
    column: int = 0

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet calls it: E7; empty when it is no single cell."""
        return f"{letters(self.column)}{self.row}" if self.row and self.column else ""

    def shown(self) -> str:
        """As people call it: `blad Casussen, cel E7`."""
        parts = [f"blad {self.sheet}"] if self.sheet else []
        if self.cell:
            parts.append(f"cel {self.cell}")
        elif self.row:
            parts.append(f"rij {self.row}")
        elif self.column:
            parts.append(f"kolom {letters(self.column)}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Problem:
    """One finding about a table, in Dutch.

    `text` says what stands there, what is expected, and an example; `nearest` is what may have
    been meant; `field` is the heading of the column.
    """

    code: str
    level: str
    text: str
    spot: Spot = Spot()
    field: str = ""
    value: str = ""
    nearest: str = ""
    also: tuple[int, ...] = ()
    """The rows in which the same is wrong in the same column."""

    def rank(self) -> tuple[int | str, ...]:
        """Worst first, then as they stand in the workbook."""
        spot = self.spot
        return LEVELS.index(self.level), spot.sheet, spot.row, spot.column, self.code, self.text

    def as_json(self, file: str) -> dict[str, str]:
        """The finding as plain data, with Dutch names."""
        place = self.spot.shown()
        return {
            "code": self.code,
            "niveau": self.level,
            "plek": f"{file}, {place}" if place else file,
            "veld": self.field,
            "waarde": self.value,
            "uitleg": self.text,
            "voorstel": self.nearest,
        }

    def lines(self, file: str) -> tuple[str, str]:
        """The finding for a terminal: where it is, and what to do."""
        place = self.spot.shown()
        return f"{self.level:<6}  {file}{', ' if place else ''}{place}", self.text


def once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each cause once, worst first: what is the same further down a column names those rows."""
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for problem in sorted(problems, key=Problem.rank):
        spot = problem.spot
        place = f"{spot.column}" if spot.row else spot.shown()
        key = (problem.level, problem.code, spot.sheet, place, problem.text)
        alike.setdefault(key, []).append(problem)
    found = []
    for first, *rest in alike.values():
        rows = [row for row in dict.fromkeys(it.spot.row for it in rest) if row != first.spot.row]
        more = f" Zo ook in rij {several(rows)}." if rows else ""
        found.append(replace(first, text=first.text + more, also=tuple(rows)))
    return tuple(found)


def total(problems: Iterable[Problem]) -> str:
    """How many there are of each level: `3 fouten, 1 aandachtspunt`."""
    counts = Counter(problem.level for problem in problems)
    said = [
        f"{counts[level]} {one if counts[level] == 1 else more}"
        for level, (one, more) in zip(LEVELS, _COUNTED, strict=True)
        if counts[level]
    ]
    return ", ".join(said) or "geen fouten"


def several(rows: Iterable[int], most: int = 8) -> str:
    """Numbers of rows as people list them: `4, 5 en 9`."""
    listed = [str(row) for row in rows]
    if len(listed) > most:
        return f"{', '.join(listed[:most])} en nog {len(listed) - most}"
    *first, last = listed
    return f"{', '.join(first)} en {last}" if first else last
