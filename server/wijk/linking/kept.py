"""Answers of services on disk, so that a long harvest goes on where it was broken off."""

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from wijk.errors import OutputError

_DAY = 24 * 60 * 60.0


@dataclass(frozen=True)
class Kept:
    """A folder of answers by address; one that is older than a day is asked again."""

    folder: Path
    seconds: float = _DAY

    def read(self, url: str) -> bytes | None:
        """The answer that was kept for this address, if there is a fresh one."""
        path = self._path(url)
        try:
            if time.time() - path.stat().st_mtime > self.seconds:
                return None
            return path.read_bytes()
        except OSError:
            return None

    def write(self, url: str, answer: bytes) -> None:
        """Keep an answer; it is there whole or not at all.

        Raises:
            OutputError: the folder cannot be written.
        """
        path = self._path(url)
        part = path.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(answer)
            part.replace(path)
        except OSError as error:
            raise OutputError(f"{path} cannot be written: {error.strerror}.") from error

    def forget(self) -> None:
        """Remove all answers, and the folder when nothing else is in it."""
        for path in (*self.folder.glob("*.answer"), *self.folder.glob("*.part")):
            path.unlink(missing_ok=True)
        if self.folder.is_dir() and not any(self.folder.iterdir()):
            self.folder.rmdir()

    def _path(self, url: str) -> Path:
        return self.folder / f"{hashlib.sha256(url.encode()).hexdigest()}.answer"
