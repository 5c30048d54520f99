"""Long answers of an engine elsewhere: passed on as they come, bounded, cut, and let go."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import quote_plus

import pytest
from wijk.engine import Answer, Ask, formats
from wijk.engine.embedded import EngineLimits
from wijk.engine.output import FIRST
from wijk.engine.remote.remote import Remote
from wijk.engine.remote.target import Access
from wijk.errors import EngineRefuses, QueryTimeout, QueryTooLarge

DATA = "https://example.org/"
QUERY = "SELECT ?s { ?s ?p ?o }"
ASKED = quote_plus(QUERY).encode()
START = b'{"head": {"vars": ["s"]}, "results": {"bindings": ['
ROW = b'{"s": {"type": "literal", "value": "%s"}},\n' % (b"x" * 1000)
LONG = ROW * 1100
END = ROW.rstrip(b",\n") + b"]}}"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
CLOSE = HEAD + b"Connection: close\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
STATE = (
    b'{"head": {"vars": []}, "results": {"bindings": [{"state": {"type": "uri", '
    b'"value": "%spushed#snapshot"}, "value": {"type": "literal", "value": "now"}}]}}'
) % DATA.encode()
NO_ROWS = b'{"head": {"vars": []}, "results": {"bindings": []}}'
Act = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def asked(reader: asyncio.StreamReader) -> bytes:
    """The body of the next request."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    (length,) = (line[15:] for line in head.split(b"\r\n") if line.startswith(b"content-length:"))
    return await reader.readexactly(int(length))


@asynccontextmanager
async def remote(act: Act, kind: str = "plain", **limits: object) -> AsyncIterator[Remote]:
    """Our side of an engine that holds what it should, and acts like this on any other query."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while ASKED not in (body := await asked(reader)):
                said = NO_ROWS if b"GRAPH+%3Fgraph" in body else STATE
                writer.write(HEAD + b"Content-Length: %d\r\n\r\n" % len(said) + said)
            await act(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    most = EngineLimits(**{"seconds": 10.0, "at_once": 1, **limits})
    made = Remote(Access(f"http://127.0.0.1:{port}/", kind), {}, DATA, None, most)
    await made.load(b"", "now")
    await made.start()
    try:
        yield made
    finally:
        await made.aclose()
        server.close()


def says(*parts: bytes) -> Act:
    """An engine that says this and hangs up."""

    async def act(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for part in parts:
            writer.write(part)
            await writer.drain()

    return act


async def ask(engine: Remote, text: str = QUERY, **how: object) -> Answer:
    return await engine.answer(Ask(text, formats.JSON, **how))


async def free(engine: Remote) -> None:
    """Wait until no query has a place."""
    async with asyncio.timeout(5):
        while engine.state().taken:
            await asyncio.sleep(0.01)


async def rest_of(answer: Answer) -> bytes:
    assert answer.rest is not None
    return b"".join([piece async for piece in answer.rest])


def test_a_short_answer_is_whole_and_a_long_one_comes_in_pieces() -> None:
    async def scenario() -> None:
        async with remote(says(CLOSE + b"\r\n", START, END)) as engine:
            answer = await ask(engine)
            assert (answer.body, answer.rest) == (START + END, None)
        async with remote(says(CLOSE + b"\r\n", START, LONG, LONG, END)) as engine:
            answer = await ask(engine)
            assert FIRST <= len(answer.body) < 2 * FIRST
            assert answer.body + await rest_of(answer) == START + LONG + LONG + END

    asyncio.run(scenario())


def test_the_first_piece_is_here_while_the_engine_still_makes_the_others() -> None:
    async def scenario() -> None:
        taken = asyncio.Event()

        async def act(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(CLOSE + b"\r\n" + START + LONG)
            await taken.wait()
            writer.write(END)

        async with remote(act) as engine:
            answer = await ask(engine)
            assert answer.body.startswith(START)
            assert engine.state().taken == 1
            taken.set()
            assert (await rest_of(answer)).endswith(END)
            await free(engine)

    asyncio.run(scenario())


def test_the_place_is_free_when_the_engine_has_sent_all() -> None:
    async def scenario() -> None:
        async with remote(says(CLOSE + b"\r\n", START, LONG, LONG, END)) as engine:
            slow = await ask(engine)
            other = await ask(engine)  # there is one place
            assert await slow.whole() == await other.whole()

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("parts", "limits", "error"),
    [
        ((CLOSE + b"\r\n", START, LONG), {}, EngineRefuses),
        ((HEAD + b"Content-Length: 99999999\r\n\r\n", START, LONG, END), {}, EngineRefuses),
        ((HEAD + CHUNKED, b"%x\r\n" % len(LONG), LONG, b"\r\n"), {}, EngineRefuses),
        ((CLOSE + b"\r\n", START, LONG, LONG, END), {"answer": 2 * FIRST}, QueryTooLarge),
    ],
)
def test_what_is_not_whole_ends_with_an_error(
    parts: tuple[bytes, ...], limits: dict[str, object], error: type[Exception]
) -> None:
    async def scenario() -> None:
        async with remote(says(*parts), **limits) as engine:
            answer = await ask(engine)
            with pytest.raises(error):
                await rest_of(answer)
            await free(engine)

    asyncio.run(scenario())


def test_what_has_to_be_written_anew_and_is_too_long_says_how_that_is_measured() -> None:
    async def scenario() -> None:
        long = says(CLOSE + b"\r\n", START, LONG, LONG, END)
        async with remote(long, "virtuoso", answer=2 * FIRST) as engine:
            with pytest.raises(QueryTooLarge) as refused:
                await engine.answer(Ask(QUERY, formats.CSV))
        assert f"longer than {2 * FIRST:,} bytes" in str(refused.value)
        assert f"measured as {formats.JSON}" in str(refused.value)
        assert f"{formats.CSV} is made here" in str(refused.value)

    asyncio.run(scenario())


def test_an_answer_over_its_time_ends_with_an_error_and_its_connection() -> None:
    async def scenario() -> None:
        over = asyncio.Event()

        async def act(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(CLOSE + b"\r\n" + START + LONG)
            await until_gone(reader)
            over.set()

        async with remote(act, seconds=0.5) as engine:
            answer = await ask(engine)
            with pytest.raises(QueryTimeout):
                await rest_of(answer)
            await over.wait()

    asyncio.run(scenario())


@pytest.mark.parametrize("begin", [b"", CLOSE + b"\r\n" + START + LONG])
def test_nobody_works_for_a_client_that_is_gone(begin: bytes) -> None:
    async def scenario() -> None:
        here, over = asyncio.Event(), asyncio.Event()

        async def act(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(begin)
            here.set()
            await until_gone(reader)
            over.set()

        async with asyncio.timeout(5), remote(act) as engine:
            asking = asyncio.ensure_future(ask(engine))
            await here.wait()
            if begin:
                await (await asking).aclose()
            else:
                asking.cancel()
            await over.wait()
            await free(engine)

    asyncio.run(scenario())


async def until_gone(reader: asyncio.StreamReader) -> None:
    """Wait until the other side closes its connection."""
    while await reader.read(65536):
        pass
