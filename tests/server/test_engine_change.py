"""A changed graph: only what differs goes to the engine, and what is under way is not disturbed."""

import asyncio
import json
import os
import signal
from collections.abc import Callable, Coroutine
from contextlib import closing
from pathlib import Path

import pytest
from wijk.engine import Ask, formats
from wijk.engine.draft import Draft
from wijk.engine.embedded import Embedded
from wijk.errors import QueryRefused

TRIPLES = "".join(f"<urn:s{n}> <urn:p> <urn:o{n}> <urn:g{n % 3}> .\n" for n in range(300)).encode()
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


async def number(engine: Embedded, query: str = COUNT) -> int:
    """The one number that a query gives."""
    answer = await engine.answer(Ask(query, formats.JSON))
    return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])


def running(pid: int) -> bool:
    """Is the process there, and not only its number until someone asks how it ended?"""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"


def with_engine(work: Callable[[Embedded], Coroutine[None, None, None]]) -> None:
    """Do something with an engine over three graphs."""

    async def run() -> None:
        engine = Embedded({})
        await engine.load(TRIPLES, "first")
        await engine.start()
        try:
            await work(engine)
        finally:
            await engine.aclose()

    asyncio.run(run())


def test_graphs_are_replaced_added_and_taken_away():
    async def work(engine: Embedded) -> None:
        assert await number(engine) == 300
        graphs = {
            "urn:g0": b"<urn:s> <urn:p> <urn:o> <urn:g0> .\n",
            "urn:g1": b"",
            "urn:new": b"<urn:x> <urn:p> <urn:y> <urn:new> .\n",
        }
        await engine.change(graphs, "second")
        assert await number(engine) == 102
        assert await number(engine, COUNT.replace("?s ?p ?o", "GRAPH <urn:g1> { ?s ?p ?o }")) == 0
        assert engine.state().statements == 102
        assert engine.state().digest == "second"

    with_engine(work)


def test_what_is_under_way_ends_on_the_graph_it_began_with():
    async def work(engine: Embedded) -> None:
        slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?c ?q ?d . FILTER (STR(?b) < STR(?d)) }"
        begun = asyncio.create_task(number(engine, slow))
        while not engine.state().working:
            await asyncio.sleep(0)
        await engine.change({"urn:g0": b"", "urn:g1": b"", "urn:g2": b""}, "empty")
        assert await number(engine) == 0
        assert await begun == 300 * 299 // 2

    with_engine(work)


def test_a_keeper_that_is_killed_after_changes_comes_back_with_them():
    async def work(engine: Embedded) -> None:
        await engine.change({"urn:g0": b""}, "second")
        await engine.change({"urn:g1": b""}, "third")
        assert engine.keeper_pid is not None
        os.kill(engine.keeper_pid, signal.SIGKILL)
        assert await number(engine) == 100
        await engine.change({"urn:g0": b"<urn:x> <urn:p> <urn:y> <urn:g0> .\n"}, "fourth")
        assert await number(engine) == 101

    with_engine(work)


def test_a_change_just_after_a_kill_is_not_lost():
    async def work(engine: Embedded) -> None:
        assert engine.keeper_pid is not None
        os.kill(engine.keeper_pid, signal.SIGKILL)
        await engine.change({"urn:g0": b""}, "second")
        assert await number(engine) == 200

    with_engine(work)


def test_after_many_changes_no_process_but_the_last_keeper_and_its_readers_is_left():
    async def work(engine: Embedded) -> None:
        seen = set()
        for change in range(30):
            text = f"<urn:x> <urn:p> <urn:y{change}> <urn:g0> .\n"
            await engine.change({"urn:g0": text.encode()}, str(change))
            assert await number(engine) == 201
            seen.add(engine.keeper_pid)
        seen.discard(engine.keeper_pid)
        assert len(seen) == 29
        assert not any(running(pid) for pid in seen if pid is not None)

    with_engine(work)


def test_what_was_taken_out_many_times_is_forgotten_in_the_end():
    async def work(engine: Embedded) -> None:
        for change in range(8):
            text = TRIPLES.decode().replace("<urn:o", f"<urn:o{change}-").encode()
            graphs = {f"urn:g{n}": b"" for n in range(3)}
            graphs["urn:g0"] = b"".join(text.splitlines(keepends=True)[::3])
            await engine.change(graphs, str(change))
            assert await number(engine) == 100
        assert engine._crew.keeper is not None
        assert engine._crew.keeper.worn <= 200

    with_engine(work)


def test_a_draft_tells_what_would_be_and_nobody_else_sees_it(tmp_path: Path):
    written = tmp_path / "all.nq"
    line = b"<urn:x> <urn:p> <urn:o1> <urn:g0> .\n"

    async def work(engine: Embedded) -> None:
        with closing(Draft(await engine.draft())) as draft:
            draft.change(["urn:g0"], line)
            assert draft.graphs("urn:x") == {"urn:g0"}
            assert draft.pointing("urn:o1") == {("<urn:s1>", "urn:g1"), ("<urn:x>", "urn:g0")}
            assert draft.pointing("urn:o1", "urn:q") == set()
            who = "SELECT ?s WHERE { ?s ?p <urn:o1> } ORDER BY ?s"
            assert draft.rows(who) == [{"s": "<urn:s1>"}, {"s": "<urn:x>"}]
            assert draft.among(who, "s", {"<urn:x>", "<urn:y>"}) == [{"s": "<urn:x>"}]
            with pytest.raises(QueryRefused):
                draft.rows("SELECT")
            draft.write(written)
            with pytest.raises(OSError, match="No such file"):
                draft.write(tmp_path / "missing" / "all.nq")
        assert line in written.read_bytes()
        assert await number(engine) == 300

    with_engine(work)
