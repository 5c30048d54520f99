"""The process that reads the files of a dataset and writes them as N-Quads.

It is a process of its own, with so much memory and no more: a file that makes a parser run out of
its stack, its memory or its time ends this process, and nothing else. What it is to read comes as
JSON on stdin; N-Quads go to stdout in packed pieces, each with its size packed and as it was, and
what becomes of it to stderr, an object of JSON a line.
"""

import contextlib
import hashlib
import io
import json
import resource
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

_FORMATS: Final = {
    form.media_type: form
    for form in (
        ox.RdfFormat.N_QUADS,
        ox.RdfFormat.TRIG,
        ox.RdfFormat.TURTLE,
        ox.RdfFormat.N_TRIPLES,
        ox.RdfFormat.RDF_XML,
        ox.RdfFormat.JSON_LD,
    )
}
_NO_CONTEXT = "remote contexts"
_ELSEWHERE = (
    "it names a context that is elsewhere, and nothing is fetched; put that context itself in the "
    "file, as the value of @context"
)
_STEP = 500_000
_MIB = 1024 * 1024
_PIECE = _MIB
SIZES = struct.Struct(">II")


class _Unreadable(Exception):
    """A file that cannot be read, and why."""


def main() -> None:
    """Read all files, or say which one cannot be read."""
    asked = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Long literals and many names take room; a file and its expansion have theirs besides.
    room = asked["memory"] + sum(_size(file["path"]) * 2 for file in asked["files"])
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
    counts = {"statements": 0, "unnamed": 0}
    hashed = hashlib.sha256()
    pieces = io.BufferedWriter(_Pieces(), _PIECE)
    for number, file in enumerate(asked["files"]):
        _tell({"file": number})
        try:
            text = _text(file["path"])
            hashed.update(f"{file['base']} {file['media_type']} {len(text)}\n".encode())
            hashed.update(text)
            ox.serialize(_quads(text, file, counts), pieces, ox.RdfFormat.N_QUADS)
        except MemoryError:
            _tell({"failed": number, "reason": "reading it needs more memory than it may have"})
            return
        except SyntaxError as error:
            _tell({"failed": number, "line": error.lineno, "reason": _said(str(error.msg))})
            return
        except (OSError, ValueError, EOFError, zlib.error, _Unreadable) as error:
            reason = getattr(error, "strerror", None) or str(error)
            _tell({"failed": number, "reason": f"cannot be read ({reason})"})
            return
    pieces.flush()
    _tell({"digest": hashed.hexdigest(), **counts})


class _Pieces(io.RawIOBase):
    """Packs what is written, each time, and sends it."""

    def writable(self) -> bool:
        """Part of what a file is."""
        return True

    def write(self, part: Any) -> int:
        """Take a part, all of it."""
        packed = zlib.compress(part, 1)
        sys.stdout.buffer.write(SIZES.pack(len(packed), len(part)) + packed)
        sys.stdout.buffer.flush()
        return len(part)


def _quads(text: bytes, file: dict[str, Any], counts: dict[str, int]) -> Iterator[ox.Quad]:
    """The statements of a file; a blank node of one file is none of another."""
    form = _FORMATS[file["media_type"]]
    unnamed = ox.DefaultGraph()
    for quad in ox.parse(text, form, base_iri=file["base"], rename_blank_nodes=True):
        counts["statements"] += 1
        counts["unnamed"] += quad.graph_name == unnamed
        if counts["statements"] % _STEP == 0:
            _tell({"read": counts["statements"]})
        yield quad


def _text(path: str) -> bytes:
    """The bytes of a file, unpacked when it is packed.

    Raises:
        _Unreadable: it is packed, and so much larger unpacked that it is no file of data.
    """
    packed = Path(path).read_bytes()
    if not path.endswith(".gz"):
        return packed
    most = 64 * _MIB + 200 * len(packed)
    found = bytearray()
    while packed:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        found += unpacker.decompress(packed, most + 1 - len(found))
        if len(found) > most:
            raise _Unreadable(f"unpacked it is more than {most:,} bytes")
        if not unpacker.eof:
            raise _Unreadable("the packed file stops halfway")
        packed = unpacker.unused_data
    return bytes(found)


def _size(path: str) -> int:
    try:
        size = Path(path).stat().st_size
    except OSError:
        return 0
    return 200 * size if path.endswith(".gz") else size


def _said(reason: str) -> str:
    """What the parser says is wrong, in words for who has the file."""
    return _ELSEWHERE if _NO_CONTEXT in reason else reason


def _tell(said: dict[str, Any]) -> None:
    print(json.dumps(said), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
