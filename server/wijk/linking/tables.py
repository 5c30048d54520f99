"""A table of others, whatever it is written in: opened, joined, and reported on."""

import codecs
import csv
import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Protocol

from wijk.linking import csvw
from wijk.linking.join import Joiner
from wijk.linking.layout import Layout
from wijk.linking.tally import REPORT, Line, Tally
from wijk.linking.texts import TextTable
from wijk.linking.workbooks import WorkbookTable
from wijk.tables import sheets

REPORT_ENCODING = "utf-8-sig"
"""With a mark at the beginning and semicolons, as Excel wants it in Dutch."""

NAME = "met-casussen"
"""What a joined table is called when nobody gave it a name."""


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


def reporting(into: BinaryIO) -> Callable[[Line], object]:
    """Begins a report in CSV, and gives what writes a line of it."""
    write = csv.writer(codecs.getwriter(REPORT_ENCODING)(into), delimiter=";").writerow
    write(REPORT)
    return write


def packaged(table: Table, layout: Layout, joiner: Joiner) -> Iterator[bytes]:
    """A zip file, in pieces: the joined table, its description in CSVW, and the report."""
    sink, name = _Sink(), f"{NAME}{table.suffix}"
    with (
        tempfile.TemporaryFile() as report,
        zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        tally = Tally(reporting(report))
        with archive.open(name, "w", force_zip64=True) as into:
            for piece in table.joined(layout, joiner, tally):
                into.write(piece)
                yield sink.taken()
        if isinstance(table, TextTable):
            described = csvw.written(name, table.dialect, layout, joiner)
            archive.writestr(name + csvw.SUFFIX, described)
        report.seek(0)
        with archive.open(f"{NAME}-rapport.csv", "w", force_zip64=True) as into:
            shutil.copyfileobj(report, into)
    yield sink.taken()


class _Sink(io.RawIOBase):
    """What was written and not taken yet."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Hold these bytes."""
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        """All that is held, and hold it no longer."""
        held, self._held = bytes(self._held), bytearray()
        return held
