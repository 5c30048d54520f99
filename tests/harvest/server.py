"""`wijk serve` over any folder, on a free port of this machine."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 60


@contextmanager
def serving(folder: Path, *options: str, port: int = 0, **variables: str) -> Iterator[str]:
    """The address of a server over this folder, without a slash at its end, until the block ends.

    Options are those of `wijk serve`; variables are of its environment, such as WIJK_PUBLIC_URL.
    """
    command = [sys.executable, "-m", "wijk", "serve", "--port", str(port), "--graph", str(folder)]
    environ = {**os.environ, **variables}
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, text=True, env=environ
    ) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip().rstrip("/")
            assert address.startswith("http://127.0.0.1:"), "the server did not begin"
            yield address
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def free_port() -> int:
    """A port of this machine that nobody has now, for who must know an address beforehand."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
