"""The same graph in three engines, each behind a server of ours."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import httpx2
import pytest
from wijk import questions
from wijk.engine import Ask, Engine, formats
from wijk.engine.embedded import Embedded
from wijk.engine.limits import EngineLimits
from wijk.engine.remote.remote import Remote
from wijk.engine.remote.target import Access
from wijk.questions import Question
from wijk.snapshot import Snapshot

from .engines import ROOT, Running, oxigraph, push, serving, virtuoso

ELSEWHERE = ("oxigraph", "virtuoso")
SECONDS = "6"
"""The time limit of a query: more than any other query takes on a busy machine."""
PATIENCE = 60
"""Seconds to wait for an engine elsewhere that has just been loaded."""


@dataclass(frozen=True)
class Asked:
    """An engine of ours that is asked without a server before it."""

    name: str
    loop: asyncio.AbstractEventLoop
    engine: Engine

    def body(self, text: str, media_type: str = formats.JSON, **how: object) -> bytes:
        """What it answers, all of it."""

        async def whole() -> bytes:
            return await (await self.engine.answer(Ask(text, media_type, **how))).whole()

        return self.loop.run_until_complete(whole())


@pytest.fixture(scope="session")
def elsewhere(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, Running]]:
    """Both engines, each with the whole graph pushed to it."""
    with oxigraph() as one, virtuoso(tmp_path_factory.mktemp("virtuoso")) as other:
        engines = {"oxigraph": one, "virtuoso": other}
        for engine in engines.values():
            pushed = push(engine)
            assert pushed.returncode == 0, pushed.stderr
        yield engines


@pytest.fixture(scope="session", params=ELSEWHERE)
def name(request: pytest.FixtureRequest) -> str:
    """The name of an engine elsewhere."""
    return str(request.param)


@pytest.fixture(scope="session")
def remote(name: str, elsewhere: Mapping[str, Running], shipped: Snapshot) -> Iterator[Asked]:
    """That engine, asked by ours."""
    running = elsewhere[name]
    variables = running.variables
    access = Access(
        running.url,
        user=variables.get("WIJK_ENGINE_USER", ""),
        password=variables.get("WIJK_ENGINE_PASSWORD", ""),
    )
    limits = EngineLimits(seconds=PATIENCE)  # what is asked is which rows, not how soon
    engine = Remote(access, shipped.prefixes, shipped.base, f"{shipped.base}sparql", limits)
    yield from _asked(name, engine, shipped)


@pytest.fixture(scope="session")
def embedded(shipped: Snapshot) -> Iterator[Asked]:
    """The engine that comes along."""
    yield from _asked("embedded", Embedded(shipped.prefixes, f"{shipped.base}sparql"), shipped)


def _asked(name: str, engine: Engine, shipped: Snapshot) -> Iterator[Asked]:
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        runner.run(engine.load(shipped.nquads(), shipped.digest))
        runner.run(engine.start())
        yield Asked(name, loop, engine)
        runner.run(engine.aclose())


@pytest.fixture(scope="session")
def prepared() -> Mapping[str, Question]:
    """The prepared questions by name."""
    return questions.load(ROOT / "queries" / "questions")


@pytest.fixture(scope="session", params=("embedded", *ELSEWHERE))
def client(
    request: pytest.FixtureRequest, elsewhere: Mapping[str, Running]
) -> Iterator[httpx2.Client]:
    """A client of a server of ours, with each of the three engines behind it."""
    running = elsewhere.get(request.param)
    options = ["--engine", running.url] if running else []
    variables = running.variables if running else {}
    with (
        serving("--query-timeout", SECONDS, *options, **variables) as address,
        httpx2.Client(base_url=address, timeout=30) as client,
    ):
        deadline = time.monotonic() + PATIENCE
        while (ready := client.get("/health/ready")).status_code != 200:
            assert time.monotonic() < deadline, ready.text
        yield client
