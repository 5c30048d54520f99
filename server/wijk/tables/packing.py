"""Packs the parts of a workbook so that the same content is the same bytes, at any hour."""

import zipfile
from pathlib import Path
from typing import IO

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20


def packed(made: IO[bytes], into: IO[bytes] | Path) -> None:
    """Write the same archive without the hour at which it was made, its parts in order."""
    made.seek(0)
    with (
        zipfile.ZipFile(made) as source,
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in sorted(source.infolist(), key=lambda it: it.filename):
            part = zipfile.ZipInfo(info.filename, _EARLIEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            with source.open(info) as taken, target.open(part, "w") as given:
                for piece in iter(lambda: taken.read(_PIECE), b""):
                    given.write(piece)
