"""Asks the services of others: politely, again where that may help, and never forever."""

import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

import httpx2

from wijk import __version__
from wijk.linking.errors import SourceRefuses, SourceUnavailable, SourceUnreadable
from wijk.linking.kept import Kept
from wijk.values import MIB

AGENT = f"wijk/{__version__} (+https://w3id.org/wijk/project)"
_AGAIN = (408, 425, 429, 500, 502, 503, 504)
_MOST_PAGES = 10_000


@dataclass(frozen=True)
class Patience:
    """How long to go on asking: tries, the first pause and the longest (doubling), in seconds.

    `seconds` is for one silence of the other side, `answer_seconds` and `answer_bytes` are for
    one whole answer.
    """

    tries: int = 5
    first: float = 1.0
    longest: float = 120.0
    seconds: float = 30.0
    answer_seconds: float = 600.0
    answer_bytes: int = 512 * MIB


def odata_v3(page: Mapping[str, Any]) -> str | None:
    """The next page, as OData 3 names it."""
    return page.get("odata.nextLink")


def odata_v4(page: Mapping[str, Any]) -> str | None:
    """The next page, as OData 4 names it."""
    return page.get("@odata.nextLink")


def link_next(page: Mapping[str, Any]) -> str | None:
    """The next page, as OGC API Features names it: a link whose `rel` is `next`."""
    links = page.get("links") or ()
    return next((link.get("href") for link in links if link.get("rel") == "next"), None)


@dataclass
class Fetcher:
    """One polite client for all services; use it in a `with`, or close it.

    `keep` is a folder in which answers stay until `done`, so that what was broken off goes on
    where it ended. `wait` is how a pause is spent.
    """

    patience: Patience = field(default_factory=Patience)
    keep: Path | None = None
    wait: Callable[[float], None] = time.sleep
    agent: str = AGENT

    def __post_init__(self) -> None:
        self._kept = Kept(self.keep) if self.keep else None
        self._client = httpx2.Client(
            headers={"User-Agent": self.agent},
            timeout=self.patience.seconds,
            verify=_trusted(),
            follow_redirects=True,
            max_redirects=5,
        )

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the connections go."""
        self._client.close()

    def done(self) -> None:
        """Forget the answers that were kept: all is in."""
        if self._kept:
            self._kept.forget()

    def json(
        self, url: str, params: Mapping[str, str] | None = None, hopeless: str = ""
    ) -> dict[str, Any]:
        """The JSON object at an address; an error that says `hopeless` is not asked again.

        Raises:
            SourceUnavailable: nothing useful answers, also after some time.
            SourceRefuses: the service does not want this request; with its status and reason.
            SourceUnreadable: the answer is not a JSON object.
        """
        asked = f"{url}?{urlencode(params, quote_via=quote, safe='$,')}" if params else url
        text = self._kept.read(asked) if self._kept else None
        fresh = text is None
        if text is None:
            text = self.content(asked, "application/json", hopeless)
        found = _object(text, asked)
        if self._kept and fresh:
            self._kept.write(asked, text)
        return found

    def pages(
        self,
        url: str,
        params: Mapping[str, str] | None,
        following: Callable[[Mapping[str, Any]], str | None],
        hopeless: str = "",
    ) -> Iterator[dict[str, Any]]:
        """This answer and those after it, as `following` finds the next in each.

        A next page is asked from the host that was asked first, whatever host its link names.

        Raises:
            SourceUnavailable, SourceRefuses, SourceUnreadable: as for `json`, or pages without end.
        """
        seen: set[str] = set()
        given, where = params, url
        while True:
            page = self.json(where, given, hopeless)
            yield page
            link = following(page)
            if link is None:
                return
            if not isinstance(link, str) or link in seen or len(seen) >= _MOST_PAGES:
                raise SourceUnreadable(url, f"its pages do not end (the next is {link!r} again)")
            seen.add(link)
            given, where = None, _here(url, urljoin(where, link))

    def content(self, url: str, accept: str = "*/*", hopeless: str = "") -> bytes:
        """What stands at an address, as it is.

        Raises:
            SourceUnavailable: nothing useful answers, also after some time.
            SourceRefuses: the service does not want this request; with its status and reason.
            SourceUnreadable: the answer is larger than an answer may be.
        """
        problem = ""
        for left in reversed(range(self.patience.tries)):
            pause = self.patience.first * 2.0 ** (self.patience.tries - 1 - left)
            try:
                status, head, body = self._once(url, accept)
            except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
                raise SourceRefuses(url, 0, f"this is not an address ({error})") from error
            except httpx2.HTTPError as error:
                problem = str(error) or type(error).__name__
            else:
                if status < 400:
                    return body
                reason = _reason(body)
                if status not in _AGAIN or (hopeless and hopeless in reason):
                    raise SourceRefuses(url, status, reason)
                problem = f"status {status}" + (f": {reason}" if reason else "")
                pause = self._asked_pause(url, head.get("retry-after"), pause)
            if left:
                self.wait(min(pause, self.patience.longest))
        raise SourceUnavailable(url, self.patience.tries, problem)

    def _once(self, url: str, accept: str) -> tuple[int, httpx2.Headers, bytes]:
        """One answer, whole; one that drips or never ends is broken off."""
        until = time.monotonic() + self.patience.answer_seconds
        body = bytearray()
        with self._client.stream("GET", url, headers={"Accept": accept}) as said:
            for part in said.iter_bytes():
                body += part
                if len(body) > self.patience.answer_bytes:
                    most = f"{self.patience.answer_bytes // MIB} MiB"
                    raise SourceUnreadable(url, f"the answer is longer than {most}")
                if time.monotonic() > until:
                    raise httpx2.ReadTimeout("the answer does not come to an end")
        return said.status_code, said.headers, bytes(body)

    def _asked_pause(self, url: str, asked: str | None, pause: float) -> float:
        """The pause the service asks for, when it does; a very long one is for another day."""
        wanted = _seconds(asked)
        if wanted is not None and wanted > self.patience.longest:
            raise SourceUnavailable(url, 1, f"it asks to come back in {wanted:.0f} seconds")
        return pause if wanted is None else wanted


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Whom we believe; reading all certificates takes long, and is needed once."""
    return httpx2.create_ssl_context()


def _seconds(asked: str | None) -> float | None:
    """A Retry-After as seconds from now (RFC 9110: a number of seconds, or a date)."""
    if not asked:
        return None
    if asked.strip().isdecimal():
        return float(asked)
    try:
        when = parsedate_to_datetime(asked)
    except ValueError:
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _object(text: bytes, url: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        begin = " ".join(text[:80].decode("utf-8", "replace").split())
        raise SourceUnreadable(url, f"the answer is not JSON; it begins with {begin!r}") from error
    if not isinstance(found, dict):
        raise SourceUnreadable(url, "the answer is JSON, but not an object")
    return found


def _here(asked: str, link: str) -> str:
    """The link at the host that was asked: a mirror passes on the links of its original."""
    first, then = urlsplit(asked), urlsplit(link)
    return then._replace(scheme=first.scheme, netloc=first.netloc).geturl()


def _reason(body: bytes) -> str:
    return " ".join(body[:2000].decode("utf-8", "replace").split())[:300]
