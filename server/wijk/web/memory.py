"""How much memory processes have, where the system tells (Linux)."""

import re
import resource
from collections.abc import Iterable
from pathlib import Path

_PRIVATE = re.compile(rb"^Private_(?:Clean|Dirty):\s+(\d+) kB", re.MULTILINE)


def resident(pid: int | str = "self") -> int | None:
    """Bytes in memory of a process; None when that is not to be had."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_bytes().split()[1]
    except (OSError, IndexError):
        return None
    return int(pages) * resource.getpagesize()


def private(pids: Iterable[int]) -> int | None:
    """Bytes that processes share with no other, together; None when that is not to be had.

    One that has ended in the meantime has none.
    """
    if resident() is None:
        return None
    return sum(_private(pid) for pid in pids)


def _private(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_bytes()
    except OSError:
        return 0
    return 1024 * sum(int(size) for size in _PRIVATE.findall(told))
