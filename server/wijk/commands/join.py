"""`wijk join`: a table of one's own, with the cases of each area beside it."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from wijk import questions, resources, snapshot
from wijk.arguments import Graph, a_day, root_of, whole
from wijk.engine import formats
from wijk.engine.local import LocalStore
from wijk.errors import OutputError, RequestError, TableError
from wijk.linking import csvw, here, tables
from wijk.linking.cases import QUERIES, Cases, Told
from wijk.linking.join import Joiner
from wijk.linking.tally import Tally
from wijk.linking.texts import TextTable
from wijk.snapshot import Snapshot
from wijk.terminal import counting, say

File = Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file or .xlsx; - is stdin.")]
Code = Annotated[str | None, typer.Option(help="The column with the codes: its name or number.")]
Day = Annotated[
    str | None, typer.Option("--date", help="The date of the codes, as 2022-03-24; else today.")
]
Output = Annotated[Path | None, typer.Option(help="Where the joined table goes; else stdout.")]
Report = Annotated[Path | None, typer.Option(help="Where the codes go that did not fit, and why.")]


def join(
    file: File,
    code: Code = None,
    day: Day = None,
    output: Output = None,
    report: Report = None,
    graph: Graph = None,
) -> None:
    """Put the cases of each area, their themes, lessons and links beside the rows of a table."""
    on = a_day(day) if day is not None else date.today()
    with ExitStack() as opened:
        opened.enter_context(_named(file))
        stream = opened.enter_context(_read(file))
        table = tables.opened(stream)
        layout = table.lay(code)
        _refuse_places(file, table, output, report)
        out = opened.enter_context(_written(output)) if output else sys.stdout.buffer
        into = opened.enter_context(_written(report)) if report else None
        tally = Tally(tables.reporting(into) if into else lambda line: None)
        taken = whole(snapshot.read(root_of(graph)))
        told = _asked(taken)
        joiner = Joiner(Cases.of(told, here.register(taken), on), bool(day))
        _write(table.joined(layout, joiner, tally), stream, out)
        if output and isinstance(table, TextTable):
            beside = opened.enter_context(_written(output.with_name(output.name + csvw.SUFFIX)))
            beside.write(csvw.written(output.name, table.dialect, layout, joiner))
    _conclude(tally, report)


def _write(pieces: Iterable[bytes], stream: BinaryIO, out: BinaryIO) -> None:
    size = os.fstat(stream.fileno()).st_size
    with counting("Joining") as tell:
        for piece in pieces:
            out.write(piece)
            tell(stream.tell(), size)


def _conclude(tally: Tally, report: Path | None) -> None:
    """Say how it went, and of what did not fit an example of each kind, or where all of it is."""
    say(tally.summary())
    for found, (_, _, row, _, why, _) in tally.failed.items():
        if not report:
            say(f"  {found}, zoals in rij {row}: {why}")
    if tally.failed:
        where = f"in {report}" if report else "met --report FILE"
        say(f"Alle codes die niet pasten, met de reden: {where}.")


def _asked(taken: Snapshot) -> Told:
    """What the queries for a join say of this graph."""
    store = LocalStore(taken.nquads(), taken.prefixes)
    pages = questions.load(resources.came_along() / "queries" / "pages")
    pages |= questions.load(taken.root / "queries" / "pages")
    told = {}
    for name in QUERIES:
        found = json.loads(store.query(pages[name].text, formats.JSON))["results"]["bindings"]
        told[name] = [{key: term["value"] for key, term in row.items()} for row in found]
    return told


def _refuse_places(
    file: Path, table: tables.Table, output: Path | None, report: Path | None
) -> None:
    places = [each.resolve() for each in (file, output, report) if each]
    if len(set(places)) < len(places):
        raise RequestError("FILE, --output and --report must be different files.")
    suffix = table.suffix
    if suffix == ".xlsx" and output is None:
        raise RequestError("A workbook cannot go to stdout. Say where to: --output OUT.xlsx.")
    if output is not None and (output.suffix.lower() == ".xlsx") != (suffix == ".xlsx"):
        raise RequestError(f"{file} is written as {suffix}; give {output} that ending as well.")


@contextmanager
def _named(file: Path) -> Iterator[None]:
    """What is wrong with the table is told with its name."""
    try:
        yield
    except TableError as error:
        raise RequestError(f"{file}: {error}") from error


@contextmanager
def _read(file: Path) -> Iterator[BinaryIO]:
    """A stream that can be read more than once; of a pipe what comes is kept first."""
    try:
        with ExitStack() as opened:
            named = str(file) != "-"
            stream = opened.enter_context(file.open("rb")) if named else sys.stdin.buffer
            if not named or not stream.seekable():
                kept = opened.enter_context(tempfile.TemporaryFile())
                shutil.copyfileobj(stream, kept)
                stream = kept
            yield stream
    except OSError as error:
        raise RequestError(f"{file} cannot be read: {error.strerror}.") from error


@contextmanager
def _written(path: Path) -> Iterator[BinaryIO]:
    """A file that is there when all of it is."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
