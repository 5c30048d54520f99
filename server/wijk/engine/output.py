"""Where the store writes an answer: up to a limit, and handed on in pieces when it is long."""

import io
import re
from collections.abc import Callable
from typing import Any, Final

from wijk.errors import QueryTooLarge

FIRST: Final = 1024 * 1024
"""Bytes that are held before the first piece goes; what goes wrong till then has a status."""

NEXT: Final = 256 * 1024
"""The size of the pieces after that."""

# XML 1.0 has no place for these, escaped or not; a bare carriage return would become a newline.
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_BEGUN = (b"\xef\xbf", b"\xef")


class Output(io.BytesIO):
    """A file that keeps what is written, or sends it on as soon as there is enough of it.

    Without `send`, everything stays until `taken`. As `xml`, what XML cannot hold is replaced.
    """

    def __init__(
        self, limit: int | None = None, send: Callable[[bytes], object] | None = None
    ) -> None:
        super().__init__()
        self.xml = False
        self._limit = limit
        self._send = send
        self._piece = FIRST
        self._gone = 0
        self._begun = b""

    def write(self, data: Any) -> int:
        """Take more.

        Raises:
            QueryTooLarge: it is more than the limit, in bytes.
        """
        written = super().write(data)
        if self._limit is not None and self._gone + self.tell() > self._limit:
            raise QueryTooLarge(
                f"The answer is longer than {self._limit:,} bytes. "
                "Ask for fewer rows or columns, or page with LIMIT and OFFSET."
            )
        if self._send is not None and self.tell() >= self._piece:
            self._piece = NEXT
            self._send(self.taken(last=False))
        return written

    def taken(self, last: bool = True) -> bytes:
        """What was written since the last time."""
        self._gone += self.tell()
        body = self.getvalue()
        self.seek(0)
        self.truncate()
        return self._as_xml(body, last) if self.xml else body

    def _as_xml(self, body: bytes, last: bool) -> bytes:
        body = self._begun + body
        # A character of three bytes may stand astride of two pieces.
        self._begun = b"" if last else next((end for end in _BEGUN if body.endswith(end)), b"")
        body = body[: len(body) - len(self._begun)]
        return _NOT_XML.sub(b"\xef\xbf\xbd", body).replace(b"\r", b"&#13;")
