"""A table as people see it, whatever the file: sheets of rows of cells, and what is odd in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from wijk.characters import entered
from wijk.tabular.problems import FOUT, LET_OP, Problem, Spot, several

ROWS = 50_000
"""Rows that a sheet may have."""
COLUMNS = 200
"""Columns of which more are not looked at, when they are empty; a filled one is told."""


class Unreadable(Exception):
    """A file of which nothing can be read; it carries the one finding that says why."""

    def __init__(self, code: str, text: str, spot: Spot | None = None) -> None:
        super().__init__(text)
        self.problem = Problem(code, FOUT, text, spot or Spot())


@dataclass
class Sheet:
    """One sheet: its rows by number, from 1, each with the text of its cells."""

    name: str
    rows: dict[int, list[str]] = field(default_factory=dict)
    state: str = "visible"
    hidden: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    """Each cell with a formula, by row and column: `used`, `empty` (no outcome) or `error`."""

    def put(self, row: int, cells: Iterable[object]) -> None:
        """Take in a row.

        Raises:
            Unreadable: it is one too many, or too wide.
        """
        texts = [text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            return
        if row > ROWS:
            raise Unreadable(
                "te-lang",
                f"Dit blad gaat door na rij {ROWS}. Verdeel het over meer bestanden.",
                Spot(self.name, row),
            )
        if len(texts) > COLUMNS:
            raise Unreadable(
                "te-breed",
                f"Deze rij heeft meer dan {COLUMNS} cellen. Haal weg wat niet bij de tabel hoort.",
                Spot(self.name, row),
            )
        self.rows[row] = texts

    def cell(self, row: int, column: int) -> str:
        """What stands in a cell, by row and column from 1."""
        cells = self.rows.get(row, [])
        return cells[column - 1] if column <= len(cells) else ""


@dataclass
class Book:
    """What a file holds, and what is to be told of it as a file."""

    sheets: list[Sheet]
    kind: str
    """`xlsx`, `ods` or `text`; the last has one sheet without a name."""
    problems: list[Problem] = field(default_factory=list)


def text(value: object) -> str:
    """What a cell says as a person in the Netherlands would type it.

    A date is 2021-02-03, a number has a comma, yes and no are ja and nee.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return entered(value).strip(" \t\n\xa0")
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        return _number(Decimal(repr(value) if isinstance(value, float) else value))
    return str(value)


def _number(value: Decimal) -> str:
    if not value.is_finite():
        return str(value)
    plain = f"{value:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def oddities(sheet: Sheet, begin: int, used: Sequence[int]) -> list[Problem]:
    """What is told of the rows of a sheet from `begin` on, in the columns that are used.

    Formulas, merged cells, hidden rows and letters that could not be read.
    """
    return [
        *_formulas(sheet, begin, used),
        *_merged(sheet, begin, used),
        *_hidden(sheet, begin),
        *_unreadable(sheet, begin, used),
    ]


def _formulas(sheet: Sheet, begin: int, used: Sequence[int]) -> Iterable[Problem]:
    outcome: dict[int, list[int]] = {}
    for (row, column), state in sorted(sheet.formulas.items()):
        spot, shown = Spot(sheet.name, row, column), sheet.cell(row, column)
        if row < begin or column not in used:
            continue
        if state == "used":
            outcome.setdefault(column, []).append(row)
        elif state == "error":
            said = f"Hier staat “{shown}”: een formule die mislukte. Typ de waarde zelf in de cel."
            yield Problem("formule-mislukt", FOUT, said, spot, value=shown)
        else:
            said = (
                "Hier staat een formule waarvan de uitkomst niet is bewaard. Open het bestand in "
                "Excel of LibreOffice en bewaar het, of typ de waarde zelf."
            )
            yield Problem("formule-leeg", FOUT, said, spot, value=shown)
    for column, rows in outcome.items():
        shown = sheet.cell(rows[0], column)
        more = f" Zo ook in rij {several(rows[1:])}." if rows[1:] else ""
        said = f"Hier staat een formule. De uitkomst “{shown}” is gebruikt.{more}"
        spot = Spot(sheet.name, rows[0], column)
        yield Problem("formule", LET_OP, said, spot, value=shown)


def _merged(sheet: Sheet, begin: int, used: Sequence[int]) -> Iterable[Problem]:
    for row, column, last, right in sorted(sheet.merged):
        if last < begin or not any(column <= each <= right for each in used):
            continue
        whole = f"{Spot('', row, column).cell}:{Spot('', last, right).cell}"
        said = (
            f"De cellen {whole} zijn samengevoegd. Dan heeft alleen de eerste een waarde. "
            "Splits ze, en vul elke cel apart in."
        )
        yield Problem("samengevoegd", FOUT, said, Spot(sheet.name, row, column))


def covered(sheet: Sheet, used: Sequence[int]) -> Iterable[Spot]:
    """The cells in the columns that are used which have no value since they were merged."""
    for first, left, last, right in sheet.merged:
        for row in (it for it in range(first, min(last, ROWS) + 1) if it in sheet.rows):
            for column in (it for it in used if left <= it <= right):
                if (row, column) != (first, left):
                    yield Spot(sheet.name, row, column)


def _hidden(sheet: Sheet, begin: int) -> Iterable[Problem]:
    rows = [row for row in sheet.hidden if row >= begin and row in sheet.rows]
    if sheet.state != "visible" and any(row >= begin for row in sheet.rows):
        said = "Dit blad is verborgen. Het is wel gelezen."
        yield Problem("verborgen-blad", LET_OP, said, Spot(sheet.name))
    if rows:
        many = len(rows) > 1
        said = (
            f"{'De rijen' if many else 'Rij'} {several(rows)} {'zijn' if many else 'is'} "
            f"verborgen, maar {'zijn' if many else 'is'} wel gelezen. Kijk of dat klopt."
        )
        yield Problem("verborgen", LET_OP, said, Spot(sheet.name, rows[0]))


def _unreadable(sheet: Sheet, begin: int, used: Sequence[int]) -> Iterable[Problem]:
    for row, cells in sheet.rows.items():
        for column, shown in enumerate(cells, 1):
            if row >= begin and column in used and "\ufffd" in shown:
                said = (
                    f"In “{shown[:80]}” staat een letter die niet te lezen is. Typ die opnieuw, "
                    "en bewaar het bestand als UTF-8 of als .xlsx."
                )
                spot = Spot(sheet.name, row, column)
                yield Problem("teken", FOUT, said, spot, value=shown)
