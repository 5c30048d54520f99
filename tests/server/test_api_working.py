"""Work for one request: in pieces, with an end, and not too much at once."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from wijk.errors import EngineBusy, QueryTooLarge
from wijk.web.api.working import Made, Places


def test_who_comes_when_all_places_are_taken_is_sent_away() -> None:
    places = Places()
    with places.one(2), places.one(2):
        with pytest.raises(EngineBusy, match="2 tables are being joined already") as told:
            places.one(2).__enter__()
        assert told.value.again > 0
    with places.one(1):
        pass


def test_pieces_come_in_order_and_the_end_is_told_once() -> None:
    ended: list[bool] = []

    async def read() -> list[bytes]:
        made = Made(iter([b"a", b"b", b"c"]), 3, lambda: ended.append(True))
        first = await made.first()
        pieces = [first, *[piece async for piece in made]]
        await made.aclose()
        return pieces

    assert asyncio.run(read()) == [b"a", b"b", b"c"]
    assert ended == [True]


def test_more_than_an_answer_may_be_is_too_large() -> None:
    ended: list[bool] = []

    async def read() -> None:
        await Made(iter([b"abcd"]), 3, lambda: ended.append(True)).first()

    with pytest.raises(QueryTooLarge, match="longer than 3 bytes"):
        asyncio.run(read())
    assert ended == [True]


def test_what_is_stopped_ends_after_the_piece_that_is_being_made() -> None:
    begun, go = threading.Event(), threading.Event()
    told: list[str] = []

    def pieces() -> Iterator[bytes]:
        begun.set()
        go.wait(10)
        told.append("made")
        yield b"a"

    async def stop() -> None:
        made = Made(pieces(), 3, lambda: told.append("ended"))
        reading = asyncio.create_task(anext(made, b""))
        await asyncio.to_thread(begun.wait, 10)
        reading.cancel()
        await asyncio.wait({reading})
        closing = asyncio.create_task(made.aclose())
        await asyncio.sleep(0)
        go.set()
        await closing

    asyncio.run(stop())
    assert told == ["made", "ended"]
