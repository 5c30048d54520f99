"""What is given to the command: paths, values and texts."""

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from wijk import resources
from wijk.errors import RequestError, WijkError
from wijk.snapshot import Reading, Snapshot

Graph = Annotated[
    Path | None,
    typer.Option(help="The folder with the graph; else WIJK_GRAPH, else the one that came along."),
]


def root_of(chosen: Path | None) -> Path:
    """The folder with the graph.

    Raises:
        GraphFolderError: no such folder, or no graph in it.
    """
    root = resources.graph_root(chosen).absolute()
    resources.require(root)
    return root


def a_day(text: str) -> date:
    """The day given with --date.

    Raises:
        RequestError: it is not one.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RequestError(f"--date: '{text}' is not a date. Write it as 2022-03-24.") from error


def whole(reading: Reading) -> Snapshot:
    """The snapshot, when nothing of the folder is left out of it.

    Raises:
        WijkError: a file could not be read, and where.
    """
    if reading.broken:
        first, rest = reading.broken[0], len(reading.broken) - 1
        more = f" ({rest} more; see `wijk check`)" if rest else ""
        line = f", line {first.line}" if first.line else ""
        raise WijkError(f"{reading.snapshot.root / first.path}{line}: {first.reason}{more}")
    return reading.snapshot


def sorted_out(paths: list[Path], root: Path) -> tuple[list[str], list[Path]]:
    """Which paths are in the graph, and which are Turtle files from elsewhere.

    Raises:
        RequestError: a path that is neither.
    """
    inside: list[str] = []
    extra: list[Path] = []
    for path in paths:
        try:
            found = next((each for each in (path, root / path) if each.exists()), None)
        except OSError as error:
            raise RequestError(f"{path} cannot be read: {error.strerror}.") from error
        if found is None:
            raise RequestError(f"{path}: there is no such file or folder, here or in {root}.")
        if found.resolve().is_relative_to(root.resolve()):
            inside.append(found.resolve().relative_to(root.resolve()).as_posix())
        elif found.is_file() and found.suffix == ".ttl":
            extra.append(found)
        else:
            raise RequestError(f"{path} is not in {root} and is not a Turtle file (.ttl).")
    return inside, extra


def pairs(given: list[str]) -> dict[str, str]:
    """The values of a question, by name.

    Raises:
        RequestError: not key=value, or a key that comes twice.
    """
    found: dict[str, str] = {}
    for pair in given:
        name, equals, value = pair.partition("=")
        if not equals or name in found:
            raise RequestError(f"'{pair}': give each value once, as key=value.")
        found[name] = value
    return found


def text_of(file: Path) -> str:
    """The text of a file; of stdin when the name is `-`.

    Raises:
        RequestError: it cannot be read, or is not text.
    """
    try:
        source = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return source.decode("utf-8")
    except OSError as error:
        raise RequestError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        named = "What came in" if str(file) == "-" else file
        line = error.object.count(b"\n", 0, error.start) + 1
        raise RequestError(f"{named} is not UTF-8 text (line {line}).") from error
