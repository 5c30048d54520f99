"""What every room's tests share: the graph as shipped, and the command as people run it."""

import gc
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from hypothesis import HealthCheck, settings
from wijk import cli, snapshot
from wijk.snapshot import Reading, Snapshot

ROOT = Path(__file__).parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """Look for garbage less often: graphs are many small objects, and nearly all of them stay."""
    gc.set_threshold(100_000, 50, 100)
    # What is remembered of folders that were checked stays out of the cache of who runs this.
    os.environ["XDG_CACHE_HOME"] = str(config.cache.mkdir("cache")) if config.cache else os.devnull
    # How long an example takes says more of the machine than of what is tested. Every run tries the
    # same examples, so that who is told of a failure sees it; `search` begins elsewhere each time.
    calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.register_profile("calm", calm, derandomize=True)
    settings.register_profile("search", calm, print_blob=True)
    settings.load_profile(config.getoption("hypothesis_profile") or "calm")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """What a test reads with rdflib itself stays as written: pySHACL leaves that otherwise."""
    rdflib.NORMALIZE_LITERALS = False


# What takes longest goes first, so that no worker ends alone with it.
FIRST = ("tests/server/live/", "tests/shapes/", "tests/queries/", "tests/linking/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The folders that take long before the others, and the rest as it stands."""

    def place(item: pytest.Item) -> int:
        return next((n for n, it in enumerate(FIRST) if item.nodeid.startswith(it)), len(FIRST))

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object | None:
    """A file at a time to each worker, and all that ask the servers to one: they share them."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Spread(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            live = nodeid.startswith(FIRST[0])
            return FIRST[0] if live else super()._split_scope(nodeid)

    config.option.loadscopereorder = False
    return Spread(config, log)


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
def nquads(shipped: Snapshot) -> bytes:
    """The graph as shipped in N-Quads."""
    return shipped.nquads()


@pytest.fixture
def wijk(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command as a person would, in a folder that has nothing to do with the checkout."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(
        *arguments: object, given: str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        interrupted = signal.getsignal(signal.SIGINT)
        command = ["wijk", *map(str, arguments)]
        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.chdir(elsewhere)
            patch.delenv("WIJK_GRAPH", raising=False)
            for name, value in variables.items():
                patch.setenv(name, value)
            patch.setattr(sys, "argv", command)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
            with pytest.raises(SystemExit) as ended:
                cli.main()
        signal.signal(signal.SIGINT, interrupted)
        said = capsys.readouterr()
        return subprocess.CompletedProcess(command, ended.value.code or 0, said.out, said.err)

    return run
