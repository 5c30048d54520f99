"""Reads a table in text (.csv, .tsv): any of its usual encodings and separators."""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from wijk.errors import TableError
from wijk.tables.records import records
from wijk.tables.scanning import scan
from wijk.tabular.grid import Book, Sheet, Unreadable
from wijk.tabular.problems import TIP, Problem, Spot

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_NOT_TEXT = (
    "Dit bestand is niet te lezen als tabel. Bewaar het als .xlsx, .ods of als CSV in UTF-8."
)
_LEFT_OPEN = (
    "Vanaf deze rij is de tabel niet te lezen. Kijk of hier een aanhalingsteken staat dat niet "
    "gesloten wordt. Binnen een cel schrijf je een aanhalingsteken dubbel."
)
_FAILED = re.compile(
    "#(?:REF!|N/A|VALUE!|NAME\\?|DIV/0!|NUM!|NULL!"
    "|VERW!|N/B|WAARDE!|NAAM\\?|DEEL/0!|GETAL!|LEEG!)|Err:[0-9]+"
)
"""What a spreadsheet, in English or Dutch, writes for a formula that failed."""


def read(stream: BinaryIO) -> Book:
    """The one sheet of a table in text, in UTF-8, UTF-16 or Windows-1252.

    Raises:
        Unreadable: it is no table in text, or too large.
    """
    stream = _in_utf_8(stream)
    made = Sheet("")
    try:
        found = scan(stream)
        dialect, aside = found.dialect, found.aside
        for number, record in enumerate(records(stream, dialect), 1):
            if number - 1 not in aside:
                cells = dialect.cells(dialect.body(record))
                made.put(number, [dialect.text(cell) for cell in cells])
    except TableError as error:
        if error.row is None:
            raise Unreadable("geen-tabel", _NOT_TEXT) from error
        raise Unreadable("aanhalingsteken", _LEFT_OPEN, Spot("", error.row)) from error
    made.formulas = dict(_formulas(made))
    guessed = dialect.encoding != "utf-8"
    return Book([made], "text", list(_guessed(made)) if guessed else [])


def _formulas(sheet: Sheet) -> Iterator[tuple[tuple[int, int], str]]:
    """The cells with a formula instead of its outcome, and those of which it failed."""
    for number, cells in sheet.rows.items():
        for at, said in enumerate(cells, 1):
            if said.startswith("="):
                yield (number, at), "empty"
            elif _FAILED.fullmatch(said):
                yield (number, at), "error"


def _guessed(sheet: Sheet) -> Iterator[Problem]:
    """Tells how letters were read that are not in UTF-8: in the first cell that has them."""
    for number, cells in sheet.rows.items():
        for at, said in enumerate(cells, 1):
            if not said.isascii():
                told = (
                    "Dit bestand is niet in UTF-8. De letters zijn gelezen als Windows-1252. Kijk "
                    f"of dat klopt, bijvoorbeeld hier: “{said[:60]}”. Klopt het niet? Bewaar het "
                    "bestand dan als .xlsx of als CSV in UTF-8."
                )
                yield Problem("codering", TIP, told, Spot("", number, at), "", said)
                return


def _in_utf_8(stream: BinaryIO) -> BinaryIO:
    """The same in UTF-8 when it begins with the mark of UTF-16, as Excel's Unicode text does."""
    stream.seek(0)
    begin = stream.read(2)
    stream.seek(0)
    if begin not in _UTF_16:
        return stream
    return io.BytesIO(stream.read().decode("utf-16", "replace").encode())
