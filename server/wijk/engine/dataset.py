"""Reads files in any format of RDF as one dataset, in a process that may fail."""

import asyncio
import json
import re
import signal
import sys
import tempfile
import zlib
from asyncio import StreamReader
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import quote, urljoin

from wijk.engine import formats, parser
from wijk.errors import DatasetError, EngineUnavailable

KINDS: Final = {
    ".nq": formats.N_QUADS,
    ".trig": formats.TRIG,
    ".ttl": formats.TURTLE,
    ".nt": formats.N_TRIPLES,
    ".rdf": formats.RDF_XML,
    ".owl": formats.RDF_XML,
    ".xml": formats.RDF_XML,
    ".jsonld": formats.JSON_LD,
    ".json": formats.JSON_LD,
}
"""What the end of a file's name says of what is in it; `.gz` may follow."""

T = TypeVar("T")
_PLACE = re.compile(r"^Parser error (?:at|between) [^:]*: ")
_MIB = 1024 * 1024
_MEMORY = 1024 * _MIB
_LEAST_SECONDS = 60.0
_BYTES_A_SECOND = 200_000
_LONGER = 100
"""So many times longer than its files may a dataset be as N-Quads, and then 64 MiB."""


@dataclass(frozen=True)
class File:
    """One file of a dataset, its format and what its relative addresses are resolved against."""

    path: Path
    media_type: str
    base: str


@dataclass(frozen=True)
class Dataset:
    """What stood in the files, packed: statements, how many of them in the graph without a name."""

    pieces: tuple[bytes, ...] = field(repr=False)
    digest: str
    statements: int
    unnamed: int

    @property
    def nquads(self) -> bytes:
        """The statements, as N-Quads."""
        return b"".join(map(zlib.decompress, self.pieces))


def files(paths: Iterable[Path], base: str = "") -> tuple[File, ...]:
    """The files of a dataset; each has its own address for a base, or its name after `base`.

    Raises:
        DatasetError: a file that is not there, or whose name does not say what is in it.
    """
    found = []
    for path in paths:
        name = path.name.removesuffix(".gz")
        if (kind := KINDS.get(Path(name).suffix.lower())) is None:
            known = ", ".join(KINDS)
            raise DatasetError(path, None, f"its name must end in one of {known} (or that and .gz)")
        if path.is_dir():
            raise DatasetError(path, None, "this is a folder; name the files in it")
        if not path.exists():
            raise DatasetError(path, None, "there is no such file")
        own = urljoin(base, quote(name)) if base else path.absolute().as_uri()
        found.append(File(path, kind, own))
    return tuple(found)


async def read(chosen: Iterable[File], progress: Callable[[str], None] = lambda _: None) -> Dataset:
    """Read all files as one dataset; `progress` hears of it when it takes long.

    Raises:
        DatasetError: the first file that cannot be read, with line and reason.
        EngineUnavailable: the process that reads cannot be started, or is killed each time.
    """
    wanted = tuple(chosen)
    for last in (False, True):
        reading = Reading(wanted, progress)
        try:
            pieces = [piece async for piece in reading.pieces()]
        except EngineUnavailable:
            if last:
                raise
        else:
            return Dataset(tuple(pieces), reading.digest, reading.statements, reading.unnamed)
    raise AssertionError("the last time is the end")


class Reading:
    """One reading of all files; what stood in them is known when all pieces are taken."""

    def __init__(
        self, chosen: Iterable[File], progress: Callable[[str], None] = lambda _: None
    ) -> None:
        """`progress` hears of it when it takes long."""
        self._files = tuple(chosen)
        size = sum(_size(file.path) for file in self._files)
        self._most = 64 * _MIB + _LONGER * size
        self._seconds = _LEAST_SECONDS + size / _BYTES_A_SECOND
        self._progress = progress
        self._at = 0
        self.digest = ""
        self.statements = self.unnamed = 0

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """The statements as N-Quads, in packed pieces.

        Raises:
            DatasetError: a file that cannot be read, with line and reason.
            EngineUnavailable: the process that reads is killed, or cannot be started.
        """
        until = asyncio.get_running_loop().time() + self._seconds
        process = await _started(self._files)
        assert process.stdout is not None
        assert process.stderr is not None
        saying = asyncio.create_task(self._said(process.stderr))
        longer = f"reading it takes longer than {self._seconds:.0f} seconds"
        try:
            while piece := await _until(until, self._piece(process.stdout)):
                yield piece
            self._known(await _until(until, saying), await _until(until, process.wait()))
        except TimeoutError:
            raise self._failure(longer) from None
        finally:
            saying.cancel()
            await _ended(process)

    def _known(self, last: dict[str, Any], status: int) -> None:
        if "failed" in last:
            raise DatasetError(
                self._files[last["failed"]].path, last.get("line"), _reason(last["reason"])
            )
        if "digest" in last:
            self.digest, self.statements = last["digest"], last["statements"]
            self.unnamed = last["unnamed"]
        elif status == -signal.SIGKILL:  # that says nothing of the files
            raise EngineUnavailable(
                "The process that reads the data is killed, each time it is started. Check the "
                "memory that this machine has left."
            )
        else:
            raise self._failure("it is nested too deeply, or reading it needs too much memory")

    def _failure(self, reason: str) -> DatasetError:
        """What is wrong with the file that was being read."""
        return DatasetError(self._files[self._at].path, None, reason)

    async def _piece(self, stream: StreamReader) -> bytes:
        """The next piece; nothing when the process says no more."""
        with suppress(asyncio.IncompleteReadError):
            size, whole = parser.SIZES.unpack(await stream.readexactly(parser.SIZES.size))
            self._most -= whole
            if self._most < 0:
                raise self._failure("as N-Quads it is far longer than the file is")
            return await stream.readexactly(size)
        return b""

    async def _said(self, stream: StreamReader) -> dict[str, Any]:
        """The last that the process says of itself; what comes before is progress."""
        last: dict[str, Any] = {}
        async for line in stream:
            with suppress(ValueError):
                said = json.loads(line)
                self._at = said.get("file", self._at)
                if "read" in said:
                    self._progress(f"{said['read']:,} statements read.")
                last = said
        return last


async def _started(wanted: tuple[File, ...]) -> Process:
    """The process that reads these files; it finds in a file what is asked of it.

    A pipe would break when the process is killed before it has read that.
    """
    asked = {
        "memory": _MEMORY,
        "files": [
            {"path": str(file.path), "media_type": file.media_type, "base": file.base}
            for file in wanted
        ],
    }
    command = (sys.executable, "-m", "wijk.engine.parser")
    try:
        with tempfile.TemporaryFile() as given:
            given.write(json.dumps(asked).encode())
            given.seek(0)
            return await asyncio.create_subprocess_exec(
                *command, stdin=given, stdout=PIPE, stderr=PIPE, start_new_session=True, limit=_MIB
            )
    except OSError as error:
        raise EngineUnavailable(
            f"The process that reads the data cannot be started: {error.strerror}. "
            "Check the installation and the limits on memory and processes."
        ) from error


async def _until(until: float, work: Awaitable[T]) -> T:
    async with asyncio.timeout_at(until):
        return await work


async def _ended(process: Process) -> None:
    """Wait until the process is no more; one that may still be busy is killed."""
    pipes = (process.stdout, process.stderr)
    if not all(pipe is not None and pipe.at_eof() for pipe in pipes):
        with suppress(ProcessLookupError):
            process.kill()
    await process.wait()


def _reason(said: str) -> str:
    """The parser's words, without the place that is told apart."""
    return " ".join(_PLACE.sub("", said).split())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size * (200 if path.name.endswith(".gz") else 1)
    except OSError:
        return 0
