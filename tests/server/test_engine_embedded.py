"""The engine in processes of its own: killed, refilled and asked again."""

import asyncio
import gc
import os
import signal
import tracemalloc
from collections.abc import Callable

import pytest
from wijk.engine import Ask, formats, gate
from wijk.engine.embedded import Embedded
from wijk.errors import EngineBusy, QueryRefused, QueryTimeout, QueryTooLarge

pytestmark = pytest.mark.process

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


async def holds(engine: Embedded, value: object) -> bool:
    answer = await engine.answer(Ask(f'ASK {{ ?s ?p "{value}" }}', formats.JSON))
    return b"true" in answer.body


def children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


async def until(happens: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(20):
        while not happens():
            await asyncio.sleep(0.005)


def test_a_killed_keeper_is_replaced_and_holds_the_same(engine):
    async def scenario() -> None:
        async with engine() as started:
            assert await holds(started, 7)
            before = started.keeper_pid
            for reader in children(before):
                os.kill(reader, signal.SIGKILL)
            os.kill(before, signal.SIGKILL)
            assert await holds(started, 8)
            assert started.keeper_pid != before

    asyncio.run(scenario())


def test_what_is_killed_is_replaced_before_anyone_asks(engine):
    async def scenario() -> None:
        async with engine() as started:
            before = started.state()
            os.kill(before.keeper, signal.SIGKILL)
            await until(lambda: started.keeper_pid != before.keeper and started.state().idle)
            assert not {before.keeper, *before.readers} & set(children(os.getpid()))
            (reader,) = started.state().readers
            os.kill(reader, signal.SIGKILL)
            await until(lambda: reader not in started.state().readers and started.state().idle)
            assert started.state().keepers_started == 2
            assert await holds(started, 7)

    asyncio.run(scenario())


def test_who_is_at_work_when_the_keeper_is_killed_goes_on(engine):
    async def scenario() -> None:
        async with engine() as started:
            before = started.keeper_pid
            count = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
            task = asyncio.create_task(started.answer(Ask(count, formats.CSV)))
            await until(lambda: started.state().working)
            os.kill(before, signal.SIGKILL)
            assert (await task).body.split() == [b"n", b"4000000"]
            await until(lambda: started.keeper_pid != before)
            await until(lambda: before not in children(os.getpid()))

    asyncio.run(scenario())


def test_a_killed_reader_costs_nobody_an_answer(engine):
    async def scenario() -> None:
        async with engine() as started:
            for number in range(20):
                for reader in children(started.keeper_pid):
                    os.kill(reader, signal.SIGKILL)
                assert await holds(started, number)

    asyncio.run(scenario())


def test_killed_processes_leave_nothing_in_memory(engine):
    async def kill(started: Embedded, times: int) -> int:
        for number in range(times):
            for pid in started.state().readers:
                os.kill(pid, signal.SIGKILL)
            if number == 0:
                os.kill(started.keeper_pid, signal.SIGKILL)
            assert await holds(started, number)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    async def scenario() -> None:
        async with engine(cache=0) as started:
            before = await kill(started, 5)
            files = len(os.listdir("/proc/self/fd"))
            assert await kill(started, 20) < before + 20 * 1000
            assert len(os.listdir("/proc/self/fd")) < files + 20

    tracemalloc.start()
    try:
        asyncio.run(scenario())
    finally:
        tracemalloc.stop()


def test_a_query_over_its_time_is_killed_and_the_next_is_answered(engine):
    async def scenario() -> None:
        async with engine(seconds=0.3) as started:
            with pytest.raises(QueryTimeout):
                await started.answer(Ask(RUNAWAY, formats.JSON))
            await until(lambda: not children(started.keeper_pid))
            assert await holds(started, 9)

    asyncio.run(scenario())


def test_a_query_that_nobody_waits_for_is_killed(engine):
    async def scenario() -> None:
        async with engine(seconds=30) as started:
            task = asyncio.create_task(started.answer(Ask(RUNAWAY, formats.JSON)))
            await until(lambda: started.state().working)
            task.cancel()
            await asyncio.wait([task])
            await until(lambda: not children(started.keeper_pid))

    asyncio.run(scenario())


def test_a_full_queue_is_an_honest_answer(engine):
    async def scenario() -> None:
        async with engine(at_once=1, queue=0, seconds=0.5) as started:
            task = asyncio.create_task(started.answer(Ask(RUNAWAY, formats.JSON)))
            await until(lambda: started.state().taken)
            with pytest.raises(EngineBusy):
                await holds(started, 1)
            own = Ask('ASK { ?s ?p "1" }', formats.JSON, own=True)
            assert b"true" in (await started.answer(own)).body
            with pytest.raises(QueryTimeout):
                await task

    asyncio.run(scenario())


def test_an_answer_over_its_size_is_refused(engine):
    async def scenario() -> None:
        async with engine(answer=1000) as started:
            with pytest.raises(QueryTooLarge):
                await started.answer(Ask("SELECT ?s { ?s ?p ?o }", formats.JSON))
            assert await holds(started, 1)

    asyncio.run(scenario())


def test_a_query_over_its_memory_is_refused(engine):
    async def scenario() -> None:
        async with engine(memory=32 * 1024 * 1024) as started:
            text = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c"
            with pytest.raises((QueryTooLarge, QueryRefused)):
                await started.answer(Ask(text, formats.JSON))
            assert await holds(started, 1)

    asyncio.run(scenario())


def test_a_query_that_breaks_its_process_says_so(engine, monkeypatch):
    async def scenario() -> None:
        async with engine(seconds=10) as started:
            deep = "ASK " + "{" * 100_000 + "}" * 100_000
            with pytest.raises(QueryTooLarge, match="too complex"):
                await started.answer(Ask(deep, formats.JSON))
            assert await holds(started, 1)

    # The gate would have stopped this one: the processes must hold without it.
    monkeypatch.setattr(gate, "examine", lambda text, limits: gate.Passed("ASK", True))
    asyncio.run(scenario())


def test_a_reader_cannot_open_a_connection_even_without_the_gate(engine, monkeypatch):
    async def scenario() -> None:
        async with engine() as started:
            fetch = "ASK { SERVICE <http://127.0.0.1:9999/> { ?s ?p ?o } }"
            with pytest.raises(QueryRefused, match="open files"):
                await started.answer(Ask(fetch, formats.JSON))

    monkeypatch.setattr(gate, "examine", lambda text, limits: gate.Passed("ASK", True))
    asyncio.run(scenario())


def test_new_data_come_in_while_old_queries_end_on_the_old_data(engine):
    async def scenario() -> None:
        async with engine() as started:
            count = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
            task = asyncio.create_task(started.answer(Ask(count, formats.CSV)))
            await until(lambda: started.state().working)
            old = started.keeper_pid
            await started.load(b"", "second")
            assert not await holds(started, 1)
            assert (await task).body.split() == [b"n", b"4000000"]
            assert not os.path.exists(f"/proc/{old}")

    asyncio.run(scenario())


def test_the_same_question_is_answered_from_memory_until_the_data_change(engine):
    async def scenario() -> None:
        async with engine() as started:
            ask = Ask("SELECT ?s { ?s ?p ?o } ORDER BY ?s", formats.JSON)
            first, again = await started.answer(ask), await started.answer(ask)
            assert (first.kept, again.kept, again.body) == (False, True, first.body)
            random = Ask("SELECT (RAND() AS ?r) {}", formats.JSON)
            assert (await started.answer(random)).body != (await started.answer(random)).body
            await started.load(b"", "second")
            assert not (await started.answer(ask)).kept

    asyncio.run(scenario())


def test_nothing_stays_behind(engine):
    async def scenario() -> int:
        async with engine() as started:
            assert await holds(started, 1)
            return started.keeper_pid

    keeper = asyncio.run(scenario())
    assert not os.path.exists(f"/proc/{keeper}")
