"""The engine tells how it is doing: places, readers, cache and data."""

import asyncio
import zlib
from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest
from wijk.engine import Ask, formats
from wijk.engine.contents import Kept, packed
from wijk.engine.embedded import Embedded, EngineLimits
from wijk.engine.state import Measured, State
from wijk.errors import DatasetError, EngineUnavailable, QueryTimeout

DATA = "".join(
    f"<https://example.org/{n}> <https://example.org/p> <https://example.org/{n}> "
    "<https://example.org/g> .\n"
    for n in range(100)
).encode()
SMALL = "ASK { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n_ ?o }"
LIMITS = EngineLimits(seconds=0.3, at_once=1)


def during(work: Callable[[Embedded], Awaitable[None]]) -> State:
    """How an engine is doing after some work."""

    async def run() -> State:
        engine = Embedded({}, limits=LIMITS)
        await engine.load(DATA, "een")
        await engine.start()
        try:
            await work(engine)
            return engine.state()
        finally:
            await engine.aclose()

    return asyncio.run(run())


def ask(text: str) -> Ask:
    """A query whose answer may be in any form."""
    return Ask(text, formats.JSON)


async def nothing(_: Embedded) -> None:
    """No work."""


def test_an_engine_that_starts_tells_its_data_and_its_processes() -> None:
    state = during(nothing)
    assert isinstance(Embedded({}), Measured)
    assert (state.digest, state.statements, state.places) == ("een", 100, 1)
    assert (state.taken, state.waiting, state.idle, state.working) == (0, 0, 1, 0)
    assert (state.readers_started, state.readers_killed, state.keepers_started) == (1, 0, 1)
    assert state.keeper
    assert len(state.readers) == 1


def test_an_answer_that_was_given_before_is_a_hit_and_says_so() -> None:
    async def twice(engine: Embedded) -> None:
        assert not (await engine.answer(ask(SMALL))).kept
        assert (await engine.answer(ask(SMALL))).kept

    state = during(twice)
    assert (state.cache_hits, state.cache_misses, state.cache_answers) == (1, 1, 1)
    assert state.cache_bytes > 0
    assert state.idle == 1, "the one reader is still there"


def test_a_query_that_is_stopped_leaves_one_killed_reader_and_no_taken_place() -> None:
    async def too_long(engine: Embedded) -> None:
        with pytest.raises(QueryTimeout):
            await engine.answer(ask(RUNAWAY))
        await engine.answer(ask(SMALL))

    state = during(too_long)
    assert (state.readers_killed, state.readers_started) == (1, 2)
    assert (state.taken, state.idle, state.working) == (0, 1, 0)


def test_what_is_under_way_and_what_waits_is_counted() -> None:
    async def beside(engine: Embedded) -> None:
        first = asyncio.create_task(engine.answer(ask(RUNAWAY)))
        second = asyncio.create_task(engine.answer(ask(SMALL)))
        while not (engine.state().working and engine.state().waiting):
            await asyncio.sleep(0)
        assert (engine.state().taken, engine.state().waiting) == (1, 1)
        with pytest.raises(QueryTimeout):
            await first
        await second

    assert during(beside).waiting == 0


def test_new_data_are_told_with_the_moment_they_came() -> None:
    before: list[State] = []

    async def renewed(engine: Embedded) -> None:
        before.append(engine.state())
        await engine.load(DATA + DATA.replace(b"/g>", b"/h>"), "twee")

    state = during(renewed)
    assert (state.digest, state.statements, state.keepers_started) == ("twee", 200, 2)
    assert state.loaded >= before[0].loaded


def test_what_is_kept_for_another_keeper_is_packed_and_comes_out_as_it_was() -> None:
    data = b"<urn:s> <urn:p> <urn:o> <urn:g> .\n" * 50_000
    kept = Kept(packed(data))

    async def whole() -> bytes:
        return b"".join([zlib.decompress(piece) async for piece in kept.pieces()])

    for _ in range(2):
        assert asyncio.run(whole()) == data
    assert kept.size < len(data) / 10


def test_data_that_stopped_coming_in_are_never_taken_for_whole() -> None:
    async def coming() -> AsyncGenerator[bytes, None]:
        yield b"the first"
        raise DatasetError("x.nq", 2, "it is broken")

    kept, came = Kept(coming()), []

    async def taken() -> None:
        async for piece in kept.pieces():
            came.append(piece)

    for error in (DatasetError, EngineUnavailable):
        with pytest.raises(error):
            asyncio.run(taken())
    assert came == [b"the first", b"the first"]
