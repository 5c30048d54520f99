"""Where the graph is, and which files are in it: nothing is passed over in silence."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from wijk.errors import GraphFolderError

NOT_READ = ("changes",)
"""The folders in data that hold no documents."""
FOLDERS = ("ontology", "data", "shapes", "queries")
_REMEDY = "Name a folder with ontology, data, shapes and queries in it: --graph DIR or WIJK_GRAPH."


def graph_root(chosen: Path | None = None) -> Path:
    """The folder that holds the four graph folders: chosen, `WIJK_GRAPH`, or what came along."""
    named = chosen or os.environ.get("WIJK_GRAPH")
    return Path(named) if named else came_along()


def came_along() -> Path:
    """The graph that this package travels with."""
    package = Path(__file__).resolve().parent
    travelled = package / "graph"
    return travelled if travelled.is_dir() else package.parents[1]


def require(root: Path, folders: Iterable[str] = FOLDERS) -> None:
    """See that this is a graph, and that all of these folders can be read to the bottom.

    Raises:
        GraphFolderError: what is not there or cannot be read, where, and what to do.
    """
    for path in (root, root / "data" / "catalog.ttl"):
        try:
            path.stat()
        except OSError as error:
            _refuse(error, path, root)
    for folder in folders:
        try:
            for _ in _walked(root / folder):
                pass
        except GraphFolderError as error:
            if (root / folder).exists():
                raise
            problem = f"there is no {folder}/, so this is not a whole graph"
            raise GraphFolderError(root, problem, _REMEDY) from error


def files(folder: Path, suffix: str, without: Iterable[str] = ()) -> list[Path]:
    """Every file below a folder whose name ends so, sorted; leave out these folders in it.

    Raises:
        GraphFolderError: a folder that is not there or cannot be read.
    """
    found: list[Path] = []
    left_out = [folder / name for name in without]
    for at, folders, names in _walked(folder):
        folders[:] = [name for name in folders if Path(at, name) not in left_out]
        found += [Path(at, name) for name in (*folders, *names) if name.endswith(suffix)]
    return sorted(found)


def _walked(folder: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    def refuse(error: OSError) -> NoReturn:
        _refuse(error, Path(error.filename or folder), folder)

    return os.walk(folder, onerror=refuse)


def content(path: Path) -> bytes:
    """What is in a file.

    Raises:
        GraphFolderError: it cannot be read, or never ends.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():  # a pipe never ends
            raise GraphFolderError(path, "it is not a file but a pipe or device", "Take it away.")
        return path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise GraphFolderError(path, problem, "Check its owner and rights.") from error


def beside(root: Path) -> str:
    """What the files beside the documents are now, as two hashes with a hyphen between them.

    They are the queries with the context of JSON-LD and the sentences of the check, and the change
    log.

    Raises:
        GraphFolderError: one cannot be read, or is a pipe or device: reading it would never end.
    """
    log = root / "data" / "changes"
    asked = [*files(root / "queries", ".rq"), root / "ontology" / "context.jsonld"]
    asked.append(root / "shapes" / "messages.csv")
    published = files(log, ".jsonl") if log.exists() else []
    return f"{_hash_of(asked, root)}-{_hash_of(published, root)}"


def _hash_of(paths: Iterable[Path], root: Path) -> str:
    hashed = hashlib.sha256()
    for path in paths:
        try:
            if path.exists() and not path.is_file() and not path.is_dir():
                raise GraphFolderError(
                    path, "it is not a file but a pipe or device", "Take it away."
                )
            text = path.read_bytes() if path.exists() else b""
        except OSError as error:
            _refuse(error, path, root)
        hashed.update(hashlib.sha256(f"{path}".encode()).digest() + hashlib.sha256(text).digest())
    return hashed.hexdigest()


def _refuse(error: OSError, path: Path, root: Path) -> NoReturn:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        remedy = "Check its owner and rights, and those of the folders above it."
        raise GraphFolderError(path, f"cannot be read ({error.strerror})", remedy) from error
    problem = "there is no such folder"
    if path.name == "catalog.ttl":
        path, problem = root, "there is no data/catalog.ttl, so this is not a graph"
    raise GraphFolderError(path, problem, _REMEDY) from error
