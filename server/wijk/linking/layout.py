"""How a table is laid out: its header, where the codes stand, where the rows begin."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from wijk.errors import TableError, did_you_mean
from wijk.linking import codes
from wijk.linking.join import COLUMNS
from wijk.tables.scanning import Rows, Scan

_SHOWN = 80
_HEADERS = 20
"""Among how many rows a header is looked for."""
_NUMBERED = re.compile(r"[0-9]{1,6}", re.ASCII)
_NUMBER = re.compile(r"\s*[-+]?[0-9][0-9.,\s]*\s*")


@dataclass(frozen=True)
class Layout:
    """A table: how many cells its widest row has, how many rows there are, and what each row is.

    `header` is the row, counted from 0, with the names of the columns, or None without one.
    `begin` is the first row of data; what stands before it stays as it is.
    """

    width: int
    rows: int
    column: int
    header: int | None
    begin: int
    titles: tuple[str, ...]
    aside: frozenset[int] = frozenset()
    """Rows before the header that are not of the table: `sep=;`, as Excel has it."""


def lay(found: Scan, wanted: str | None) -> Layout:
    """Where the codes stand, by name or number of the column, and where the rows begin.

    Raises:
        TableError: there is no such column, or more than one; or none is wanted: the message names
            the one whose values look like codes. Or the codes are formulas.
    """
    header, column = chosen(found.first, wanted, found.width)
    begin = _begin(found.first, header, column, found.aside)
    if (formula := found.formulas.get(column, 0)) > begin:
        remedy = "Copy the column and paste it as values."
        raise TableError(formula, "the code is a formula, of which the value is not known", remedy)
    titles = tuple(found.first[header]) if header is not None else ()
    return Layout(found.width, found.rows, column, header, begin, titles, found.aside)


def chosen(rows: Rows, wanted: str | None, width: int) -> tuple[int | None, int]:
    """The row with the names of the columns, if there is one, and the column of the codes."""
    if wanted is None:
        raise _proposal(rows, width)
    for number, row in enumerate(rows[: _before_codes(rows, wanted)]):
        places = [place for place, text in enumerate(row) if _same(text, wanted)]
        if len(places) > 1:
            listed = " and ".join(str(place + 1) for place in places)
            raise TableError(
                number + 1, f"columns {listed} are called '{_short(wanted)}'", "Give its number."
            )
        if places:
            return number, places[0]
    if _NUMBERED.fullmatch(wanted.strip()) and 0 < int(wanted) <= width:
        column = int(wanted) - 1
        return _header(rows, column), column
    raise _no_column(rows, wanted, width)


def added(titles: Sequence[str]) -> tuple[str, ...]:
    """The titles of what is added, none of which is in the table already."""
    there = {title.strip().casefold() for title in titles}
    return tuple(_free(column.title, there) for column in COLUMNS)


def propose(rows: Rows, width: int) -> int | None:
    """The column whose values look most like codes, if half of them do."""
    best, most = None, 0.0
    for column in range(width):
        values = [row[column].strip() for row in rows if len(row) > column and row[column].strip()]
        alike = sum(_is_code(value) for value in values)
        share = alike / max(1, len(values) - 1)  # one of them may be the header
        if share > most:
            best, most = column, share
    return best if most >= 0.5 else None


def _free(title: str, there: set[str]) -> str:
    found, number = title, 1
    while found in there:
        number += 1
        found = f"{title}_{number}"
    return found


def _is_code(text: str) -> bool:
    """Is it a code as Statistics Netherlands writes it? Four digits may be anything."""
    return not text.isdecimal() and codes.read(text) is not None


def _header(rows: Rows, column: int) -> int | None:
    """The first row before any code in this column that is more than half as full as the fullest.

    Where nothing looks like a code for certain, it is the first row, unless that has four digits.
    """
    full: list[int] = []
    for row in rows[:_HEADERS]:
        if len(row) > column and _is_code(row[column].strip()):
            break
        full.append(sum(1 for cell in row if cell.strip()))
    else:
        first = next((number for number, count in enumerate(full) if count), 0)
        cells = rows[first]
        sure = len(cells) > column and codes.read(cells[column]) is not None
        full = [] if sure else full[: first + 1]
    most = max(full, default=0)
    return next((number for number, count in enumerate(full) if 2 * count > most), None)


def _begin(rows: Rows, header: int | None, column: int, aside: Iterable[int]) -> int:
    """The first row of data: after the header, and after a row with units below it."""
    after = max([-1 if header is None else header, *aside]) + 1
    if header is None or after >= len(rows):
        return after
    row = rows[after]
    code = row[column].strip().lower() if len(row) > column else ""
    numbers = any(_NUMBER.fullmatch(cell) for cell in row)
    filled = any(cell.strip() for cell in row)
    units = filled and code in ("", "-", "code", "(code)") and not numbers
    return after + 1 if units else after


def _before_codes(rows: Rows, wanted: str) -> int:
    """How many rows may have the wanted name; a number may also stand in a row with data."""
    for number, row in enumerate(rows[:_HEADERS]):
        if any(_is_code(text.strip()) for text in row):
            return number
    return 1 if wanted.strip().isdecimal() else _HEADERS


def _same(text: str, wanted: str) -> bool:
    return text.strip().casefold() == wanted.strip().casefold() != ""


def _proposal(rows: Rows, width: int) -> TableError:
    column = propose(rows, width)
    problem = "it is not said which column has the codes"
    if column is None:
        return TableError(None, problem, f"Name one for code. {_listed(rows, width)}")
    header = _header(rows, column)
    name = rows[header][column].strip() if header is not None and len(rows[header]) > column else ""
    twice = header is not None and sum(_same(text, name) for text in rows[header]) > 1
    given = str(column + 1) if not name or twice else f'"{name}"'
    return TableError(
        None, problem, f"Column {column + 1} looks like it; if that is right, give {given} for code"
    )


def _no_column(rows: Rows, wanted: str, width: int) -> TableError:
    titles = [_short(text) for text in _fullest(rows) if text.strip()]
    shown = _short(wanted)
    near = [name for name, *_ in process.extract(shown, titles, limit=3, score_cutoff=60)]
    hint = did_you_mean(near).strip() or _listed(rows, width)
    return TableError(None, f"there is no column '{shown}' in this table", hint)


def _listed(rows: Rows, width: int) -> str:
    titles = [f"{number} {_short(text)}" for number, text in enumerate(_fullest(rows), 1)]
    return f"There are {width} columns: {', '.join(titles[:40])}."


def _short(text: str) -> str:
    """A name as it can stand in a sentence."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"


def _fullest(rows: Rows) -> Sequence[str]:
    first = list(rows[:_HEADERS])
    return max(first, key=lambda row: sum(1 for cell in row if cell.strip()), default=())
