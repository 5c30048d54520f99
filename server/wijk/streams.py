"""Where the command writes: a reader that stops early is no error, a full disk is one message."""

import io
import os
from typing import Any, TextIO

from wijk.errors import OutputError


class _Careful(io.FileIO):
    """A file descriptor that, once it takes no more, swallows the rest."""

    def __init__(self, number: int, tells: bool) -> None:
        super().__init__(number, "w", closefd=False)
        self._tells = tells

    def write(self, data: Any) -> int:
        """Write what can be written.

        Raises:
            OutputError: it cannot be written, and not because the reader stopped.
        """
        try:
            return super().write(data)
        except OSError as error:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            if self._tells and not isinstance(error, BrokenPipeError):
                raise OutputError(
                    f"The result cannot be written: {error.strerror}. "
                    "Make room, or write it somewhere else."
                ) from error
        return memoryview(data).nbytes


def careful(stream: TextIO | None, tells: bool = True) -> TextIO:
    """The same stream, with trouble in writing told once (or not at all), and as a message."""
    if stream is None:
        return io.TextIOWrapper(io.BytesIO(), encoding="utf-8")  # nobody will read it
    if not isinstance(stream, io.TextIOWrapper) or isinstance(stream.buffer, io.BytesIO):
        return stream  # it is in memory
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Careful(stream.fileno(), tells)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering or stream.write_through,
    )
