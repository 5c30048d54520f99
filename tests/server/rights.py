"""Be someone for whom the rights of files count, as they do not for root."""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager

# See capabilities(7) and capset(2): version 3, and the two by which root passes over all rights.
_VERSION = 0x20080522
_PASSES_OVER = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Set(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable"))


@contextmanager
def as_anyone() -> Iterator[None]:
    """Within this, who may not read a file cannot, also when it is root.

    Raises:
        OSError: the system does not let go of these rights.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(_VERSION, 0), (_Set * 2)()
    _done(libc.capget(ctypes.byref(header), sets))
    had = sets[0].effective
    sets[0].effective = had & ~_PASSES_OVER
    _done(libc.capset(ctypes.byref(header), sets))
    try:
        yield
    finally:
        sets[0].effective = had
        _done(libc.capset(ctypes.byref(header), sets))


def _done(result: int) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
