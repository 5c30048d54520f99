"""The clients: a process of its own that asks over kept-open connections, as light as it can be.

It reads from standard input what to ask, as JSON: `host`, `port`, `clients`, `seconds`
and `requests`: a file with a whole HTTP request a line in base64. It writes JSON: times in
milliseconds, failures, the seconds all of it took, and the processor time it took itself.
"""

import asyncio
import base64
import json
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PATIENCE = 60.0


class Client(asyncio.Protocol):
    """One connection: the next request goes out as soon as the answer is in."""

    def __init__(self, requests: Iterator[bytes], stop: float, told: "Told") -> None:
        self._requests = requests
        self._stop = stop
        self._told = told
        self._got = bytearray()
        self._left = -1
        self._chunked = False
        self._began = 0.0
        self._well = False
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask the first."""
        self._transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        """Take a part of an answer."""
        self._got += data
        if self._left < 0 and not self._chunked and not self._head():
            return
        if self._chunked:
            if not self._got.endswith(b"0\r\n\r\n"):
                return
        elif len(self._got) < self._left:
            return
        self._told.answered(time.perf_counter() - self._began, self._well)
        self._got.clear()
        self._left, self._chunked = -1, False
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        """The server closed it: that is a failure, unless we did."""
        if not self.done.done():
            self._told.answered(time.perf_counter() - self._began, False)
            self.done.set_result(None)

    def _head(self) -> bool:
        end = self._got.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(self._got[:end]).lower()
        self._well = head[9:12] == b"200"
        self._chunked = b"transfer-encoding: chunked" in head
        if not self._chunked:
            at = head.find(b"content-length:")
            self._left = int(head[at + 15 :].split(b"\r\n", 1)[0])
        del self._got[: end + 4]
        return True

    def _next(self) -> None:
        request = next(self._requests, None) if time.perf_counter() < self._stop else None
        if request is None:
            if not self.done.done():
                self.done.set_result(None)
            self._transport.close()
            return
        self._began = time.perf_counter()
        self._transport.write(request)


class Told:
    """What the clients saw."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.failed = 0

    def answered(self, seconds: float, well: bool) -> None:
        """One answer, or what came instead."""
        self.times.append(seconds * 1000)
        self.failed += not well


async def load(spec: dict[str, object], requests: list[bytes]) -> dict[str, object]:
    """Let all clients ask until the time is over or the requests are."""
    told = Told()
    loop = asyncio.get_running_loop()
    began, burnt = time.perf_counter(), time.process_time()
    stop = began + float(str(spec["seconds"]))
    given = iter(requests)
    made = [
        await loop.create_connection(
            lambda: Client(given, stop, told), str(spec["host"]), int(str(spec["port"]))
        )
        for _ in range(int(str(spec["clients"])))
    ]
    waiting = asyncio.gather(*(client.done for _, client in made))
    with suppress(TimeoutError):
        await asyncio.wait_for(waiting, float(str(spec["seconds"])) + _PATIENCE)
    took = time.perf_counter() - began
    return {
        "times": [round(one, 4) for one in told.times],
        "failed": told.failed,
        "seconds": took,
        "processor": time.process_time() - burnt,
    }


def main() -> None:
    """Read, ask, tell."""
    spec = json.load(sys.stdin)
    lines = Path(spec["requests"]).read_bytes().splitlines()
    requests = [base64.b64decode(line) for line in lines]
    try:
        from uvloop import run
    except ImportError:
        from asyncio import run
    json.dump(run(load(spec, requests)), sys.stdout)


if __name__ == "__main__":
    main()
