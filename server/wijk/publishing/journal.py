"""All or nothing: what a publication writes is prepared in one file beside data/ first.

`.publishing` is complete from the moment it has that name. From then on the publication is a fact:
whoever comes next finishes it. What was not complete by then is called `.publishing.new` and is
thrown away.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from wijk import stamps
from wijk.documents import hashed
from wijk.errors import OutputError, PublishError, WijkError

NAME = ".publishing"
Step = Callable[[str], None]
"""Is called after each step, with its name: a test ends the process there."""


@dataclass(frozen=True)
class File:
    """One file as it is to be; `before` is the SHA-256 of what it was, nothing when it is new.

    A document has its IRI and its stamp, to be put in a text that was edited meanwhile.
    """

    path: str
    before: str
    after: str = field(repr=False)
    document: str = ""
    stamp: str = ""


@dataclass(frozen=True)
class Journal:
    """The files of one publication, in the order in which they take their place, and a message.

    The author is who git is to name, as `Name <mail>`; without one it is who git knows.
    """

    files: tuple[File, ...]
    message: str
    commit: bool
    author: str = ""

    @property
    def paths(self) -> tuple[PurePosixPath, ...]:
        """Where its files are in the folder."""
        return tuple(PurePosixPath(file.path) for file in self.files)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Be the only one who publishes this folder; the system lets go when the process ends.

    Raises:
        PublishError: another process publishes it now.
    """
    descriptor = os.open(root / "data", os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise PublishError(
                f"{root} is being published by another process. Wait until that is done.", "busy"
            ) from error
        yield
    finally:
        os.close(descriptor)


def begin(root: Path, journal: Journal, step: Step) -> None:
    """Make a publication a fact.

    Raises:
        OutputError: it cannot be written; then nothing happened.
    """
    aside = root / f"{NAME}.new"
    try:
        _written(aside, json.dumps(asdict(journal), ensure_ascii=False).encode())
        step("prepared")
        aside.replace(root / NAME)
        _settled(root)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise OutputError(f"{root / NAME} cannot be written: {error.strerror}.") from error
    step("begun")


def unfinished(root: Path) -> Journal | None:
    """The publication that is a fact and is not finished, if there is one.

    Raises:
        OutputError: it cannot be read.
    """
    path = root / NAME
    try:
        told = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        problem = f"{path} cannot be read ({error}). Put the folder back from git."
        raise OutputError(problem) from error
    files = tuple(File(**file) for file in told["files"])
    return Journal(files, told["message"], told["commit"], told.get("author", ""))


def undo(root: Path) -> bool:
    """Throw away what was prepared and is no fact; tells whether there was something."""
    aside = root / f"{NAME}.new"
    there = aside.exists()
    with suppress(OSError):
        aside.unlink(missing_ok=True)
    return there


def finish(root: Path, journal: Journal, commit: Callable[[Journal], None], step: Step) -> None:
    """Put every file in its place that is not there yet, then commit, and be done.

    Raises:
        OutputError: a file cannot be written; the next one who comes tries it again.
        PublishError: the commit is refused; the same.
    """
    try:
        for number, file in enumerate(journal.files):
            _placed(root, file)
            step(f"placed {number}")
        for folder in sorted({(root / path).parent for path in journal.paths}):
            _settled(folder)
        step("settled")
        if journal.commit:
            commit(journal)
            step("committed")
        (root / NAME).unlink()
        _settled(root)
    except OSError as error:
        raise OutputError(
            f"{error.filename} cannot be written: {error.strerror}. "
            "Correct that; the next `wijk publish` finishes this publication."
        ) from error
    step("done")


def _placed(root: Path, file: File) -> None:
    path = root / file.path
    now = hashed(path.read_bytes()) if path.is_file() else ""
    text = file.after.encode()
    if now == hashed(text):
        return
    if now and now != file.before and file.document:
        try:  # somebody went on editing: that stays, and comes after what is published
            text = stamps.stamped(path.read_bytes(), file.document, file.stamp)
        except WijkError:
            return  # the check tells what is wrong with it
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    _written(aside, text)
    if path.is_file():
        aside.chmod(path.stat().st_mode & 0o777)
    aside.replace(path)


def _written(path: Path, text: bytes) -> None:
    """Write a file, and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _settled(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
