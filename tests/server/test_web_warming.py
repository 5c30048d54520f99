"""What the first visitor would wait for is made ahead, of what is served at that moment."""

import asyncio

from wijk.errors import EngineUnavailable
from wijk.web.warming import Warming


def test_all_is_made_of_what_is_served_and_again_of_what_comes_after() -> None:
    made: list[str] = []
    both = asyncio.Event()

    async def first(served: str) -> None:
        made.append(f"first of {served}")

    async def second(served: str) -> None:
        made.append(f"second of {served}")
        both.set()

    async def lived() -> None:
        warming = Warming((first, second))
        task = asyncio.create_task(warming.go_on())
        for served in ("one", "two"):
            warming.begin(served)
            await both.wait()
            both.clear()
        task.cancel()

    asyncio.run(lived())
    assert made == ["first of one", "second of one", "first of two", "second of two"]


def test_of_what_is_served_no_longer_nothing_more_is_made() -> None:
    made: list[str] = []
    there = asyncio.Event()

    async def lived() -> None:
        async def first(served: str) -> None:
            made.append(served)
            if served == "old":
                warming.begin("new")

        async def second(served: str) -> None:
            assert served == "new"
            there.set()

        warming = Warming((first, second))
        task = asyncio.create_task(warming.go_on())
        warming.begin("old")
        await there.wait()
        task.cancel()

    asyncio.run(lived())
    assert made == ["old", "new"]


def test_what_cannot_be_made_does_not_hold_up_the_rest() -> None:
    async def lived() -> None:
        there = asyncio.Event()

        async def not_now(served: str) -> None:
            raise EngineUnavailable("for a moment")

        async def well(served: str) -> None:
            there.set()

        warming = Warming((not_now, well))
        task = asyncio.create_task(warming.go_on())
        warming.begin("this")
        await there.wait()
        task.cancel()

    asyncio.run(lived())
