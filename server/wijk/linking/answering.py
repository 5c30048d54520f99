"""Asks whether web addresses still answer: one at a time, with pauses per host, and resumable.

HEAD first, then GET where that is refused: not every server knows HEAD. Redirects are followed one
by one, so that a loop and a move for good can be told. What was asked lately is not asked again,
and what was silent then sooner.
"""

import json
import ssl
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from os import SEEK_END
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx2

from wijk.checking.links import ASTRAY, Answer
from wijk.linking.fetching import AGENT

_FOR_GOOD = (301, 308)
_MOVED = (*_FOR_GOOD, 302, 303, 307)
_MOST_MOVES = 10
_FRESH, _FRESH_SILENCE = timedelta(days=7), timedelta(hours=1)


@dataclass
class Asker:
    """Asks addresses, gently; use it in a `with`.

    `pause` and `seconds` are the seconds between two questions to one host, and for one silence.
    `wait` is how a pause is spent.
    """

    pause: float = 2.0
    seconds: float = 20.0
    wait: Callable[[float], None] = time.sleep
    trusted: ssl.SSLContext | bool = True
    _next: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def __enter__(self) -> "Asker":
        self._client = httpx2.Client(
            headers={"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5"},
            timeout=self.seconds,
            verify=self.trusted,
            follow_redirects=False,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def answer(self, address: str) -> Answer:
        """What comes of an address, at the end of its redirects."""
        where, seen, for_good = address, {address}, True
        try:
            for _ in range(_MOST_MOVES):
                status, location = self._once(where)
                if status not in _MOVED or not location:
                    moved = where if for_good and where != address else ""
                    return Answer(address, status, "", moved, _now())
                for_good = for_good and status in _FOR_GOOD
                where = _led(where, location)
                if not where:
                    return Answer(address, 0, ASTRAY, "", _now())
                if where in seen:
                    return Answer(address, 0, "loop", "", _now())
                seen.add(where)
            return Answer(address, 0, "loop", "", _now())
        except httpx2.TimeoutException:
            return Answer(address, 0, "timeout", "", _now())
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            return Answer(address, 0, "tls" if _is_tls(error) else "silent", "", _now())

    def _once(self, address: str) -> tuple[int, str]:
        """Status and location; GET decides where HEAD is not answered well, or not at all."""
        with suppress(httpx2.ReadError, httpx2.RemoteProtocolError):
            status, location = self._said("HEAD", address)
            if status < 400 or status == 410:
                return status, location
        return self._said("GET", address)

    def _said(self, method: str, address: str) -> tuple[int, str]:
        host = urlsplit(address).netloc
        now = time.monotonic()
        if now < self._next[host]:
            self.wait(self._next[host] - now)
        try:
            with self._client.stream(method, address) as said:
                return said.status_code, said.headers.get("location", "")
        finally:
            self._next[host] = time.monotonic() + self.pause


def _led(address: str, location: str) -> str:
    """The address that a redirect leads to; nothing when that is none that can be asked."""
    try:
        where = urljoin(address, location)
        url = httpx2.URL(where)
    except (httpx2.InvalidURL, ValueError):
        return ""
    return where if url.scheme in ("http", "https") and url.host else ""


def answers(
    addresses: Iterable[str],
    asker: Asker,
    state: Path | None,
    tell: Callable[[int, int], None],
) -> Iterator[Answer]:
    """What comes of each address; what was asked within a week is taken from the state.

    Each answer is written to the state at once, so that what is broken off goes on where it ended.
    """
    wanted = list(dict.fromkeys(addresses))
    known = _known(state)
    for number, address in enumerate(_spread(wanted), 1):
        answer = known.get(address)
        if answer is None:
            answer = asker.answer(address)
            _keep(state, answer)
        tell(number, len(wanted))
        yield answer


def _spread(addresses: list[str]) -> Iterator[str]:
    """The hosts in turn, so that none is asked twice in a row while others wait."""
    hosts: dict[str, deque[str]] = defaultdict(deque)
    for address in addresses:
        hosts[urlsplit(address).netloc].append(address)
    while hosts:
        for host in list(hosts):
            yield hosts[host].popleft()
            if not hosts[host]:
                del hosts[host]


def _known(state: Path | None) -> Mapping[str, Answer]:
    """What was asked lately; a line that cannot be read is not there."""
    found: dict[str, Answer] = {}
    now = datetime.now(UTC)
    if state is None or not state.exists():
        return found
    for line in state.read_text(encoding="utf-8").splitlines():
        with suppress(ValueError, TypeError):
            answer = Answer(**json.loads(line))
            fresh = _FRESH if answer.is_well or answer.is_gone else _FRESH_SILENCE
            if answer.at >= (now - fresh).isoformat():
                found[answer.address] = answer
    return found


def _keep(state: Path | None, answer: Answer) -> None:
    if state is None:
        return
    state.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with state.open("ab+") as file:
        torn = file.tell() and file.seek(-1, SEEK_END) and file.read() != b"\n"
        file.write(b"\n" * bool(torn) + json.dumps(asdict(answer)).encode() + b"\n")


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError) or "CERTIFICATE" in str(error) or "SSL" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
