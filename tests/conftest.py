"""What every room's tests share: the graph as shipped, and the command as people run it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from wijk import snapshot
from wijk.snapshot import Reading, Snapshot

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def reading() -> Reading:
    """The graph as shipped, with what is broken in it."""
    return snapshot.read(ROOT)


@pytest.fixture(scope="session")
def shipped(reading: Reading) -> Snapshot:
    """The graph as shipped."""
    return reading.snapshot


@pytest.fixture(scope="session")
def wijk(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command, from a folder that has nothing to do with the checkout."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("WIJK_")}

    def run(
        *arguments: object, given: str | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "wijk", *map(str, arguments)],
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=elsewhere,
            env=environment | variables,
            timeout=60,
            check=False,
        )

    return run
