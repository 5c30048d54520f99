"""A network with this machine in it and nothing else, so that a client cannot fetch elsewhere."""

import ctypes
import errno
import fcntl
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NEW = 0x40000000  # CLONE_NEWNET of unshare(2)
_SET_FLAGS = 0x8914  # SIOCSIFFLAGS of netdevice(7)
_UP = 0x1 | 0x40  # IFF_UP | IFF_RUNNING
_NAMESPACE = Path("/proc/thread-self/ns/net")


@contextmanager
def no_way_out() -> Iterator[None]:
    """In this block this thread, and every process it starts, has 127.0.0.1 and nothing else.

    A server that ran before the block cannot be reached in it. Needs root.
    """
    library = ctypes.CDLL(None, use_errno=True)
    before = os.open(_NAMESPACE, os.O_RDONLY)
    try:
        _checked(library.unshare(_NEW))
        try:
            _loopback()
            yield
        finally:
            _checked(library.setns(before, _NEW))
    finally:
        os.close(before)


def _loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh", b"lo", _UP))


def _checked(result: int) -> None:
    if result == 0:
        return
    code = ctypes.get_errno()
    hint = "; this needs root" if code == errno.EPERM else ""
    raise AssertionError(f"a network of its own: {os.strerror(code)}{hint}")
