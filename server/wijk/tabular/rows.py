"""Finds in a workbook the sheets and columns that are ours, and tells what is not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from wijk.tabular import grid, strange
from wijk.tabular.explaining import examples
from wijk.tabular.grid import Book, Sheet
from wijk.tabular.layout import ABOUT, CHOICES, EXAMPLE, NO, REMOVE, STATE, YES, Column, Table
from wijk.tabular.problems import FOUT, LET_OP, Problem, Spot, several
from wijk.tabular.things import folded

_TOP = 10
"""Rows at the beginning of a sheet among which the headings stand."""
_ALIKE = 75
_MOSTLY = 0.75


@dataclass
class Row:
    """One row to take in: the text of each cell by the key of its column."""

    table: Table
    sheet: str
    number: int
    cells: dict[str, str]
    columns: Mapping[str, int]

    def spot(self, key: str = "") -> Spot:
        """Where the cell of a column is; without it, where the row is."""
        return Spot(self.sheet, self.number, self.columns.get(key, 0))

    def get(self, key: str) -> str:
        """What stands in the cell of a column."""
        return self.cells.get(key, "")

    @property
    def removed(self) -> bool:
        """Whether somebody asks to take this row away."""
        return folded(self.get(REMOVE)) == YES

    @property
    def state(self) -> tuple[str, str]:
        """What was written along when the row was exported: of the document, and of the row."""
        before, _, own = self.get(STATE).partition("-")
        return before, own


@dataclass
class Found:
    """What a file has for us."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    covered: set[Spot] = field(default_factory=set)
    """Cells that have no value since they were merged with another."""


def found(book: Book, tables: Sequence[Table], wanted: str = "") -> Found:
    """The rows of every sheet that is ours; `wanted` is the sheet that a table in text is.

    What is not read is told, every cell of it.
    """
    made = Found(problems=list(book.problems))
    by_name = {folded(name): table for table in tables for name in (table.name, table.kind)}
    if wanted and folded(wanted) not in by_name:
        made.problems.append(strange.no_such_sheet(wanted, tables))
        return made
    read: dict[str, str] = {}
    for sheet in book.sheets:
        table = _table(sheet, book, tables, by_name, wanted)
        if table is not None and table.name in read:
            made.problems.append(strange.twice(sheet, read[table.name]))
        elif table is not None:
            read[table.name] = sheet.name
            _Reader(sheet, table, made).take()
        elif sheet.name == ABOUT:
            made.problems += strange.versions(sheet, tables)
        elif sheet.name not in (CHOICES, "") and sheet.rows:
            made.problems.append(strange.unknown(sheet, tables))
    if not read:
        made.problems.append(strange.nothing(book, tables))
    return made


def _table(
    sheet: Sheet, book: Book, tables: Sequence[Table], by_name: Mapping[str, Table], wanted: str
) -> Table | None:
    if wanted and (book.kind == "text" or len(book.sheets) == 1):
        return by_name[folded(wanted)]
    if book.kind != "text":
        return by_name.get(folded(sheet.name))
    counted = [(_matching(sheet, table)[1], -at) for at, table in enumerate(tables)]
    best, at = max(counted)
    return tables[-at] if best >= 2 else None


def _matching(sheet: Sheet, table: Table) -> tuple[int, int]:
    """The row with the headings of a sheet, and how many of them are ours."""
    known = _names(table.columns)
    counts = [
        (sum(_plain(said) in known for said in sheet.rows.get(row, [])), -row)
        for row in range(1, _TOP + 1)
    ]
    count, row = max(counts)
    return -row, count


def _names(columns: Iterable[Column]) -> dict[str, Column]:
    return {name: column for column in columns for name in (folded(column.title), column.key)}


def _plain(heading: str) -> str:
    return folded(heading.rstrip(" *"))


class _Reader:
    """Reads one sheet."""

    def __init__(self, sheet: Sheet, table: Table, into: Found) -> None:
        self.sheet, self.table, self.into = sheet, table, into
        self.top, self.count = _matching(sheet, table)
        self.columns: dict[str, int] = {}
        self.strange: dict[int, str] = {}
        self.told: set[int] = set()

    def take(self) -> None:
        """Take in the rows, and tell of all that is odd."""
        if not self.sheet.rows:
            return
        if self.count == 0:
            self.into.problems.append(strange.no_headings(self.sheet, self.table))
            return
        self._headings()
        first = self.top + 1
        used = sorted(self.columns.values())
        self.into.problems += grid.oddities(self.sheet, first, used)
        self.into.covered.update(grid.covered(self.sheet, used))
        self._aside(used)
        for number in sorted(self.sheet.rows):
            if number >= first:
                self._row(number)

    def _row(self, number: int) -> None:
        cells = {key: self.sheet.cell(number, at) for key, at in self.columns.items()}
        if not any(cells.values()):
            return
        row = Row(self.table, self.sheet.name, number, cells, self.columns)
        first = self.table.columns[0].key
        if folded(row.get(REMOVE)) not in ("", YES, NO):
            said = f"Hier staat “{row.get(REMOVE)}”. Kies ja, of laat deze cel leeg."
            self._tell("weghalen", said, row.spot(REMOVE), value=row.get(REMOVE))
        if folded(row.get(first)) != EXAMPLE:
            self.into.rows.append(row)
        elif (alike := self._like_the_example(row)) < 1:
            level = LET_OP if alike > _MOSTLY else FOUT
            said = (
                "Deze rij is gemerkt als “voorbeeld” en is niet gelezen. Is het een echte rij? "
                "Haal dan het woord “voorbeeld” weg."
            )
            self._tell("voorbeeld", said, row.spot(first), level, EXAMPLE)

    def _like_the_example(self, row: Row) -> float:
        """How much of a row is as in the example: 1 is all of it."""
        shown = dict(zip((it.key for it in self.table.columns), examples(self.table), strict=True))
        filled = [(key, said) for key, said in row.cells.items() if said]
        same = sum(said == grid.text(shown[key]) for key, said in filled)
        return same / len(filled)

    def _headings(self) -> None:
        known = _names(self.table.columns)
        for at, said in enumerate(self.sheet.rows[self.top], 1):
            column = known.get(_plain(said))
            if column is not None and column.key in self.columns:
                told = f"De kop “{said}” staat twee keer op dit blad. Laat één kolom over."
                self._tell("kop-dubbel", told, Spot(self.sheet.name, self.top, at), value=said)
                self.told.add(at)
            elif column is not None:
                self.columns[column.key] = at
            elif said:
                self.strange[at] = said
        self._missing()

    def _missing(self) -> None:
        """A column that must be there and has got another name; rows tell what else they lack."""
        lacking = [it for it in self.table.columns if it.required and it.key not in self.columns]
        for column in lacking:
            alone = len(lacking) == len(self.strange) == 1
            near = process.extractOne(
                column.title,
                self.strange,
                scorer=fuzz.WRatio,
                score_cutoff=0 if alone else _ALIKE,
            )
            if near is None:
                continue
            name, _, at = near
            del self.strange[at]
            self.told.add(at)
            said = (
                f"De kolom “{column.title}” ontbreekt. Heet hij nu “{name}”? Zet de kop "
                f"“{column.title}” terug."
            )
            spot = Spot(self.sheet.name, self.top, at)
            self._tell("kolom-ontbreekt", said, spot, value=name, nearest=column.title)

    def _aside(self, used: Sequence[int]) -> None:
        """Name the cells that are in none of our columns, so that none is passed over."""
        aside: dict[int, list[int]] = {}
        for number, cells in self.sheet.rows.items():
            for at, said in enumerate(cells, 1):
                if said and at not in used and at not in self.told and number > self.top:
                    aside.setdefault(at, []).append(number)
        above = [number for number in self.sheet.rows if number < self.top]
        if above:
            told = f"Boven de koppen staat tekst (rij {several(above)}). Die is niet gelezen."
            self._tell("boven-de-koppen", told, Spot(self.sheet.name, above[0]), LET_OP)
        for at, said in self.strange.items():
            names = [it.title for it in self.table.columns if it.key not in self.columns]
            spot, rows = Spot(self.sheet.name, self.top, at), aside.pop(at, [])
            self.into.problems.append(strange.column(spot, said, rows, names))
        for at, rows in sorted(aside.items()):
            cell = Spot(self.sheet.name, rows[0], at)
            told = (
                f"Boven deze cel staat geen kop, dus “{self.sheet.cell(rows[0], at)[:60]}” is niet "
                "gelezen. Zet de waarde in een kolom met een kop, of haal haar weg."
            )
            more = f" Zo ook in rij {several(rows[1:])}." if rows[1:] else ""
            self._tell("zonder-kop", told + more, cell)

    def _tell(
        self,
        code: str,
        text: str,
        spot: Spot,
        level: str = FOUT,
        value: str = "",
        nearest: str = "",
    ) -> None:
        self.into.problems.append(Problem(code, level, text, spot, "", value, nearest))
