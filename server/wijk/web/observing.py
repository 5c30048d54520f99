"""What every request was, how long it took and how it ended: for the metrics and the access log."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wijk.errors import (
    EngineBusy,
    EngineError,
    QueryRefused,
    QueryTextTooLarge,
    QueryTimeout,
    QueryTooLarge,
)

ANSWERED, KEPT, REFUSED, TIMEOUT = "answered", "kept", "refused", "timeout"
TOO_LARGE, BUSY, GONE, FAILED = "too_large", "busy", "gone", "failed"
OUTCOMES = (ANSWERED, KEPT, REFUSED, TIMEOUT, TOO_LARGE, BUSY, GONE, FAILED)
UNKNOWN = "unknown"

_HERE = "wijk.seen"
_OF_STATUS = {413: TOO_LARGE, 414: TOO_LARGE, 422: TOO_LARGE, 499: GONE, 503: BUSY, 504: TIMEOUT}
_OF_ERROR = {
    QueryRefused: REFUSED,
    QueryTimeout: TIMEOUT,
    QueryTextTooLarge: TOO_LARGE,
    QueryTooLarge: TOO_LARGE,
    EngineBusy: BUSY,
}


@dataclass(slots=True)
class Seen:
    """One request: how it went, and of a query its text, its form and what became of it."""

    began: float
    seconds: float = 0.0
    status: int = 0
    sent: int = 0
    whole: bool = False
    query: str | None = None
    form: str = ""
    outcome: str = ""

    @property
    def asked(self) -> bool:
        """Whether it was a query, or meant as one."""
        return bool(self.form)


Listener = Callable[[Scope, Seen], None]


def query(scope: Scope, text: str | None = None, form: str | None = UNKNOWN) -> None:
    """Note that this request is a query; its form as soon as that is known."""
    seen: Seen | None = scope.get(_HERE)
    if seen is not None:
        seen.form = form or UNKNOWN
        seen.query = seen.query if text is None else text


def outcome(scope: Scope, became: str | EngineError | ConnectionError) -> None:
    """Note what became of a query, where its status does not say so."""
    seen: Seen | None = scope.get(_HERE)
    if seen is not None:
        told = isinstance(became, str)
        seen.outcome = str(became) if told else _OF_ERROR.get(type(became), FAILED)


class Observed:
    """Watches every request of an application, and tells the listeners how it ended."""

    def __init__(self, app: ASGIApp, listeners: Sequence[Listener]) -> None:
        self._app = app
        self._listeners = listeners

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        seen = scope[_HERE] = Seen(time.perf_counter())

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen.status = message["status"]
            else:
                seen.sent += len(message.get("body", b""))
                seen.whole = not message.get("more_body", False)
            await send(message)

        try:
            await self._app(scope, receive, counted)
        except asyncio.CancelledError:
            seen.outcome = GONE
            raise
        except BaseException:
            seen.outcome = FAILED
            if not seen.status:
                seen.status, seen.whole = 500, True  # told by who is around us
            raise
        finally:
            self._tell(scope, seen)

    def _tell(self, scope: Scope, seen: Seen) -> None:
        seen.seconds = time.perf_counter() - seen.began
        if seen.asked and (not seen.outcome or (seen.outcome == KEPT and seen.status >= 400)):
            seen.outcome = _of_status(seen.status)
        if scope["method"] == "HEAD":
            seen.sent = 0
        for listener in self._listeners:
            listener(scope, seen)


def _of_status(status: int) -> str:
    if status < 400:
        return ANSWERED
    return _OF_STATUS.get(status, FAILED if status >= 500 else REFUSED)
