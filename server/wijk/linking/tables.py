"""A table of others, whatever it is written in: opened, joined, and reported on."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from wijk.linking import sheets
from wijk.linking.join import Joiner
from wijk.linking.layout import Layout
from wijk.linking.tally import REPORT, Line, Tally
from wijk.linking.texts import TextTable
from wijk.linking.workbooks import WorkbookTable

REPORT_ENCODING = "utf-8-sig"
"""With a mark at the beginning and semicolons, as Excel wants it in Dutch."""


class Table(Protocol):
    """A table that can be read more than once."""

    suffix: str
    media_type: str

    def lay(self, wanted: str | None) -> Layout:
        """Where its codes stand, by name or number of the column, and where its rows begin."""

    def joined(self, layout: Layout, joiner: Joiner, tally: Tally) -> Iterator[bytes]:
        """The joined table, in pieces."""


def opened(stream: BinaryIO, unpacked: int = sheets.UNPACKED) -> Table:
    """The table in a stream that can be read again from its beginning.

    A workbook may be so many bytes when unpacked.

    Raises:
        TableError: it cannot be read as a table.
    """
    stream.seek(0)
    begin = stream.read(len(sheets.BEGIN))
    stream.seek(0)
    return WorkbookTable(stream, unpacked) if begin == sheets.BEGIN else TextTable(stream)


def report_line(line: Line = REPORT) -> bytes:
    """A line of the report, in CSV; without any, its header."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=";").writerow(line)
    return written.getvalue().encode(REPORT_ENCODING if line is REPORT else "utf-8")
