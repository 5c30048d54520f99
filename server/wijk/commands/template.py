"""`wijk template`: a workbook to fill in, made from the shapes."""

from pathlib import Path
from typing import Annotated

import typer

from wijk import snapshot
from wijk.arguments import Graph, root_of, whole
from wijk.errors import OutputError, RequestError
from wijk.tabular import exporting, making
from wijk.terminal import say

File = Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="Where the workbook goes.")]
WithData = Annotated[bool, typer.Option("--with-data", help="With all that is in the graph.")]
Force = Annotated[bool, typer.Option("--force", help="Also when that file is there already.")]


def template(
    file: File, with_data: WithData = False, force: Force = False, graph: Graph = None
) -> None:
    """Make a workbook to fill in: sheets, drop-downs and help from the shapes."""
    if file.suffix.lower() != ".xlsx":
        raise RequestError(f"{file}: give the workbook a name that ends in .xlsx.")
    if file.exists() and not force:
        raise RequestError(f"{file} is there already. Choose another name, or add --force.")
    taken = whole(snapshot.read(root_of(graph)))
    part = file.with_name(f".{file.name}.new")
    try:
        with part.open("wb") as stream:
            making.write(taken, stream, exporting.rows(taken) if with_data else None)
        part.replace(file)
    except OSError as error:
        raise OutputError(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    say(f"{file} is made. Fill it in, and hand it in with `wijk import {file}`.")
