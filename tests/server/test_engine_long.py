"""Long answers of the engine: in pieces, kept for who is slow, and bounded for all together."""

import asyncio
import gc
import os
import signal
import weakref

import pytest
from wijk.engine import Answer, Ask, formats
from wijk.engine.embedded import Embedded
from wijk.engine.output import FIRST, Output
from wijk.errors import EngineBusy, EngineUnavailable, QueryTimeout, QueryTooLarge
from wijk.web.replies import BREAK, Long

ROWS = 120_000
LONG = f"SELECT ?a ?d {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {ROWS}"
ENDLESS = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MIB = 1024 * 1024


async def ask(engine: Embedded, text: str) -> Answer:
    return await engine.answer(Ask(text, formats.CSV))


async def free(engine: Embedded) -> None:
    """Wait until no query has a place."""
    async with asyncio.timeout(10):
        while engine.state().taken:
            await asyncio.sleep(0.01)


def test_a_long_answer_holds_no_place_while_nobody_takes_it(engine):
    async def scenario() -> None:
        async with engine(at_once=1) as started:
            answer = await ask(started, LONG)
            assert answer.rest is not None
            await free(started)
            assert (await ask(started, "SELECT (1 AS ?n) {}")).body.split() == [b"n", b"1"]
            assert (await answer.whole()).count(b"\r\n") == ROWS + 1

    asyncio.run(scenario())


def test_what_is_kept_for_slow_clients_is_bounded_and_then_time_is_over(engine):
    async def scenario() -> None:
        async with engine(at_once=1, seconds=1.0, spool=MIB, queue=0) as started:
            answer = await ask(started, LONG)
            with pytest.raises(EngineBusy):
                await ask(started, "SELECT (1 AS ?n) {}")
            await free(started)
            with pytest.raises(QueryTimeout):
                await answer.whole()
            assert (await ask(started, "SELECT (2 AS ?n) {}")).body.split() == [b"n", b"2"]

    asyncio.run(scenario())


def test_who_wants_no_more_of_an_answer_stops_it(engine):
    async def scenario() -> None:
        async with engine(spool=MIB) as started:
            for _ in range(3):
                answer = await ask(started, ENDLESS)
                await answer.aclose()
                await free(started)
            assert started.state().readers_killed == 3

    asyncio.run(scenario())


def test_an_answer_that_nobody_even_looks_at_leaves_no_room_taken(engine):
    async def scenario() -> None:
        async with engine(at_once=1) as started:
            await ask(started, LONG)
            await free(started)
            await asyncio.sleep(0)
            assert started._spool.held == 0

    asyncio.run(scenario())


def test_a_reader_that_is_killed_in_the_middle_ends_its_answer_with_an_error(engine):
    async def scenario() -> None:
        async with engine(spool=MIB) as started:
            answer = await ask(started, ENDLESS)
            (reader,) = started.state().readers
            os.kill(reader, signal.SIGKILL)
            with pytest.raises(EngineUnavailable):
                await answer.whole()
            assert (await ask(started, "SELECT (3 AS ?n) {}")).body.split() == [b"n", b"3"]

    asyncio.run(scenario())


def test_an_answer_over_its_size_says_so_after_it_has_begun(engine):
    async def scenario() -> None:
        async with engine(answer=2 * MIB) as started:
            answer = await ask(started, ENDLESS)
            with pytest.raises(QueryTooLarge, match="2,097,152 bytes"):
                await answer.whole()

    asyncio.run(scenario())


@pytest.mark.parametrize("cut", range(1, 6))
def test_a_character_that_xml_has_not_is_replaced_wherever_the_pieces_meet(cut):
    pieces: list[bytes] = []
    output = Output(send=pieces.append)
    output.xml = True
    bad = "\r\x01\uffff\uffef.".encode()
    output.write(b"a" * (FIRST - cut))
    output.write(bad[:cut])
    output.write(bad[cut:])
    whole = b"".join([*pieces, output.taken()])
    assert whole.lstrip(b"a").decode() == "&#13;\ufffd\ufffd\uffef."


@pytest.fixture
def no_collector():
    """What goes from memory goes because nothing knows of it any more."""
    gc.disable()
    yield
    gc.enable()


@pytest.mark.parametrize("leaves", [False, True], ids=["over its limit", "client gone"])
def test_an_answer_that_is_broken_off_is_gone_from_memory_at_once(engine, leaves, no_collector):
    async def receive():
        await asyncio.sleep(0 if leaves else 60)
        return {"type": "http.disconnect"}

    async def send(message):
        await asyncio.sleep(0)

    async def scenario() -> None:
        broken = []
        async with engine(answer=2 * MIB) as started:
            answer = await ask(started, LONG)
            rest = weakref.ref(answer.rest)
            scope = {"type": "http", "method": "GET", BREAK: lambda: broken.append(True)}
            await Long(answer)(scope, receive, send)
            del answer
            await free(started)
            assert rest() is None
        assert len(broken) == (not leaves)

    asyncio.run(scenario())
