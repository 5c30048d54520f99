"""What a keeper holds, kept small in the server for when another keeper has to be started."""

import asyncio
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field, replace

from wijk.engine import wire
from wijk.errors import EngineUnavailable

PIECE = 4 * 1024 * 1024
"""So many bytes are packed together."""


async def packed(data: bytes) -> AsyncGenerator[bytes, None]:
    """Bytes in packed pieces, made one by one: the first can be used while the next is made."""
    for start in range(0, len(data), PIECE):
        yield await asyncio.to_thread(zlib.compress, data[start : start + PIECE], 1)


async def here(pieces: Iterable[bytes]) -> AsyncGenerator[bytes, None]:
    """Pieces that are packed already."""
    for piece in pieces:
        yield piece


class Kept:
    """Bytes in packed pieces, as many times as they are needed; the first time they may come in."""

    def __init__(self, coming: AsyncIterator[bytes]) -> None:
        self._coming = coming
        self._pieces: list[bytes] = []
        self._broken = False

    @property
    def size(self) -> int:
        """How many bytes are kept now."""
        return sum(map(len, self._pieces))

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """All pieces, those that came before and those still to come.

        Raises:
            EngineUnavailable: they stopped coming, an earlier time.
        """
        at = 0
        while at < len(self._pieces) or await self._more():
            yield self._pieces[at]
            at += 1

    async def _more(self) -> bool:
        if self._broken:
            raise EngineUnavailable("The data did not all come in.")
        self._broken = True  # unless this ends well
        piece = await anext(self._coming, None)
        self._broken = False
        if piece is not None:
            self._pieces.append(piece)
        return piece is not None


@dataclass(frozen=True)
class Contents:
    """What a keeper holds; to `settle` is to make ready for graphs that share statements."""

    nquads: Kept
    digest: str
    prefixes: Mapping[str, str]
    base: str | None
    memory: int
    settle: bool = False
    changes: Mapping[str, bytes] = field(default_factory=dict)

    def head(self) -> wire.Head:
        """What a keeper has to know of it besides the data."""
        return {
            "prefixes": dict(self.prefixes),
            "base": self.base,
            "memory": self.memory,
            "settle": self.settle,
        }

    def loaded(self, nquads: Kept, digest: str) -> "Contents":
        """Other data, for the same use."""
        return replace(self, nquads=nquads, digest=digest, changes={})

    def changed(self, graphs: Mapping[str, bytes], digest: str) -> "Contents":
        """The same data, but for these graphs."""
        return replace(self, digest=digest, changes={**self.changes, **graphs})
