"""Records of a table in text, as the bytes they are: what is not looked at stays as it was.

RFC 4180, and what is met beside it: other delimiters, lines that end in different ways, a quote in
the middle of a cell, text after a closing quote. Python's csv module reads the same cells.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import BinaryIO

from wijk.errors import TableError

BOM = b"\xef\xbb\xbf"
MOST = 1024 * 1024
"""Bytes of the longest record that is taken: a quote that never closes would take the rest."""
_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Dialect:
    """How a table is written: one byte between cells, its encoding, how its lines end."""

    delimiter: bytes = b";"
    encoding: str = "utf-8"
    bom: bool = False
    end: bytes = b"\r\n"

    def cells(self, record: bytes) -> list[bytes]:
        """The cells of a record, as written: with their quotes."""
        body = record.rstrip(b"\r\n") if b'"' not in record else self.body(record)
        if b'"' not in body:
            return body.split(self.delimiter)
        return self._cells(self.delimiter + body)

    def text(self, cell: bytes) -> str:
        """What a cell says: without its quotes, and what cannot be read as a question mark."""
        if cell[:1] == b'"':
            inside = self._quoted.match(cell)
            if inside is not None:
                rest = cell[inside.end() :]
                cell = cell[1 : inside.end() - 1].replace(b'""', b'"') + rest
        return cell.decode(self.encoding, "replace")

    def written(self, text: str) -> bytes:
        """A cell that says this; what the encoding does not have is a question mark."""
        cell = text.encode(self.encoding, "replace")
        if self.delimiter in cell or b'"' in cell or b"\n" in cell or b"\r" in cell:
            return b'"' + cell.replace(b'"', b'""') + b'"'
        return cell

    def body(self, record: bytes) -> bytes:
        """A record without what ends its line."""
        for end in (b"\r\n", b"\n", b"\r"):
            if record.endswith(end):
                return record[: -len(end)]
        return record

    @cached_property
    def _quoted(self) -> re.Pattern[bytes]:
        return re.compile(rb'"(?:[^"]|"")*+"')

    @cached_property
    def _cells(self) -> Callable[[bytes], list[bytes]]:
        by = re.escape(self.delimiter)
        return re.compile(by + rb'("(?:[^"]|"")*+"[^' + by + rb"]*+|[^" + by + rb"]*+)").findall

    @cached_property
    def opens(self) -> re.Pattern[bytes]:
        """Matches what ends inside a quoted cell."""
        by = re.escape(self.delimiter)
        whole = rb'"(?:[^"]|"")*+"[^' + by + rb"]*+"
        return re.compile(
            rb"(?:(?:" + whole + rb'|[^"' + by + rb"][^" + by + rb"]*+)?" + by + rb')*+"'
            rb'(?:[^"]|"")*+\Z'
        )

    @cached_property
    def closes(self) -> re.Pattern[bytes]:
        """Matches, inside a quoted cell, up to the delimiter or end after it."""
        by = re.escape(self.delimiter)
        return re.compile(rb'(?:[^"]|"")*+"[^' + by + rb"]*+(?:" + by + rb"|\Z)")


def lines(stream: BinaryIO, dialect: Dialect) -> Iterator[bytes]:
    """The lines of a table with what ends them; none is longer than a record may be."""
    if dialect.end == b"\r":
        yield from _old_lines(stream)
        return
    yield from iter(partial(stream.readline, MOST + 1), b"")


def records(stream: BinaryIO, dialect: Dialect) -> Iterator[bytes]:
    """The records of a table: lines, and where a cell has line ends, several together.

    The stream is read from its beginning; a mark there is in none of them.

    Raises:
        TableError: a record that is too long or has a quote that does not close, and where it
            begins.
    """
    number = 0
    stream.seek(len(BOM) if dialect.bom else 0)
    coming = lines(stream, dialect)
    for line in coming:
        number += 1
        if len(line) > MOST:
            raise _too_long(number)
        if b'"' not in line or not dialect.opens.match(line):
            yield line
            continue
        first, pieces, size = number, [line], len(line)
        for piece in coming:
            number += 1
            pieces.append(piece)
            size += len(piece)
            if size > MOST:
                raise _too_long(first)
            if b'"' in piece and not _stays_open(piece, dialect):
                break
        else:
            raise _not_closed(first)
        yield b"".join(pieces)


def _stays_open(line: bytes, dialect: Dialect) -> bool:
    """Is a cell that was open before this line open after it?"""
    closed = dialect.closes.match(line)
    return closed is None or dialect.opens.match(line, closed.end()) is not None


def _too_long(number: int) -> TableError:
    return TableError(
        number,
        f"a row that begins here is longer than {MOST:,} bytes",
        'Look for a quote (") that is not closed, or for a file that is not a table.',
    )


def _not_closed(number: int) -> TableError:
    return TableError(
        number,
        'a quote (") opens here that does not close before the end',
        "Close it; a quote within a cell is written twice, and such a cell has quotes around it.",
    )


def _old_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines that end in a carriage return alone."""
    rest = b""
    while piece := stream.read(_PIECE):
        *whole, rest = (rest + piece).split(b"\r")
        yield from (line + b"\r" for line in whole)
        if len(rest) > MOST:
            break
    if rest:
        yield rest
