"""What a keeper holds, kept small in the server for when another keeper has to be started."""

import asyncio
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

_SMALL = 1024 * 1024


class Kept:
    """Bytes that are seldom needed again: packed as soon as they have been used."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._packed = False

    @property
    def size(self) -> int:
        """How many bytes it takes now."""
        return len(self._data)

    def whole(self) -> bytes:
        """The bytes as they were."""
        return zlib.decompress(self._data) if self._packed else self._data

    async def pack(self) -> None:
        """Take less room; in a thread, beside whatever reads them."""
        if not self._packed and len(self._data) > _SMALL:
            self._data = await asyncio.to_thread(zlib.compress, self._data, 1)
            self._packed = True


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

    def loaded(self, nquads: bytes, digest: str) -> "Contents":
        """Other data, for the same use."""
        return replace(self, nquads=Kept(nquads), digest=digest, changes={})

    def changed(self, graphs: Mapping[str, bytes], digest: str) -> "Contents":
        """The same data, but for these graphs."""
        return replace(self, digest=digest, changes={**self.changes, **graphs})
