"""Files of the desk: only for the one who runs the server, and never half written."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wijk.errors import OutputError

PRIVATE = 0o600
_FOLDER = 0o700


def folder(home: Path) -> None:
    """See that the home is there.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        home.mkdir(_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{home} cannot be made: {error.strerror}. Choose another home."
        ) from error


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Be the only one that changes a file; others wait.

    Raises:
        OutputError: the folder cannot be written.
    """
    folder(path.parent)
    try:
        number = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, PRIVATE)
    except OSError as error:
        raise OutputError(f"{path.parent} cannot be written: {error.strerror}.") from error
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)


def write(path: Path, text: bytes) -> None:
    """Write a file that only its owner can read: all of it, or nothing.

    Raises:
        OutputError: it cannot be written.
    """
    aside = path.with_name(f"{path.name}.new")
    try:
        with suppress(FileNotFoundError):
            aside.unlink()  # left behind by who was broken off; perhaps others can read it
        number = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
        with open(number, "wb") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.replace(aside, path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}.") from error
