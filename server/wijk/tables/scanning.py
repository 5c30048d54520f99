"""Reads a table in text once, to see how it is written and how large it is."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from wijk.errors import TableError
from wijk.tables.records import BOM, Dialect, records

SAMPLE = 256 * 1024
ROWS = 500
"""Rows at the beginning that are kept, to see how the table is laid out."""
_KEPT = 4 * 1024 * 1024
"""Bytes that these are at most; the first is kept in any case."""
_DELIMITERS = (b";", b"\t", b",", b"|")
_DIRECTIVE = re.compile(rb"sep=(.)\r?\n?", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Scan:
    """What reading a table once tells: its dialect, size and first rows."""

    dialect: Dialect
    width: int
    rows: int
    first: Rows
    aside: frozenset[int] = frozenset()
    formulas: Mapping[int, int] = field(default_factory=dict)
    """The last row, from 1, with a formula in each column that has one."""


def scan(stream: BinaryIO) -> Scan:
    """Read a table in text from its beginning to its end, and see how it is written.

    Raises:
        TableError: it is not a table in text, or has nothing in it.
    """
    begin = stream.read(SAMPLE)
    _refuse(begin)
    directive = _DIRECTIVE.match(begin.removeprefix(BOM))
    end = b"\r\n" if b"\r\n" in begin else b"\n" if b"\n" in begin or b"\r" not in begin else b"\r"
    dialect = Dialect(end=end, bom=begin.startswith(BOM))
    by = directive[1] if directive else _delimiter(begin, dialect)
    found = _measured(stream, replace(dialect, delimiter=by))
    if directive is None:
        return found
    return replace(found, first=[(), *found.first[1:]], aside=frozenset((0,)))


def _refuse(begin: bytes) -> None:
    if not begin.strip():
        raise TableError(None, "the table is empty", "Look whether it is the right file.")
    if begin.startswith(_OLD_WORKBOOK):
        raise TableError(None, "this is a workbook of before 2007 (.xls)", "Save it as .xlsx.")
    if begin.startswith(_UTF_16) or b"\0" in begin:
        raise TableError(
            *(None, "this is not a table in UTF-8 or Windows-1252"),
            "Save it as CSV in UTF-8, or as .xlsx.",
        )


def _delimiter(begin: bytes, dialect: Dialect) -> bytes:
    """What cuts the first rows into the same number of cells, and more than one."""
    whole = begin[: begin.rfind(dialect.end) + len(dialect.end)] if dialect.end in begin else begin
    listed = whole.removeprefix(BOM).split(dialect.end)[:50]
    scores: list[tuple[float, int, int, bytes]] = []
    for rank, by in enumerate(_DELIMITERS):
        tried = replace(dialect, delimiter=by)
        counts = Counter(len(tried.cells(line)) for line in listed if line.strip())
        many = Counter({count: found for count, found in counts.items() if count > 1})
        if many:
            count, found = max(many.items(), key=lambda item: (item[1], item[0]))
            scores.append((found / counts.total(), count, -rank, by))
    return max(scores)[-1] if scores else b";"


def _measured(stream: BinaryIO, dialect: Dialect) -> Scan:
    by, first = dialect.delimiter, []
    width = number = kept = 0
    for number, record in enumerate(records(stream, dialect), 1):
        count = len(dialect.cells(record)) if b'"' in record else record.count(by) + 1
        if count > width:
            width = count
        if dialect.encoding == "utf-8" and not record.isascii() and not _is_utf_8(record):
            dialect = replace(dialect, encoding="windows-1252")
        if number <= ROWS and kept < _KEPT:
            first.append(record)
            kept += len(record)
    texts = [_texts(record, dialect) for record in first]
    return Scan(dialect, width, number, texts)


def _texts(record: bytes, dialect: Dialect) -> list[str]:
    body = dialect.body(record)
    return [dialect.text(cell) for cell in dialect.cells(body)] if body else []


def _is_utf_8(record: bytes) -> bool:
    try:
        record.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
